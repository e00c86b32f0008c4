/** СПбПУ: ruz.spbstu.ru, dated weeks in JSON. */
import { type Ask, defineSource, SourceError } from '#source';
import { listed, planCatalogue } from './catalogue.ts';
import { readWeeks } from './parse.ts';
import { recognise } from './recognise.ts';
import { weeksOf } from './weeks.ts';

const API = 'https://ruz.spbstu.ru/api/v1/ruz';

export default defineSource({
  id: 'spbpu',
  name: 'СПбПУ Петра Великого',
  zone: 'Europe/Moscow',
  site: 'https://ruz.spbstu.ru',
  params: ['id'],

  recognise,

  plan(ask, pages, span) {
    if (pages.length > 0) return 'done';
    return weeksOf(span).map((monday) => ({ url: `${API}${schedulePath(ask)}?date=${monday}` }));
  },

  parse(pages, _ask, span) {
    return readWeeks(pages, weeksOf(span));
  },

  catalogue: { plan: (_ask, pages) => planCatalogue(API, pages), parse: listed },
});

/** `id` of a group, or of a teacher or a room when `kind` says so; a room has its building's `building` too. */
function schedulePath(ask: Ask): string {
  const id = idIn(ask, 'id');
  if (ask.kind === 'teacher') return `/teachers/${id}/scheduler`;
  if (ask.kind === 'room') return `/buildings/${idIn(ask, 'building')}/rooms/${id}/scheduler`;
  return `/scheduler/${id}`;
}

function idIn(ask: Ask, key: string): string {
  const id = (ask[key] ?? '').trim();
  if (!/^\d{1,10}$/.test(id)) throw new SourceError('unknown-param', key, `«${key}» is no number`);
  return id;
}
