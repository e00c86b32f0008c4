/** The site's own lists: groups with a timetable; teachers and rooms where the site gives them. */
import { type Ask, clean, type Fields, type Listed, type Page, SourceError, textIn } from '#source';
import { answered } from './answer.ts';
import { isId } from './found.ts';
import { isOwn, type Site } from './universities.ts';

/** In the order of the pages. */
export const DICTIONARIES = ['groups', 'lecturers', 'auditoriums'] as const;

/** Throws SourceError when there are no groups; the other lists are taken only where they are given. */
export function listedOf(pages: readonly Page[], site: Site): Listed[] {
  const [groups, lecturers, rooms] = pages;
  if (groups === undefined) throw new SourceError('changed', 'pages', 'the list of groups is needed');
  const listed = groupsOf(answered(groups).rows, site);
  if (listed.length === 0) throw new SourceError('changed', 'empty', 'the site lists no groups of this university');
  // Campuses that share a site are told apart by words in the names of faculties, chairs and buildings.
  const teacher = (row: Fields): Listed | null =>
    isOwn(site, textIn(row, 'chair')) ? entry(site, 'teacher', textIn(row, 'fio'), row.lecturerOid) : null;
  const room = (row: Fields): Listed | null =>
    isOwn(site, textIn(row, 'building')) ? entry(site, 'room', textIn(row, 'name'), row.auditoriumOid) : null;
  return [...listed, ...given(lecturers, teacher), ...given(rooms, room)];
}

/** Of several years' groups of one name the latest counts; a group without a timetable is left out. */
function groupsOf(rows: readonly Fields[], site: Site): Listed[] {
  const named = new Map<string, { year: number; listed: Listed }>();
  for (const row of rows) {
    if (row.is_schedule === 0 || row.is_schedule === false || !isOwn(site, textIn(row, 'faculty'))) continue;
    const [label, other] = site.label === 'name' ? ['name', 'number'] : ['number', 'name'];
    const listed = entry(site, 'group', textIn(row, label) || textIn(row, other), row.groupOid);
    if (listed === null) continue;
    const year = Number(row.YearOfEducation) || 0;
    if (year >= (named.get(listed.name)?.year ?? 0)) named.set(listed.name, { year, listed });
  }
  return [...named.values()].map(({ listed }) => listed);
}

function given(page: Page | undefined, read: (row: Fields) => Listed | null): Listed[] {
  if (page === undefined || page.status !== 200) return [];
  try {
    return answered(page).rows.flatMap((row) => read(row) ?? []);
  } catch (error) {
    // A list that only some sites have must not take the groups away from all.
    if (error instanceof SourceError) return [];
    throw error;
  }
}

function entry({ id: university }: Site, kind: Listed['kind'], printed: string, oid: unknown): Listed | null {
  const [name, id] = [clean(printed, 100), String(oid ?? '')];
  if (name.length < 2 || /^!|^вакансия|@/i.test(name) || !isId(id)) return null;
  const ask: Ask = { university, [kind]: name, id };
  return { kind, name, ask };
}
