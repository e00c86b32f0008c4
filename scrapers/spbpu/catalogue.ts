/** What the site lists: groups by institute, then all teachers. */
import { fieldsOf, jsonOf, type Listed, type Page, type Request, rowsOf, SourceError, textOf } from '#source';

/** Institutes first; then the groups of each and the teachers, in one go. */
export function planCatalogue(api: string, pages: readonly Page[]): readonly Request[] | 'done' {
  if (pages.length > 1) return 'done';
  const institutes = pages[0];
  if (institutes === undefined) return [{ url: `${api}/faculties` }];
  const ids = rowsOf(fieldsOf(jsonOf(institutes), 'answer').faculties, 'faculties').map(({ id }) => textOf(id));
  const groups = ids.filter((id) => /^\d+$/.test(id)).map((id) => ({ url: `${api}/faculties/${id}/groups` }));
  return [...groups, { url: `${api}/teachers` }];
}

/** The list of teachers, asked last, may fail alone: no client shows its shape in full. @throws SourceError */
export function listed(pages: readonly Page[]): readonly Listed[] {
  const [teachers, groups] = [pages.at(-1), pages.slice(1, -1)];
  if (groups.length === 0) throw new SourceError('changed', 'faculties', 'the site lists no institute');
  const found = groups.flatMap((page) => {
    const { groups: rows } = fieldsOf(jsonOf(page), 'answer');
    return rowsOf(rows, 'groups').map(
      ({ id, name }): Listed => ({ kind: 'group', name: textOf(name), ask: { kind: 'group', id: textOf(id) } }),
    );
  });
  return [...found, ...teachersOf(teachers)].filter(({ name, ask }) => name !== '' && ask.id !== '');
}

function teachersOf(page: Page | undefined): readonly Listed[] {
  if (page === undefined || page.status !== 200) return [];
  return rowsOf(fieldsOf(jsonOf(page), 'answer').teachers, 'teachers').map(({ id, full_name }) => ({
    kind: 'teacher',
    name: textOf(full_name),
    ask: { kind: 'teacher', id: textOf(id) },
  }));
}
