/** What a person brings, an address or a file: calendar or table, found out by what is in it, and kept as a timetable. */
import { type Term, wallOf, type Zone } from '../domain/calendar.ts';
import { digitsOf, fold } from '../domain/name.ts';
import { NEVER } from '../domain/polling.ts';
import type { TimetableRef } from '../domain/view.ts';
import type { Ask, Link } from '../source/contract.ts';
import {
  addFeed,
  audit,
  createTimetable,
  type Db,
  getTimetable,
  lessonsOf,
  listOwned,
  saveFeed,
  setFresh,
  type Timetable,
} from '../store/index.ts';
import { take } from './allowance.ts';
import { changeLessons, horizonAt } from './change.ts';
import { attempt, goodReading, horizonOf, ofOneTimetable, type Read, spanAt, type Trouble } from './reading.ts';
import { refOf } from './view.ts';
import type { World } from './world.ts';

const CALENDARS_PER_PERSON = 10;

export type Added = {
  readonly ok: true;
  readonly timetable: TimetableRef;
  readonly count: number;
  readonly known: boolean;
  /** Folder of the source that read it. */
  readonly source: string;
  /** How many things changed when a newer file replaced an older one; null for anything else. */
  readonly changes: number | null;
  /** What dates the weekly lessons of a table: it says no dates, so people are told which were taken. */
  readonly weeks: Term | null;
  /** A site of an engine that is no university of ours; null for a calendar or a table. */
  readonly site: string | null;
};
export type Problem =
  | Trouble
  | {
      readonly kind: 'too-many' | 'too-often' | 'empty';
      readonly detail: string;
      readonly suggestions: readonly string[];
    };
export type NotAdded = { readonly ok: false; readonly problem: Problem };
/** Nothing was read; `links` is where the page leads to that came instead. */
type Unread = { readonly problem: Problem; readonly links: readonly Link[] };

/** A reading, and which source made it of what. */
export type Brought = { readonly source: string; readonly ask: Ask; readonly reading: Read };

type Tried = Pick<Brought, 'source' | 'ask'>;

/** What one source says of a thing that belongs to the other. */
const NOT_MINE: ReadonlySet<string> = new Set(['not-a-calendar', 'not-a-table', 'not-a-workbook', 'quotes', 'cut']);

/** Reads it as what it most likely is and, where it is not that, as the other; `group` is a group of a table, '' = none said. */
export async function readBrought(
  world: World,
  { url, likely, group }: { url: string; likely: 'ics' | 'table'; group: string },
): Promise<Brought | Unread> {
  const calendar: Tried = { source: 'ics', ask: { url } };
  const table: Tried = { source: 'table', ask: group === '' ? { url } : { url, group } };
  const [first, second] = likely === 'table' ? [table, calendar] : [calendar, table];
  const tried = await readAs(world, first);
  if (!('problem' in tried) || tried.problem.kind !== 'changed' || !NOT_MINE.has(tried.problem.detail)) return tried;
  const other = await readAs(world, second);
  const alike = 'problem' in other && (NOT_MINE.has(other.problem.detail) || other.problem.detail === 'source-off');
  return alike ? tried : other;
}

/** Read by this source as what a person pasted; `zone` is whose clocks are meant where it says none. */
export async function readAs(world: World, { source, ask }: Tried, zone: Zone = world.zone): Promise<Brought | Unread> {
  const now = world.now();
  const reading = await attempt(ofOneTimetable(world.read(source, ask, spanAt(now, zone), 'pasted')));
  if ('problem' in reading) return reading;
  if (reading.status !== 'read') throw new Error('a first reading can not be unchanged');
  if (reading.lessons.length === 0) return { problem: { kind: 'empty', detail: '', suggestions: [] }, links: [] };
  const { term, lessons } = reading;
  const over = term !== null && term.end < wallOf(now, reading.zone).day;
  if (over && lessons.every(({ times }) => times.on === 'weekly' || times.day <= term.end))
    return { problem: { kind: 'empty', detail: 'past', suggestions: [] }, links: [] };
  return { source, ask, reading };
}

/** Why this person may not bring one more, as yet or at all; null when they may. */
export async function tooMany(world: World, by: number, again: boolean): Promise<NotAdded | null> {
  const calendars = (await listOwned(world.store.db, by)).filter((timetable) => timetable.kind === 'feed');
  if (calendars.length < CALENDARS_PER_PERSON) return tooOften(world, by, again);
  return { ok: false, problem: { kind: 'too-many', detail: String(CALENDARS_PER_PERSON), suggestions: [] } };
}

/** Why nothing is read for this person at the moment; null when something may be. `again`: it was read just now, to ask for a group. */
export async function tooOften(world: World, by: number, again: boolean): Promise<NotAdded | null> {
  const wait = await take(world, again ? 'refresh' : 'address', by);
  if (wait === null) return null;
  return { ok: false, problem: { kind: 'too-often', detail: String(Math.ceil(wait / 1000)), suggestions: [] } };
}

/** Makes a timetable of a reading; `ask` is by what it is found again, `nextCheck` when it is read again. */
export async function keepBrought(
  tx: Db,
  { source, reading }: Brought,
  { ask, by, name, nextCheck, now }: { ask: Ask; by: number; name: string; nextCheck: number; now: number },
): Promise<Timetable> {
  const called = reading.name ?? name;
  const timetable = await createTimetable(tx, {
    name: called,
    university: '',
    zone: reading.zone,
    kind: 'feed',
    ownerId: by,
    // The address may be a secret: only who pasted it, or who follows it, finds it.
    listed: false,
    term: reading.term,
    bells: [],
    folded: fold(called),
    digits: digitsOf(called),
  });
  const { lessons, prints } = reading;
  await changeLessons(tx, timetable, lessons, { now, horizon: horizonAt(now), prints });
  const feed = await addFeed(tx, { timetableId: timetable.id, source, ask, profile: 'pasted', nextCheck });
  await saveFeed(tx, feed.id, {
    ...goodReading(reading),
    // Where VK keeps a file is no host that is ever asked again.
    ...(nextCheck === NEVER ? {} : { host: reading.host || feed.host, requests: reading.requests }),
    goodAt: now,
    checkedAt: now,
    horizon: horizonOf(reading, now),
  });
  await setFresh(tx, timetable.id, now);
  const detail = { lessons: reading.lessons.length };
  await audit(tx, { at: now, who: by, what: 'calendar', timetableId: timetable.id, detail });
  return timetable;
}

/** The answer to who brought it. */
export async function addedAs(
  db: Db,
  timetable: Timetable,
  {
    source,
    known,
    changes = null,
    site = null,
  }: { source: string; known: boolean; changes?: number | null; site?: string | null },
): Promise<Added> {
  const fresh = (await getTimetable(db, timetable.id)) ?? timetable;
  const lessons = await lessonsOf(db, timetable.id, {});
  const weekly = source === 'table' && lessons.some(({ times }) => times.on === 'weekly');
  return {
    ok: true,
    timetable: await refOf(db, fresh),
    count: lessons.length,
    known,
    source,
    changes,
    weeks: weekly ? fresh.term : null,
    site,
  };
}
