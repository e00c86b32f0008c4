/** Our own id of a lesson: whatever the source does with its rows and ids, a lesson stays the lesson it was. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, clockOf } from '../../src/domain/calendar.ts';
import { canonical } from '../../src/domain/canonical.ts';
import { statesOn } from '../../src/domain/compare.ts';
import { diff } from '../../src/domain/diff.ts';
import { differing, identify, type Known } from '../../src/domain/identity.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { occurrences } from '../../src/domain/occurrence.ts';
import { anyLessons, dayTimes, lesson, ZONE } from './arbitrary.ts';

const DAYS = { from: '2026-11-22', to: '2027-02-02' };
const WINDOW = { from: Date.parse('2026-11-22T00:00Z'), to: Date.parse('2027-02-01T00:00Z') };
const TERM = { start: '2026-09-01', end: '2027-01-31', week1: '2026-08-31' };
const RUNS = { numRuns: 1000 };

function hashOf({ subject, kind, teachers, place, subgroup, number, note, cancelled, times }: Lesson): string {
  return canonical({ subject, kind, teachers, place, subgroup, number, note, cancelled, times });
}

const stored = (lessons: readonly Known[]) => lessons.map((one) => ({ ...one, hash: hashOf(one) }));

function next(before: readonly Known[], after: readonly (Lesson & { uid?: string })[], timetable = 1) {
  return identify({ before: stored(before), after, hashOf, timetable, ...DAYS });
}

const at = (day: number, start: string, patch: Partial<Lesson> = {}): Lesson =>
  lesson({
    times: dayTimes(addDays('2026-11-23', day), start, clockOf(Number(start.slice(0, 2)) * 60 + 90)),
    ...patch,
  });
const weekly = (weekday: 1 | 2 | 3, start: string, patch: Partial<Lesson> = {}): Lesson =>
  lesson({ times: { on: 'weekly', weekday, weeks: 'every', start, end: '20:00' }, ...patch });
const room = (name: string): Partial<Lesson> => ({ place: { room: name, link: '', format: 'onsite' } });

/** The ids after a change, named by the place in the old list: «0» was the first lesson, «new» was none of them. */
function path(before: readonly Lesson[], after: readonly Lesson[]): string[] {
  const first = next([], before).lessons;
  return next(first, after).lessons.map(({ uid }) => {
    const index = first.findIndex((one) => one.uid === uid);
    return index < 0 ? 'new' : String(index);
  });
}

function compare(...[before, after, window, changed]: Parameters<typeof statesOn>) {
  const sides = statesOn(before, after, window, changed);
  return diff(sides.before, sides.after, window);
}

describe('a lesson keeps its id when', () => {
  test.each<[string, Lesson[], Lesson[], string[]]>([
    ['nothing happens', [at(1, '10:00'), at(2, '10:00')], [at(2, '10:00'), at(1, '10:00')], ['1', '0']],
    ['the source deals its ids anew', [at(1, '10:00', { sourceId: 'a' })], [at(1, '10:00', { sourceId: 'b' })], ['0']],
    ['it is moved', [at(1, '10:00')], [at(3, '12:00')], ['0']],
    [
      'it is moved to another week under its id',
      [at(1, '10:00', { sourceId: 'a' })],
      [at(9, '12:00', { sourceId: 'a' })],
      ['0'],
    ],
    [
      'everything but its day and subject changes',
      [at(1, '10:00')],
      [at(1, '16:00', { ...room('1'), teachers: [] })],
      ['0'],
    ],
    ['its subject is replaced in its slot', [at(1, '10:00')], [at(1, '10:00', { subject: 'Физика' })], ['0']],
    ['it is cancelled', [at(1, '10:00')], [at(1, '10:00', { cancelled: true })], ['0']],
    ['it takes place again', [at(1, '10:00', { cancelled: true })], [at(1, '10:00')], ['0']],
    [
      'it is cancelled there and put elsewhere: the id goes with the lesson that takes place',
      [at(1, '10:00')],
      [at(1, '10:00', { cancelled: true }), at(2, '12:00')],
      ['new', '0'],
    ],
    [
      'only its note, number or link changes',
      [at(1, '10:00')],
      [at(1, '10:00', { note: 'тетрадь', number: 2 })],
      ['0'],
    ],
    ['it is a series and another room is given', [weekly(1, '10:00')], [weekly(1, '10:00', room('1'))], ['0']],
    [
      'it is a series and goes to another day',
      [weekly(1, '10:00'), weekly(2, '10:00')],
      [weekly(1, '10:00'), weekly(3, '12:00')],
      ['0', '1'],
    ],
    ['its twin appears', [at(1, '10:00')], [at(1, '10:00'), at(1, '10:00')], ['0', 'new']],
    ['its twin goes', [at(1, '10:00'), at(1, '10:00')], [at(1, '10:00')], ['0']],
  ])('%s', (_, before, after, expected) => {
    expect(path(before, after)).toEqual(expected);
  });

  test('it is edited by hand beyond recognition', () => {
    const [one] = next([], [at(1, '10:00')]).lessons;
    if (one === undefined) throw new Error('no lesson');
    const edited = { ...one, ...at(30, '18:00', { subject: 'Право', subgroup: '2', teachers: [] }) };
    const known = next([one], [edited, at(1, '10:00')]);
    expect(known.lessons[0]?.uid).toBe(one.uid);
    expect(known.lessons[1]?.uid).not.toBe(one.uid);
    expect([known.fresh.length, known.gone.length]).toEqual([2, 1]);
  });

  test.each<[string, Lesson[], Lesson[], string[]]>([
    ['of another subgroup', [at(1, '10:00', { subgroup: '1' })], [at(1, '10:00', { subgroup: '2' })], ['new']],
    ['of the next week', [at(1, '10:00')], [at(8, '10:00')], ['new']],
    [
      'after one that is over',
      [at(-7, '10:00', { sourceId: 'slot' })],
      [at(1, '10:00', { sourceId: 'slot' })],
      ['new'],
    ],
    ['on a date, where a series was', [weekly(1, '10:00')], [at(0, '10:00')], ['new']],
  ])('and another lesson has another: %s', (_, before, after, expected) => {
    expect(path(before, after)).toEqual(expected);
  });

  test('and that of another timetable is another', () => {
    const [here, there] = [1, 2].map((timetable) => next([], [at(1, '10:00')], timetable).lessons[0]?.uid);
    expect(here).toMatch(/^[0-9a-f]{16}$/);
    expect(there).not.toBe(here);
  });
});

describe('ids, as properties', () => {
  test('every lesson has one, no two the same, and only what differs is written', () => {
    fc.assert(
      fc.property(anyLessons, anyLessons, anyLessons, (a, b, c) => {
        let known: readonly Known[] = [];
        for (const lessons of [a, b, c]) {
          const { fresh, gone, lessons: all } = next(known, lessons);
          expect(all.map(({ uid: _, ...rest }) => rest)).toEqual(lessons);
          expect(new Set(all.map(({ uid }) => uid)).size).toBe(lessons.length);
          const left = known.filter((one) => !gone.some(({ uid }) => uid === one.uid));
          expect([...left, ...fresh].map(({ uid }) => uid).sort()).toEqual(all.map(({ uid }) => uid).sort());
          expect(next(all, lessons)).toMatchObject({ fresh: [], gone: [] });
          known = all;
        }
      }),
      RUNS,
    );
  });

  test('the order of the rows shows in no id but those of equal rows', () => {
    const shuffled = fc
      .tuple(anyLessons, anyLessons)
      .chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), fc.shuffledSubarray(b, { minLength: b.length })));
    fc.assert(
      fc.property(shuffled, ([a, b, mixed]) => {
        const first = next([], a).lessons;
        const named = (lessons: readonly Known[]) =>
          lessons.map((one) => `${one.uid} ${hashOf(one)} ${one.sourceId}`).sort();
        const alike = new Set(b.map(hashOf)).size < b.length || new Set(a.map(hashOf)).size < a.length;
        if (alike) return;
        expect(named(next(first, mixed).lessons)).toEqual(named(next(first, b).lessons));
      }),
      RUNS,
    );
  });

  test('comparing only the days on which something changed finds what comparing all finds', () => {
    const calendar = { zone: ZONE, term: TERM };
    fc.assert(
      fc.property(anyLessons, anyLessons, fc.nat(), (a, b, cut) => {
        const before = next([], a).lessons;
        // Half of the old lessons stay: most readings change little.
        const after = next(before, [...a.slice(0, cut % (a.length + 1)), ...b.slice(0, 6)]);
        const [old, fresh] = [before, after.lessons].map((lessons) =>
          occurrences(lessons, calendar, '2026-11-21', '2027-02-02'),
        );
        expect(compare({ lessons: before, calendar }, { lessons: after.lessons, calendar }, WINDOW, after)).toEqual(
          diff(old ?? [], fresh ?? [], WINDOW),
        );
      }),
      RUNS,
    );
  });

  test('a chain of changes is told as the one from its first to its last state', () => {
    const calendar = { zone: ZONE, term: TERM };
    const [a, b, c] = [at(1, '10:00'), at(3, '12:00'), at(3, '12:00', { subject: 'Физика' })];
    const first = next([], [a]).lessons;
    const last = next(next(first, [b]).lessons, [c]).lessons;
    expect(compare({ lessons: first, calendar }, { lessons: last, calendar }, WINDOW, null)).toMatchObject([
      { kind: 'altered', what: ['time', 'subject'] },
    ]);
    const back = next(next(first, [b]).lessons, [a]).lessons;
    expect(compare({ lessons: first, calendar }, { lessons: back, calendar }, WINDOW, null)).toEqual([]);
  });
});

test.each<[string, string, string[], number]>([
  ['', '', [], 0],
  ['ab', 'ba', [], 0],
  ['aab', 'ab', ['a1'], 0],
  ['ab', 'abb', [], 1],
  ['abc', 'cde', ['a0', 'b1'], 2],
])('of %j and %j differ %j, and as many new ones', (before, after, gone, fresh) => {
  const old = [...before].map((hash, index) => ({ hash, index }));
  const found = differing(old, [...after]);
  expect(found.gone.map(({ hash, index }) => `${hash}${index}`)).toEqual(gone);
  expect(found.fresh).toBe(fresh);
});
