/** МГТУ им. Баумана: the template of a group, dated by a term that is known or configured, and the page of exams in a session. */
import { type Ask, defineSource, type Page, type Parsed, SourceError } from '#source';
import { readExams } from './exams.ts';
import { readTemplate } from './parse.ts';
import { recognise } from './recognise.ts';
import { catalogue, get, idOf, isId, STRUCTURE } from './structure.ts';
import { isSession, termOf } from './term.ts';

export default defineSource({
  id: 'bmstu',
  name: 'МГТУ им. Н. Э. Баумана',
  zone: 'Europe/Moscow',
  site: 'https://lks.bmstu.ru/schedule/list',
  params: ['group'],
  options: ['week1', 'start', 'end'],
  catalogue,

  recognise,

  plan(ask, pages, span) {
    const { id, rest } = groupOf(ask, pages);
    if (id === null) return [STRUCTURE];
    if (rest.length > 0) return 'done';
    const template = get(`schedules/groups/${id}/public`);
    return isSession(span) ? [template, get(`schedules/exams/${id}/public`)] : [template];
  },

  parse(pages, ask, span): Parsed {
    const { id, rest } = groupOf(ask, pages);
    const [template, exams] = rest;
    if (id === null || template === undefined) throw new SourceError('changed', 'empty', 'nothing was fetched');
    const { title, lessons, skipped } = readTemplate(template, id);
    const dated = readExams(exams);
    if (lessons.length + dated.lessons.length === 0)
      throw new SourceError('not-published', template.status === 204 ? 'http-204' : 'empty', 'no timetable yet');
    const name = title === '' ? (ask.group ?? '').trim() : title;
    return {
      ...(name === '' ? {} : { name }),
      ...(lessons.length === 0 ? {} : { term: termOf(ask, name, span) }),
      lessons: [...lessons, ...dated.lessons],
      skipped: [...skipped, ...dated.skipped],
    };
  },
});

/** The group's id, configured or found in the structure, and the pages after the structure; null before that is fetched. @throws SourceError */
function groupOf(ask: Ask, pages: readonly Page[]): { readonly id: string | null; readonly rest: readonly Page[] } {
  const id = (ask.id ?? '').trim().toLowerCase();
  if (id !== '' && !isId(id)) throw new SourceError('unknown-param', 'id', 'the id of a group is a UUID');
  if (id !== '') return { id, rest: pages };
  const name = (ask.group ?? '').trim();
  if (name === '') throw new SourceError('unknown-param', 'group', 'no group is named');
  const [structure, ...rest] = pages;
  return { id: structure === undefined ? null : idOf(name, structure), rest };
}
