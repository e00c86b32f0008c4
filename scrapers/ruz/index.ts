/** «РУЗ» (Галактика): ВШЭ, Финансовый университет, ННГУ and every other university with this engine, by one small JSON file each. */
import { type Catalogue, defineSource, type Parsed, SourceError, siteOf, strangerOn } from '#source';
import { answered } from './answer.ts';
import { DICTIONARIES, listedOf } from './catalogue.ts';
import { type Answered, follow, request } from './follow.ts';
import { merged } from './merge.ts';
import { recogniseOn, siteAt } from './recognise.ts';
import { rowOf } from './row.ts';
import { readSites } from './universities.ts';

const SITES = readSites();

export default defineSource({
  id: 'ruz',
  name: 'РУЗ (Галактика)',
  universities: SITES.map(({ id, name, zone, site }) => ({ id, name, zone, site })),
  params: ['university'],

  recognise: (address) => recogniseOn(SITES, address),
  // Whose timetable it is, its pages do not say: a group's name is needed.
  stranger: (address) => strangerOn(SITES, address, siteAt, null),

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
    plan(ask, pages) {
      const { base } = siteOf(SITES, ask, siteAt);
      return pages.length > 0 ? 'done' : DICTIONARIES.map((name) => request(`${base}/dictionary/${name}`));
    },
    parse(pages, ask) {
      return listedOf(pages, siteOf(SITES, ask, siteAt));
    },
  } satisfies Catalogue,
});

function lessonsOf({ kind, site, name, covers, page }: Answered): Parsed {
  const { rows, strange } = answered(page);
  const read = rows.map(rowOf);
  const lessons = read.filter((row) => typeof row !== 'string');
  if (rows.length > 0 && lessons.length === 0)
    throw new SourceError('changed', 'shape', 'no row of the answer is a lesson');
  const inside = lessons.filter(({ day }) => day >= covers.from && day < covers.to);
  return {
    ...(name === '' ? {} : { name }),
    zone: site.zone,
    covers,
    lessons: merged(inside, kind !== 'group'),
    skipped: [
      ...new Set(read.filter((row) => typeof row === 'string')),
      ...(strange === 0 ? [] : [`${strange} rows are no objects`]),
    ],
  };
}
