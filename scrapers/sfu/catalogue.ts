/** All groups by name; teachers are only found by typing, so none are listed. */
import type { Listed, Page } from '#source';
import { jsonOf, rowsOf, textOf } from './answer.ts';

/** @throws SourceError */
export function listed([page]: readonly Page[]): readonly Listed[] {
  const names = rowsOf(jsonOf(page), 'groups').map(({ name }) => textOf(name).trim());
  return [...new Set(names)]
    .filter((name) => name !== '')
    .map((name) => ({ kind: 'group', name, ask: { target: name } }));
}
