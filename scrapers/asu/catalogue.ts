/** The tree of lists (faculties, chairs, buildings) walked down to the timetables it names. */
import { type Ask, type Catalogue, type Listed, type Page, type Request, SourceError } from '#source';
import type { Named } from './found.ts';
import { listed } from './list.ts';
import { linked } from './page.ts';
import { DEPTH, isPath, listRequest, modeOf, type View } from './target.ts';

/**
 * `list` is groups, teachers and rooms or some of them, comma separated (all of them by default); `under` narrows it to one
 * faculty or building by its number. Teachers are a request for each chair.
 */
export const catalogue: Catalogue = {
  plan(ask, pages) {
    const missing = eachBranch(ask, (branch) => walk(branch, ask, pages).missing);
    return missing.length > 0 ? missing : 'done';
  },

  parse(pages, ask): readonly Listed[] {
    const all = eachBranch(ask, (branch) => listedIn(branch, ask, pages));
    return [...new Map(all.map((one) => [`${one.kind} ${one.ask.path}`, one])).values()];
  },
};

type Branch = { readonly view: View; readonly kind: Listed['kind'] };

const BRANCHES: Readonly<Record<string, Branch>> = {
  groups: { view: 'students', kind: 'group' },
  teachers: { view: 'lecturers', kind: 'teacher' },
  rooms: { view: 'rooms', kind: 'room' },
};

/** @throws SourceError `refused` for a list that is none */
function branchesOf({ list = '' }: Ask): readonly Branch[] {
  const wanted = list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (wanted.length === 0) return Object.values(BRANCHES);
  return wanted.map((one) => {
    const branch = BRANCHES[one];
    if (branch === undefined) throw new SourceError('refused', 'list', 'the list is groups, teachers or rooms');
    return branch;
  });
}

/** The first branch must be readable; a further one that is not takes nothing away from it. @throws SourceError */
function eachBranch<T>(ask: Ask, read: (branch: Branch) => readonly T[]): readonly T[] {
  return branchesOf(ask).flatMap((branch, at) => {
    try {
      return read(branch);
    } catch (error) {
      if (at === 0 || !(error instanceof SourceError)) throw error;
      return [];
    }
  });
}

/** @throws SourceError `changed` for a branch without a timetable */
function listedIn(branch: Branch, ask: Ask, pages: readonly Page[]): readonly Listed[] {
  const { view, kind } = branch;
  const { missing, leaves } = walk(branch, ask, pages);
  if (missing.length > 0) throw new SourceError('changed', 'empty', `${missing.length} lists were not fetched`);
  const all = leaves
    .filter(({ name, path }) => name !== '' && isPath(path, view))
    .map(({ name, path }): Listed => ({ kind, name, ask: { [kind]: name, path } }));
  if (all.length === 0) throw new SourceError('changed', 'empty-list', `no ${view} in the lists`);
  return all;
}

/** What is still to be fetched, or the last level of the tree. @throws SourceError */
function walk(
  { view }: Branch,
  ask: Ask,
  pages: readonly Page[],
): { readonly missing: readonly Request[]; readonly leaves: readonly Named[] } {
  const under = (ask.under ?? '').trim();
  if (under !== '' && !/^\d+$/.test(under))
    throw new SourceError('refused', 'under', 'a faculty is named by its number');
  const fetched = new Map(pages.map((page) => [page.request.url, page]));
  let level: readonly Named[] = [{ name: '', path: under }];
  for (let depth = under === '' ? 0 : 1; depth < DEPTH[view]; depth++) {
    const wanted = level.map((one) => ({ one, request: listRequest(view, one.path, ask) }));
    const missing = wanted.flatMap(({ request }) => (fetched.has(request.url) ? [] : [request]));
    if (missing.length > 0) return { missing, leaves: [] };
    level = wanted.flatMap(({ one, request }) => {
      const page = fetched.get(request.url);
      return page === undefined ? [] : below(page, view, one, ask);
    });
  }
  return { missing: [], leaves: level };
}

/** @throws SourceError */
function below(page: Page, view: View, { name, path }: Named, ask: Ask): readonly Named[] {
  if (modeOf(ask) !== 'json') return linked(page, view, path);
  const rows = listed(page, view, path);
  // «401» is a room of many buildings: lessons print it with the building's letter.
  return view === 'rooms' && name !== '' ? rows.map((one) => ({ ...one, name: `${one.name} ${name}` })) : rows;
}
