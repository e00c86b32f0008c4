/** СПбГЭТУ «ЛЭТИ»: digital.etu.ru, a two-week template with ranges of dates in JSON. */
import { type Ask, addDays, defineSource, SourceError } from '#source';
import { listed } from './catalogue.ts';
import { readSchedule } from './parse.ts';
import { recognise } from './recognise.ts';

const API = 'https://digital.etu.ru/api';

/** Which week it is: one answer for everybody. */
const CURRENT = { url: `${API}/general/current`, goodFor: 3600 };

/** The kinds of classes the site's own page asks for. */
const KINDS = ['Лек', 'Пр', 'Лаб', 'КП', 'КР', 'Доб', 'МЭк', 'Прак', 'Тест'];

export default defineSource({
  id: 'etu',
  name: 'СПбГЭТУ «ЛЭТИ»',
  zone: 'Europe/Moscow',
  site: 'https://digital.etu.ru/schedule',
  params: ['id'],

  recognise,

  plan(ask, pages) {
    if (pages.length > 0) return 'done';
    const query = new URLSearchParams();
    for (const kind of KINDS) query.append('subjectType', kind);
    query.set('withSubjectCode', 'true');
    query.set('withURL', 'true');
    for (const [name, value] of whose(ask)) query.set(name, value);
    return [{ url: `${API}/schedule/objects/publicated?${query}` }, CURRENT];
  },

  parse(pages, ask, span) {
    return readSchedule(pages, { teacher: ask.kind === 'teacher', today: addDays(span.from, 14) });
  },

  catalogue: {
    plan: (_ask, pages) =>
      pages.length > 0
        ? 'done'
        : [{ url: `${API}/general/dicts/groups?scheduleId=publicated` }, { url: `${API}/general/dicts/teachers` }],
    parse: listed,
  },
});

function whose(ask: Ask): readonly (readonly [string, string])[] {
  const id = (ask.id ?? '').trim();
  if (!/^\d{1,10}$/.test(id)) throw new SourceError('unknown-param', 'id', '«id» is no number');
  if (ask.kind !== 'teacher') return [['groups', id]];
  return [
    ['anyTeacherId', id],
    ['noEmptyGroups', 'true'],
    ['teacherRequired', 'true'],
  ];
}
