/** A whole university through the child: nothing lost, nothing invented, no hour off, whatever the clocks do meanwhile. */
import { expect, onTestFinished, test } from 'vitest';
import { mistakes, TERM, university } from '../../bench/import/university.ts';
import { createReader } from '../../src/source/isolate.ts';

test.each([
  ['rules', 'Europe/Berlin'],
  ['rules', 'Europe/Moscow'],
  ['flat', 'Europe/Berlin'],
  ['flat', 'Europe/Moscow'],
] as const)('%s, %s', { timeout: 60_000 }, async (shape, zone) => {
  const made = university({ zone, shape, groups: 40 });
  const reader = createReader({ profile: 'configured' });
  onTestFinished(() => reader.close());
  const url = 'https://a.example/all.ics';
  const page = { request: { url }, url, status: 200, headers: { 'content-type': 'text/calendar' }, body: made.body };
  const { lessons, zone: said } = await reader.parse('ics', { url, profile: 'configured' }, [page], { ...TERM, zone });
  expect(said).toBe(zone);
  expect(lessons).toHaveLength(made.oracle.length);
  expect(mistakes(lessons, made, zone)).toBe(0);
  // The judge itself: one hour, one lesson and one twin too many are seen.
  const [first, ...others] = lessons;
  if (first?.times.on !== 'day') throw new Error('a lesson of a calendar has a date');
  const late = { ...first, times: { ...first.times, start: '03:00' } };
  expect([others, [late, ...others], [first, ...lessons]].map((some) => mistakes(some, made, zone))).toEqual([1, 2, 1]);
});
