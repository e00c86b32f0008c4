/** What a host says about being left alone, in seconds or as a date, and what is made of nonsense. */
import { expect, test } from 'vitest';
import { peaceAsked } from '../../src/source/retry-after.ts';

const NOW = Date.UTC(2026, 8, 14, 9, 0, 0);
const MINUTE = 60_000;

test.each<readonly [number, string, string, number | null, string]>([
  [429, '120', '', 2 * MINUTE, 'seconds'],
  [503, '120', '', 2 * MINUTE, 'a host that is being repaired'],
  [429, 'Mon, 14 Sep 2026 09:10:00 GMT', '', 10 * MINUTE, 'a date'],
  [429, 'Monday, 14-Sep-26 09:10:00 GMT', '', 10 * MINUTE, 'a date as RFC 850 had it'],
  [429, 'Mon Sep 14 09:10:00 2026', '', 10 * MINUTE, 'a date of asctime'],
  [503, 'Mon, 14 Sep 2026 12:10:00 GMT', 'Mon, 14 Sep 2026 12:00:00 GMT', 10 * MINUTE, 'a host whose clock is wrong'],
  [429, '', '', MINUTE, 'too many, and no word for how long'],
  [429, 'later', '', MINUTE, 'no time at all'],
  [429, '-5', '', MINUTE, 'less than nothing'],
  [429, '0', '', 5000, 'at once is not that soon'],
  [429, 'Mon, 14 Sep 2026 08:00:00 GMT', '', 5000, 'a date that has passed'],
  [503, '99999999999999999999', '', 360 * MINUTE, 'for ever'],
  [503, '', '', null, 'out of order, and no word for how long'],
  [200, '120', '', null, 'an answer'],
  [404, '120', '', null, 'not found'],
  [500, '120', '', null, 'broken'],
])('%d «%s» (Date: «%s») is %s ms: %s', (status, retryAfter, date, peace) => {
  const headers = { ...(retryAfter === '' ? {} : { 'retry-after': retryAfter }), ...(date === '' ? {} : { date }) };
  expect(peaceAsked(status, headers, NOW)).toBe(peace);
});
