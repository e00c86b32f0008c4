/** Dates of a lesson -> numbers of academic weeks. */
import { addDays, type Day, mondayOf, type Term, type Weekday } from '#source';

/** The longest a grid is believed to last: a lesson «until 2099» must not become a thousand weeks. */
const MOST_WEEKS = 60;

/** The term that holds all lessons' dates. Week 1 is the week of its first day. */
export function termOf(ranges: readonly { readonly from: Day; readonly to: Day }[]): Term | undefined {
  const start = ranges.map(({ from }) => from).sort()[0];
  const end = ranges
    .map(({ to }) => to)
    .sort()
    .at(-1);
  if (start === undefined || end === undefined) return undefined;
  const week1 = mondayOf(start);
  const [last = end] = [end, addDays(week1, MOST_WEEKS * 7 - 1)].sort();
  return { start, end: last, week1 };
}

/** The weeks of the term in which the weekday falls between two days, both inclusive. */
export function weeksBetween(term: Term, weekday: Weekday, from: Day, to: Day): readonly number[] {
  return Array.from({ length: MOST_WEEKS }, (_, index) => index + 1).filter((week) => {
    const day = addDays(term.week1, (week - 1) * 7 + weekday - 1);
    return day >= from && day <= to && day >= term.start && day <= term.end;
  });
}

/** «1-6,8»; '' when the lesson is held in all weeks the term has for its weekday. */
export function weeksText(weeks: readonly number[], all: readonly number[]): string {
  if (weeks.length === all.length) return '';
  const runs: [number, number][] = [];
  for (const week of weeks) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === week - 1) run[1] = week;
    else runs.push([week, week]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
