/** Joined lessons, the first of the day, exams: what a reminder makes of a day. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lesson } from '../../src/domain/lesson.ts';
import { occurrences } from '../../src/domain/occurrence.ts';
import { type Dated, datedIn, datedOf, markLessons } from '../../src/domain/sitting.ts';
import { anyTimetable, dayTimes, lesson, occurrence, ZONE } from './arbitrary.ts';

const DAY = '2026-11-24';

/** `09:45–11:20` of that day, with what the test is about laid over it. */
function at(hours: string, patch: Partial<Lesson> = {}): Dated {
  const [start = '', end = ''] = hours.split('–');
  const [made] = occurrences(
    [lesson({ times: dayTimes(DAY, start, end), ...patch })],
    { zone: ZONE, term: null },
    DAY,
    '2026-11-25',
  );
  if (made === undefined) throw new Error('nothing was made');
  return datedOf(made);
}

/** What is reminded of: hours, how many lessons, and marks. */
function told(lessons: readonly Dated[]): string[] {
  return markLessons(lessons)
    .filter(({ joins, line }) => !joins && !line.cancelled && !line.allDay)
    .map(({ told: it, first, exam }) =>
      [`${it.start}–${it.end}`, it.joined ?? '', first ? 'first' : '', exam ? 'exam' : ''].filter(Boolean).join(' '),
    );
}

describe('joined lessons', () => {
  const physics = { subject: 'Физика' };
  test.each<[string, Dated[], string[]]>([
    ['after ten minutes', [at('09:45–11:20'), at('11:30–13:05')], ['09:45–13:05 2 first']],
    ['after exactly twenty', [at('09:45–11:20'), at('11:40–13:15')], ['09:45–13:15 2 first']],
    ['not after twenty-one', [at('09:45–11:20'), at('11:41–13:16')], ['09:45–11:20 first', '11:41–13:16']],
    [
      'three in a row, whatever order they come in',
      [at('13:10–14:45'), at('09:45–11:20'), at('11:30–13:05')],
      ['09:45–14:45 3 first'],
    ],
    ['not another subject', [at('09:45–11:20'), at('11:30–13:05', physics)], ['09:45–11:20 first', '11:30–13:05']],
    [
      'not another room',
      [at('09:45–11:20'), at('11:30–13:05', { place: { room: '5', link: '', format: 'onsite' } })],
      ['09:45–11:20 first', '11:30–13:05'],
    ],
    ['not another kind', [at('09:45–11:20'), at('11:30–13:05', { kind: 'lab' })], ['09:45–11:20 first', '11:30–13:05']],
    [
      'not another subgroup',
      [at('09:45–11:20', { subgroup: '1' }), at('11:30–13:05', { subgroup: '2' })],
      ['09:45–11:20 first', '11:30–13:05'],
    ],
    [
      'not over a lesson that is off',
      [at('09:45–11:20'), at('11:30–13:05', { cancelled: true }), at('13:15–14:50')],
      ['09:45–11:20 first', '13:15–14:50'],
    ],
    ['the same lesson listed twice is no second one', [at('09:45–11:20'), at('09:45–11:20')], ['09:45–11:20 first']],
    [
      'two subgroups beside each other stay two',
      [at('09:45–11:20', { subgroup: '1' }), at('09:45–11:20', { subgroup: '2' })],
      ['09:45–11:20 first', '09:45–11:20 first'],
    ],
  ])('%s', (_, lessons, expected) => {
    expect(told(lessons)).toEqual(expected);
  });

  test('keep the lesson itself as it is', () => {
    const [first] = markLessons([at('09:45–11:20'), at('11:30–13:05')]);
    expect(first).toMatchObject({ line: { end: '11:20' }, told: { end: '13:05', joined: 2 } });
  });
});

describe('the first of a day', () => {
  test('is the first that takes place; one that is off or fills the day is none', () => {
    const allDay = { times: { on: 'day', day: DAY, start: '00:00', endDay: '2026-11-25', end: '00:00', allDay: true } };
    const off = at('08:00–09:35', { cancelled: true });
    expect(told([off, at('00:00–00:01', allDay as Partial<Lesson>), at('11:30–13:05'), at('14:00–15:00')])).toEqual([
      '11:30–13:05 first',
      '14:00–15:00',
    ]);
  });

  test('is one each day', () => {
    const days = ['2026-11-24', '2026-11-25'].flatMap((day) => ['10:00', '14:00'].map((hour) => occurrence(day, hour)));
    expect(markLessons(days.map(datedOf)).map(({ first }) => first)).toEqual([true, false, true, false]);
  });
});

test('exams and consultations are marked, tests and lectures are not', () => {
  const kinds = ['exam', 'consultation', 'graded-test', 'test', 'lecture'];
  const marks = markLessons(kinds.map((kind, hour) => at(`${10 + hour}:00–${10 + hour}:30`, { kind })));
  expect(marks.map(({ exam }) => exam)).toEqual([true, true, false, false, false]);
});

test('every hour of a lesson is told by one sitting, and the order of the source never shows', () => {
  const alike = ({ subject, kind, teachers, room, format, subgroup }: Dated['line']) =>
    JSON.stringify([subject, kind, teachers, room, format, subgroup]);
  fc.assert(
    fc.property(anyTimetable, fc.integer(), (timetable, seed) => {
      const lessons = timetable.map(datedOf);
      const marks = markLessons(lessons);
      const live = marks.filter(({ line }) => !line.cancelled);
      const heads = live.filter(({ joins }) => !joins);
      expect(marks).toHaveLength(lessons.length);
      expect(heads.reduce((sum, { told: { joined = 1 } }) => sum + joined, 0)).toBe(
        new Set(live.map(({ line, startsAt }) => alike(line) + startsAt)).size,
      );
      for (const { line, startsAt } of live) {
        const own = heads.filter((head) => alike(head.line) === alike(line) && head.startsAt <= startsAt);
        expect(own.some(({ told: it }) => `${it.endDay} ${it.end}` >= `${line.endDay} ${line.end}`)).toBe(true);
      }
      const shuffled = lessons.toSorted((a, b) => ((a.startsAt * seed) % 7) - ((b.startsAt * seed) % 7));
      expect(markLessons(shuffled)).toEqual(marks);
    }),
    { numRuns: 500 },
  );
});

test('by the clocks of another zone a lesson may be on another day; a whole day stays what it is', () => {
  const late = datedOf(occurrence(DAY, '22:00'));
  expect(datedIn(late, ZONE, 'Asia/Vladivostok').line).toMatchObject({
    day: '2026-11-25',
    start: '05:00',
    end: '06:30',
  });
  expect(datedIn(late, ZONE, ZONE)).toBe(late);
});
