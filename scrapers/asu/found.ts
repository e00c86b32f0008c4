/** What the two ways of reading have in common: names with the numbers of their pages, and the check of the days read. */
import { type Parsed, type RawLesson, SourceError } from '#source';
import { folded, type Window } from './target.ts';

/** A line of a list: «5.205-1», «15/2129441347». */
export type Named = { readonly name: string; readonly path: string };

const SUGGESTED = 10;

/** @throws SourceError `unknown-param` with the names that were found instead */
export function pathOf(name: string, results: readonly Named[]): string {
  const hits = results.filter((one) => folded(one.name) === folded(name) && one.path !== '');
  const [hit] = hits;
  if (hit !== undefined) return hit.path;
  const names = [...new Set(results.map((one) => one.name).filter((one) => one !== ''))].slice(0, SUGGESTED);
  throw new SourceError('unknown-param', 'name', `nothing is called «${name.slice(0, 50)}»`, names);
}

/**
 * Keeps the lessons of the days asked and says which days those are.
 * @param rows how many rows there were: when none of them could be read, or none is of the days asked, the site has changed
 * @throws SourceError `changed`
 */
export function within(window: Window, read: Omit<Parsed, 'covers'>, rows: number): Parsed {
  if (rows > 0 && read.lessons.length === 0)
    throw new SourceError('changed', 'rows', `none of ${rows} rows is readable`);
  const lessons = read.lessons.filter((lesson) => isWithin(lesson, window));
  const outside = read.lessons.length - lessons.length;
  if (outside > 0 && lessons.length === 0)
    throw new SourceError('changed', 'dates', `asked for ${window.from}–${window.to}, answered about other days`);
  const skipped = outside === 0 ? read.skipped : [...read.skipped, `${outside} lessons of days that were not asked`];
  return { ...read, covers: window, lessons, skipped };
}

function isWithin({ day = '' }: RawLesson, { from, to }: Window): boolean {
  return day >= from && day < to;
}

/** The site's own short word for a practical lesson; all others are understood as they are. */
export function kindOf(printed: string): string {
  return printed.trim().toLowerCase() === 'пр.з.' ? 'практическое занятие' : printed;
}
