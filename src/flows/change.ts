/** The one place where stored lessons change: lessons, occurrences, reminders already under way and change notices, all in the caller's transaction. */
import { announce } from '../domain/announce.ts';
import { addDays, type Instant, instantOf } from '../domain/calendar.ts';
import { compare, daysIn, lastDay, type State } from '../domain/compare.ts';
import { identify } from '../domain/identity.ts';
import type { Lesson } from '../domain/lesson.ts';
import { entryOf, line } from '../domain/notice.ts';
import { type Calendar, type Occurrence, occurrences } from '../domain/occurrence.ts';
import { type Repeated, repeated } from '../domain/runs.ts';
import {
  bumpRevision,
  type Db,
  enqueue,
  followers,
  getState,
  lessonHash,
  lessonsOf,
  setRolled,
  setTerm,
  setZone,
  type Timetable,
  writeLessons,
  writeOccurrences,
} from '../store/index.ts';
import { repairReminders } from './repair.ts';

const DAY = 86_400_000;
/** Where the tick keeps the instant up to which everything due was queued. */
export const CURSOR = 'tick';
/** Lessons are read and compared this far ahead. */
const HORIZON_DAYS = 210;
/** Occurrences are kept ready this far ahead; reminders are derived from them. */
export const READY_DAYS = 15;

/** The instant up to which lessons are known when they are read at `now`. */
export function horizonAt(now: Instant): Instant {
  return now + HORIZON_DAYS * DAY;
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
  const { term, zone } = calendar;
  const old = { lessons: before, calendar: timetable };
  const window = { from: now, to: rolls ? Math.min(horizon, endOf(old)) : horizon };
  const [from, to] = daysIn(window, zone);
  const known = identify({ before, after, hashOf: lessonHash, timetable: timetable.id, from, to });
  const redated = zone !== timetable.zone || JSON.stringify(term) !== JSON.stringify(timetable.term);
  if (known.gone.length === 0 && known.fresh.length === 0 && !redated) return [];
  if (!(await bumpRevision(tx, timetable.id, timetable.revision, now))) return 'conflict';
  await writeLessons(tx, timetable.id, { remove: known.gone.map(({ id }) => id), insert: known.fresh });
  if (redated) {
    await setTerm(tx, timetable.id, term, timetable.bells);
    await setZone(tx, timetable.id, zone);
  }

  const ready = { from: now, to: now + READY_DAYS * DAY };
  const fresh = occurrences(known.lessons, calendar, ...daysIn(ready, zone));
  await writeReady(tx, timetable, fresh, now);
  if (before.length === 0) return [];

  const states = [old, { lessons: known.lessons, calendar }] as const;
  const changes = compare(...states, window, redated ? null : known);
  const about = { title: timetable.name, zone, now, week1: term?.week1 ?? null, last: lastDay(states) };
  const notices = announce(changes, about, await followers(tx, timetable.id));
  await repairReminders(tx, timetable, {
    changes,
    before: occurrences(before, timetable, ...daysIn(ready, timetable.zone)),
    after: fresh,
    now,
    zone,
    cursor: Number((await getState(tx, CURSOR)) ?? now),
    told: new Set(notices.flatMap(({ peers }) => peers)),
  });
  await enqueue(tx, notices.map(entryOf), now);
  return repeated(changes, about);
}

/** Midnight after the last day with lessons. */
function endOf(state: State): Instant {
  const last = lastDay([state]);
  return last === '' ? 0 : instantOf(addDays(last, 1), '00:00', state.calendar.zone);
}

/** Refreshes the occurrences kept ready for a timetable whose lessons did not change: the daily roll. */
export async function rollOccurrences(tx: Db, timetable: Timetable, now: Instant): Promise<void> {
  const [from, to] = daysIn({ from: now, to: now + READY_DAYS * DAY }, timetable.zone);
  const lessons = await lessonsOf(tx, timetable.id, { from, to });
  await writeReady(tx, timetable, occurrences(lessons, timetable, from, to), now);
}

async function writeReady(tx: Db, timetable: Timetable, dated: readonly Occurrence[], now: Instant): Promise<void> {
  // One hour back: a tick that comes late still finds the lessons whose reminders it owes.
  const [from, to] = [now - DAY / 24, now + READY_DAYS * DAY];
  const rows = dated
    .filter((one) => one.startsAt >= from && one.startsAt < to)
    .map((one) => ({ startsAt: one.startsAt, endsAt: one.endsAt, line: line(one) }));
  await writeOccurrences(tx, timetable.id, from, rows);
  await setRolled(tx, timetable.id, to);
}
