/** Two states of a timetable side by side: only days on which something changed are dated and looked at. */
import { addDays, type Day, daysBetween, wallOf } from './calendar.ts';
import type { Window } from './diff.ts';
import type { Known } from './identity.ts';
import type { Lesson } from './lesson.ts';
import { type Calendar, daysOf, inZone, type Occurrence, occurrences } from './occurrence.ts';

/** The lessons of a timetable and the calendar they are dated by. Those on days that nothing is told of need no id. */
export type State = { readonly lessons: readonly (Lesson & { readonly uid?: string })[]; readonly calendar: Calendar };

/** Both states on the days that changed, told by the clocks of the new one's zone; `days` may have no lessons on either side. */
export type Sides = {
  readonly before: readonly Occurrence[];
  readonly after: readonly Occurrence[];
  readonly days: ReadonlySet<Day>;
};

/**
 * Two states side by side on all days inside the window that can differ, at a cost that follows what changed. `changed` are the
 * lessons only one state has (`gone` and `fresh` of `identify`), null when all are to be compared (another zone or term).
 */
export function statesOn(
  before: State,
  after: State,
  window: Window,
  changed: { readonly gone: readonly Known[]; readonly fresh: readonly Known[] } | null,
): Sides {
  const { zone } = after.calendar;
  const range = daysIn(window, zone);
  const oldRange = before.calendar.zone === zone ? range : daysIn(window, before.calendar.zone);
  const touched =
    changed === null
      ? null
      : new Set([
          ...daysOf(changed.gone, before.calendar, ...oldRange),
          ...daysOf(changed.fresh, after.calendar, ...range),
        ]);
  const dated = datesOf(before, oldRange, touched);
  const old = before.calendar.zone === zone ? dated : dated.map((one) => inZone(one, zone));
  const fresh = datesOf(after, range, touched);
  return { before: old, after: fresh, days: touched ?? new Set([...old, ...fresh].map(({ day }) => day)) };
}

/** Lessons that both know and the new state has on a day in [end, until), where the old one knew none: they moved beyond its last day. */
export function movedBeyond(
  { gone, fresh }: { readonly gone: readonly Known[]; readonly fresh: readonly Known[] },
  end: Day,
  until: Day,
): Known[] {
  const old = new Map(gone.map((lesson) => [lesson.uid, lesson.times]));
  return fresh.filter(({ uid, times, kind }) => {
    const was = old.get(uid);
    if (was === undefined || was.on === 'weekly' || times.on === 'weekly') return false;
    if (was.day >= end || times.day < end || times.day >= until) return false;
    // The same hour weeks later is how a window slides; an exam stands alone.
    const slid = daysBetween(was.day, times.day) % 7 === 0 && was.start === times.start;
    return kind === 'exam' || !slid;
  });
}

/** Both states with those lessons where they moved to; what merely came into sight on these days is known to both. */
export function withMoved(sides: Sides, after: State, moved: readonly Known[]): Sides {
  const uids = new Set(moved.map(({ uid }) => uid));
  const days = new Set(moved.flatMap(({ times }) => (times.on === 'day' ? [times.day] : [])));
  const there = datedOn(after, days);
  const inSight = there.filter(({ uid }) => !uids.has(uid));
  return {
    before: [...sides.before, ...inSight],
    after: [...sides.after, ...there],
    days: new Set([...sides.days, ...days]),
  };
}

/** The lessons of a state on these days. */
export function datedOn(state: State, days: ReadonlySet<Day>): Occurrence[] {
  const inOrder = [...days].sort();
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (first === undefined || last === undefined) return [];
  const some = state.lessons.filter(({ times }) => times.on === 'weekly' || days.has(times.day));
  return occurrences(some, state.calendar, first, addDays(last, 1)).filter(({ day }) => days.has(day));
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

/** Whatever decides about a lesson of a day (a twin, one struck out) stands on the same day: the days that were not touched cannot differ. */
function datesOf(state: State, range: readonly [Day, Day], touched: ReadonlySet<Day> | null): Occurrence[] {
  if (touched === null) return occurrences(state.lessons, state.calendar, ...range);
  return datedOn(state, new Set([...touched].filter((day) => day >= range[0] && day < range[1])));
}
