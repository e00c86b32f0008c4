/** What to ask the site for next, given what it answered: years, the list with the name, then week after week. */
import {
  type Ask,
  addDays,
  clean,
  type Day,
  mondayOf,
  type Page,
  type Request,
  SourceError,
  type Span,
  sameName,
  siteOf,
} from '#source';
import { type Entry, entriesOf, find, isId, type Kind, LISTS, yearFor, yearOf } from './lists.ts';
import { siteAt } from './recognise.ts';
import type { Site } from './universities.ts';
import { type Week, weekOf } from './week.ts';

export type Answered = {
  readonly kind: Kind;
  readonly site: Site;
  /** As the ask names it, '' when it gives only an id. */
  readonly name: string;
  readonly mondays: readonly Day[];
  readonly weeks: readonly Week[];
};

type Target = { readonly kind: Kind; readonly name: string; readonly id: string };

const WEEKS = 5;
/** The program asks from two weeks back: what is over is known, and is not asked for again. */
const BACK = 14;

/** Lists change with the academic year. */
const LIST_GOOD = 3600;
/** A change of a later week is found within a quarter of an hour, one of today or tomorrow at once. */
const LATER_GOOD = 900;

/** Mondays of the weeks to read: the current one and four ahead, within the span. */
export function mondaysOf(span: Span): Day[] {
  const current = addDays(span.from, BACK);
  const first = mondayOf(current < span.to ? current : span.from);
  return Array.from({ length: WEEKS }, (_, week) => addDays(first, week * 7)).filter((monday) => monday < span.to);
}

/** Either the next requests, or everything that was wanted. Pages come in the order of the requests. Throws SourceError. */
export function follow(
  sites: readonly Site[],
  ask: Ask,
  pages: readonly Page[],
  span: Span,
): { readonly next: readonly Request[] } | { readonly answered: Answered } {
  const site = siteOf(sites, ask, siteAt);
  const asked = targetOf(ask);
  const { kind } = asked;
  // An id without its name is looked up as well: it is by the name that it is found again next year.
  const listed = asked.id === '' || asked.name === '';
  const mondays = mondaysOf(span);
  const today = mondays[0] ?? span.from;
  const [years, list, ...rest] = pages;
  if (listed && years === undefined) return { next: [request(`${site.base}/Rasp/ListYears`, LIST_GOOD)] };
  const year = listed && years !== undefined ? yearFor(years, today) : ask.year || yearOf(today);
  if (listed && list === undefined) return { next: [request(`${site.base}/${LISTS[kind]}?year=${year}`, LIST_GOOD)] };
  const { name, id: number } = listed && list !== undefined ? meant(entriesOf(list), asked) : asked;
  const read = listed ? rest : pages;
  const weeks = read.map((page) => weekOf(page, kind, site.distance));
  for (const week of weeks) refuseStranger(week, kind, name);
  const wanted = weeksWanted(weeks, mondays);
  if (wanted.length === 0) return { answered: { kind, site, name, mondays, weeks } };
  const query = kind === 'room' ? site.room : kind === 'group' ? 'idGroup' : 'idTeacher';
  const tail = site.year ? `&year=${year}` : '';
  const later = mondayOf(addDays(span.from, BACK + 1));
  const week = (monday: Day) =>
    request(`${site.base}/Rasp?${query}=${number}&sdate=${monday}${tail}`, monday > later ? LATER_GOOD : undefined);
  return { next: wanted.map(week) };
}

/** The entry of that number, or of that name where no number is asked for. Throws SourceError `unknown-param`. */
function meant(entries: readonly Entry[], { kind, name, id }: Target): Pick<Target, 'name' | 'id'> {
  if (id === '') return { name, id: find(entries, name, kind).id };
  const entry = entries.find((one) => one.id === id);
  if (entry === undefined) throw new SourceError('unknown-param', kind, `no ${kind} of the list has this id`);
  return entry;
}

/**
 * The first week tells whether there are dates: a template needs its two weeks only, dates need every week. Where the first
 * answer shows one week of the template, or none, the other is asked for.
 */
function weeksWanted(weeks: readonly Week[], mondays: readonly Day[]): Day[] {
  const [first] = weeks;
  if (first === undefined) return mondays.slice(0, 1);
  if (!first.cyclical) return mondays.slice(weeks.length);
  const seen = new Set(first.rows.map(({ day }) => mondayOf(day)));
  return weeks.length === 1 && seen.size < 2 ? [addDays(mondays[0] ?? '', 7)] : [];
}

/** Ids are handed out anew every academic year: an old one may be another group's by now. */
function refuseStranger(week: Week, kind: Kind, name: string): void {
  if (kind !== 'group' || name === '' || week.name === '' || sameName(week.name, name)) return;
  throw new SourceError('unknown-param', 'renumbered', 'the id belongs to another group now', [clean(week.name, 60)]);
}

/** @throws SourceError when the ask names nothing, or its id or year is none */
function targetOf(ask: Ask): Target {
  const kind = (['group', 'teacher', 'room'] as const).find((one) => ask[one] !== undefined);
  if (kind === undefined)
    throw new SourceError('unknown-param', 'group', 'neither group nor teacher nor room is asked for');
  const [name, id] = [(ask[kind] ?? '').trim(), (ask.id ?? '').trim()];
  if (id === '' && name === '') throw new SourceError('unknown-param', kind, `the ${kind} has no name`);
  if (id !== '' && !isId(id)) throw new SourceError('unknown-param', 'id', 'the id is no number');
  if (ask.year && !/^\d{4}-\d{4}$/.test(ask.year))
    throw new SourceError('unknown-param', 'year', 'the academic year is not written like 2026-2027');
  return { kind, name, id };
}

/** `goodFor` in seconds, see Request. */
export function request(url: string, goodFor?: number): Request {
  return { url, headers: { accept: 'application/json' }, ...(goodFor === undefined ? {} : { goodFor }) };
}
