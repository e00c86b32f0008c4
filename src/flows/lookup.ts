/** From a find to a timetable that can be shown: an entry becomes one, what was never read is read at once, who can not wait is answered later. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OfferId, TimetableRef } from '../domain/view.ts';
import {
  feedOf,
  getListing,
  getTimetable,
  isVisible,
  lockTimetable,
  startWaiting,
  touchTimetable,
} from '../store/index.ts';
import { take } from './allowance.ts';
import { bind } from './entries.ts';
import { readOnce } from './import.ts';
import type { Outcome, Trouble } from './reading.ts';
import { getRef, refOf } from './view.ts';
import type { World } from './world.ts';

/** A person waits this long for an answer before being told that it takes longer. */
const PATIENCE = 4_000;
const STEP = 200;
/** A source that failed this short a time ago is not asked again because somebody else wants to know. */
const FAILED_LATELY = 60_000;

/** Why it could not be read, as the source said it. */
export type Unread = Pick<Trouble, 'detail' | 'suggestions'> & { readonly kind: string };

export type Opened =
  | { readonly status: 'ready'; readonly ref: TimetableRef }
  /** Still being read: the conversation is answered when it is. */
  | { readonly status: 'slow'; readonly ref: TimetableRef }
  | { readonly status: 'failed'; readonly ref: TimetableRef; readonly problem: Unread }
  | { readonly status: 'gone' };

/** `viewer` is who must be allowed to see it, `peer` who is answered later; `patience` in ms. */
type Wish = { readonly viewer: number; readonly peer: number; readonly patience?: number };

/** The timetable behind a find or a button; an entry that nobody asked for before becomes one. */
export async function openTimetable(world: World, id: OfferId, wish: Wish): Promise<Opened> {
  const ref = typeof id === 'number' ? await getRef(world, id, wish.viewer) : await boundRef(world, id);
  return ref === null ? { status: 'gone' } : read(world, ref, wish);
}

/**
 * Answers the conversation when the timetable is read, however long that takes; false when it is read by now. `told`: it knows
 * already that the last try failed, and does not hear so again at the next.
 */
export function waitFor(world: World, timetableId: number, peer: number, told = false): Promise<boolean> {
  return world.store.transaction(async (tx) => {
    const timetable = await lockTimetable(tx, timetableId);
    if (timetable === null || timetable.freshAt !== null) return false;
    const failed = told ? ((await feedOf(tx, timetableId))?.checkedAt ?? null) : null;
    await startWaiting(tx, timetableId, peer, failed ?? world.now());
    return true;
  });
}

async function boundRef(world: World, id: `№${number}`): Promise<TimetableRef | null> {
  const entry = await getListing(world.store.db, Number(id.slice(1)));
  if (entry === null) return null;
  const timetable = await world.store.transaction((tx) => bind(tx, entry, world.now()));
  return refOf(world.store.db, timetable);
}

async function read(world: World, ref: TimetableRef, { viewer, peer, patience = PATIENCE }: Wish): Promise<Opened> {
  const { db } = world.store;
  await touchTimetable(db, ref.id, world.now());
  const feed = ref.kind === 'feed' && ref.freshAt === null ? await feedOf(db, ref.id) : null;
  if (feed === null) return { status: 'ready', ref };
  if (feed.problem !== null && world.now() - (feed.checkedAt ?? 0) < FAILED_LATELY)
    return { status: 'failed', ref, problem: { ...feed.problem, suggestions: [] } };
  // Whoever has claimed a feed that was never read is reading it now; one asked for among many is read when its site's queue comes to it.
  const unclaimed = feed.problem !== null || feed.nextCheck <= world.now();
  const mine = unclaimed && (await take(world, 'open', viewer)) === null;
  const outcome = await within(patience, mine ? readOnce(world, feed) : Promise.resolve(null), (late) =>
    late.catch((error: unknown) => world.log.error({ err: error, feed: feed.id }, 'a feed could not be read')),
  );
  if (outcome !== null && outcome !== 'late' && outcome.status === 'failed')
    return { status: 'failed', ref, problem: outcome.problem };
  if (outcome === null) await untilRead(world, ref.id, patience);
  const waits = await waitFor(world, ref.id, peer);
  const now = await getTimetable(db, ref.id);
  if (now === null || !(await isVisible(db, ref.id, viewer))) return { status: 'gone' };
  return waits ? { status: 'slow', ref } : { status: 'ready', ref: await refOf(db, now) };
}

/** What comes of the work, or 'late' when that takes longer; then `onLate` looks after it. */
async function within(
  ms: number,
  work: Promise<Outcome | null>,
  onLate: (work: Promise<Outcome | null>) => void,
): Promise<Outcome | null | 'late'> {
  const over = new AbortController();
  const late = sleep(ms, 'late' as const, { signal: over.signal, ref: false }).catch(() => 'late' as const);
  const first = await Promise.race([work, late]);
  over.abort();
  if (first === 'late') onLate(work);
  return first;
}

/** Somebody else reads it: looks again and again whether it is read, or has failed. */
async function untilRead(world: World, id: number, patience: number): Promise<void> {
  for (let waited = 0; waited < patience; waited += STEP) {
    const [timetable, feed] = [await getTimetable(world.store.db, id), await feedOf(world.store.db, id)];
    if (timetable === null || timetable.freshAt !== null || (feed !== null && feed.problem !== null)) return;
    await sleep(STEP, undefined, { ref: false });
  }
}
