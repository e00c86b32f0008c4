/** «Деканат» (ММИС Лаб): ДГТУ and every other university with the same WebApp, by one small JSON file each. */
import {
  type Catalogue,
  defineSource,
  type Listed,
  type Page,
  SourceError,
  type Span,
  siteOf,
  strangerOn,
} from '#source';
import { follow, mondaysOf, request } from './follow.ts';
import { type Entry, entriesOf, type Kind, LISTS, yearFor } from './lists.ts';
import { lessonsOf } from './parse.ts';
import { entryIn, recogniseOn, siteAt } from './recognise.ts';
import { readSites } from './universities.ts';

const SITES = readSites();
const KINDS: readonly Kind[] = ['group', 'teacher', 'room'];

export default defineSource({
  id: 'mmis',
  name: 'Деканат (ММИС Лаб)',
  universities: SITES.map(({ id, name, zone, site }) => ({ id, name, zone, site })),
  params: ['university'],

  recognise: (address) => recogniseOn(SITES, address),
  stranger: (address) => strangerOn(SITES, address, siteAt, entryIn(address)),

  plan(ask, pages, span) {
    const step = follow(SITES, ask, pages, span);
    return 'next' in step ? step.next : 'done';
  },

  parse(pages, ask, span) {
    const step = follow(SITES, ask, pages, span);
    if ('next' in step) throw new SourceError('changed', 'pages', `${step.next.length} more pages are needed`);
    return lessonsOf(step.answered);
  },

  catalogue: {
    plan(ask, pages, span) {
      const { base } = siteOf(SITES, ask, siteAt);
      const [years] = pages;
      if (years === undefined) return [request(`${base}/Rasp/ListYears`)];
      if (pages.length > 1) return 'done';
      const year = yearFor(years, today(span));
      return KINDS.map((kind) => request(`${base}/${LISTS[kind]}?year=${year}`));
    },

    parse(pages, ask, span): Listed[] {
      const { id: university } = siteOf(SITES, ask, siteAt);
      const [years, ...lists] = pages;
      if (years === undefined) throw new SourceError('changed', 'pages', 'the list of years is needed');
      const year = yearFor(years, today(span));
      return KINDS.flatMap((kind, at) => {
        const list = lists[at];
        if (list === undefined) throw new SourceError('changed', 'pages', `the list of every ${kind} is needed`);
        const byId = new Map(listedOn(list, kind).map((entry) => [entry.id, entry]));
        return [...byId.values()].map(({ id, name }) => ({ kind, name, ask: { university, [kind]: name, id, year } }));
      });
    },
  } satisfies Catalogue,
});

/** Groups must be readable; a list of teachers or rooms that is not takes nothing away from them. Throws SourceError. */
function listedOn(list: Page, kind: Kind): readonly Entry[] {
  try {
    return entriesOf(list);
  } catch (error) {
    if (kind === 'group' || !(error instanceof SourceError)) throw error;
    return [];
  }
}

function today(span: Span): string {
  return mondaysOf(span)[0] ?? span.from;
}
