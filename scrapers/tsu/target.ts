/** Whose timetable is asked for, and the addresses that follow from it. */
import { type Ask, type Listed, type Request, SourceError, type Span } from '#source';

const API = 'https://intime.tsu.ru/api/web/v1';

export type Kind = Listed['kind'];

/** The site's own words for the three kinds. */
const WORDS: Readonly<Record<Kind, string>> = { group: 'group', teacher: 'professor', room: 'audience' };

export type Target = { readonly kind: Kind; readonly name: string; readonly id: string };

/** @throws SourceError `unknown-param` when the id is none */
export function targetOf(ask: Ask): Target {
  const kind = ask.teacher !== undefined ? 'teacher' : ask.room !== undefined ? 'room' : 'group';
  const id = (ask.id ?? '').trim().toLowerCase();
  if (!isId(id)) throw new SourceError('unknown-param', 'id', 'the id of a timetable is a UUID');
  return { kind, name: (ask[kind] ?? '').trim(), id };
}

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** One request for all the days: the site takes a whole year. Its last day is asked though it may be excluded there, and dropped when read. */
export function scheduleRequest({ kind, id }: Target, { from, to }: Span): Request {
  return get(`schedule/${WORDS[kind]}?${new URLSearchParams({ id, dateFrom: from, dateTo: to })}`);
}

export function get(path: string): Request {
  return { url: `${API}/${path}`, headers: { accept: 'application/json' } };
}
