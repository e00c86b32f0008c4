/** What is repeated week after week is told once, and nothing is lost by it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Day, daysBetween } from '../../src/domain/calendar.ts';
import { type Change, diff } from '../../src/domain/diff.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import type { Run } from '../../src/domain/notice.ts';
import { type ChangeLine, changeLine, type LessonLine } from '../../src/domain/notice.ts';
import { dayOf, type Repeated, repeated } from '../../src/domain/runs.ts';
import { anyTimetable, occurrence } from './arbitrary.ts';

const ALL = { from: Date.parse('2026-09-01T00:00Z'), to: Date.parse('2027-02-01T00:00Z') };
const ABOUT = { week1: '2026-08-31', last: '2026-12-28' };
const TUESDAY = '2026-10-13';
const room = (name: string): Partial<Lesson> => ({ place: { room: name, link: '', format: 'onsite' } });

/** Another room on Tuesdays so many weeks after the first one. */
function rooms(weeks: readonly number[]): Change[] {
  const on = (week: number, patch?: Partial<Lesson>) => occurrence(addDays(TUESDAY, 7 * week), '10:00', patch);
  return diff(
    weeks.map((week) => on(week)),
    weeks.map((week) => on(week, room('510М'))),
    ALL,
  );
}

/** The changes that a line of facts stands for, told of each date by itself. */
function expanded({ change, run }: Pick<Repeated, 'change' | 'run'>): ChangeLine[] {
  const first = changeLine(change);
  if (run === null) return [first];
  return daysAt(run).map((day) => {
    const days = daysBetween(run.from, day);
    const shift = (line: LessonLine): LessonLine => ({
      ...line,
      day: addDays(line.day, days),
      endDay: addDays(line.endDay, days),
    });
    if (first.kind === 'cancelled') return { ...first, before: shift(first.before) };
    if (first.kind === 'altered') return { ...first, before: shift(first.before), after: shift(first.after) };
    return { ...first, after: shift(first.after) };
  });
}

function daysAt(run: Run): Day[] {
  const days: Day[] = [];
  for (let day = run.from; day <= run.to; day = addDays(day, 7 * run.every))
    if (!run.except.includes(day)) days.push(day);
  return days;
}

const told = (changes: readonly Change[], about = ABOUT) =>
  repeated(changes, about).map(({ change, run }) => ({ day: dayOf(change), run }));

describe('a weekly lesson', () => {
  const weekly = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
  const run = (part: Partial<Run>): Run => ({
    from: TUESDAY,
    to: '2026-12-22',
    every: 1,
    parity: null,
    except: [],
    open: true,
    ...part,
  });
  test.each<[string, number[], { day: Day; run: Run | null }[]]>([
    ['that changes to the end of the term is one line', weekly(0, 10), [{ day: TUESDAY, run: run({}) }]],
    [
      'that changes for three weeks says until when',
      weekly(0, 2),
      [{ day: TUESDAY, run: run({ to: '2026-10-27', open: false }) }],
    ],
    [
      'that changes on two dates is two lines',
      weekly(0, 1),
      [
        { day: TUESDAY, run: null },
        { day: '2026-10-20', run: null },
      ],
    ],
    ['on odd weeks says so', [0, 2, 4, 6, 8, 10], [{ day: TUESDAY, run: run({ every: 2, parity: 'odd' }) }]],
    [
      'on even weeks says so',
      [1, 3, 5, 7, 9],
      [{ day: '2026-10-20', run: run({ from: '2026-10-20', to: '2026-12-15', every: 2, parity: 'even' }) }],
    ],
    [
      'but for a holiday names it',
      [0, 1, 2, 4, 5, 6, 7, 8, 9, 10],
      [{ day: TUESDAY, run: run({ except: ['2026-11-03'] }) }],
    ],
    [
      'with a long break in the middle is two lines',
      [0, 1, 2, 6, 7, 8],
      [
        { day: TUESDAY, run: run({ to: '2026-10-27', open: false }) },
        { day: '2026-11-24', run: run({ from: '2026-11-24', to: '2026-12-08', open: false }) },
      ],
    ],
  ])('%s', (_, weeks, expected) => {
    expect(told(rooms(weeks))).toEqual(expected);
  });

  test('without academic weeks a second week has no parity', () => {
    expect(repeated(rooms([0, 2, 4, 6]), { ...ABOUT, week1: null })[0]?.run).toMatchObject({ every: 2, parity: null });
  });

  test('moved to another weekday, cancelled, added: one line each', () => {
    const weeks = [0, 1, 2, 3];
    const on = (start: string, day: number, patch: Partial<Lesson>) =>
      weeks.map((week) => occurrence(addDays(TUESDAY, 7 * week + day), start, patch));
    const [maths, law, art] = [{ subject: 'Матан' }, { subject: 'Право' }, { subject: 'Рисунок' }];
    const changes = diff(
      [...on('10:00', 0, maths), ...on('12:00', 1, law)],
      [...on('12:00', 2, maths), ...on('08:00', 3, art)],
      ALL,
    );
    expect(repeated(changes, ABOUT).map(({ change, run }) => [change.kind, run?.from])).toEqual([
      ['altered', TUESDAY],
      ['cancelled', addDays(TUESDAY, 1)],
      ['added', addDays(TUESDAY, 3)],
    ]);
  });

  test('that changes in two different ways is two lines', () => {
    const on = (week: number, patch?: Partial<Lesson>) => occurrence(addDays(TUESDAY, 7 * week), '10:00', patch);
    const weeks = [0, 1, 2, 3, 4, 5];
    const changes = diff(
      weeks.map((week) => on(week)),
      weeks.map((week) => on(week, room(week < 3 ? '510М' : '1'))),
      ALL,
    );
    expect(told(changes).map(({ day, run }) => [day, run?.to])).toEqual([
      [TUESDAY, '2026-10-27'],
      ['2026-11-03', '2026-11-17'],
    ]);
  });
});

describe('as properties', () => {
  /** Terms in which lessons repeat and some dates were left alone. */
  const anyTerm: fc.Arbitrary<Change[]> = fc
    .array(
      fc.record({
        weekday: fc.integer({ min: 0, max: 5 }),
        start: fc.constantFrom('08:00', '10:00'),
        subject: fc.constantFrom('Матан', 'Физика'),
        subgroup: fc.constantFrom('', '1', '2'),
        after: fc.constantFrom<Partial<Lesson> | null>(room('510М'), room('1'), { teachers: ['Петров'] }, null),
        weeks: fc.uniqueArray(fc.integer({ min: 0, max: 14 }), { maxLength: 15 }),
        parity: fc.constantFrom(1, 2),
      }),
      { maxLength: 5 },
    )
    .map((series) => {
      const sides = series.map(({ weekday, start, subject, subgroup, after, weeks, parity }) => {
        const on = (patch: Partial<Lesson>) =>
          weeks
            .filter((week) => week % parity === 0)
            .map((week) =>
              occurrence(addDays('2026-09-07', week * 7 + weekday), start, { subject, subgroup, ...patch }),
            );
        return [on({}), after === null ? [] : on(after)] as const;
      });
      return diff(
        sides.flatMap(([old]) => old),
        sides.flatMap(([, fresh]) => fresh),
        ALL,
      );
    });
  const sorted = (lines: readonly ChangeLine[]) => lines.map((line) => JSON.stringify(line)).sort();

  test('the lines expanded are the changes', () => {
    fc.assert(
      fc.property(anyTerm, fc.constantFrom(null, '2026-08-31'), (changes, week1) => {
        const lines = repeated(changes, { ...ABOUT, week1 });
        expect(sorted(lines.flatMap(expanded))).toEqual(sorted(changes.map(changeLine)));
        expect(lines.flatMap(({ dates }) => dates)).toHaveLength(changes.length);
        for (const { run, dates } of lines) if (run !== null) expect(dates.map(dayOf)).toEqual(daysAt(run));
      }),
      { numRuns: 1000 },
    );
  });

  test('of any two timetables as well, and never more lines than changes', () => {
    fc.assert(
      fc.property(anyTimetable, anyTimetable, (a, b) => {
        const changes = diff(a, b, ALL);
        const lines = repeated(changes, ABOUT);
        expect(sorted(lines.flatMap(expanded))).toEqual(sorted(changes.map(changeLine)));
        expect(lines.length).toBeLessThanOrEqual(changes.length);
        const order = new Map(changes.map((change, index) => [change, index]));
        const places = lines.map(({ change }) => order.get(change) ?? -1);
        expect(places).toEqual(places.toSorted((x, y) => x - y));
      }),
      { numRuns: 1000 },
    );
  });
});
