/** What to ask the site for next, given what it answered: the name, then all days at once. */
import {
  type Ask,
  addDays,
  type Day,
  mondayOf,
  type Page,
  type Request,
  SourceError,
  type Span,
  siteOf,
} from '#source';
import { limitOf } from './answer.ts';
import { find, isId, type Kind, SEARCHED } from './found.ts';
import { siteAt } from './recognise.ts';
import type { Site } from './universities.ts';

export type Answered = {
  readonly kind: Kind;
  readonly site: Site;
  readonly name: string;
  readonly covers: { readonly from: Day; readonly to: Day };
  readonly page: Page;
};

/** By an id of the site's own lists; people found by name have another kind of id. */
const LISTED: Readonly<Record<Kind, string>> = { group: 'group', teacher: 'lecturer', room: 'auditorium' };
/** The program asks from two weeks back: what is over is known, and is not asked for again. */
const BACK = 14;
const WEEKS = 5;

/** The current week and four ahead, within the span; `to` exclusive. */
export function daysOf(span: Span): { readonly from: Day; readonly to: Day } {
  const current = addDays(span.from, BACK);
  const from = mondayOf(current < span.to ? current : span.from);
  const whole = addDays(from, WEEKS * 7);
  // Days of this form stand in the order of their letters.
  const [to = whole] = [whole, span.to].sort();
  return { from, to };
}

/** Either the next requests, or everything that was wanted. Pages come in the order of the requests. Throws SourceError. */
export function follow(
  sites: readonly Site[],
  ask: Ask,
  pages: readonly Page[],
  span: Span,
): { readonly next: readonly Request[] } | { readonly answered: Answered } {
  const site = siteOf(sites, ask, siteAt);
  const { kind, name, id } = targetOf(ask);
  const [search] = pages;
  if (id === '' && search === undefined) {
    return { next: [request(`${site.base}/search?term=${encodeURIComponent(name)}&type=${SEARCHED[kind]}`)] };
  }
  const meant = id === '' && search !== undefined ? find(search, site, kind, name) : { id, label: name };
  const [page, again] = id === '' ? pages.slice(1) : pages;
  const path = `${site.base}/schedule/${id === '' ? SEARCHED[kind] : LISTED[kind]}/${meant.id}`;
  const days = daysOf(span);
  if (page === undefined) return { next: [request(`${path}?${between(days)}`)] };
  const limit = limitOf(page);
  if (limit === null) return { answered: { kind, site, name: meant.label, covers: days, page } };
  const covers = { from: days.from, to: addDays(limit, 1) };
  if (limit < days.from || covers.to > days.to)
    throw new SourceError('not-published', 'limit', `the site answers up to ${limit} only`);
  if (again === undefined) return { next: [request(`${path}?${between(covers)}`)] };
  return { answered: { kind, site, name: meant.label, covers, page: again } };
}

/** The site counts both days in. */
function between({ from, to }: { from: Day; to: Day }): string {
  return `start=${from.replaceAll('-', '.')}&finish=${addDays(to, -1).replaceAll('-', '.')}&lng=1`;
}

/** @throws SourceError when the ask names nothing, or its id is none */
function targetOf(ask: Ask): { kind: Kind; name: string; id: string } {
  const kind = (['group', 'teacher', 'room'] as const).find((one) => ask[one] !== undefined);
  if (kind === undefined)
    throw new SourceError('unknown-param', 'group', 'neither group nor teacher nor room is asked for');
  const [name, id] = [(ask[kind] ?? '').trim(), (ask.id ?? '').trim()];
  if (id === '' && name === '') throw new SourceError('unknown-param', kind, `the ${kind} has no name`);
  if (id !== '' && !isId(id)) throw new SourceError('unknown-param', 'id', 'the id has characters that no id has');
  return { kind, name, id };
}

export function request(url: string): Request {
  return { url, headers: { accept: 'application/json' } };
}
