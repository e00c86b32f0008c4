/** From a site to the store: read, decide whether to believe it, change the lessons, say what changed. */
import { addDays, type Instant, instantOf, wallOf, type Zone } from '../domain/calendar.ts';
import { entryOf } from '../domain/notice.ts';
import { occurrences } from '../domain/occurrence.ts';
import { verdict } from '../domain/verdict.ts';
import { SourceError, type SourceProblem, type Span } from '../source/contract.ts';
import type { Reading } from '../source/read.ts';
import {
  claimFeed,
  dueFeeds,
  enqueue,
  type Feed,
  getPeer,
  getTimetable,
  lessonsOf,
  type StoredLesson,
  saveFeed,
  setFresh,
  type Timetable,
} from '../store/index.ts';
import { changeLessons, horizonAt } from './change.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** How often a calendar is read when all is well. */
export const EVERY = 15 * MINUTE;
/** The longest pause between tries of a calendar that fails. */
const SLOWEST = 6 * 60 * MINUTE;
/** While a reading runs nobody else claims the same feed. */
const CLAIM = 5 * MINUTE;
/** Lessons of the last days are kept, so that «вчера» and this week can be asked. */
const DAYS_BACK = 14;

export type Trouble = {
  readonly kind: SourceProblem;
  readonly detail: string;
  readonly suggestions: readonly string[];
};

type Read = Extract<Reading, { status: 'read' }>;

export type Outcome =
  | { readonly status: 'changed'; readonly changes: number }
  | { readonly status: 'same' }
  | { readonly status: 'held' }
  | { readonly status: 'failed'; readonly problem: Trouble };

/** Reads the feeds whose next check has come, a few at a time. Returns how many were read. */
export async function importDue(world: World, limit = 5): Promise<number> {
  let count = 0;
  for (const feed of await dueFeeds(world.store.db, world.now(), limit)) {
    if (!(await claimFeed(world.store.db, feed.id, feed.nextCheck, world.now() + CLAIM))) continue;
    await importFeed(world, feed);
    count += 1;
  }
  return count;
}

/** One reading of one feed, to its end: the feed's own state is written last, so a crash between re-imports harmlessly. */
export async function importFeed(world: World, feed: Feed): Promise<Outcome> {
  const timetable = await getTimetable(world.store.db, feed.timetableId);
  if (timetable === null) throw new Error(`feed ${feed.id} has no timetable`);
  const previous = feed.held === null && feed.problem === null ? feed : undefined;
  const now = world.now();
  const reading = await attempt(world.read(feed.source, feed.ask, spanAt(now, timetable.zone), feed.profile, previous));
  if ('problem' in reading) return failed(world, feed, reading.problem);

  const good = {
    problem: null,
    failures: 0,
    held: null,
    goodAt: now,
    checkedAt: now,
    nextCheck: now + jittered(EVERY, feed.id),
  };
  if (reading.status === 'unchanged') {
    await world.store.transaction(async (tx) => {
      await setFresh(tx, timetable.id, now);
      await saveFeed(tx, feed.id, good);
    });
    return { status: 'same' };
  }
  const outcome = await believe(world, feed, timetable, reading, now);
  if (outcome.status === 'held') return outcome;
  await world.store.transaction(async (tx) => {
    await setFresh(tx, timetable.id, now);
    await saveFeed(tx, feed.id, { ...good, ...goodReading(reading), horizon: horizonOf(reading, now) });
  });
  if (feed.problem !== null) world.log.info({ feed: feed.id }, 'source is back');
  if (outcome.status === 'changed') world.wake();
  return outcome;
}

async function believe(world: World, feed: Feed, timetable: Timetable, reading: Read, now: Instant): Promise<Outcome> {
  const before = await lessonsOf(world.store.db, timetable.id, {});
  const after = [...beyond(before, reading), ...reading.lessons];
  const horizon = Math.min(feed.horizon ?? horizonAt(now), horizonOf(reading, now));
  const calendar = { zone: reading.zone, term: reading.term ?? timetable.term };
  const [from, to] = [wallOf(now, timetable.zone).day, addDays(wallOf(horizon, timetable.zone).day, 1)];
  const said = verdict(
    occurrences(before, timetable, from, to),
    occurrences(after, calendar, from, to),
    { from: now, to: horizon },
    skippedShare(reading),
  );
  if (said !== 'believe') return hold(world, feed, timetable, said, now);
  const changes = await world.store.transaction((tx) =>
    changeLessons(tx, timetable, after, { now, horizon, calendar }),
  );
  if (changes === 'conflict') {
    const current = await getTimetable(world.store.db, timetable.id);
    return believe(world, feed, current ?? timetable, reading, now);
  }
  return changes.length === 0 ? { status: 'same' } : { status: 'changed', changes: changes.length };
}

/** Up to where a reading knows the lessons: the days it covers, or all that was asked for. */
export function horizonOf({ covers, zone }: Read, now: Instant): Instant {
  return covers === null ? horizonAt(now) : Math.min(horizonAt(now), instantOf(covers.to, '00:00', zone));
}

/** Stored lessons of days that a reading did not cover: it says nothing of them. */
function beyond(before: readonly StoredLesson[], { covers }: Read): StoredLesson[] {
  if (covers === null) return [];
  return before.filter(({ times }) => times.on === 'day' && (times.day < covers.from || times.day >= covers.to));
}

/** Of the rows of a page, the share that could not be read. The last line of a long list of reasons counts the rest. */
function skippedShare({ lessons, skipped }: Read): number {
  const more = Number(/^and (\d+) more$/.exec(skipped.at(-1) ?? '')?.[1] ?? 0);
  const lost = skipped.length + (more > 0 ? more - 1 : 0);
  return lost === 0 ? 0 : lost / (lost + lessons.length);
}

/** Keeps the last good timetable and tells its owner, once per trouble. */
async function hold(
  world: World,
  feed: Feed,
  timetable: Timetable,
  reason: Exclude<ReturnType<typeof verdict>, 'believe'>,
  now: Instant,
): Promise<Outcome> {
  await world.store.transaction(async (tx) => {
    const owner = timetable.ownerId === null ? null : await getPeer(tx, timetable.ownerId);
    if (feed.held === null && owner !== null && owner.asleep === null) {
      const saying = {
        kind: 'held',
        reason,
        title: timetable.name,
        zone: timetable.zone,
        language: owner.language,
      } as const;
      await enqueue(tx, [entryOf({ saying, peers: [owner.id], due: now, deadline: now + 24 * 60 * MINUTE })], now);
    }
    await saveFeed(tx, feed.id, { held: reason, checkedAt: now, nextCheck: now + jittered(EVERY, feed.id) });
  });
  if (feed.held === null) world.log.warn({ feed: feed.id, reason }, 'import held');
  world.wake();
  return { status: 'held' };
}

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

/** The days a source is asked for: two weeks back, the horizon ahead. */
export function spanAt(now: Instant, zone: Zone): Span {
  const today = wallOf(now, zone).day;
  return { from: addDays(today, -DAYS_BACK), to: addDays(wallOf(horizonAt(now), zone).day, 1), zone };
}

export function goodReading({
  etag,
  lastModified,
  fingerprint,
}: {
  etag: string;
  lastModified: string;
  fingerprint: string;
}) {
  return { etag, lastModified, fingerprint };
}

/** ±10 %, by the feed's number: two thousand feeds never bunch up, and the same feed keeps its rhythm. */
function jittered(pause: number, feedId: number): number {
  return Math.round(pause * (0.9 + ((feedId * 7919) % 1000) / 5000));
}

export async function attempt<T>(reading: Promise<T>): Promise<T | { problem: Trouble }> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { problem: { kind: error.kind, detail: error.detail, suggestions: error.suggestions } };
  }
}
