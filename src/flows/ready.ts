/** What is kept ready for the tick: the occurrences of the coming days with their marks, and how far ticks have looked. */
import { seenIn } from '../domain/announce.ts';
import { type Instant, instantOf, wallOf, type Zone } from '../domain/calendar.ts';
import { daysIn, type State } from '../domain/compare.ts';
import type { Told } from '../domain/history.ts';
import { struckOff } from '../domain/marks.ts';
import { type Occurrence, occurrences } from '../domain/occurrence.ts';
import { datedOf, markLessons } from '../domain/sitting.ts';
import { asTold, type Untold } from '../domain/untold.ts';
import {
  type Db,
  getState,
  lessonsOf,
  setRolled,
  type Timetable,
  toldOfDays,
  untoldOf,
  writeOccurrences,
} from '../store/index.ts';

const DAY = 86_400_000;
/** Occurrences are kept ready this far ahead; reminders are derived from them. */
export const READY_DAYS = 15;
/** Changes are kept so long; of a timetable that was planned anew only so many are looked at. */
const TOLD_DAYS = 14;
const MOST_TOLD = 500;
/** Where the tick keeps the instant up to which everything due was queued. */
export const CURSOR = 'tick';
/** How far a tick that queues a crowd in chunks is about to come: what is due before that may be said already. */
export const AHEAD = 'tick ahead';

/** Up to where ticks have looked or are looking; never later than now, whatever the clock did. */
export async function lookedUntil(tx: Db, now: Instant): Promise<Instant> {
  const [cursor, ahead] = [await getState(tx, CURSOR), await getState(tx, AHEAD)];
  return Math.min(now, Math.max(Number(cursor ?? now), Number(ahead ?? 0)));
}

/**
 * The lessons of the coming days as people were told them, whole days of them; those that were told to be off and are listed no
 * more are struck out where they stood, so that a digest can name them.
 */
export function readyOf(
  { lessons, calendar }: State,
  untold: Untold | null,
  now: Instant,
  told: readonly Told[],
): Occurrence[] {
  const [from, to] = daysIn({ from: now, to: now + READY_DAYS * DAY }, calendar.zone);
  const known = asTold(untold, occurrences(lessons, calendar, from, to), from, to);
  const off = struckOff(
    known,
    told.map(({ at, change }) => ({ at, change: seenIn(change, calendar.zone) })),
  );
  return [...known, ...off.filter(({ day }) => day >= from && day < to)];
}

/** What was told of the days that are kept ready. */
export function toldAhead(db: Db, { id, zone }: Pick<Timetable, 'id' | 'zone'>, now: Instant): Promise<Told[]> {
  const [from, to] = daysIn({ from: now, to: now + READY_DAYS * DAY }, zone);
  return toldOfDays(db, id, { since: now - TOLD_DAYS * DAY, from, to }, MOST_TOLD);
}

/** Refreshes what is kept ready for a timetable whose lessons did not change: the daily roll. */
export async function rollOccurrences(tx: Db, timetable: Timetable, now: Instant): Promise<void> {
  const [from, to] = daysIn({ from: now, to: now + READY_DAYS * DAY }, timetable.zone);
  const lessons = await lessonsOf(tx, timetable.id, { from, to });
  const untold = await untoldOf(tx, timetable.id);
  const told = await toldAhead(tx, timetable, now);
  await writeReady(tx, timetable, readyOf({ lessons, calendar: timetable }, untold, now, told), now);
}

/** Writes the dated lessons of the coming days, whole days of them given (`zone` is the one they are dated by). */
export async function writeReady(
  tx: Db,
  { id, zone }: { readonly id: number; readonly zone: Zone },
  dated: readonly Occurrence[],
  now: Instant,
): Promise<void> {
  // From midnight, so that a morning digest has the whole day; one hour back at least: a tick that comes late finds what it owes.
  const from = Math.min(now - DAY / 24, instantOf(wallOf(now, zone).day, '00:00', zone));
  const to = now + READY_DAYS * DAY;
  const rows = markLessons(dated.map(datedOf)).filter(({ startsAt }) => startsAt >= from && startsAt < to);
  await writeOccurrences(tx, id, from, rows);
  await setRolled(tx, id, to);
}
