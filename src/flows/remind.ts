/** The tick: what came due since the last one becomes notices in the outbox. A reminder does not exist before it is due. */
import { setImmediate } from 'node:timers/promises';
import type { Instant } from '../domain/calendar.ts';
import { getState, lockTimetable, setState, timetablesToRoll } from '../store/index.ts';
import { type Planning, planningOf } from './due.ts';
import { PlannerGone } from './planner.ts';
import { type Chunk, queueChunk } from './queue.ts';
import { CURSOR, READY_DAYS, rollOccurrences } from './ready.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** After a longer sleep what is older is neither sent nor counted. */
const CATCH_UP = 3 * DAY;
/** A long sleep is worked off in spans of this length, each with a cursor of its own. */
const SPAN = HOUR;
/** Rows a transaction here handles before others get their turn: it holds the loop some milliseconds. What is more is a crowd. */
const CHUNK = 120;
const ROLLED_AT_ONCE = 20;
/** No reminder or digest looks further ahead; what is kept ready for longer may be made longer when nothing else is to be done. */
const LOOKS_AHEAD = 10 * DAY;

/**
 * Queues everything due in [cursor, now) and moves the cursor. A crowd is queued in chunks, a transaction each, and the cursor
 * moves with the last: after a crash in between the span is looked at again, and what is queued already is not queued twice.
 * Safe to call at any time: after a sleep it catches up and counts what came too late, after the clock went back it looks again.
 * When the program ends it leaves what is not queued yet to the next one.
 */
export async function remind(world: World): Promise<void> {
  const now = world.now();
  while (!isStopping(world) && (await roll(world, now, now + LOOKS_AHEAD)));
  let reached = Number.NEGATIVE_INFINITY;
  while (!isStopping(world) && reached < now) reached = await workOff(world, now);
  if (!isStopping(world)) await roll(world, now, now + (READY_DAYS - 1) * DAY);
}

function isStopping({ stopping }: World): boolean {
  return stopping?.aborted === true;
}

/** Works off the next span; returns where it ends, also when it was left in the middle. */
async function workOff(world: World, now: Instant): Promise<Instant> {
  const { db } = world.store;
  const stored = await getState(db, CURSOR);
  const cursor = stored === null ? now : Number(stored);
  const from = Math.min(Math.max(cursor, now - CATCH_UP), now);
  const to = Math.min(from + SPAN, now);
  if (from > cursor) world.log.warn({ hours: Math.round((from - cursor) / HOUR) }, 'slept too long to make up for it');
  // Lessons and digests stand at whole minutes, and so does what is due before them: most ticks of a second have nothing to ask.
  if (stored !== null && cursor <= now && Math.ceil(from / MINUTE) >= Math.ceil(to / MINUTE)) return to;
  const sum = { queued: 0, late: 0 };
  if (from < to) await queueAll(world, planningOf({ from, to }), now, sum);
  else await setState(db, CURSOR, String(to));
  if (sum.late > 0) world.log.warn({ peers: sum.late }, 'came too late to be sent');
  if (sum.queued > 0) world.log.info({ peers: sum.queued }, 'reminders queued');
  return to;
}

type Sum = { queued: number; late: number };

/** Queues all that is due in the span and moves the cursor: a little of it here, a crowd on the planner's thread where there is one. */
async function queueAll(world: World, planning: Planning, now: Instant, sum: Sum): Promise<void> {
  function done({ queued, late }: Chunk): void {
    sum.queued += queued;
    sum.late += late;
    // What is queued goes out while the rest is planned.
    if (queued > 0) world.wake();
  }
  for (let first = true; ; first = false) {
    const chunk = await world.store.transaction((tx) => queueChunk(tx, planning, now, CHUNK));
    done(chunk);
    if (chunk.over) return;
    await setImmediate();
    if (first && !isStopping(world) && (await queuedBeside(world, planning, now, done))) return;
    if (isStopping(world)) break;
  }
  world.log.info({ peers: sum.queued }, 'stopped in the middle of a crowd: the rest is queued at the next start');
}

/** Has the rest queued by the planner. False where it is not: what is left is still to be queued, and nothing is queued twice. */
async function queuedBeside(
  { planner, store, log, stopping }: World,
  planning: Planning,
  now: Instant,
  done: (chunk: Chunk) => void,
): Promise<boolean> {
  if (planner === undefined) return false;
  try {
    let over = false;
    const heard = (chunk: Chunk) => {
      over = chunk.over;
      done(chunk);
    };
    await planner.queue(planning, now, store.lend, heard, stopping);
    return over;
  } catch (error) {
    if (!(error instanceof PlannerGone)) throw error;
    log.warn({ err: error }, 'the planner is gone, planning here');
    return false;
  }
}

/** Makes what is kept ready longer where it ends before `until`: a few timetables, each once a day. True when there may be more. */
async function roll(world: World, now: Instant, until: Instant): Promise<boolean> {
  const behind = await timetablesToRoll(world.store.db, until, ROLLED_AT_ONCE);
  for (const id of behind)
    await world.store.transaction(async (tx) => {
      const timetable = await lockTimetable(tx, id);
      if (timetable !== null) await rollOccurrences(tx, timetable, now);
    });
  return behind.length === ROLLED_AT_ONCE;
}
