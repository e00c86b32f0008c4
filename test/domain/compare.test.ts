/** Lessons followed beyond the last day their source knew: put off, not slid along with the window. */
import { expect, test } from 'vitest';
import { movedBeyond, withMoved } from '../../src/domain/compare.ts';
import type { Known } from '../../src/domain/identity.ts';
import { lesson } from '../support/make.ts';

function known(uid: string, day: string, start = '10:00', kind = 'lecture'): Known {
  const end = `${start.slice(0, 2)}:59`;
  return { ...lesson({ subject: uid, kind, times: { on: 'day', day, start, endDay: day, end, allDay: false } }), uid };
}
const moved = (was: Known, is: Known) =>
  movedBeyond({ gone: [was], fresh: [is] }, '2026-09-27', '2026-10-18').map(({ uid }) => uid);

test.each<[string, Known, Known, string[]]>([
  ['put off by two days', known('a', '2026-09-26'), known('a', '2026-09-28'), ['a']],
  ['put off by a week to another hour', known('a', '2026-09-26'), known('a', '2026-10-03', '12:00'), ['a']],
  ['the same hour a week later: the window slid', known('a', '2026-09-26'), known('a', '2026-10-03'), []],
  ['an exam a week later', known('a', '2026-09-26', '10:00', 'exam'), known('a', '2026-10-03', '10:00', 'exam'), ['a']],
  ['within the days that were known', known('a', '2026-09-24'), known('a', '2026-09-26'), []],
  ['further than anybody follows', known('a', '2026-09-26'), known('a', '2026-10-19'), []],
  ['another lesson', known('a', '2026-09-26'), known('b', '2026-09-28'), []],
])('%s', (_, was, is, expected) => {
  expect(moved(was, is)).toEqual(expected);
});

test('what came into sight beside it is known to both sides, and its day is looked at', () => {
  const [put, other] = [known('a', '2026-09-28'), known('b', '2026-09-28', '14:00')];
  const after = { lessons: [put, other], calendar: { zone: 'Europe/Moscow', term: null } };
  const sides = withMoved({ before: [], after: [], days: new Set(['2026-09-26']) }, after, [put]);
  expect(sides.before.map(({ uid }) => uid)).toEqual(['b']);
  expect(sides.after.map(({ uid }) => uid)).toEqual(['a', 'b']);
  expect([...sides.days]).toEqual(['2026-09-26', '2026-09-28']);
});
