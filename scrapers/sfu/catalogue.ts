/** All groups by name; teachers are only found by typing, so none are listed. */
import { jsonOf, type Listed, type Page, rowsOf, textOf } from '#source';

/** @throws SourceError */
export function listed([page]: readonly Page[]): readonly Listed[] {
  const names = rowsOf(jsonOf(page), 'groups').map(({ name }) => textOf(name).trim());
  return [...new Set(names)]
    .filter((name) => name !== '')
    .map((name) => ({ kind: 'group', name, ask: { target: name } }));
}
