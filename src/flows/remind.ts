/** The tick: what came due since the last one becomes notices in the outbox. A reminder does not exist before it is due. */
import { addDays, type Instant, weekdayOf } from '../domain/calendar.ts';
import { entryOf, line, type Notice } from '../domain/notice.ts';
import { occurrences } from '../domain/occurrence.ts';
import { eveningNotice, evenings, reminderNotices } from '../domain/remind.ts';
import {
  type Db,
  digestZones,
  dueDigests,
  dueReminders,
  enqueue,
  getState,
  getTimetable,
  leadsInUse,
  lessonsOf,
  lockTimetable,
  setState,
  timetablesToRoll,
} from '../store/index.ts';
import { CURSOR, READY_DAYS, rollOccurrences } from './change.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** After a longer sleep everything older is worthless: no lead is longer than a day. */
const CATCH_UP = DAY;
/** An idle tick writes its cursor this often only: looking again at a minute in which nothing was due costs nothing. */
const CURSOR_EVERY = MINUTE;
const ROLLED_AT_ONCE = 20;

/**
 * Queues everything due in [cursor, now) and moves the cursor, in one transaction. Safe to call at any time: after a sleep it
 * catches up, after the clock went back it looks again and the outbox refuses what was queued before.
 */
export async function remind(world: World): Promise<void> {
  const now = world.now();
  await roll(world, now);
  const queued = await world.store.transaction(async (tx) => {
    const stored = await getState(tx, CURSOR);
    const cursor = stored === null ? now : Number(stored);
    const from = Math.max(cursor, now - CATCH_UP);
    const notices = from < now ? [...(await reminders(tx, from, now)), ...(await digests(tx, from, now))] : [];
    const useful = notices.filter((notice) => notice.deadline > now);
    if (useful.length < notices.length)
      world.log.warn({ expired: notices.length - useful.length }, 'came too late to be sent');
    const peers = await enqueue(tx, useful.map(entryOf), now);
    if (stored === null || cursor > now || notices.length > 0 || now - cursor >= CURSOR_EVERY)
      await setState(tx, CURSOR, String(now));
    return peers;
  });
  if (queued > 0) world.log.info({ peers: queued }, 'reminders queued');
}

async function reminders(tx: Db, from: Instant, to: Instant): Promise<Notice[]> {
  const notices: Notice[] = [];
  for (const lead of await leadsInUse(tx, 'each'))
    notices.push(...reminderNotices(await dueReminders(tx, lead, from, to), lead));
  return notices;
}

async function digests(tx: Db, from: Instant, to: Instant): Promise<Notice[]> {
  const notices: Notice[] = [];
  for (const zone of await digestZones(tx, 'evening'))
    for (const part of evenings(zone, from, to)) {
      const weekday = weekdayOf(addDays(part.day, -1));
      const digests = await dueDigests(tx, 'evening', { zone, weekday, from: part.from, to: part.to });
      for (const { timetableId, at, language, peers } of digests) {
        const timetable = await getTimetable(tx, timetableId);
        if (timetable === null) continue;
        const next = addDays(part.day, 1);
        const lessons = await lessonsOf(tx, timetableId, { from: part.day, to: next });
        const lines = occurrences(lessons, timetable, part.day, next).map(line);
        const notice = eveningNotice({ day: part.day, lines, zone, language, peers, due: part.due(at) });
        if (notice !== null) notices.push(notice);
      }
    }
  return notices;
}

/** Keeps the coming days ready; a timetable is touched once a day. */
async function roll(world: World, now: Instant): Promise<void> {
  for (;;) {
    const behind = await timetablesToRoll(world.store.db, now + (READY_DAYS - 1) * DAY, ROLLED_AT_ONCE);
    for (const id of behind)
      await world.store.transaction(async (tx) => {
        const timetable = await lockTimetable(tx, id);
        if (timetable !== null) await rollOccurrences(tx, timetable, now);
      });
    if (behind.length < ROLLED_AT_ONCE) return;
  }
}
