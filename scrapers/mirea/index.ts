/** РТУ МИРЭА: schedule-of.mirea.ru, a calendar of each group, teacher and room, and a search over all of them. */
import { type Ask, defineSource, type Listed, SourceError } from '#source';
import { listed, planSearch } from './catalogue.ts';
import { readCalendar } from './parse.ts';
import { recognise } from './recognise.ts';

const API = 'https://schedule-of.mirea.ru/schedule/api';

/** What the site numbers its kinds by. */
const TARGETS: Readonly<Record<Listed['kind'], string>> = { group: '1', teacher: '2', room: '3' };

export default defineSource({
  id: 'mirea',
  name: 'РТУ МИРЭА',
  zone: 'Europe/Moscow',
  site: 'https://schedule-of.mirea.ru',
  params: ['id'],

  recognise,

  plan(ask, pages) {
    if (pages.length > 0) return 'done';
    const id = (ask.id ?? '').trim();
    if (!/^\d{1,10}$/.test(id)) throw new SourceError('unknown-param', 'id', '«id» is no number');
    return [
      { url: `${API}/ical/${TARGETS[kindOf(ask)]}/${id}?includeMeta=true`, headers: { accept: 'text/calendar' } },
    ];
  },

  parse(pages, ask, span) {
    return readCalendar(pages[0], span, kindOf(ask) === 'group');
  },

  catalogue: { plan: (ask, pages) => planSearch(API, ask, pages), parse: listed },
});

function kindOf({ kind }: Ask): Listed['kind'] {
  return kind === 'teacher' || kind === 'room' ? kind : 'group';
}
