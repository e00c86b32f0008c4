/** What can be listed: the groups of a division, teachers by surname, the rooms of an address. All at once is a thousand requests. */
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

/** `division` is an alias («MATH») or several, comma separated; `teacher` a surname, `address` a uuid; without any the answer names the divisions. */
export function planCatalogue(api: string, ask: Ask, pages: readonly Page[], span: Span): readonly Request[] | 'done' {
  const divisions = divisionsOf(ask);
  if (pages.length === 0 && divisions.length === 0) return [{ url: `${api}${firstPath(ask)}` }];
  if (pages.length === 0)
    return divisions.map((alias) => ({ url: `${api}/study/divisions/${encodeURIComponent(alias)}/programs/levels` }));
  if (pages.length > divisions.length || divisions.length === 0) return 'done';
  const programmes = [...new Set(pages.flatMap((page) => programmesOf(page, Number(span.from.slice(0, 4)) - YEARS)))];
  // «progams» is how the site spells it.
  return programmes.length === 0 ? 'done' : programmes.map((id) => ({ url: `${api}/progams/${id}/groups` }));
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

/** @throws SourceError unknown-param with the divisions' aliases when none was named */
export function listed(pages: readonly Page[], ask: Ask): readonly Listed[] {
  const divisions = divisionsOf(ask);
  if (divisions.length > 0) return pages.slice(divisions.length).flatMap(groupsOf);
  if (ask.teacher !== undefined) {
    const { Educators } = fieldsOf(jsonOf(pages[0]), 'answer');
    return rowsOf(Educators, 'Educators').map(({ Id, FullName }) => one('teacher', FullName, Id));
  }
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

function one(kind: Listed['kind'], name: unknown, id: unknown): Listed {
  return { kind, name: textOf(name).trim(), ask: { kind, id: textOf(id) } };
}
