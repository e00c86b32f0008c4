import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, instantOf, type Term, weekdayOf, weekNumber } from '../../src/domain/calendar.ts';
import type { Lesson, Weeks } from '../../src/domain/lesson.ts';
import { daysOf, occurrences } from '../../src/domain/occurrence.ts';
import { anyLessons, dayTimes, lesson, ZONE } from './arbitrary.ts';

const TERM: Term = { start: '2026-09-01', end: '2026-12-31', week1: '2026-08-31' };
const weekly = (weeks: Weeks, weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7 = 2, start = '10:00'): Lesson =>
  lesson({ times: { on: 'weekly', weekday, weeks, start, end: '11:30' } });
const days = (list: readonly { day: string }[]) => list.map((one) => one.day);

describe('every week', () => {
  test.each<[string, Weeks, string[]]>([
    ['each', 'every', ['2026-09-01', '2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29']],
    ['odd', 'odd', ['2026-09-01', '2026-09-15', '2026-09-29']],
    ['even', 'even', ['2026-09-08', '2026-09-22']],
    ['listed', [2, 5, 40], ['2026-09-08', '2026-09-29']],
  ])('%s', (_, weeks, expected) => {
    expect(days(occurrences([weekly(weeks)], { zone: ZONE, term: TERM }, '2026-08-01', '2026-10-01'))).toEqual(
      expected,
    );
  });

  test('odd and even go on before the week that counts as the first', () => {
    const late: Term = { ...TERM, week1: '2026-09-14' };
    expect(days(occurrences([weekly('odd')], { zone: ZONE, term: late }, '2026-08-01', '2026-10-01'))).toEqual([
      '2026-09-01',
      '2026-09-15',
      '2026-09-29',
    ]);
    expect(days(occurrences([weekly('even')], { zone: ZONE, term: late }, '2026-08-01', '2026-09-20'))).toEqual([
      '2026-09-08',
    ]);
  });

  test('only inside the term and the range asked for; without a term never', () => {
    const every = [weekly('every', 4)];
    expect(days(occurrences(every, { zone: ZONE, term: TERM }, '2026-12-20', '2027-02-01'))).toEqual([
      '2026-12-24',
      '2026-12-31',
    ]);
    expect(days(occurrences(every, { zone: ZONE, term: TERM }, '2026-12-24', '2026-12-31'))).toEqual(['2026-12-24']);
    expect(occurrences(every, { zone: ZONE, term: null }, '2026-09-01', '2027-01-01')).toEqual([]);
  });

  test('the wall time stays when the clocks change', () => {
    const dated = occurrences([weekly('every', 1)], { zone: 'Europe/Berlin', term: TERM }, '2026-10-19', '2026-10-27');
    expect(dated.map((one) => new Date(one.startsAt).toISOString())).toEqual([
      '2026-10-19T08:00:00.000Z',
      '2026-10-26T09:00:00.000Z',
    ]);
  });

  test('agrees with asking every day by itself', () => {
    const anyWeeks = fc.oneof(
      fc.constantFrom<Weeks>('every', 'odd', 'even'),
      fc.array(fc.integer({ min: 1, max: 18 }), { minLength: 1 }),
    );
    const anyWeekday = fc.constantFrom<1 | 2 | 3 | 4 | 5 | 6 | 7>(1, 2, 3, 4, 5, 6, 7);
    fc.assert(
      fc.property(
        anyWeeks,
        anyWeekday,
        fc.integer({ min: -60, max: 150 }),
        fc.integer({ min: 0, max: 60 }),
        (weeks, weekday, ahead, span) => {
          const from = addDays(TERM.start, ahead);
          const to = addDays(from, span);
          const expected: string[] = [];
          for (let day = from; day < to; day = addDays(day, 1)) {
            const number = weekNumber(day, TERM.week1);
            const meets =
              typeof weeks === 'string'
                ? weeks === 'every' || (number % 2 !== 0) === (weeks === 'odd')
                : weeks.includes(number);
            if (day >= TERM.start && day <= TERM.end && weekdayOf(day) === weekday && meets) expected.push(day);
          }
          expect(days(occurrences([weekly(weeks, weekday)], { zone: ZONE, term: TERM }, from, to))).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('on one date', () => {
  const one = (times: Lesson['times'], zone = ZONE) =>
    occurrences([lesson({ times })], { zone, term: null }, '2026-01-01', '2028-01-01')[0];

  test('belongs to the day it starts on', () => {
    const night = lesson({ times: dayTimes('2026-11-24', '23:00', '00:30', '2026-11-25') });
    expect(occurrences([night], { zone: ZONE, term: null }, '2026-11-25', '2026-11-26')).toEqual([]);
    const [only] = occurrences([night], { zone: ZONE, term: null }, '2026-11-24', '2026-11-25');
    expect((only?.endsAt ?? 0) - (only?.startsAt ?? 0)).toBe(90 * 60_000);
  });

  test('an all-day lesson spans its days by local midnights', () => {
    const all = one(
      { on: 'day', day: '2026-10-25', start: '00:00', endDay: '2026-10-26', end: '00:00', allDay: true },
      'Europe/Berlin',
    );
    expect((all?.endsAt ?? 0) - (all?.startsAt ?? 0)).toBe(25 * 3_600_000);
  });

  test('a lesson inside the spring gap keeps its length', () => {
    const gap = one(dayTimes('2027-03-28', '02:30', '03:10'), 'Europe/Berlin');
    expect(gap?.startsAt).toBe(instantOf('2027-03-28', '03:30', 'Europe/Berlin'));
    expect((gap?.endsAt ?? 0) - (gap?.startsAt ?? 0)).toBe(40 * 60_000);
  });

  test('holds the id of its source and none of the row it came from', () => {
    const stored = { ...lesson({ sourceId: 'uid-1' }), id: 7 };
    const [only] = occurrences([stored], { zone: ZONE, term: null }, '2026-11-24', '2026-11-25');
    expect(Object.keys(only ?? {})).not.toEqual(expect.arrayContaining(['id']));
    expect(only?.sourceId).toBe('uid-1');
    expect(only).not.toHaveProperty('times');
  });

  test('holds the mark of its source that it was changed, and no trace of it otherwise', () => {
    const lessons = [lesson({ changed: true, number: 1 }), lesson({ number: 2 })];
    const dated = occurrences(lessons, { zone: ZONE, term: null }, '2026-11-24', '2026-11-25');
    expect(dated.map((one) => [one.number, one.changed, 'changed' in one])).toEqual([
      [1, true, true],
      [2, undefined, false],
    ]);
  });

  test('the order is by start, number, subject, whatever order the lessons came in', () => {
    const lessons = [
      lesson({ subject: 'Б', times: dayTimes('2026-11-24', '12:00', '13:30') }),
      lesson({ subject: 'Б', number: 2 }),
      lesson({ subject: 'А', number: 2 }),
      lesson({ subject: 'Я', number: 1 }),
      lesson({ subject: 'В' }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(lessons, { minLength: lessons.length }), (mixed) => {
        const sorted = occurrences(mixed, { zone: ZONE, term: null }, '2026-11-01', '2026-12-01');
        expect(sorted.map((one) => `${one.start} ${one.number} ${one.subject}`)).toEqual([
          '10:00 1 Я',
          '10:00 2 А',
          '10:00 2 Б',
          '10:00 null В',
          '12:00 null Б',
        ]);
      }),
    );
  });
});

test('the days of lessons are those of their dates', () => {
  const from = fc.integer({ min: 0, max: 20 }).map((day) => addDays('2026-11-20', day));
  fc.assert(
    fc.property(anyLessons, from, fc.integer({ min: 0, max: 20 }), fc.boolean(), (lessons, first, count, hasTerm) => {
      const calendar = { zone: ZONE, term: hasTerm ? TERM : null };
      const range = [first, addDays(first, count)] as const;
      expect(daysOf(lessons, calendar, ...range)).toEqual(new Set(days(occurrences(lessons, calendar, ...range))));
    }),
  );
});
