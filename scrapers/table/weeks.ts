/** Weeks of a semester as sets of numbers: what a row of a grid, a mark in a cell and an exception leave of them. */
import { addDays, type Term } from '#source';

/** Ascending. */
export type Weeks = readonly number[];

/** Every week of the semester: 1 … n. */
export function weeksOf({ week1, end }: Term): Weeks {
  const all: number[] = [];
  for (let monday = week1; monday <= end && all.length < 60; monday = addDays(monday, 7)) all.push(all.length + 1);
  return all;
}

/** Of a cycle of so many weeks those at these places, counted from 1. */
export function inCycle(all: Weeks, cycle: number, places: readonly number[]): Weeks {
  return all.filter((week) => places.includes(((week - 1) % cycle) + 1));
}

const LISTED = /^(кр(?:оме)?\.?\s?)?(\d[\d,\s–-]{0,60})\s?н(?:ед)?(?:\.|\s|$)\s*/i;

/** «2,6-10 н. История» -> these weeks and the words left; «кр. 17 н. …»: all but these; null when no list stands first. */
export function listedFirst(text: string, all: Weeks): { readonly weeks: Weeks; readonly rest: string } | null {
  const found = LISTED.exec(text);
  if (found === null) return null;
  const listed = new Set(
    (found[2] ?? '').split(',').flatMap((part) => {
      const [from = 0, to = from] = part.split(/[–-]/).map((number) => Number(number.trim()));
      return all.filter((week) => week >= from && week <= to);
    }),
  );
  const except = found[1] !== undefined;
  return { weeks: all.filter((week) => listed.has(week) !== except), rest: text.slice(found[0].length) };
}

/** As a lesson says its weeks: '' for all, a parity where it is one, else the numbers. */
export function weeksText(weeks: Weeks, all: Weeks): string {
  const same = (wanted: Weeks) => wanted.length === weeks.length && wanted.every((week, at) => week === weeks[at]);
  if (same(all)) return '';
  if (same(inCycle(all, 2, [1]))) return 'нечёт';
  return same(inCycle(all, 2, [2])) ? 'чёт' : weeks.join(',');
}
