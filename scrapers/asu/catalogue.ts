/** The tree of lists (faculties, chairs, buildings) walked down to the timetables it names. */
import { type Ask, type Catalogue, type Listed, type Page, type Request, SourceError } from '#source';
import type { Named } from './found.ts';
import { listed } from './list.ts';
import { linked } from './page.ts';
import { DEPTH, isPath, listRequest, modeOf, type View } from './target.ts';

/**
 * `ask.list` is groups (the default), teachers or rooms; `ask.under` narrows it to one faculty or building by its number.
 * All teachers at once would be a request for each chair: ask for them faculty by faculty.
 */
export const catalogue: Catalogue = {
  plan(ask, pages) {
    const { missing } = walk(ask, pages);
    return missing.length > 0 ? missing : 'done';
  },

  parse(pages, ask): readonly Listed[] {
    const { view, kind, key } = branchOf(ask);
    const { missing, leaves } = walk(ask, pages);
    if (missing.length > 0) throw new SourceError('changed', 'empty', `${missing.length} lists were not fetched`);
    const own: Ask = ask.mode === undefined ? {} : { mode: ask.mode };
    const all: readonly Listed[] = leaves
      .filter(({ name, path }) => name !== '' && isPath(path, view))
      .map(({ name, path }) => ({ kind, name, ask: { [key]: name, path, ...own } }));
    if (all.length === 0) throw new SourceError('changed', 'empty-list', `no ${view} in the lists`);
    return [...new Map(all.map((one) => [one.ask.path, one])).values()];
  },
};

type Branch = { readonly view: View; readonly kind: Listed['kind']; readonly key: 'group' | 'teacher' | 'room' };

/** @throws SourceError */
function branchOf(ask: Ask): Branch {
  const wanted = ask.list ?? 'groups';
  if (wanted === 'groups') return { view: 'students', kind: 'group', key: 'group' };
  if (wanted === 'teachers') return { view: 'lecturers', kind: 'teacher', key: 'teacher' };
  if (wanted === 'rooms') return { view: 'rooms', kind: 'room', key: 'room' };
  throw new SourceError('refused', 'list', 'the list is groups, teachers or rooms');
}

/** What is still to be fetched, or the last level of the tree. @throws SourceError */
function walk(
  ask: Ask,
  pages: readonly Page[],
): { readonly missing: readonly Request[]; readonly leaves: readonly Named[] } {
  const { view } = branchOf(ask);
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
