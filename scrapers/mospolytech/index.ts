/** Московский Политех: rasp.dmami.ru, a weekly grid with dates of each lesson, and a grid by dates in the session. */
import { type Ask, defineSource, type Request, SourceError } from '#source';
import { listed } from './catalogue.ts';
import { readGrids } from './parse.ts';
import { recognise } from './recognise.ts';

const SITE = 'https://rasp.dmami.ru';

export default defineSource({
  id: 'mospolytech',
  name: 'Московский Политех',
  zone: 'Europe/Moscow',
  site: SITE,
  params: ['group'],
  options: ['referer'],

  recognise,

  plan(ask, pages) {
    if (pages.length > 0) return 'done';
    const group = (ask.group ?? '').trim();
    if (group === '' || group.length > 40) throw new SourceError('unknown-param', 'group', 'no group is named');
    return ['0', '1'].map((session) => get(ask, `/site/group?${new URLSearchParams({ group, session })}`));
  },

  parse(pages, ask) {
    return readGrids(pages, (ask.group ?? '').trim());
  },

  catalogue: {
    plan: (ask, pages) => (pages.length > 0 ? 'done' : [get(ask, '/groups-list.json')]),
    parse: listed,
  },
});

/** Known clients name the site itself as the page they come from. That is for the operator to decide: `referer` = «yes». */
function get(ask: Ask, path: string): Request {
  return { url: `${SITE}${path}`, ...(ask.referer === 'yes' ? { headers: { referer: `${SITE}/` } } : {}) };
}
