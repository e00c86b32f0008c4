/** A pair of weeks that repeats, laid over the calendar: which week is above the line is told by the dates of the rows. */
import { addDays, type Day, mondayOf, SourceError, weekdayOf } from '#source';
import type { Row } from './row.ts';

/** Dated rows of the asked weeks. Throws SourceError `changed`/`parity` when the rows contradict each other. */
export function expand(rows: readonly Row[], mondays: readonly Day[]): Row[] {
  const own = rows.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const anchor = own.find((row) => row.week === 1 || row.week === 2);
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined) return [];
  const strange = own.find(({ week }) => week < 0 || week > 2);
  if (strange !== undefined)
    throw new SourceError('changed', 'parity', `a template of two weeks has a week ${strange.week}`);
  if (anchor !== undefined && own.some((row) => isHalf(row) && row.week !== weekAt(mondayOf(row.day), anchor)))
    throw new SourceError('changed', 'parity', 'one calendar week is both above and below the line');
  const term = termOf(first.day, last.day);
  return mondays.flatMap((monday) => {
    const week = anchor === undefined ? 0 : weekAt(monday, anchor);
    return rows
      .filter((row) => !isHalf(row) || row.week === week)
      .map((row) => ({ ...row, day: addDays(monday, weekdayOf(row.day) - 1) }))
      .filter(({ day }) => day >= term.from && day <= term.to);
  });
}

function isHalf({ week }: Row): boolean {
  return week === 1 || week === 2;
}

/** 1 above the line, 2 below: weeks alternate from the anchor's on. */
function weekAt(monday: Day, anchor: Row): number {
  const days = (Date.parse(monday) - Date.parse(mondayOf(anchor.day))) / 86_400_000;
  return Math.abs(days / 7) % 2 === 0 ? anchor.week : 3 - anchor.week;
}

/** The semester the template is dated in, since the site names no end: to 31 December or 30 June, never less than its own dates. */
function termOf(first: Day, last: Day): { from: Day; to: Day } {
  const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))];
  const autumn = month >= 8 || month === 1;
  const began = month === 1 ? year - 1 : year;
  const [from, to] = autumn ? [`${began}-08-31`, `${began}-12-31`] : [`${year}-02-01`, `${year}-06-30`];
  return { from: first < from ? first : from, to: last > to ? last : to };
}
