/** What the site lists: groups by institute, all teachers, rooms by building. */
import {
  fieldsOf,
  isDistance,
  jsonOf,
  type Listed,
  type Page,
  type Request,
  rowsOf,
  SourceError,
  textOf,
} from '#source';

/** Institutes first; then the groups of each, the teachers and the buildings in one go; then the rooms of each building. */
export function planCatalogue(api: string, pages: readonly Page[]): readonly Request[] | 'done' {
  const [institutes] = pages;
  if (institutes === undefined) return [{ url: `${api}/faculties` }];
  const ids = idsIn(institutes, 'faculties');
  if (pages.length === 1)
    return [...ids.map((id) => `faculties/${id}/groups`), 'teachers', 'buildings'].map((path) => ({
      url: `${api}/${path}`,
    }));
  const houses = housesIn(pages[ids.length + 2]);
  if (pages.length > ids.length + 3 || houses.length === 0) return 'done';
  return houses.map(({ id }) => ({ url: `${api}/buildings/${id}/rooms` }));
}

/** The lists of teachers and rooms may fail alone: no capture shows their shape. @throws SourceError */
export function listed(pages: readonly Page[]): readonly Listed[] {
  const count = idsIn(pages[0], 'faculties').length;
  if (count === 0) throw new SourceError('changed', 'faculties', 'the site lists no institute');
  const found = pages.slice(1, count + 1).flatMap((page) => {
    const { groups: rows } = fieldsOf(jsonOf(page), 'answer');
    return rowsOf(rows, 'groups').map(
      ({ id, name }): Listed => ({ kind: 'group', name: textOf(name), ask: { kind: 'group', id: textOf(id) } }),
    );
  });
  const [teachers, buildings, ...rooms] = pages.slice(count + 1);
  const houses = housesIn(buildings);
  return [...found, ...teachersOf(teachers), ...houses.flatMap((house, index) => roomsOf(rooms[index], house))].filter(
    ({ name, ask }) => name !== '' && ask.id !== '',
  );
}

function teachersOf(page: Page | undefined): readonly Listed[] {
  if (page === undefined || page.status !== 200) return [];
  return rowsOf(fieldsOf(jsonOf(page), 'answer').teachers, 'teachers').map(({ id, full_name }) => ({
    kind: 'teacher',
    name: textOf(full_name),
    ask: { kind: 'teacher', id: textOf(id) },
  }));
}

type House = { readonly id: string; readonly name: string };

function housesIn(page: Page | undefined): readonly House[] {
  if (page === undefined || page.status !== 200) return [];
  return rowsOf(fieldsOf(jsonOf(page), 'answer').buildings, 'buildings')
    .map(({ id, name }) => ({ id: textOf(id), name: textOf(name) }))
    .filter(({ id }) => /^\d+$/.test(id));
}

/** «219, Главное здание», as the lessons name it; «Дистанционно» is no place. */
function roomsOf(page: Page | undefined, house: House): readonly Listed[] {
  if (page === undefined || page.status !== 200) return [];
  return rowsOf(fieldsOf(jsonOf(page), 'answer').rooms, 'rooms')
    .map((row) => ({ id: textOf(row.id), name: textOf(row.name) }))
    .filter(({ name }) => name !== '' && !isDistance(name))
    .map(({ id, name }) => ({
      kind: 'room',
      name: house.name === '' ? name : `${name}, ${house.name}`,
      ask: { kind: 'room', id, building: house.id },
    }));
}

function idsIn(page: Page | undefined, list: string): readonly string[] {
  return rowsOf(fieldsOf(jsonOf(page), 'answer')[list], list)
    .map(({ id }) => textOf(id))
    .filter((id) => /^\d+$/.test(id));
}
