/** Lessons and occurrences to test with, made from few words so that collisions happen. */
import fc from 'fast-check';
import { addDays, type Clock, clockOf, type Day, minutesOf, weekdayOf } from '../../src/domain/calendar.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { type Occurrence, occurrences } from '../../src/domain/occurrence.ts';

export const ZONE = 'Europe/Moscow';

/** A plain lecture on one date, with what the test is about laid over it. */
export function lesson(patch: Partial<Lesson> = {}): Lesson {
  return {
    subject: 'Матан',
    kind: 'lecture',
    teachers: ['Иванов И. И.'],
    place: { room: '404Л', link: '', format: 'onsite' },
    subgroup: '',
    number: null,
    note: '',
    cancelled: false,
    sourceId: '',
    times: { on: 'day', day: '2026-11-24', start: '10:00', endDay: '2026-11-24', end: '11:30', allDay: false },
    ...patch,
  };
}

export function dayTimes(day: Day, start: Clock, end: Clock, endDay: Day = day): Lesson['times'] {
  return { on: 'day', day, start, endDay, end, allDay: false };
}

/** One occurrence at a day and an hour, an hour and a half long. */
export function occurrence(day: Day, start: Clock, patch: Partial<Lesson> = {}, zone = ZONE): Occurrence {
  const end = minutesOf(start) + 90;
  const endDay = end < 1440 ? day : addDays(day, 1);
  const made = occurrences(
    [lesson({ times: dayTimes(day, start, clockOf(end % 1440), endDay), ...patch })],
    { zone, term: null },
    day,
    addDays(day, 1),
  );
  const only = made[0];
  if (only === undefined) throw new Error('no occurrence was made');
  return only;
}

/** Occurrences of three weeks: few subjects, subgroups, rooms and hours. */
const anyOccurrence: fc.Arbitrary<Occurrence> = fc
  .record({
    day: fc.integer({ min: 0, max: 20 }),
    hour: fc.integer({ min: 8, max: 18 }),
    subject: fc.constantFrom('Матан', 'Физика', 'Право', 'История'),
    subgroup: fc.constantFrom('', '1', '2'),
    room: fc.constantFrom('404Л', '510М', ''),
    teachers: fc.constantFrom(['Иванов'], ['Петров'], ['Иванов', 'Петров'], []),
    kind: fc.constantFrom('lecture', 'practice'),
    format: fc.constantFrom('onsite' as const, 'remote' as const),
    cancelled: fc.boolean(),
    note: fc.constantFrom('', 'тетрадь'),
  })
  .map(({ day, hour, room, format, cancelled, ...rest }) =>
    occurrence(addDays('2026-11-23', day), clockOf(hour * 60), {
      ...rest,
      cancelled: cancelled && day % 3 === 0,
      place: { room, link: '', format },
    }),
  );

export const anyTimetable: fc.Arbitrary<Occurrence[]> = fc.array(anyOccurrence, { maxLength: 24 });

/** Rows as sources give them: dated and weekly ones of few subjects, ids that repeat, equal rows. */
export const anyLessons: fc.Arbitrary<Lesson[]> = fc.array(
  fc
    .record({
      day: fc.integer({ min: 0, max: 13 }),
      weekly: fc.boolean(),
      weeks: fc.constantFrom('every' as const, 'odd' as const, 'even' as const),
      hour: fc.constantFrom(8, 10, 12, 14),
      subject: fc.constantFrom('Матан', 'Физика', 'Право'),
      subgroup: fc.constantFrom('', '1', '2'),
      room: fc.constantFrom('404Л', '510М', ''),
      teachers: fc.constantFrom(['Иванов'], ['Петров'], []),
      cancelled: fc.boolean(),
      note: fc.constantFrom('', 'тетрадь'),
      sourceId: fc.constantFrom('', 'a', 'b', 'c'),
    })
    .map(({ day, weekly, weeks, hour, room, cancelled, ...rest }): Lesson => {
      const date = addDays('2026-11-23', day);
      const [start, end] = [clockOf(hour * 60), clockOf(hour * 60 + 90)];
      return lesson({
        ...rest,
        cancelled: cancelled && day % 3 === 0,
        place: { room, link: '', format: 'onsite' },
        times: weekly ? { on: 'weekly', weekday: weekdayOf(date), weeks, start, end } : dayTimes(date, start, end),
      });
    }),
  { maxLength: 14 },
);
