/** Two states of a timetable compared: only days on which something changed are dated and looked at. */
import { addDays, type Day, wallOf } from './calendar.ts';
import { type Change, diff, type Window } from './diff.ts';
import type { Known } from './identity.ts';
import { type Calendar, inZone, type Occurrence, occurrences } from './occurrence.ts';

/** The lessons of a timetable and the calendar they are dated by. */
export type State = { readonly lessons: readonly Known[]; readonly calendar: Calendar };

/**
 * What people will see differently between two states: `diff` of all their dates inside the window, at a cost that follows what
 * changed. `changed` are the lessons only one state has (`gone` and `fresh` of `identify`), null when all are to be compared
 * (another zone or term). The old state is told by the clocks of the new one's zone.
 */
export function compare(
  before: State,
  after: State,
  window: Window,
  changed: { readonly gone: readonly Known[]; readonly fresh: readonly Known[] } | null,
): Change[] {
  const { zone } = after.calendar;
  const days = changed === null ? null : touched(before, after, window, changed);
  const old = datesOf(before, window, days);
  return diff(
    before.calendar.zone === zone ? old : old.map((one) => inZone(one, zone)),
    datesOf(after, window, days),
    window,
  );
}

/** Days from yesterday (a lesson may cross midnight) to the last of the window, exclusive end after it. */
export function daysIn({ from, to }: Window, zone: string): [Day, Day] {
  return [addDays(wallOf(from, zone).day, -1), addDays(wallOf(to, zone).day, 1)];
}

/** The last day with lessons in any of the states; '' when there is none. Weekly ones are taken to go on to the end of the term. */
export function lastDay(states: readonly State[]): Day {
  let latest = '';
  for (const { lessons, calendar } of states) {
    for (const { times } of lessons) {
      const day = times.on === 'day' ? times.day : (calendar.term?.end ?? '');
      if (day > latest) latest = day;
    }
  }
  return latest;
}

/** Whatever decides about a lesson of a day (a twin, one struck out) stands on the same day: the other days cannot differ. */
function touched(
  before: State,
  after: State,
  window: Window,
  { gone, fresh }: { readonly gone: readonly Known[]; readonly fresh: readonly Known[] },
): Set<Day> {
  const dates = [
    ...datesOf({ ...before, lessons: gone }, window, null),
    ...datesOf({ ...after, lessons: fresh }, window, null),
  ];
  return new Set(dates.map(({ day }) => day));
}

function datesOf({ lessons, calendar }: State, window: Window, days: ReadonlySet<Day> | null): Occurrence[] {
  const range = daysIn(window, calendar.zone);
  if (days === null) return occurrences(lessons, calendar, ...range);
  const some = lessons.filter(({ times }) => times.on === 'weekly' || days.has(times.day));
  return occurrences(some, calendar, ...range).filter(({ day }) => days.has(day));
}
