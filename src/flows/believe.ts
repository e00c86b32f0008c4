/** Whether a reading becomes the timetable: believed and laid over the old lessons, or held and told to those who can judge. */
import { setImmediate as breathe } from 'node:timers/promises';
import { addDays, type Day, type Instant, wallOf } from '../domain/calendar.ts';
import { differing } from '../domain/identity.ts';
import type { Lesson } from '../domain/lesson.ts';
import { type Calendar, occurrences } from '../domain/occurrence.ts';
import { type Doubt, isBeyondDoubt, type Verdict, verdict } from '../domain/verdict.ts';
import {
  asksAlike,
  asksStill,
  audit,
  type Feed,
  getFeed,
  getTimetable,
  lessonsOf,
  lockTimetable,
  type StoredLesson,
  saveFeed,
  type Timetable,
  untoldOf,
} from '../store/index.ts';
import { commitChange, hashesOfAll, horizonAt, isRedated, needsNoReading, prepareChange } from './change.ts';
import { printOf } from './held-print.ts';
import { noteHeld } from './outage.ts';
import { horizonOf, type Outcome, type Read, skippedShare } from './reading.ts';
import { toldAhead } from './ready.ts';
import type { World } from './world.ts';

const HOUR = 3_600_000;
/** A doubtful reading that stays the same for this long is what the source means; an empty one needs a day. */
const SETTLED = 6 * HOUR;
const SETTLED_EMPTY = 24 * HOUR;
/** How many days beside those compared are looked at. */
const AROUND = 15;

/** How often a change is thought through again because somebody else changed the timetable meanwhile. */
const TRIES = 5;

/** Somebody who may has said «принять» to what was held for this reason, or has sent the very file ('sent'). */
export type Accepted = { readonly reason: Doubt | 'sent'; readonly by: number };

/**
 * What became of a reading. `again` is when its source is to be read for what it changed (null: it need not); undefined where changes
 * may wait that were seen before, and this reading is what they waited for.
 */
export type Laid = { readonly outcome: Outcome; readonly again: Instant | null | undefined };

/**
 * Judges a reading and commits what follows from it; null when a newer one was believed while this one was under way, or the feed
 * was pointed elsewhere. What was
 * `accepted` is taken when it is what was shown: the same lessons, or doubtful for the same reason. A site that has become
 * empty since is not taken for it. What is stored just so is told by its hash and looked at no further; a reading without any
 * difference is over at that. All thinking is done before the transaction, with breaths in between: what is written is the
 * difference alone, for the revision that was looked at.
 */
export async function believe(
  world: World,
  feed: Feed,
  reading: Read,
  accepted: Accepted | null,
): Promise<Laid | null> {
  const now = world.now();
  const hashes = await hashesOfAll(reading.lessons, breathe);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const timetable = await getTimetable(world.store.db, feed.timetableId);
    if (timetable === null) return null;
    const beside = await besideStored(world, timetable, reading, hashes);
    const isSame = beside.gone.length === 0 && beside.fresh === 0 && !beside.redated;
    if (isSame && accepted === null && skippedShare(reading) <= feed.skipped)
      return { outcome: { status: 'same' }, again: undefined };
    const said = await judged(feed, timetable, beside, reading, now);
    const meant = accepted !== null && (accepted.reason === 'sent' || said === accepted.reason);
    if (said !== 'believe' && !meant) {
      const print = await printOf(reading, feed.heldPrint, now, breathe);
      const shown = print === feed.heldPrint;
      if (!(shown && (accepted !== null || isSettled(feed, said, now)))) {
        const outcome = await hold(world, feed, timetable, { reason: said, print, now });
        return outcome === null ? null : { outcome, again: null };
      }
    }
    await breathe();

    const { before, unread, calendar } = beside;
    const after = [...unread, ...reading.lessons];
    const { db } = world.store;
    const [untold, isTrusted] = [await untoldOf(db, timetable.id), await needsNoReading(db, timetable)];
    const told = await toldAhead(db, timetable, now);
    const waiting = { untold, isTrusted, told };
    const facts = { now: world.now(), horizon: horizon(feed, reading, now), calendar, rolls: true, hashes, ...waiting };
    const prepared = await prepareChange(timetable, before, after, facts, breathe);
    const changes = await world.store.transaction(async (tx) => {
      const current = await lockTimetable(tx, timetable.id);
      const fresh = await getFeed(tx, feed.id);
      if (current === null || fresh === null || fresh.goodAt !== feed.goodAt || !asksAlike(fresh, feed)) return null;
      if (current.revision !== timetable.revision) return 'conflict';
      if (accepted !== null)
        await audit(tx, {
          at: now,
          who: accepted.by,
          what: 'accept',
          timetableId: timetable.id,
          detail: { held: accepted.reason },
        });
      return commitChange(tx, prepared);
    });
    if (changes === null) return null;
    if (changes === 'conflict') continue;
    return {
      outcome: changes.length === 0 ? { status: 'same' } : { status: 'changed', changes: changes.length },
      again: untold === null ? (prepared.waits?.readAt ?? null) : undefined,
    };
  }
  throw new Error(`timetable ${feed.timetableId} changes faster than it can be read`);
}

/** What is to be thought of a reading beside the lessons that are stored. */
export async function judge(world: World, feed: Feed, timetable: Timetable, reading: Read): Promise<Verdict> {
  const hashes = await hashesOfAll(reading.lessons, breathe);
  return judged(feed, timetable, await besideStored(world, timetable, reading, hashes), reading, world.now());
}

/** A reading beside what is stored. */
type Beside = {
  readonly before: readonly StoredLesson[];
  /** Those of days that the reading did not cover. */
  readonly unread: readonly StoredLesson[];
  /** Those of the days it covered that it does not state as they were, and how many it states that were not. */
  readonly gone: readonly StoredLesson[];
  readonly fresh: number;
  readonly calendar: Calendar;
  readonly redated: boolean;
};

async function besideStored(
  world: World,
  timetable: Timetable,
  reading: Read,
  hashes: ReadonlyMap<Lesson, string>,
): Promise<Beside> {
  const alike = new Map([...hashes].map(([lesson, hash]) => [hash, lesson]));
  const before = await lessonsOf(world.store.db, timetable.id, { alike });
  await breathe();
  const unread = beyond(before, reading);
  const beyondIt = new Set(unread);
  const covered = unread.length === 0 ? before : before.filter((lesson) => !beyondIt.has(lesson));
  const calendar = { zone: reading.zone, term: reading.term ?? timetable.term };
  return {
    ...{ before, unread, calendar, redated: isRedated(timetable, calendar) },
    ...differing(
      covered,
      reading.lessons.map((lesson) => hashes.get(lesson) ?? ''),
    ),
  };
}

async function judged(
  feed: Feed,
  timetable: Timetable,
  { before, unread, gone, calendar, redated }: Beside,
  reading: Read,
  now: Instant,
): Promise<Verdict> {
  const window = { from: now, to: horizon(feed, reading, now) };
  const [today, last] = [wallOf(now, timetable.zone).day, wallOf(window.to, timetable.zone).day];
  const dropped = { now: skippedShare(reading), usual: feed.skipped };
  if (!redated) {
    const ahead = (lesson: Lesson) => isWithin(lesson, today, last);
    const kept = before.filter(ahead).length - gone.filter(ahead).length;
    const dated = occurrences(gone, timetable, today, addDays(last, 1));
    if (isBeyondDoubt(dated, kept, window, dropped)) return 'believe';
  }
  const old = occurrences(before, timetable, today, addDays(last, 1));
  await breathe();
  // What was read of the days around shows that the page is not empty, and where a shift has put the lessons.
  const read = occurrences(reading.lessons, calendar, addDays(today, -AROUND), addDays(last, AROUND));
  const known = occurrences(unread, calendar, today, addDays(last, 1));
  await breathe();
  return verdict(old, [...known, ...read], window, dropped);
}

/** Takes place on a day after the first and before the last of them: inside the window whatever its hour. A series is not counted. */
function isWithin({ times, cancelled }: Lesson, first: Day, last: Day): boolean {
  return times.on === 'day' && times.day > first && times.day < last && !cancelled;
}

/** How far both the old and the new reading reach. */
function horizon(feed: Feed, reading: Read, now: Instant): Instant {
  return Math.min(feed.horizon ?? horizonAt(now), horizonOf(reading, now));
}

/** Stored lessons of days that a reading did not cover: it says nothing of them. */
function beyond(before: readonly StoredLesson[], { covers }: Read): StoredLesson[] {
  if (covers === null) return [];
  return before.filter(({ times }) => times.on === 'day' && (times.day < covers.from || times.day >= covers.to));
}

function isSettled({ heldSince }: Feed, said: Doubt, now: Instant): boolean {
  return heldSince !== null && now - heldSince >= (said === 'empty' ? SETTLED_EMPTY : SETTLED);
}

/** Keeps the last good timetable, and tells those who can judge, once per trouble. */
async function hold(
  world: World,
  feed: Feed,
  timetable: Timetable,
  { reason, print, now }: { reason: Doubt; print: string; now: Instant },
): Promise<Outcome | null> {
  const noted = await world.store.transaction(async (tx) => {
    if (!(await asksStill(tx, feed))) return false;
    const heldSince = feed.heldPrint === print && feed.heldSince !== null ? feed.heldSince : now;
    // It answered: whatever kept it from doing so is over.
    await saveFeed(tx, feed.id, {
      held: reason,
      heldSince,
      heldPrint: print,
      problem: null,
      failures: 0,
      ailing: false,
    });
    if (feed.held === null) await noteHeld(tx, world, feed, timetable, reason);
    return true;
  });
  if (!noted) return null;
  if (feed.held === null) world.log.warn({ feed: feed.id, reason }, 'import held');
  return { status: 'held', reason };
}
