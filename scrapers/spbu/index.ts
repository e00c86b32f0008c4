/** СПбГУ: timetable.spbu.ru, dated lessons in JSON with marks of what was cancelled or changed. */
import { type Ask, addDays, type Day, defineSource, mondayOf, SourceError, type Span } from '#source';
import { listed, planCatalogue } from './catalogue.ts';
import { readEvents } from './parse.ts';
import { recognise } from './recognise.ts';

const API = 'https://timetable.spbu.ru/api/v1';

export default defineSource({
  id: 'spbu',
  name: 'СПбГУ',
  zone: 'Europe/Moscow',
  site: 'https://timetable.spbu.ru',
  params: ['id'],
  options: ['division'],
  missing: ({ division = '' }) => (division === '' ? ['division'] : []),

  recognise,

  plan(ask, pages, span) {
    if (pages.length > 0) return 'done';
    const [from, to] = [covered(span).from, covered(span).to].map((day) => (ask.kind === 'room' ? midnight(day) : day));
    return [{ url: `${API}${whose(ask)}/events/${from}/${to}${isGroup(ask) ? '?timetable=All' : ''}` }];
  },

  parse(pages, ask, span) {
    return readEvents(pages[0], covered(span), isGroup(ask));
  },

  catalogue: { plan: (ask, pages, span) => planCatalogue(API, ask, pages, span), parse: listed },
});

/** From the current week's Monday (the program asks from two weeks back), five weeks at most. */
function covered({ from, to }: Span): { readonly from: Day; readonly to: Day } {
  const now = addDays(from, 14);
  const first = mondayOf(now < to ? now : from);
  const last = addDays(first, 35);
  return { from: first, to: last < to ? last : to };
}

/** Rooms are asked about from a minute to a minute. */
function midnight(day: Day): string {
  return `${day.replaceAll('-', '')}0000`;
}

function isGroup(ask: Ask): boolean {
  return ask.kind !== 'teacher' && ask.kind !== 'room';
}

/** `id` is a number for a group or a teacher, a uuid for a room. */
function whose(ask: Ask): string {
  const id = (ask.id ?? '').trim();
  const right = ask.kind === 'room' ? /^[\da-f-]{36}$/i.test(id) : /^\d{1,10}$/.test(id);
  if (!right) throw new SourceError('unknown-param', 'id', '«id» is none of this site');
  if (ask.kind === 'teacher') return `/educators/${id}`;
  return ask.kind === 'room' ? `/classrooms/${id}` : `/groups/${id}`;
}
