/** СФУ: edu.sfu-kras.ru, a two-week template in JSON; only the site's page says which week it is. */
import { addDays, defineSource, SourceError } from '#source';
import { listed } from './catalogue.ts';
import { readTimetable } from './parse.ts';
import { recognise } from './recognise.ts';

const SITE = 'https://edu.sfu-kras.ru';

export default defineSource({
  id: 'sfu',
  name: 'Сибирский федеральный университет',
  zone: 'Asia/Krasnoyarsk',
  site: `${SITE}/timetable`,
  params: ['target'],

  recognise,

  plan(ask, pages) {
    if (pages.length > 0) return 'done';
    const target = (ask.target ?? '').trim();
    if (target === '' || target.length > 100) throw new SourceError('unknown-param', 'target', 'no name is given');
    return [{ url: `${SITE}/api/timetable/get?${new URLSearchParams({ target })}` }, { url: `${SITE}/timetable` }];
  },

  parse(pages, _ask, span) {
    return readTimetable(pages, addDays(span.from, 14));
  },

  catalogue: {
    plan: (_ask, pages) =>
      pages.length > 0 ? 'done' : ['get_insts', 'teachers'].map((list) => ({ url: `${SITE}/api/timetable/${list}` })),
    parse: listed,
  },
});
