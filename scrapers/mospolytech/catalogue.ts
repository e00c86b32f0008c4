/** All groups: a list of names, nothing else identifies a group here. */
import { fieldsOf, type Listed, type Page, textOf } from '#source';
import { siteJson } from './site-json.ts';

/** The names as a list or as the keys of an object. @throws SourceError */
export function listed([page]: readonly Page[]): readonly Listed[] {
  const { groups } = fieldsOf(siteJson(page), 'answer');
  const names = Array.isArray(groups) ? groups.map(textOf) : Object.keys(fieldsOf(groups, 'groups'));
  return names.filter((name) => name !== '').map((name) => ({ kind: 'group', name, ask: { group: name } }));
}
