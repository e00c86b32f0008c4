/** All groups by name; teachers where the site still gives their list. */
import { isFields, jsonOf, type Listed, type Page, rowsOf, SourceError, textOf } from '#source';

/** @throws SourceError when there is no list of groups */
export function listed([groups, teachers]: readonly Page[]): readonly Listed[] {
  const names = rowsOf(jsonOf(groups), 'groups').map(({ name }) => textOf(name).trim());
  return [...entries('group', names), ...entries('teacher', teachersIn(teachers))];
}

/** Names, bare or in objects: only older clients ask for them, so whatever else comes takes nothing from the groups. */
function teachersIn(page: Page | undefined): readonly string[] {
  if (page === undefined || page.status !== 200) return [];
  try {
    const answer = jsonOf(page);
    return Array.isArray(answer) ? answer.map((row) => textOf(isFields(row) ? row.name : row)) : [];
  } catch (error) {
    if (error instanceof SourceError) return [];
    throw error;
  }
}

function entries(kind: Listed['kind'], names: readonly string[]): readonly Listed[] {
  return [...new Set(names)]
    .filter((name) => /[\p{L}\d]/u.test(name))
    .map((name) => ({ kind, name, ask: { target: name } }));
}
