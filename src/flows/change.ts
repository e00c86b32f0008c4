/** The one place where stored lessons change: lessons, occurrences, reminders already under way and change notices, all in the caller's transaction. */
import { announce, toldAllOf } from '../domain/announce.ts';
import { addDays, type Day, type Instant, instantOf } from '../domain/calendar.ts';
import { compare, daysIn, lastDay, type State } from '../domain/compare.ts';
import type { Change } from '../domain/diff.ts';
import { identify } from '../domain/identity.ts';
import type { Lesson } from '../domain/lesson.ts';
import { entryOf } from '../domain/notice.ts';
import { type Calendar, type Occurrence, occurrences } from '../domain/occurrence.ts';
import { type Repeated, repeated } from '../domain/runs.ts';
import {
  bumpRevision,
  type Db,
  enqueue,
  followers,
  lessonHash,
  lessonsOf,
  type StoredLesson,
  setTerm,
  setZone,
  type Timetable,
  writeLessons,
} from '../store/index.ts';
import { lookedUntil, READY_DAYS, writeReady } from './ready.ts';
import { repairReminders } from './repair.ts';

const DAY = 86_400_000;
/** Lessons are read and compared this far ahead. */
const HORIZON_DAYS = 210;

/** The instant up to which lessons are known when they are read at `now`. */
export function horizonAt(now: Instant): Instant {
  return now + HORIZON_DAYS * DAY;
}

/** Lets others have their turn; within a transaction nobody may. */
export type Breathe = () => Promise<void>;

/** Lessons whose hashes are made between two breaths. */
const BREATH = 1_000;

type Facts = {
  readonly now: Instant;
  readonly horizon: Instant;
  readonly calendar: Calendar;
  readonly rolls: boolean;
};

/** A change that is thought through and not yet made. It holds for this revision of the timetable and no other. */
export type Prepared = Facts & {
  readonly timetable: Timetable;
  readonly first: boolean;
  readonly write: Parameters<typeof writeLessons>[2];
  readonly redated: boolean;
  readonly changes: readonly Change[];
  /** Occurrences of the next days, as they were and as they are now. */
  readonly ready: { readonly before: readonly Occurrence[]; readonly after: readonly Occurrence[] };
  /** The last day with lessons, before or after. */
  readonly last: Day;
};

/**
 * Thinks through what `changeLessons` would do, outside of any transaction and with breaths, so that thousands of lessons hold
 * up nobody. `before` are the lessons of this revision.
 */
export async function prepareChange(
  timetable: Timetable,
  before: readonly StoredLesson[],
  after: readonly Lesson[],
  facts: Facts,
  breathe: Breathe,
): Promise<Prepared> {
  const { now, horizon, calendar, rolls } = facts;
  const { term, zone } = calendar;
  const old = { lessons: before, calendar: timetable };
  const window = { from: now, to: rolls ? Math.min(horizon, endOf(old)) : horizon };
  const [from, to] = daysIn(window, zone);
  const hashes = await hashesOfAll(after, breathe);
  const hashOf = (lesson: Lesson): string => hashes.get(lesson) ?? lessonHash(lesson);
  const known = identify({ before, after, hashOf, timetable: timetable.id, from, to });
  await breathe();
  const redated = zone !== timetable.zone || JSON.stringify(term) !== JSON.stringify(timetable.term);
  const same = known.gone.length === 0 && known.fresh.length === 0 && !redated;
  const states = [old, { lessons: known.lessons, calendar }] as const;
  const first = before.length === 0;
  const changes = same || first ? [] : compare(...states, window, redated ? null : known);
  await breathe();
  const days = { from: now, to: now + READY_DAYS * DAY };
  const ready = same
    ? { before: [], after: [] }
    : {
        before: first ? [] : occurrences(before, timetable, ...daysIn(days, timetable.zone)),
        after: occurrences(known.lessons, calendar, ...daysIn(days, zone)),
      };
  const write = { remove: known.gone.map(({ id }) => id), insert: known.fresh };
  return { ...facts, timetable, first, write, redated, changes, ready, last: lastDay(states) };
}

async function hashesOfAll(lessons: readonly Lesson[], breathe: Breathe): Promise<ReadonlyMap<Lesson, string>> {
  const hashes = new Map<Lesson, string>();
  for (const lesson of lessons) {
    if (hashes.size % BREATH === BREATH - 1) await breathe();
    hashes.set(lesson, lessonHash(lesson));
  }
  return hashes;
}

/**
 * Makes `after` the lessons of a timetable. `horizon` is how far both the old and the new reading reach: beyond it a missing
 * lesson is not a change. `calendar` is the zone and term they are dated by (default: as before). The first lessons of a
 * timetable are told to nobody; nor, when it `rolls` (a source shows a term, or some weeks, at a time), what begins after the
 * last day it knew: that came into sight. Returns what changed, a line each as people are told it, or 'conflict' when somebody
 * else changed the timetable since it was read (optimistic revision): lock it first, or read again and retry.
 */
export async function changeLessons(
  tx: Db,
  timetable: Timetable,
  after: readonly Lesson[],
  {
    now,
    horizon,
    calendar = timetable,
    rolls = false,
  }: { now: Instant; horizon: Instant; calendar?: Calendar; rolls?: boolean },
): Promise<readonly Repeated[] | 'conflict'> {
  const before = await lessonsOf(tx, timetable.id, {});
  const facts = { now, horizon, calendar, rolls };
  return commitChange(tx, await prepareChange(timetable, before, after, facts, async () => {}));
}

/** Makes a prepared change: what differs is written, who follows is told. Returns as `changeLessons` does. */
export async function commitChange(tx: Db, prepared: Prepared): Promise<readonly Repeated[] | 'conflict'> {
  const { timetable, write, redated, changes, ready, now } = prepared;
  const { term, zone } = prepared.calendar;
  if (write.remove.length === 0 && write.insert.length === 0 && !redated) return [];
  if (!(await bumpRevision(tx, timetable.id, timetable.revision, now))) return 'conflict';
  await writeLessons(tx, timetable.id, write);
  if (redated) {
    await setTerm(tx, timetable.id, term, timetable.bells);
    await setZone(tx, timetable.id, zone);
  }
  await writeReady(tx, { id: timetable.id, zone }, ready.after, now);
  if (prepared.first) return [];

  const about = { title: timetable.name, zone, now, week1: term?.week1 ?? null, last: prepared.last };
  const peers = await followers(tx, timetable.id);
  await repairReminders(tx, timetable, {
    changes,
    before: ready.before,
    after: ready.after,
    now,
    zone,
    cursor: await lookedUntil(tx, now),
    about,
    hears: (change) => toldAllOf(change, about, peers),
  });
  await enqueue(tx, announce(changes, about, peers).map(entryOf), now);
  return repeated(changes, about);
}

/** Midnight after the last day with lessons. */
function endOf(state: State): Instant {
  const last = lastDay([state]);
  return last === '' ? 0 : instantOf(addDays(last, 1), '00:00', state.calendar.zone);
}
