/** Finding by name: what the site's search answers, and which of it was meant. */
import { clean, nearest, type Page, SourceError, sameName, textIn } from '#source';
import { answered } from './answer.ts';
import { isOwn, type Site } from './universities.ts';

export type Kind = 'group' | 'teacher' | 'room';

/** The site's words for what may be looked for. Students are found by it too, and are never asked for. */
export const SEARCHED: Readonly<Record<Kind, string>> = { group: 'group', teacher: 'person', room: 'auditorium' };

/** What has exactly that name, however it is typed, as the site spells it. Throws SourceError `unknown-param` with the closest names. */
export function find(
  page: Page,
  site: Site,
  kind: Kind,
  name: string,
): { readonly id: string; readonly label: string } {
  const found = answered(page)
    .rows.filter((row) => textIn(row, 'type') === SEARCHED[kind] && isId(textIn(row, 'id')))
    .filter((row) => isOwn(site, textIn(row, 'description')) || kind !== 'group')
    .map((row) => ({ id: textIn(row, 'id'), label: clean(textIn(row, 'label')) }));
  const same = found.filter(({ label }) => sameName(label, name));
  const exact = same.find(({ label }) => label === name) ?? (same.length === 1 ? same[0] : undefined);
  const ids = new Set(same.filter(({ label }) => label === exact?.label).map(({ id }) => id));
  if (exact !== undefined && ids.size === 1) return exact;
  const names = same.length > 0 ? same.map(({ label }) => label) : found.map(({ label }) => label);
  const why = exact === undefined ? `there is no such ${kind}` : `several have this name`;
  throw new SourceError('unknown-param', kind, why, nearest(name, names));
}

/** What may stand in an address as an id: a number, on some sites a GUID for people. */
export function isId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}
