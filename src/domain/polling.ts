/** When a feed is to be read again: the nearer its lessons and the more who listen, the sooner; never more than its host can carry. */
import { addDays, type Instant, instantOf, minutesOf, wallOf, type Zone } from './calendar.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** `near`: somebody hears of its changes and it has lessons today or tomorrow. `followed`: only the first. `idle`: neither. */
export type Rank = 'near' | 'followed' | 'idle';
export const RANKS: readonly Rank[] = ['near', 'followed', 'idle'];

/** What the feed is to people at this moment; `nextLesson` is the start of the nearest lesson not begun, null when none is known. */
export type Standing = { readonly followers: number; readonly nextLesson: Instant | null; readonly zone: Zone };

/** How often a feed would be read if its host had all the time of the world, and how much it counts when it has not. */
export type Wish = { readonly rank: Rank; readonly every: number; readonly weight: number };

/** Nobody listens, as far as is known: often enough to be found fresh, rarely enough to be no burden. */
export const IDLE: Wish = { rank: 'idle', every: 24 * HOUR, weight: 0.0002 };

/** When something is read again that was sent as a file and never changes by itself: at the last instant there is (ECMA-262, time values). */
export const NEVER: Instant = 8_640_000_000_000_000;

/** What a reading of the feed costs its host, beside the wish. */
export type Claim = Omit<Wish, 'rank'> & { readonly requests: number };

/** People are awake and sites are changed from here to here, by the wall clock of the timetable. */
const MORNING = minutesOf('06:00');
const EVENING = minutesOf('22:00');
/** A lesson that begins this soon can be missed for a word that came late. */
const SOON = 3 * HOUR;
/** Of five minutes from a change to its notice three are the quiet period: a reading in between may take what is left. */
const SOON_EVERY = 60 * SECOND;
const NEAR_EVERY = 75 * SECOND;
const NEAR_NIGHT = 10 * MINUTE;
const FOLLOWED_EVERY = 15 * MINUTE;
const FOLLOWED_NIGHT = HOUR;
/** A host that can not carry everything first lets those wait whom it hurts least: by their weight for one listener. */
const WEIGHT = { near: 1, followed: 0.02 } as const;
/** Whoever has a lesson soon counts double. */
const SOON_WEIGHT = 2;
/** The rest of a host's time is for people who ask by hand, for repeated tries and for answers slower than usual. */
const USED = 0.9;

/** Between 6:00 and 22:00 where the lessons are. */
export function isDaytime(now: Instant, zone: Zone): boolean {
  const minutes = minutesOf(wallOf(now, zone).clock);
  return minutes >= MORNING && minutes < EVENING;
}

/** The end of tomorrow where the lessons are: up to there a change is urgent. */
export function nearUntil(now: Instant, zone: Zone): Instant {
  return instantOf(addDays(wallOf(now, zone).day, 2), '00:00', zone);
}

/**
 * `every` in ms. The weight grows with the root of the listeners: readings given by it make the mean age of what people see least
 * when a host can not serve all in time (as in the scheduling of web crawlers, Cho and Garcia-Molina 2003), and starve nobody.
 */
export function wishOf({ followers, nextLesson, zone }: Standing, now: Instant): Wish {
  if (followers === 0) return IDLE;
  const [crowd, day] = [Math.sqrt(followers), isDaytime(now, zone)];
  if (nextLesson === null || nextLesson >= nearUntil(now, zone))
    return { rank: 'followed', every: day ? FOLLOWED_EVERY : FOLLOWED_NIGHT, weight: crowd * WEIGHT.followed };
  const soon = nextLesson - now < SOON;
  const every = day ? (soon ? SOON_EVERY : NEAR_EVERY) : NEAR_NIGHT;
  return { rank: 'near', every, weight: crowd * WEIGHT.near * (soon ? SOON_WEIGHT : 1) };
}

/**
 * The price of a host's time: with every claim read each `max(every, price / weight)` ms the host is asked no more than `USED` of
 * what it can answer. `perRequest` is the ms that one request takes it, pause included. 0 when it can carry everything.
 */
export function priceOf(claims: readonly Claim[], perRequest: number): number {
  const budget = USED / perRequest;
  // A claim gives way once the price exceeds its own threshold: taken in this order, one pass finds where the budget is met.
  const sorted = claims
    .map(({ every, weight, requests }) => ({ at: every * weight, full: requests / every, given: requests * weight }))
    .sort((a, b) => a.at - b.at);
  let full = sorted.reduce((sum, claim) => sum + claim.full, 0);
  if (full <= budget) return 0;
  let given = 0;
  for (const [index, claim] of sorted.entries()) {
    full -= claim.full;
    given += claim.given;
    // With all up to this one giving way, asked is full + given / price.
    const price = given / (budget - full);
    if (budget > full && price <= (sorted[index + 1]?.at ?? Number.POSITIVE_INFINITY)) return price;
  }
  return given / budget;
}

/** ms to the next reading of a feed that has just been read. */
export function pauseAt({ every, weight }: Omit<Wish, 'rank'>, price: number): number {
  return Math.max(every, price / weight);
}

/** ms to the next try after so many failures in a row: twice as long each time. People wait for a near feed, so it is never given up for long. */
export function pauseAfter(failures: number, { rank, every }: Wish): number {
  const longest = rank === 'near' ? 15 * MINUTE : 6 * HOUR;
  return Math.min(Math.min(every, FOLLOWED_EVERY) * 2 ** Math.min(Math.max(failures - 1, 0), 20), longest);
}

/** ms for which nobody asks a host that failed so many times in a row, whoever asked: one failure may be the feed's own. */
export function peaceAfter(failures: number): number {
  return failures < 2 ? 0 : Math.min(30 * SECOND * 2 ** Math.min(failures - 2, 10), 10 * MINUTE);
}

/** ±10 %, other for each feed and each time: feeds that began together drift apart. */
export function jittered(pause: number, feedId: number, now: Instant): number {
  const mixed = Math.imul(feedId ^ Math.imul(Math.floor(now / SECOND), 0x9e3779b1), 0x85ebca6b) >>> 8;
  return Math.round(pause * (0.9 + (mixed % 1000) / 5000));
}

/**
 * How long a change that comes at any moment waits to be read, at its 95th percentile, in ms; null when nothing is known. `gaps`
 * are the ms between readings: a change falls into a gap as often as the gap is long, and anywhere in it.
 */
export function delayP95(gaps: readonly number[]): number | null {
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  if (total === 0) return null;
  const later = (delay: number) => gaps.reduce((sum, gap) => sum + Math.max(0, gap - delay), 0) / total;
  let [low, high] = [0, Math.max(...gaps)];
  while (high - low > 0.1) {
    const middle = (low + high) / 2;
    if (later(middle) > 0.05) low = middle;
    else high = middle;
  }
  return Math.round(high);
}
