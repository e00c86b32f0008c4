/** One lesson of a series struck out by hand, or taken back: the rest of the series stays as it is. */
import { addDays, type Day, weekNumber } from './calendar.ts';
import type { Known } from './identity.ts';
import type { Lesson } from './lesson.ts';
import { type Calendar, occurrences } from './occurrence.ts';

/** The lessons of a timetable as they are to be; those that stay bring their ids along. */
export type Struck = readonly (Lesson & { readonly uid?: string })[];

/**
 * The lessons with that occurrence (by its uid, see `Occurrence`) struck out, or held after all where it was: null when there is
 * none so called. A date of a weekly lesson leaves the series and stands by itself then, so that it is seen as cancelled.
 */
export function struckOut(
  lessons: readonly Known[],
  uid: string,
  cancelled: boolean,
  calendar: Calendar,
): Struck | null {
  const [series = '', monday] = uid.split('/');
  const lesson = lessons.find((one) => one.uid === series);
  if (lesson === undefined) return null;
  const others = lessons.filter((one) => one !== lesson);
  const { times } = lesson;
  if (times.on === 'day') return monday === undefined ? [...others, { ...lesson, cancelled }] : null;
  const { term } = calendar;
  if (term === null || monday === undefined) return null;
  const dates = occurrences([lesson], calendar, term.start, addDays(term.end, 1));
  const date = dates.find((one) => one.uid === uid);
  if (date === undefined) return null;
  const weekOf = (day: Day) => weekNumber(day, term.week1);
  const weeks = dates.filter((one) => one !== date).map(({ day }) => weekOf(day));
  const { day, start, endDay, end, allDay } = date;
  // What its site calls the series is not what it calls this date, and the date has an id of its own.
  const { uid: _, ...stated } = lesson;
  const alone: Lesson = { ...stated, cancelled, sourceId: '', times: { on: 'day', day, start, endDay, end, allDay } };
  const rest = weeks.length === 0 ? [] : [{ ...lesson, times: { ...times, weeks } }];
  return [...others, ...rest, alone];
}
