/** What can be listed: the groups of some divisions, all teachers by their first letters, rooms by house. All groups at once are a thousand requests. */
import {
  type Ask,
  fieldsOf,
  jsonOf,
  type Listed,
  listOf,
  type Page,
  type Request,
  rowsOf,
  SourceError,
  type Span,
  textOf,
} from '#source';

/** Programmes older than this have graduated. */
const YEARS = 6;
/** The search finds whose surname begins with what is asked for. */
const LETTERS = [...'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯ'];
/** A catalogue may take 500 requests: what is over this the smallest houses go without. */
const MOST = 480;

/** `division` is an alias («MATH») or several, comma separated; `teacher` a surname, `address` a uuid; without any the answer names the divisions. */
export function planCatalogue(api: string, ask: Ask, pages: readonly Page[], span: Span): readonly Request[] | 'done' {
  const divisions = divisionsOf(ask);
  if (divisions.length === 0) return pages.length === 0 ? [{ url: `${api}${firstPath(ask)}` }] : 'done';
  const first = divisions.length + LETTERS.length + 1;
  if (pages.length === 0)
    return [
      ...divisions.map((alias) => `/study/divisions/${encodeURIComponent(alias)}/programs/levels`),
      ...LETTERS.map((letter) => `/educators/search/${encodeURIComponent(letter)}`),
      '/addresses',
    ].map((path) => ({ url: `${api}${path}` }));
  const { programmes, houses } = secondOf(pages, divisions.length, span);
  if (pages.length > first || programmes.length + houses.length === 0) return 'done';
  return [
    // «progams» is how the site spells it.
    ...programmes.map((id) => `/progams/${id}/groups`),
    ...houses.map(({ oid }) => `/addresses/${oid}/classrooms`),
  ].map((path) => ({ url: `${api}${path}` }));
}

type House = { readonly oid: string; readonly name: string };

/** What the first pages lead to: programmes with groups, then houses with rooms, those with most of them first. */
function secondOf(
  pages: readonly Page[],
  divisions: number,
  span: Span,
): { readonly programmes: readonly string[]; readonly houses: readonly House[] } {
  const since = Number(span.from.slice(0, 4)) - YEARS;
  const programmes = [...new Set(pages.slice(0, divisions).flatMap((page) => programmesOf(page, since)))];
  const first = divisions + LETTERS.length + 1;
  const houses = housesIn(pages[first - 1]).slice(0, Math.max(0, MOST - first - programmes.length));
  return { programmes, houses };
}

function divisionsOf({ division = '' }: Ask): readonly string[] {
  return division
    .split(',')
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '');
}

function firstPath({ teacher, address }: Ask): string {
  if (teacher !== undefined) return `/educators/search/${encodeURIComponent(teacher)}`;
  return address === undefined ? '/study/divisions' : `/addresses/${encodeURIComponent(address)}/classrooms`;
}

function programmesOf(page: Page | undefined, since: number): readonly string[] {
  const years = rowsOf(jsonOf(page), 'levels').flatMap((level) =>
    rowsOf(level.StudyProgramCombinations, 'StudyProgramCombinations').flatMap(({ AdmissionYears }) =>
      rowsOf(AdmissionYears, 'AdmissionYears'),
    ),
  );
  const current = years.filter((year) => year.IsEmpty !== true && Number(year.YearNumber) >= since);
  return [...new Set(current.map((year) => textOf(year.StudyProgramId)))].filter((id) => /^\d+$/.test(id));
}

/** The lists of teachers and rooms may fail alone. @throws SourceError unknown-param with the divisions' aliases when none was named */
export function listed(pages: readonly Page[], ask: Ask, span: Span): readonly Listed[] {
  const divisions = divisionsOf(ask).length;
  if (divisions > 0) {
    const { programmes, houses } = secondOf(pages, divisions, span);
    const first = divisions + LETTERS.length + 1;
    const rooms = pages.slice(first + programmes.length);
    return [
      ...pages.slice(first, first + programmes.length).flatMap(groupsOf),
      ...pages.slice(divisions, first - 1).flatMap((page) => (page.status === 200 ? teachersOf(page) : [])),
      ...houses.flatMap((house, index) => roomsOf(rooms[index], house)),
    ];
  }
  if (ask.teacher !== undefined) return teachersOf(pages[0]);
  const rows = rowsOf(jsonOf(pages[0]), 'answer');
  if (ask.address !== undefined) return rows.map(({ Oid, DisplayName1 }) => one('room', DisplayName1, Oid));
  const aliases = rows.map(({ Alias }) => textOf(Alias));
  throw new SourceError('unknown-param', 'division', 'name a division, a teacher or an address', aliases);
}

/** A bare list on the server of 2017, `{ Groups: […] }` today. */
function groupsOf(page: Page): readonly Listed[] {
  const answer = jsonOf(page);
  const rows = Array.isArray(answer) ? answer : listOf(fieldsOf(answer, 'answer').Groups, 'Groups');
  return rowsOf(rows, 'Groups').map(({ StudentGroupId, StudentGroupName }) =>
    one('group', StudentGroupName, StudentGroupId),
  );
}

function teachersOf(page: Page | undefined): readonly Listed[] {
  const { Educators } = fieldsOf(jsonOf(page), 'answer');
  return rowsOf(Educators, 'Educators').map(({ Id, FullName }) => one('teacher', FullName, Id));
}

function housesIn(page: Page | undefined): readonly House[] {
  if (page === undefined || page.status !== 200) return [];
  return [...rowsOf(jsonOf(page), 'addresses')]
    .sort((a, b) => Number(b.matches ?? 0) - Number(a.matches ?? 0))
    .map(({ Oid, DisplayName1 }) => ({ oid: textOf(Oid), name: textOf(DisplayName1) }))
    .filter(({ oid }) => /^[\da-f-]{36}$/i.test(oid));
}

/** «Университетский просп., д. 28, 4513», as the lessons name it: houses number their rooms alike. */
function roomsOf(page: Page | undefined, { name }: House): readonly Listed[] {
  if (page === undefined || page.status !== 200) return [];
  return rowsOf(jsonOf(page), 'classrooms')
    .map(({ Oid, DisplayName1 }) => ({ oid: textOf(Oid), room: textOf(DisplayName1) }))
    .filter(({ room }) => room !== '')
    .map(({ oid, room }) => one('room', name === '' ? room : `${name}, ${room}`, oid));
}

function one(kind: Listed['kind'], name: unknown, id: unknown): Listed {
  return { kind, name: textOf(name).trim(), ask: { kind, id: textOf(id) } };
}
