/** What a reading, good or failed, means for the next one: when the feed is asked again, and for how long its host is left alone. */
import type { Instant, Zone } from '../domain/calendar.ts';
import {
  isDaytime,
  jittered,
  NEVER,
  pauseAfter,
  pauseAt,
  peaceAfter,
  priceOf,
  type Wish,
  wishOf,
} from '../domain/polling.ts';
import type { Trip } from '../source/read.ts';
import {
  claimsOf,
  type Db,
  type Feed,
  feedOf,
  getHost,
  getTimetable,
  type Host,
  saveFeed,
  saveHost,
  standingOf,
} from '../store/index.ts';
import type { Trouble } from './reading.ts';
import type { World } from './world.ts';

const SECOND = 1000;
/** Wishes change with every lesson; what a host's time costs is reckoned anew this often. */
const PRICED_EVERY = 30 * SECOND;
/** A clock that jumped says nothing of how quick a host is. */
const SLOWEST = 60 * SECOND;
/** The last so many gaps between readings are kept for the figures. */
const GAPS = 16;

type Paced = Pick<Feed, 'nextCheck'> & Partial<Pick<Feed, 'host' | 'wish' | 'requests' | 'gaps'>>;

/**
 * After a reading that was asked for at `asked` and is over now. The caller keeps what is returned with the rest of the feed, in the
 * same transaction: what its host is known for is written here.
 */
export async function afterReading(
  tx: Db,
  world: World,
  feed: Feed,
  trip: Trip,
  { zone, asked }: { zone: Zone; asked: Instant },
): Promise<Paced> {
  const now = world.now();
  const wish = await wishNow(tx, feed.timetableId, zone, now);
  const spent = Math.min(Math.max(now - asked, 0), SLOWEST) / Math.max(trip.requests, 1);
  const price = await noteAnswer(tx, feed.host, spent, now);
  const counts =
    feed.goodAt !== null &&
    [feed.wish, wish].every(({ rank }) => rank === 'near') &&
    [feed.goodAt, now].every((at) => isDaytime(at, zone));
  return {
    host: trip.host === '' ? feed.host : trip.host,
    requests: trip.requests,
    wish,
    nextCheck: now + jittered(pauseAt(wish, price), feed.id, now),
    gaps: counts ? [...feed.gaps.slice(1 - GAPS), now - (feed.goodAt ?? now)] : feed.gaps,
  };
}

/** After a reading that failed: the feed is tried ever more rarely, and its host is left alone when it said so or seems to be down. */
export async function afterFailure(world: World, feed: Feed, problem: Trouble): Promise<Paced> {
  const now = world.now();
  const own = now + jittered(pauseAfter(feed.failures + 1, feed.wish), feed.id, now);
  const host = await getHost(world.store.db, feed.host);
  if (host === null || !isOfHost(problem)) return { nextCheck: own };
  const failures = host.failures + 1;
  const peace = problem.retryAfter ?? peaceAfter(failures);
  const waitUntil = Math.max(host.waitUntil, now + peace);
  await saveHost(world.store.db, host.name, { failures, waitUntil });
  if (peace > 0) world.log.info({ host: host.name, ms: peace, failures }, 'host is left alone');
  return { nextCheck: Math.max(own, waitUntil) };
}

/** Why a host was not asked, or not to the end, that is no word against it. */
const OURS: ReadonlySet<string> = new Set(['stopped', 'crowd']);

/** Whether all its feeds would have met the same trouble: no connection, no answer in time, a check of who asks. */
function isOfHost({ kind, detail }: Trouble): boolean {
  return (kind === 'unreachable' && !OURS.has(detail)) || (kind === 'blocked' && detail === 'challenge');
}

/** The host answered, each request in `spent` ms, waiting for its turn included. Returns the price of its time. */
async function noteAnswer(tx: Db, name: string, spent: number, now: Instant): Promise<number> {
  const host = await getHost(tx, name);
  if (host === null) return 0;
  const perRequest = 0.9 * host.perRequest + 0.1 * Math.max(spent, SECOND);
  const priced = await pricedAt(tx, host, perRequest, now);
  const isAsBefore = perRequest === host.perRequest && host.failures === 0 && priced.pricedAt === host.pricedAt;
  if (!isAsBefore) await saveHost(tx, name, { perRequest, failures: 0, ...priced });
  return priced.price;
}

async function pricedAt(
  tx: Db,
  host: Host,
  perRequest: number,
  now: Instant,
): Promise<Pick<Host, 'price' | 'pricedAt'>> {
  const age = now - host.pricedAt;
  if (age >= 0 && age < PRICED_EVERY) return { price: host.price, pricedAt: host.pricedAt };
  return { price: priceOf(await claimsOf(tx, host.name), perRequest), pricedAt: now };
}

async function wishNow(db: Db, timetableId: number, zone: Zone, now: Instant): Promise<Wish> {
  return wishOf({ ...(await standingOf(db, timetableId, now)), zone }, now);
}

/** Somebody follows this timetable now: from its last reading on it is read as often as those that people follow, at once if never. */
export async function hurry(world: World, timetableId: number): Promise<void> {
  const { db } = world.store;
  const [timetable, feed] = [await getTimetable(db, timetableId), await feedOf(db, timetableId)];
  if (timetable === null || feed === null || feed.nextCheck === NEVER) return;
  const wish = await wishNow(db, timetableId, timetable.zone, world.now());
  // Claimed by whoever reads it for the first time at this moment.
  const begun = feed.checkedAt === null && feed.nextCheck > world.now();
  const nextCheck =
    begun || feed.failures > 0 ? feed.nextCheck : Math.max(world.now(), (feed.checkedAt ?? 0) + wish.every);
  await saveFeed(db, feed.id, { wish, nextCheck: Math.min(nextCheck, feed.nextCheck) });
}

/** The feed is read at `at`, or when it would be anyway if that is sooner, before the less urgent ones of its host: a change waits for it. */
export function sooner(paced: Paced, feed: Feed, at: Instant): Paced {
  return { ...paced, wish: { ...(paced.wish ?? feed.wish), rank: 'near' }, nextCheck: Math.min(at, paced.nextCheck) };
}
