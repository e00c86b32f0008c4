/** From a site to the store: read, decide whether to believe it, change the lessons, say what changed. */
import { claimFeed, type Feed, getTimetable, hurryUniversity, saveFeed, setFresh } from '../store/index.ts';
import { believe } from './believe.ts';
import { afterFailure, afterReading } from './pace.ts';
import { attempt, goodReading, horizonOf, type Outcome, spanAt, type Trouble } from './reading.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** A list that was read this short a time ago says nothing new. */
const RELISTED = 2 * 60 * MINUTE;
/** While a reading runs nobody else claims the same feed. */
const CLAIM = 5 * MINUTE;

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
  if ('problem' in reading) return failed(world, feed, timetable.origin, reading.problem);

  const outcome =
    reading.status === 'read' ? await believe(world, feed, reading, trusted) : ({ status: 'same' } as const);
  // A newer reading has written its state meanwhile.
  if (outcome === null) return { status: 'same' };
  const now = world.now();
  const paced = await afterReading(world, feed, reading, { zone: timetable.zone, asked });
  if (outcome.status === 'held') {
    await saveFeed(world.store.db, feed.id, { checkedAt: now, ...paced });
    world.wake();
    return outcome;
  }
  await world.store.transaction(async (tx) => {
    await setFresh(tx, timetable.id, asked);
    const read = reading.status === 'read' ? { ...goodReading(reading), horizon: horizonOf(reading, asked) } : {};
    await saveFeed(tx, feed.id, { ...WELL, ...read, goodAt: asked, checkedAt: now, ...paced });
  });
  if (feed.problem !== null) world.log.info({ feed: feed.id }, 'source is back');
  if (outcome.status === 'changed') world.wake();
  return outcome;
}

const WELL = { problem: null, failures: 0, held: null, heldSince: null, heldPrint: null } as const;

async function failed(world: World, feed: Feed, origin: string, problem: Trouble): Promise<Outcome> {
  const now = world.now();
  if (feed.problem === null)
    world.log.warn({ feed: feed.id, kind: problem.kind, detail: problem.detail }, 'source fails');
  await saveFeed(world.store.db, feed.id, {
    problem: { kind: problem.kind, detail: problem.detail, since: feed.problem?.since ?? now },
    failures: feed.failures + 1,
    checkedAt: now,
    ...(await afterFailure(world, feed, problem)),
  });
  // Its number may have changed: the university's list says so, and is not asked for it twice in a row.
  if (problem.kind === 'unknown-param' && origin !== '')
    await hurryUniversity(world.store.db, origin, now, now - RELISTED);
  return { status: 'failed', problem };
}
