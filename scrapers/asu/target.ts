/** Who is asked about, in which of the three ways, for which days; and the addresses that follow from it. */
import { type Ask, addDays, type Day, mondayOf, type Request, SourceError, type Span } from '#source';

const BASE = 'https://www.asu.ru/timetable';

/** The branches of the site, and how many numbers name one timetable in each. */
export const DEPTH = { students: 2, lecturers: 3, rooms: 2 } as const;
export type View = keyof typeof DEPTH;
/** `json` with the university's token; the pages people look at, or their printed form, only by the operator's own choice. */
export type Mode = 'json' | 'html' | 'print';

/** `path` is «15/2129441347», '' when only the name is known. */
export type Target = { readonly view: View; readonly name: string; readonly path: string };

/** The days read: both Mondays of weeks, the end exclusive and no later than what was asked. */
export type Window = { readonly from: Day; readonly to: Day };

const DAYS_BACK = 14;
const DAYS_READ = 35;

/** The current week and the four after it. The program asks from two weeks back; a short question is answered from its own first week. */
export function windowOf(span: Span): Window {
  const current = mondayOf(addDays(span.from, DAYS_BACK));
  const from = current < span.to ? current : mondayOf(span.from);
  const to = addDays(from, DAYS_READ);
  return to > span.to ? { from, to: span.to } : { from, to };
}

/** @throws SourceError `unknown-param` when neither a name nor numbers are given; rooms have no search and need numbers */
export function targetOf(ask: Ask): Target {
  const view = viewOf(ask);
  const name = (ask.group ?? ask.teacher ?? ask.room ?? '').trim();
  const path = (ask.path ?? '').trim().replace(/^\/+|\/+$/g, '');
  if (path !== '' && !isPath(path, view)) throw new SourceError('unknown-param', 'path', `«${path}» names no ${view}`);
  if (path === '' && (name === '' || view === 'rooms'))
    throw new SourceError('unknown-param', 'ask', 'the ask needs a group, a teacher, or the path of a page');
  return { view, name, path };
}

export function viewOf(ask: Ask): View {
  if (ask.teacher !== undefined) return 'lecturers';
  return ask.room === undefined ? 'students' : 'rooms';
}

/** True for as many numbers as name one timetable of this branch. */
export function isPath(path: string, view: View): boolean {
  return /^\d+(?:\/\d+)*$/.test(path) && path.split('/').length === DEPTH[view];
}

/** @throws SourceError `refused` for a word that is no mode */
export function modeOf(ask: Ask): Mode {
  const mode = ask.mode ?? 'json';
  if (mode === 'json' || mode === 'html' || mode === 'print') return mode;
  throw new SourceError('refused', 'mode', `the mode is json, html or print, not ${JSON.stringify(mode)}`);
}

export function scheduleRequest(view: View, path: string, ask: Ask, window: Window): Request {
  const days = [window.from, addDays(window.to, -1)].map((day) => day.replaceAll('-', ''));
  return request(`${view}/${path}`, ask, { date: days.join('-') });
}

/** A page of the tree of lists: `path` is '' for the top of a branch. */
export function listRequest(view: View, path: string, ask: Ask): Request {
  return request(path === '' ? view : `${view}/${path}`, { ...ask, mode: modeOf(ask) === 'json' ? 'json' : 'html' });
}

const LONGEST_QUERY = 50;

export function searchRequest({ view, name }: Target, ask: Ask): Request {
  const query = cyrillic(name).slice(0, LONGEST_QUERY);
  return request(`search/${view}`, { ...ask, mode: modeOf(ask) === 'json' ? 'json' : 'html' }, { query });
}

/** @throws SourceError `refused` when `json` is asked for without a token */
function request(path: string, ask: Ask, query: Readonly<Record<string, string>> = {}): Request {
  const mode = modeOf(ask);
  const token = (ask.token ?? '').trim();
  if (mode === 'json' && token === '')
    throw new SourceError('refused', 'no-token', 'list.json needs the token of the university');
  const search = new URLSearchParams(query);
  if (mode === 'print') search.set('mode', mode);
  if (mode === 'json') search.set('file', 'list.json');
  if (mode === 'json') search.set('api_token', token);
  const parameters = search.toString();
  return {
    url: `${BASE}/${path}/${parameters === '' ? '' : `?${parameters}`}`,
    headers: { accept: mode === 'json' ? 'application/json' : 'text/html' },
  };
}

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{ A: 'А', B: 'В', C: 'С', E: 'Е', H: 'Н', K: 'К', M: 'М', O: 'О', P: 'Р', T: 'Т', X: 'Х', Y: 'У' },
  ...{ a: 'а', c: 'с', e: 'е', o: 'о', p: 'р', x: 'х', y: 'у' },
};

/** The site's search knows Cyrillic only. */
export function cyrillic(name: string): string {
  return name.replace(/[A-Za-z]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
}

/** Names that a person would call equal. */
export function folded(name: string): string {
  return cyrillic(name).toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, '');
}
