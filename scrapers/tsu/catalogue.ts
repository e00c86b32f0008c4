/** Groups by faculties, teachers in one list, rooms by buildings. */
import { type Ask, type Catalogue, jsonOf, type Listed, type Page, type Request, SourceError, textIn } from '#source';
import { groupOf, wholeGroup } from './grid.ts';
import { get, isId } from './target.ts';

/** `ask.list` narrows it to groups, teachers or rooms: all of them are a request for each faculty and each building. */
export const catalogue: Catalogue = {
  plan(ask, pages) {
    const missing = requests(ask, pages).filter(({ url }) => !pages.some((page) => page.request.url === url));
    return missing.length > 0 ? missing : 'done';
  },

  parse(pages, ask): readonly Listed[] {
    const wanted = wantedOf(ask);
    const groups = wanted.groups ? named(pages, /\/faculties\/[^/]+\/groups$/, 'name') : [];
    const whole = new Set(groups.filter((one) => !one.isSubgroup).map((one) => one.name));
    // A subgroup's lessons are in the timetable of its group.
    const own = groups.filter((one) => !one.isSubgroup || !whole.has(wholeGroup(one.name)));
    const teachers = wanted.teachers ? orNone(own.length > 0, () => named(pages, /\/professors$/, 'fullName')) : [];
    const rooms = wanted.rooms
      ? orNone(own.length > 0, () => named(pages, /\/buildings\/[^/]+\/audiences$/, 'name'))
      : [];
    const all: readonly Listed[] = [
      ...own.map(({ id, name }) => ({ kind: 'group' as const, name, ask: { group: name, id } })),
      ...teachers.map(({ id, name }) => ({ kind: 'teacher' as const, name, ask: { teacher: name, id } })),
      ...rooms.map(({ id, name }) => ({ kind: 'room' as const, name, ask: { room: name, id } })),
    ];
    if (all.length === 0) throw new SourceError('changed', 'empty-list', 'the lists are empty');
    return [...new Map(all.map((one) => [`${one.kind} ${one.ask.id}`, one])).values()];
  },
};

type Wanted = { readonly groups: boolean; readonly teachers: boolean; readonly rooms: boolean };

/** @throws SourceError `refused` for a list that is none */
function wantedOf({ list = '' }: Ask): Wanted {
  if (!['', 'groups', 'teachers', 'rooms'].includes(list))
    throw new SourceError('refused', 'list', 'the list is groups, teachers or rooms');
  const has = (one: string): boolean => list === '' || list === one;
  return { groups: has('groups'), teachers: has('teachers'), rooms: has('rooms') };
}

/** Beside groups a list of teachers or rooms that cannot be read takes nothing away; asked for alone it must be readable. @throws SourceError */
function orNone<T>(hasGroups: boolean, read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if (!hasGroups || !(error instanceof SourceError)) throw error;
    return [];
  }
}

/** The lists to fetch as far as they are known: the parts of the faculties and buildings only after these. @throws SourceError */
function requests(ask: Ask, pages: readonly Page[]): readonly Request[] {
  const { groups, teachers, rooms } = wantedOf(ask);
  const below = (top: string, part: string): Request[] =>
    named(pages, new RegExp(`/${top}$`), 'name').map(({ id }) => get(`${top}/${id}/${part}`));
  return [
    ...(groups ? [get('faculties'), ...below('faculties', 'groups')] : []),
    ...(teachers ? [get('professors')] : []),
    ...(rooms ? [get('buildings'), ...orNone(groups, () => below('buildings', 'audiences'))] : []),
  ];
}

type Row = { readonly id: string; readonly name: string; readonly isSubgroup: boolean };

/** The rows of all pages of one kind; what has no id or no name is left out. @throws SourceError */
function named(pages: readonly Page[], address: RegExp, name: string): readonly Row[] {
  return pages
    .filter((page) => address.test(page.request.url))
    .flatMap((page) => {
      const rows = jsonOf(page);
      if (!Array.isArray(rows)) throw new SourceError('changed', 'shape', 'a list is none');
      return rows.map((row) => ({ ...groupOf(row), id: textIn(row, 'id').toLowerCase(), name: textIn(row, name) }));
    })
    .filter((row) => isId(row.id) && row.name !== '');
}
