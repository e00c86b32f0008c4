/** The one place where stored lessons change: lessons, occurrences, reminders already under way and change notices, all in the caller's transaction. */
import { announce } from '../domain/announce.ts';
import { addDays, type Day, type Instant, wallOf } from '../domain/calendar.ts';
import { type Change, diff } from '../domain/diff.ts';
import type { Lesson } from '../domain/lesson.ts';
import { entryOf, line } from '../domain/notice.ts';
import { type Calendar, inZone, type Occurrence, occurrences } from '../domain/occurrence.ts';
import {
  bumpRevision,
  type Db,
  enqueue,
  followers,
  getState,
  lessonHash,
  lessonsOf,
  type StoredLesson,
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
 * timetable are told to nobody. Returns what changed for people, or 'conflict' when somebody else changed the timetable since
 * it was read (optimistic revision): lock it first, or read again and retry.
 */
export async function changeLessons(
  tx: Db,
  timetable: Timetable,
  after: readonly Lesson[],
  { now, horizon, calendar = timetable }: { now: Instant; horizon: Instant; calendar?: Calendar },
): Promise<readonly Change[] | 'conflict'> {
  const before = await lessonsOf(tx, timetable.id, {});
  const rows = rowsToWrite(before, after);
  const { term, zone } = calendar;
  const redated = zone !== timetable.zone || JSON.stringify(term) !== JSON.stringify(timetable.term);
  if (rows.remove.length === 0 && rows.insert.length === 0 && !redated) return [];
  if (!(await bumpRevision(tx, timetable.id, timetable.revision, now))) return 'conflict';
  await writeLessons(tx, timetable.id, rows);
  if (redated) {
    await setTerm(tx, timetable.id, term, timetable.bells);
    await setZone(tx, timetable.id, zone);
  }

  const [from, to] = daysAround(now, horizon, timetable);
  const [old, fresh] = [occurrences(before, timetable, from, to), occurrences(after, calendar, from, to)];
  await writeReady(tx, timetable, fresh, now);
  if (before.length === 0) return [];

  const changes = diff(zone === timetable.zone ? old : old.map((one) => inZone(one, zone)), fresh, {
    from: now,
    to: horizon,
  });
  const notices = announce(changes, { title: timetable.name, zone, now }, await followers(tx, timetable.id));
  await repairReminders(tx, timetable, {
    changes,
    before: old,
    after: fresh,
    now,
    zone,
    cursor: Number((await getState(tx, CURSOR)) ?? now),
    told: new Set(notices.flatMap(({ peers }) => peers)),
  });
  await enqueue(tx, notices.map(entryOf), now);
  return changes;
}

/** Refreshes the occurrences kept ready for a timetable whose lessons did not change: the daily roll. */
export async function rollOccurrences(tx: Db, timetable: Timetable, now: Instant): Promise<void> {
  const [from, to] = daysAround(now, now + READY_DAYS * DAY, timetable);
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

/** Equal lessons stay as they are, counted: two equal rows are two lessons. */
function rowsToWrite(
  before: readonly StoredLesson[],
  after: readonly Lesson[],
): { remove: number[]; insert: Lesson[] } {
  const stored = Map.groupBy(before, lessonHash);
  const insert: Lesson[] = [];
  for (const lesson of after) {
    const twins = stored.get(lessonHash(lesson));
    if (twins === undefined || twins.length === 0) insert.push(lesson);
    else twins.pop();
  }
  return { insert, remove: [...stored.values()].flat().map((lesson) => lesson.id) };
}

/** Days from yesterday (a lesson may cross midnight) to the day of `until`, exclusive end after it. */
function daysAround(now: Instant, until: Instant, { zone }: { zone: string }): [Day, Day] {
  return [addDays(wallOf(now, zone).day, -1), addDays(wallOf(until, zone).day, 1)];
}
