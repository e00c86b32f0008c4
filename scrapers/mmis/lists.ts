/** The lists of the site: academic years, and the groups, teachers and rooms of one. */
import { clean, type Day, isFields, listIn, nearest, type Page, SourceError, sameName, textIn } from '#source';
import { dataOf } from './answer.ts';

export type Kind = 'group' | 'teacher' | 'room';

export const LISTS: Readonly<Record<Kind, string>> = {
  group: 'raspGrouplist',
  teacher: 'raspTeacherlist',
  room: 'raspAudlist',
};

export type Entry = { readonly id: string; readonly name: string };

/** The academic year of a day, «2026-2027»: it begins in August, when the new timetable is made. */
export function yearOf(day: Day): string {
  const first = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) >= 8 ? 0 : 1);
  return `${first}-${first + 1}`;
}

/** The listed year a day belongs to; the last one before it when the site has not opened it yet. Throws SourceError. */
export function yearFor(page: Page, day: Day): string {
  const data = dataOf(page);
  const years = listIn(data, 'years');
  const listed = years
    .filter((year) => typeof year === 'string')
    .filter((year) => /^\d{4}-\d{4}$/.test(year))
    .sort();
  if (listed.length === 0) throw new SourceError('changed', 'years', 'the site lists no academic years');
  const wanted = yearOf(day);
  return listed.findLast((year) => year <= wanted) ?? listed[0] ?? wanted;
}

/** Entries with a name and an id; a mark of one character names nothing. Throws SourceError. */
export function entriesOf(page: Page): Entry[] {
  const data = dataOf(page);
  if (!Array.isArray(data)) throw new SourceError('changed', 'shape', 'the list is no list');
  const entries = data.filter(isFields).map((row) => ({ id: textIn(row, 'id'), name: clean(textIn(row, 'name')) }));
  const named = entries.filter(({ id, name }) => isId(id) && name.length >= 2);
  if (data.length > 0 && named.length === 0) throw new SourceError('changed', 'shape', 'no entry has an id and a name');
  return named;
}

/** What may stand in a request as an id. */
export function isId(text: string): boolean {
  return /^-?\d{1,15}$/.test(text);
}

/** The entry of that name, however it is typed. Throws SourceError `unknown-param` with the closest names. */
export function find(entries: readonly Entry[], name: string, kind: Kind): Entry {
  const same = entries.filter((entry) => sameName(entry.name, name));
  const exact = same.find((entry) => entry.name === name) ?? (same.length === 1 ? same[0] : undefined);
  if (exact !== undefined) return exact;
  const names = same.length > 1 ? same.map((entry) => entry.name) : entries.map((entry) => entry.name);
  throw new SourceError('unknown-param', kind, `there is no such ${kind} in the list`, nearest(name, names));
}
