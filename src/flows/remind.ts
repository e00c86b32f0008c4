/** The tick: what came due since the last one becomes notices in the outbox. A reminder does not exist before it is due. */
import { setImmediate } from 'node:timers/promises';
import type { Instant } from '../domain/calendar.ts';
import { entryOf } from '../domain/notice.ts';
import { type Db, enqueue, getState, lockTimetable, setState, timetablesToRoll } from '../store/index.ts';
import { type Task, workOf } from './due.ts';
import { AHEAD, CURSOR, READY_DAYS, rollOccurrences } from './ready.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** After a longer sleep what is older is neither sent nor counted. */
const CATCH_UP = 3 * DAY;
/** A long sleep is worked off in spans of this length, each with a cursor of its own. */
const SPAN = HOUR;
/** Rows a transaction handles before others get their turn: it holds the main loop some milliseconds. */
const CHUNK = 120;
const ROLLED_AT_ONCE = 20;

/**
 * Queues everything due in [cursor, now) and moves the cursor. A crowd is queued in chunks, a transaction each, and the cursor
 * moves with the last: after a crash in between the span is looked at again, and what is queued already is not queued twice.
 * Safe to call at any time: after a sleep it catches up and counts what came too late, after the clock went back it looks again.
 */
export async function remind(world: World): Promise<void> {
  const now = world.now();
  await roll(world, now);
  let reached = Number.NEGATIVE_INFINITY;
  while (reached < now) reached = await workOff(world, now);
}

/** Works off the next span; returns where it ends. */
async function workOff(world: World, now: Instant): Promise<Instant> {
  const { db } = world.store;
  const stored = await getState(db, CURSOR);
  const cursor = stored === null ? now : Number(stored);
  const from = Math.min(Math.max(cursor, now - CATCH_UP), now);
  const to = Math.min(from + SPAN, now);
  if (from > cursor) world.log.warn({ hours: Math.round((from - cursor) / HOUR) }, 'slept too long to make up for it');
  // Lessons and digests stand at whole minutes, and so does what is due before them: most ticks of a second have nothing to ask.
  if (stored !== null && cursor <= now && Math.ceil(from / MINUTE) >= Math.ceil(to / MINUTE)) return to;
  let tasks: Task[] = from < to ? [workOf({ from, to })] : [];
  const sum = { queued: 0, late: 0 };
  do {
    await world.store.transaction(async (tx) => {
      tasks = await chunk(tx, tasks, now, sum);
      if (tasks.length > 0) await setState(tx, AHEAD, String(to));
      else await setState(tx, CURSOR, String(to));
    });
    if (tasks.length > 0) await setImmediate();
  } while (tasks.length > 0);
  if (sum.late > 0) world.log.warn({ peers: sum.late }, 'came too late to be sent');
  if (sum.queued > 0) world.log.info({ peers: sum.queued }, 'reminders queued');
  return to;
}

/** Does some of the tasks; returns what is left of them. */
async function chunk(
  tx: Db,
  tasks: readonly Task[],
  now: Instant,
  sum: { queued: number; late: number },
): Promise<Task[]> {
  const left = [...tasks];
  for (let rows = 0; rows < CHUNK; ) {
    const task = left.shift();
    if (task === undefined) return left;
    const piece = await task(tx);
    left.unshift(...piece.more);
    rows += piece.rows;
    for (const { deadline, peers } of piece.notices) if (deadline <= now) sum.late += peers.length;
    sum.queued += await enqueue(tx, piece.notices.map(entryOf), now);
  }
  return left;
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
