/** What has changed is told once it is believed: its quiet period is over, and its source says the same when it is read again. */
import { toldAllOf } from '../domain/announce.ts';
import type { Instant } from '../domain/calendar.ts';
import { lastDay, type State } from '../domain/compare.ts';
import type { Change } from '../domain/diff.ts';
import { broughtBack } from '../domain/marks.ts';
import { afterTelling, keptOf, nextOf, ripeIn, type Untold } from '../domain/untold.ts';
import {
  bringBack,
  bumpRevision,
  type Db,
  dropUntold,
  dueUntold,
  followers,
  getTimetable,
  hasUntold,
  lessonsOf,
  lookAtUntold,
  saveUntold,
  type Timetable,
  untoldOf,
  writeTold,
} from '../store/index.ts';
import { breathing } from './breath.ts';
import { needsNoReading } from './change.ts';
import { tellHeld, tellListeners } from './hold.ts';
import { lookedUntil, readyOf, toldAhead, writeReady } from './ready.ts';
import { repairReminders } from './repair.ts';
import { pendingOf } from './untold.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** How often it is thought through again because somebody changed the timetable meanwhile. */
const TRIES = 5;
const AT_ONCE = 20;

/** Tells what the clock lets: what an editor changed, what a source struck out, what one that fails cannot say again, what quiet hours held. */
export async function tellDue(world: World): Promise<void> {
  const { db } = world.store;
  for (;;) {
    const due = await dueUntold(db, world.now(), AT_ONCE);
    for (const id of due) {
      if (world.stopping?.aborted === true) return;
      await tellUntold(world, id, null).catch(async (error: unknown) => {
        world.log.error({ err: error, timetable: id }, 'a change could not be told');
        await lookAtUntold(db, id, world.now() + MINUTE);
      });
    }
    if (due.length < AT_ONCE) break;
  }
  await tellHeld(world);
}

/**
 * Tells what of a timetable's changes is believed by now; `readAt` is when a complete reading of its source was begun that has
 * been laid over it, null when there was none. Returns when the source is to be read again for the rest, null: it need not.
 */
export async function tellUntold(world: World, timetableId: number, readAt: Instant | null): Promise<Instant | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const outcome = await tellOnce(world, timetableId, readAt);
    if (outcome !== 'conflict') return outcome;
  }
  throw new Error(`timetable ${timetableId} changes faster than it can be told`);
}

async function tellOnce(world: World, id: number, readAt: Instant | null): Promise<Instant | null | 'conflict'> {
  const { db } = world.store;
  if (!(await hasUntold(db, id))) return null;
  const [timetable, untold] = [await getTimetable(db, id), await untoldOf(db, id)];
  if (timetable === null || untold === null) return null;
  const now = world.now();
  const breathe = breathing();
  const facts = { now, isTrusted: await needsNoReading(db, timetable) };
  const state = { lessons: await lessonsOf(db, id), calendar: timetable };
  await breathe();
  const pending = await pendingOf(untold, state, facts, breathe);
  const { sure, unsure } = ripeIn(pending, { now, readAt });
  const told = [...sure, ...unsure];
  await breathe();
  const known = told.length === 0 ? untold : afterTelling(untold, told);
  const kept = keptOf(known, told.length === 0 ? pending : await pendingOf(known, state, facts, breathe));
  const left = kept === null ? [] : await pendingOf(kept, state, facts, breathe);
  // A lesson that had begun when it changed waited only beside what was seen before it.
  const rest = left.length === 0 ? null : kept;
  const next = nextOf(left);
  // A reading that found nothing to tell leaves everything as it was.
  if (readAt !== null && told.length === 0 && rest !== null && isSame(rest, untold)) return next.readAt;
  await breathe();
  const telling = { timetable, state, untold, rest, sure, unsure, now, lookAt: next.lookAt };
  const isMade = await world.store.transaction((tx) => tell(tx, telling));
  if (!isMade) return 'conflict';
  if (told.length > 0) world.wake();
  return next.readAt;
}

/** Whether the same changes wait since the same time. */
function isSame(a: Untold, b: Untold): boolean {
  return a.since === b.since && a.seen.size === b.seen.size && [...a.seen].every(([key, at]) => b.seen.get(key) === at);
}

type Telling = {
  readonly timetable: Timetable;
  readonly state: State;
  readonly untold: Untold;
  readonly rest: Untold | null;
  readonly sure: readonly Change[];
  readonly unsure: readonly Change[];
  readonly now: Instant;
  readonly lookAt: Instant;
};

/** One transaction: who follows is told, reminders under way are mended, what waits on is kept. False when the timetable is not the one looked at. */
async function tell(tx: Db, { timetable, state, untold, rest, now, lookAt, ...telling }: Telling): Promise<boolean> {
  const { id, name: title, zone, term, revision } = timetable;
  if (!(await bumpRevision(tx, id, revision, null))) return false;
  if (rest === null) await dropUntold(tx, id);
  else await saveUntold(tx, id, rest, lookAt);
  await bringBack(tx, id, now);
  const told = await toldAhead(tx, timetable, now);
  const [sure, unsure] = [broughtBack(telling.sure, told), broughtBack(telling.unsure, told)];
  const changes = [...sure, ...unsure];
  const before = readyOf(state, untold, now, told);
  const after = readyOf(state, rest, now, [...told, ...changes.map((change) => ({ at: now, change }))]);
  await writeReady(tx, timetable, after, now);
  if (changes.length === 0) return true;
  const about = { title, zone, now, week1: term?.week1 ?? null, last: lastKnown(state, untold) };
  const peers = await followers(tx, id);
  const hears = (change: Change) => toldAllOf(change, about, peers);
  await repairReminders(tx, timetable, {
    changes,
    before,
    after,
    now,
    cursor: await lookedUntil(tx, now),
    about,
    hears,
  });
  await writeTold(tx, id, now, sure);
  await writeTold(tx, id, now, unsure, 'unsure');
  await tellListeners(tx, timetable, about, peers, { sure, unsure });
  return true;
}

/** The last day with lessons, as it is or as people know it. */
function lastKnown(state: State, { told }: Untold): string {
  const withLessons = [...told].filter(([, lessons]) => lessons.length > 0).map(([day]) => day);
  return [lastDay([state]), ...withLessons].sort().at(-1) ?? '';
}
