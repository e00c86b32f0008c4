/** The tree of the university: faculties, departments, courses and, as its leaves, groups. */
import {
  type Catalogue,
  fieldIn,
  jsonOf,
  type Listed,
  listIn,
  nearest,
  type Page,
  type Request,
  SourceError,
  sameName,
  textIn,
} from '#source';

const API = 'https://lks.bmstu.ru/lks-back/api/v1';

export function get(path: string): Request {
  return { url: `${API}/${path}`, headers: { accept: 'application/json' } };
}

/** One tree for all groups; it changes with the term. */
export const STRUCTURE = { ...get('structure'), goodFor: 3600 };

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

type Group = { readonly name: string; readonly id: string };

/** All groups in the order of the tree. @throws SourceError `changed` for a tree without any */
function groupsOf(page: Page): readonly Group[] {
  const waiting: unknown[] = [fieldIn(jsonOf(page), 'data')];
  const groups = new Map<string, Group>();
  while (waiting.length > 0) {
    const node = waiting.pop();
    const [name, id] = [textIn(node, 'abbr') || textIn(node, 'name'), textIn(node, 'uuid').toLowerCase()];
    if (textIn(node, 'nodeType') === 'group' && name !== '' && isId(id)) groups.set(id, { name, id });
    waiting.push(...listIn(node, 'children').toReversed());
  }
  if (groups.size === 0) throw new SourceError('changed', 'structure', 'the structure has no groups');
  return [...groups.values()];
}

const SUGGESTED = 10;

/** The id of a group by its name. @throws SourceError `unknown-param` with groups of the same department, or with the closest names */
export function idOf(name: string, page: Page): string {
  const groups = groupsOf(page);
  const found = groups.find((one) => sameName(one.name, name));
  if (found !== undefined) return found.id;
  const all = groups.map((one) => one.name);
  const department = all.filter((one) => sameName(departmentOf(one), departmentOf(name)));
  const meant = department.length > 0 ? department : nearest(name, all);
  throw new SourceError('unknown-param', 'group', `no group «${name.slice(0, 50)}»`, meant.slice(0, SUGGESTED));
}

/** «ИУ1» of «ИУ1-21Б». */
function departmentOf(group: string): string {
  return group.split(/[‐‑–—-]/)[0] ?? '';
}

/** Groups only: the public part of the site lists nothing else. */
export const catalogue: Catalogue = {
  plan(_ask, pages) {
    return pages.length > 0 ? 'done' : [STRUCTURE];
  },

  parse(pages): readonly Listed[] {
    const page = pages.at(-1);
    if (page === undefined) throw new SourceError('changed', 'empty', 'nothing was fetched');
    return groupsOf(page).map(({ name, id }) => ({ kind: 'group', name, ask: { group: name, id } }));
  },
};
