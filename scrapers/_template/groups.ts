/** The site's list of groups: names people know, ids the site wants. */
import { SourceError } from '#source';

/** The most names to offer when the asked one is unknown. */
const OFFERED = 5;

/** The id of a group. Throws SourceError `unknown-param` with names that begin alike. */
export function groupId(json: string, name: string): string {
  const groups = readGroups(json);
  const found = groups.find((group) => same(group.name, name));
  if (found !== undefined) return found.id;
  const start = name.slice(0, 2).toLowerCase();
  const alike = groups.map((group) => group.name).filter((other) => other.toLowerCase().startsWith(start));
  throw new SourceError('unknown-param', 'group', `there is no group ${name}`, alike.slice(0, OFFERED));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase().replace(/[\s-]/g, '') === b.toLowerCase().replace(/[\s-]/g, '');
}

/** Nothing from outside is trusted to have the shape it had yesterday. */
function readGroups(json: string): readonly { readonly id: string; readonly name: string }[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new SourceError('changed', 'json', 'the list of groups is no JSON');
  }
  if (!Array.isArray(value)) throw new SourceError('changed', 'json', 'the list of groups is no list');
  return value.map((item: unknown) => {
    if (typeof item === 'object' && item !== null && 'id' in item && 'name' in item && typeof item.name === 'string')
      return { id: encodeURIComponent(String(item.id)), name: item.name };
    throw new SourceError('changed', 'json', 'a group without id or name');
  });
}
