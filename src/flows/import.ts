/** From a site to the store: read, decide whether to believe it, change the lessons, say what changed. */
import {
  claimFeed,
  dueFeeds,
  type Feed,
  feedOf,
  getTimetable,
  isFollowed,
  saveFeed,
  setFresh,
} from '../store/index.ts';
import { believe } from './believe.ts';
import { attempt, goodReading, horizonOf, type Outcome, spanAt, type Trouble } from './reading.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** How often a calendar is read when all is well. */
export const EVERY = 15 * MINUTE;
/** How often one is read that nobody follows: often enough to be found fresh, rarely enough to be no burden. */
const UNFOLLOWED = 24 * 60 * MINUTE;
/** The longest pause between tries of a calendar that fails. */
const SLOWEST = 6 * 60 * MINUTE;
/** While a reading runs nobody else claims the same feed. */
const CLAIM = 5 * MINUTE;
/** Slow sites do not hold up quick ones; one host is asked one thing at a time all the same. */
const AT_ONCE = 6;

/** Reads the feeds whose next check has come. Returns how many were read. */
export async function importDue(world: World, limit = 5 * AT_ONCE): Promise<number> {
  const due = await dueFeeds(world.store.db, world.now(), limit);
  let count = 0;
  async function work(): Promise<void> {
    for (let feed = due.shift(); feed !== undefined; feed = due.shift())
      if ((await readOnce(world, feed)) !== null) count += 1;
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return count;
}

/** Claims a feed and reads it; null when somebody else is reading it at this moment. */
export async function readOnce(world: World, feed: Feed, trusted = false): Promise<Outcome | null> {
  if (!(await claimFeed(world.store.db, feed.id, feed.nextCheck, world.now() + CLAIM))) return null;
  return importFeed(world, feed, trusted);
}

/**
 * One reading of one feed, to its end; `trusted` takes what would be held. The feed's own state is written last, so a crash
 * between re-imports harmlessly. Call `readOnce`, unless the feed is claimed already.
 */
async function importFeed(world: World, feed: Feed, trusted: boolean): Promise<Outcome> {
  const timetable = await getTimetable(world.store.db, feed.timetableId);
  // Deleted since it was listed as due.
  if (timetable === null) return { status: 'same' };
  const previous = feed.held === null && feed.problem === null ? feed : undefined;
  const asked = world.now();
  const reading = await attempt(
    world.read(feed.source, feed.ask, spanAt(asked, timetable.zone), feed.profile, previous),
  );
  if ('problem' in reading) return failed(world, feed, reading.problem);

  const outcome =
    reading.status === 'read' ? await believe(world, feed, reading, trusted) : ({ status: 'same' } as const);
  // A newer reading has written its state meanwhile.
  if (outcome === null) return { status: 'same' };
  const now = world.now();
  const pause = (await isFollowed(world.store.db, timetable.id)) ? EVERY : UNFOLLOWED;
  const nextCheck = now + jittered(pause, feed.id);
  if (outcome.status === 'held') {
    await saveFeed(world.store.db, feed.id, { checkedAt: now, nextCheck });
    world.wake();
    return outcome;
  }
  await world.store.transaction(async (tx) => {
    await setFresh(tx, timetable.id, asked);
    const read = reading.status === 'read' ? { ...goodReading(reading), horizon: horizonOf(reading, asked) } : {};
    await saveFeed(tx, feed.id, { ...WELL, ...read, goodAt: asked, checkedAt: now, nextCheck });
  });
  if (feed.problem !== null) world.log.info({ feed: feed.id }, 'source is back');
  if (outcome.status === 'changed') world.wake();
  return outcome;
}

const WELL = { problem: null, failures: 0, held: null, heldSince: null, heldPrint: null } as const;

async function failed(world: World, feed: Feed, problem: Trouble): Promise<Outcome> {
  const now = world.now();
  const pause = Math.min(EVERY * 2 ** Math.min(feed.failures, 10), SLOWEST);
  if (feed.problem === null)
    world.log.warn({ feed: feed.id, kind: problem.kind, detail: problem.detail }, 'source fails');
  await saveFeed(world.store.db, feed.id, {
    problem: { kind: problem.kind, detail: problem.detail, since: feed.problem?.since ?? now },
    failures: feed.failures + 1,
    checkedAt: now,
    nextCheck: now + jittered(pause, feed.id),
  });
  return { status: 'failed', problem };
}

/** ±10 %, by the feed's number: two thousand feeds never bunch up, and the same feed keeps its rhythm. */
function jittered(pause: number, feedId: number): number {
  return Math.round(pause * (0.9 + ((feedId * 7919) % 1000) / 5000));
}

/** Somebody follows this timetable now: it is read as often as those that people follow, from its last reading on. */
export async function hurry(world: World, timetableId: number): Promise<void> {
  const feed = await feedOf(world.store.db, timetableId);
  if (feed === null || feed.failures > 0) return;
  const nextCheck = Math.max(world.now(), (feed.checkedAt ?? 0) + jittered(EVERY, feed.id));
  if (nextCheck < feed.nextCheck) await saveFeed(world.store.db, feed.id, { nextCheck });
}
