/** From a site to the store: read, decide whether to believe it, change the lessons, tell what two readings agree on. */
import type { Instant } from '../domain/calendar.ts';
import type { Page, Span } from '../source/contract.ts';
import type { Reading } from '../source/read.ts';
import {
  asksStill,
  claimFeed,
  type Db,
  type Feed,
  getFeed,
  getTimetable,
  hurryUniversity,
  saveAsking,
  saveFeed,
  setFresh,
  type Timetable,
} from '../store/index.ts';
import { type Accepted, believe, type Laid } from './believe.ts';
import { isAiling, noteFailing, noteSource, noteWell } from './outage.ts';
import { afterFailure, afterReading, sooner } from './pace.ts';
import { attempt, goodReading, horizonOf, type Outcome, ofOneTimetable, spanAt, type Trouble } from './reading.ts';
import { tellUntold } from './tell.ts';
import { answerWaiting, explainWaiting } from './waiting.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** A list that was read this short a time ago says nothing new. */
const RELISTED = 2 * 60 * MINUTE;
/** While a reading runs nobody else claims the same feed. */
const CLAIM = 5 * MINUTE;

/** Claims a feed and reads it; null when somebody else is reading it at this moment. */
export async function readOnce(world: World, feed: Feed, accepted: Accepted | null = null): Promise<Outcome | null> {
  const until = world.now() + CLAIM;
  if (!(await world.store.transaction((tx) => claimFeed(tx, feed.id, feed.nextCheck, until), 'soon'))) return null;
  return importFeed(world, feed, accepted);
}

/**
 * One reading of one feed, to its end; `accepted` takes what was held. The feed's own state is written with what it changed, or last,
 * so a crash between re-imports harmlessly; a power cut that takes all of it away has it read again. Call `readOnce`, unless the feed
 * is claimed already.
 */
async function importFeed(world: World, feed: Feed, accepted: Accepted | null): Promise<Outcome> {
  const timetable = await getTimetable(world.store.db, feed.timetableId);
  // Deleted since it was listed as due.
  if (timetable === null) return { status: 'same' };
  const previous = feed.held === null && feed.problem === null ? feed : undefined;
  const asked = world.now();
  const span = spanAt(asked, timetable.zone);
  const reading = await attempt(ofOneTimetable(world.read(feed.source, feed.ask, span, feed.profile, previous)));
  if ('problem' in reading) {
    const { kind, detail } = reading.problem;
    if (WORTH_KEEPING.includes(kind)) await keepPages(world, feed, span, reading.pages, `${kind} ${detail}`);
    return failed(world, feed, timetable, reading.problem);
  }

  const done: Done = { world, feed, timetable, reading, asked };
  const note = (tx: Db, again: Instant | null) => noteGood(tx, done, again);
  const laid = reading.status === 'read' ? await believe(world, feed, reading, accepted, note) : SAME;
  if (laid === null) return overtaken(world, feed);
  const { outcome } = laid;
  if (outcome.status === 'held') {
    const noted = await world.store.transaction(async (tx) =>
      saveAsking(tx, feed, { checkedAt: world.now(), ...(await paceOf(tx, done, null)) }),
    );
    if (!noted) return overtaken(world, feed);
    if (reading.status === 'read') await keepPages(world, feed, span, reading.pages, outcome.reason);
    world.wake();
    return outcome;
  }
  let answered = laid.noted;
  if (answered === undefined) {
    const again = laid.again === undefined ? await tellUntold(world, timetable.id, asked) : laid.again;
    answered = await world.store.transaction((tx) => note(tx, again), 'soon');
  }
  if (answered === null) return overtaken(world, feed);
  // What a person's calendar said in a bad hour is nobody's to look at once the hour is over.
  const troubled = feed.problem !== null || feed.held !== null;
  if (feed.profile === 'pasted' && troubled) await world.pages.drop(feed);
  if (feed.problem !== null) world.log.info({ feed: feed.id }, 'source is back');
  if (outcome.status === 'changed' || troubled || answered) world.wake();
  return outcome;
}

/** A reading that came, of a feed as it was when it was asked for. */
type Done = {
  readonly world: World;
  readonly feed: Feed;
  readonly timetable: Timetable;
  readonly reading: Reading;
  readonly asked: Instant;
};

/**
 * Says of the feed that all is well, and when it is read again: at `again` for what waits to be told, if that is sooner. Returns whether
 * somebody was answered who waited for it; null, and nothing is written, when it is no longer the feed it was.
 */
async function noteGood(tx: Db, done: Done, again: Instant | null): Promise<boolean | null> {
  const { world, feed, timetable, reading, asked } = done;
  const now = world.now();
  const read =
    reading.status === 'read' ? { ...goodReading(reading), horizon: horizonOf(reading, asked) } : reading.anew;
  const well = { ...WELL, ...read, goodAt: asked, checkedAt: now, ...(await paceOf(tx, done, again)) };
  if (!(await saveAsking(tx, feed, well))) return null;
  await setFresh(tx, timetable.id, asked);
  await noteWell(tx, world, feed, timetable);
  return answerWaiting(tx, timetable.id, now);
}

async function paceOf(tx: Db, { world, feed, timetable, reading, asked }: Done, again: Instant | null) {
  const usual = await afterReading(tx, world, feed, reading, { zone: timetable.zone, asked });
  return again === null ? usual : sooner(usual, feed, again);
}

/** While this reading ran a newer one was believed; or the feed was pointed elsewhere: then it is read there, and nothing of the old place counts. */
async function overtaken(world: World, feed: Feed): Promise<Outcome> {
  const fresh = await getFeed(world.store.db, feed.id);
  if (fresh === null || (await asksStill(world.store.db, feed))) return { status: 'same' };
  return (await readOnce(world, fresh)) ?? { status: 'same' };
}

/** Nothing was read: what it said before stands. */
const SAME: Laid<never> = { outcome: { status: 'same' }, again: undefined };
const WELL = { problem: null, failures: 0, ailing: false, held: null, heldSince: null, heldPrint: null } as const;
/** Pages that show why they were not understood; a site that does not answer shows nothing. */
const WORTH_KEEPING: readonly string[] = ['changed', 'blocked'];

async function keepPages(world: World, feed: Feed, span: Span, pages: readonly Page[], why: string): Promise<void> {
  await world.pages.keep({ feed, at: world.now(), why, ask: feed.ask, span, pages });
}

async function failed(world: World, feed: Feed, timetable: Timetable, problem: Trouble): Promise<Outcome> {
  const now = world.now();
  if (feed.problem === null)
    world.log.warn({ feed: feed.id, kind: problem.kind, detail: problem.detail }, 'source fails');
  const failures = feed.failures + 1;
  const failing = { kind: problem.kind, detail: problem.detail, since: feed.problem?.since ?? now };
  const ailing = isAiling(failing, failures, now);
  const paced = await afterFailure(world, feed, problem);
  const noted = await world.store.transaction(async (tx) => {
    if (!(await asksStill(tx, feed))) return false;
    await saveFeed(tx, feed.id, { problem: failing, failures, ailing, checkedAt: now, ...paced });
    if (ailing !== feed.ailing) await noteSource(tx, world, feed, timetable, failing);
    await noteFailing(tx, world, feed, timetable, failing);
    // Its number may have changed: the university's list says so, and is not asked for it twice in a row.
    if (problem.kind === 'unknown-param' && timetable.origin !== '')
      await hurryUniversity(tx, timetable.origin, now, now - RELISTED);
    await explainWaiting(tx, timetable, problem, { now, since: feed.problem === null ? null : feed.checkedAt });
    return true;
  });
  if (!noted) return overtaken(world, feed);
  world.wake();
  return { status: 'failed', problem };
}
