/** ТГУ, Томск: the InTime grid of a group, a teacher or a room. */
import { defineSource, type Parsed, SourceError } from '#source';
import { catalogue } from './catalogue.ts';
import { readGrid, TOMSK } from './grid.ts';
import { recognise } from './recognise.ts';
import { scheduleRequest, targetOf } from './target.ts';

export default defineSource({
  id: 'tsu',
  name: 'ТГУ',
  zone: TOMSK,
  site: 'https://intime.tsu.ru/',
  params: ['id'],
  options: ['list'],
  catalogue,

  recognise,

  plan(ask, pages, span) {
    return pages.length > 0 ? 'done' : [scheduleRequest(targetOf(ask), span)];
  },

  parse(pages, ask, span): Parsed {
    const page = pages.at(-1);
    if (page === undefined) throw new SourceError('changed', 'empty', 'nothing was fetched');
    return readGrid(page, targetOf(ask), span);
  },
});
