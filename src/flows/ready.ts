/** What is kept ready for the tick: the occurrences of the coming days with their marks, and how far ticks have looked. */
import { type Instant, instantOf, wallOf, type Zone } from '../domain/calendar.ts';
import { daysIn, type State } from '../domain/compare.ts';
import { type Occurrence, occurrences } from '../domain/occurrence.ts';
import { datedOf, markLessons } from '../domain/sitting.ts';
import { asTold, type Untold } from '../domain/untold.ts';
import { type Db, getState, lessonsOf, setRolled, type Timetable, untoldOf, writeOccurrences } from '../store/index.ts';

const DAY = 86_400_000;
/** Occurrences are kept ready this far ahead; reminders are derived from them. */
export const READY_DAYS = 15;
/** Where the tick keeps the instant up to which everything due was queued. */
export const CURSOR = 'tick';
/** How far a tick that queues a crowd in chunks is about to come: what is due before that may be said already. */
export const AHEAD = 'tick ahead';

/** Up to where ticks have looked or are looking; never later than now, whatever the clock did. */
export async function lookedUntil(tx: Db, now: Instant): Promise<Instant> {
  const [cursor, ahead] = [await getState(tx, CURSOR), await getState(tx, AHEAD)];
  return Math.min(now, Math.max(Number(cursor ?? now), Number(ahead ?? 0)));
}

/** The lessons of the coming days as people were told them, whole days of them. */
export function readyOf({ lessons, calendar }: State, untold: Untold | null, now: Instant): Occurrence[] {
  const [from, to] = daysIn({ from: now, to: now + READY_DAYS * DAY }, calendar.zone);
  return asTold(untold, occurrences(lessons, calendar, from, to), from, to);
}

/** Refreshes what is kept ready for a timetable whose lessons did not change: the daily roll. */
export async function rollOccurrences(tx: Db, timetable: Timetable, now: Instant): Promise<void> {
  const [from, to] = daysIn({ from: now, to: now + READY_DAYS * DAY }, timetable.zone);
  const lessons = await lessonsOf(tx, timetable.id, { from, to });
  const untold = await untoldOf(tx, timetable.id);
  await writeReady(tx, timetable, readyOf({ lessons, calendar: timetable }, untold, now), now);
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
