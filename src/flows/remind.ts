/** The tick: what came due since the last one becomes notices in the outbox. A reminder does not exist before it is due. */
import { setImmediate } from 'node:timers/promises';
import type { Instant } from '../domain/calendar.ts';
import { entryOf } from '../domain/notice.ts';
import type { Span } from '../domain/plan.ts';
import {
  type Db,
  enqueueKept,
  forgetTouched,
  getState,
  type KeptEntry,
  keepEntry,
  lockTimetable,
  setState,
  timetablesToRoll,
  touchedTimetables,
} from '../store/index.ts';
import { nextPiece, type Planning, planningOf } from './due.ts';
import { PlannerGone } from './planner.ts';
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
/** A minute with more chunks than this has a crowd. */
const CHUNKS_HERE = 4;
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
  const sum = { queued: 0, late: 0 };
  if (from < to) await queueAll(world, { from, to }, now, sum);
  else await setState(db, CURSOR, String(to));
  if (sum.late > 0) world.log.warn({ peers: sum.late }, 'came too late to be sent');
  if (sum.queued > 0) world.log.info({ peers: sum.queued }, 'reminders queued');
  return to;
}

type Sum = { queued: number; late: number };

/**
 * Queues all that is due in the span and moves the cursor: a little of it here, where the cursor moves with the last chunk, a
 * crowd on the planner's thread where there is one.
 */
async function queueAll(world: World, span: Span, now: Instant, sum: Sum): Promise<void> {
  const planning = planningOf(span);
  const to = String(span.to);
  for (let chunks = 1; ; chunks += 1) {
    const crowd = chunks === CHUNKS_HERE && world.planner !== undefined;
    const over = await world.store.transaction(async (tx) => {
      const last = await queueChunk(tx, planning, now, sum);
      await setState(tx, last ? CURSOR : AHEAD, to);
      if (crowd) await forgetTouched(tx);
      return last;
    });
    if (over) return;
    await setImmediate();
    if (crowd && (await plannedElsewhere(world, planning, now, sum))) return setState(world.store.db, CURSOR, to);
  }
}

/** Queues some of it; true when nothing is left. */
async function queueChunk(tx: Db, planning: Planning, now: Instant, sum: Sum): Promise<boolean> {
  for (let rows = 0; rows < CHUNK; ) {
    const piece = await nextPiece(tx, planning);
    if (piece === null) return true;
    rows += piece.rows;
    await queue(tx, piece.notices.map(entryOf).map(keepEntry), now, sum);
  }
  return false;
}

async function queue(tx: Db, entries: readonly KeptEntry[], now: Instant, sum: Sum): Promise<void> {
  for (const { deadline, peers } of entries) if (deadline <= now) sum.late += peers.length;
  sum.queued += await enqueueKept(tx, entries, now);
}

/**
 * Has the rest planned by the planner, from the state of the database after the last chunk. What has changed since is planned
 * again here, in the transaction that writes it: a piece says what is true now, as if it had been planned in it. False when the
 * planner failed: the rest is still to be planned, and what is queued already is not queued twice.
 */
async function plannedElsewhere(world: World, planning: Planning, now: Instant, sum: Sum): Promise<boolean> {
  const { planner } = world;
  if (planner === undefined) return false;
  try {
    await planner.plan(planning, async (pieces) => {
      await world.store.transaction(async (tx) => {
        const touched = await touchedTimetables(tx);
        const [stale, good] = [pieces, pieces].map((all, which) =>
          all.filter(({ timetables }) => timetables.some((id) => touched.has(id)) === (which === 0)),
        );
        await queue(
          tx,
          (good ?? []).flatMap(({ entries }) => entries),
          now,
          sum,
        );
        for (const { again } of stale ?? []) while (!(await queueChunk(tx, again, now, sum)));
      });
      await setImmediate();
    });
    return true;
  } catch (error) {
    if (!(error instanceof PlannerGone)) throw error;
    world.log.warn({ err: error }, 'the planner is gone, planning here');
    return false;
  }
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
