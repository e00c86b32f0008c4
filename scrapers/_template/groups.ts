/** The site's list of groups: names people know, ids the site wants. */
import { jsonOf, listOf, nearest, type Page, SourceError, sameName, textIn } from '#source';

/** The id of a group, however its name is typed. Throws SourceError `unknown-param` with the names it looks like. */
export function groupId(page: Page, name: string): string {
  const groups = readGroups(page);
  const found = groups.find((group) => sameName(group.name, name));
  if (found !== undefined) return found.id;
  const names = groups.map((group) => group.name);
  throw new SourceError('unknown-param', 'group', `there is no group ${name}`, nearest(name, names));
}

/** Every group's name. */
export function groupNames(page: Page | undefined): readonly string[] {
  return readGroups(page).map(({ name }) => name);
}

/** Nothing from outside is trusted to have the shape it had yesterday: `…Of` readers refuse it, `…In` readers find nothing. */
function readGroups(page: Page | undefined): readonly { readonly id: string; readonly name: string }[] {
  return listOf(jsonOf(page), 'groups').map((item) => {
    const [id, name] = [textIn(item, 'id'), textIn(item, 'name')];
    if (id === '' || name === '') throw new SourceError('changed', 'groups', 'a group without id or name');
    return { id: encodeURIComponent(id), name };
  });
}
