/** Whether a reading becomes the timetable: believed and laid over the old lessons, or held and told to those who can judge. */
import type { Day, Instant } from '../domain/calendar.ts';
import type { Lesson } from '../domain/lesson.ts';
import { blanked } from '../domain/prints.ts';
import type { Doubt } from '../domain/verdict.ts';
import {
  asksAlike,
  asksStill,
  audit,
  type Db,
  type Feed,
  getFeed,
  getTimetable,
  hasAny,
  lockTimetable,
  saveFeed,
  type Timetable,
  untoldOf,
} from '../store/index.ts';
import { breathing } from './breath.ts';
import { commitChange, hashesOfAll, isBelieved, prepareChange } from './change.ts';
import { printOf } from './held-print.ts';
import { besideStored, differenceOf, horizon, judged, lookAt } from './judge.ts';
import { noteHeld } from './outage.ts';
import { type Outcome, type Read, skippedShare } from './reading.ts';
import { toldAhead } from './ready.ts';
import type { World } from './world.ts';

const HOUR = 3_600_000;
/** A doubtful reading that stays the same for this long is what the source means; an empty one needs a day. */
const SETTLED = 6 * HOUR;
const SETTLED_EMPTY = 24 * HOUR;

/** How often a change is thought through again because somebody else changed the timetable meanwhile. */
const TRIES = 5;

/** Somebody who may has said «принять» to what was held for this reason, or has sent the very file ('sent'). */
export type Accepted = { readonly reason: Doubt | 'sent'; readonly by: number };

/**
 * What became of a reading. `again` is when its source is to be read for what it changed (null: it need not); undefined where changes
 * may wait that were seen before, and this reading is what they waited for. `noted` is what became of the feed, where that is said
 * already.
 */
export type Laid<Noted> = {
  readonly outcome: Outcome;
  readonly again: Instant | null | undefined;
  readonly noted?: Noted;
};

/**
 * Judges a reading and commits what follows from it; null when a newer one was believed while this one was under way, or the feed
 * was pointed elsewhere. What was `accepted` is taken when it is what was shown: the same lessons, or doubtful for the same reason.
 * A site that has become empty since is not taken for it. What is stored just so is told by its hash and looked at no further; a
 * reading without any difference is over at that. All thinking is done before the transaction, with breaths in between: what is written is the
 * difference alone, for the revision that was looked at. Where nothing is left to be done after it, the same transaction has `note`
 * say so of the feed.
 */
export async function believe<Noted>(
  world: World,
  feed: Feed,
  reading: Read,
  accepted: Accepted | null,
  note: (tx: Db, again: Instant | null) => Promise<Noted>,
): Promise<Laid<Noted> | null> {
  const now = world.now();
  const breathe = breathing();
  let isWhole = false;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const timetable = await getTimetable(world.store.db, feed.timetableId);
    if (timetable === null) return null;
    const { db } = world.store;
    const untold = await untoldOf(db, timetable.id);
    const look = await lookAt(db, timetable, reading, isWhole ? 'all' : (untold?.told.keys() ?? []));
    await breathe();
    const hashes = await hashesOfAll(look.part.lessons, breathe);
    const differs = differenceOf(look, timetable, hashes);
    if (differs === null && accepted === null && skippedShare(reading) <= feed.skipped)
      return { outcome: { status: 'same' }, again: undefined };
    const beside = await besideStored(db, timetable, look, { hashes, differs }, breathe);
    const said = await judged(feed, timetable, beside, reading, { now, breathe });
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

    const { before, unread, same, calendar } = beside;
    const after = [...unread, ...look.part.lessons];
    const isTrusted = await isBelieved(db, feed);
    const told = await toldAhead(db, timetable, now);
    const waiting = { untold, isTrusted, told, hashes: beside.hashes };
    // What a reading does not cover is looked at by the next one that does.
    const prints = blanked(reading.prints, daysOf(unread));
    const known = { calendar, rolls: true, same, prints, ...waiting };
    const facts = { now: world.now(), horizon: horizon(feed, reading, now), ...known };
    const prepared = await prepareChange(timetable, before, after, facts, breathe);
    // An id that seems new may be that of a lesson nobody looked at.
    const fresh = prepared.write.insert.map(({ uid }) => uid);
    if (same.length > 0 && (await hasAny(db, timetable.id, fresh))) {
      isWhole = true;
      continue;
    }
    const again = prepared.waits?.readAt ?? null;
    // What somebody has decided is not decided again by itself.
    const lasts = accepted === null ? 'soon' : 'at once';
    const made = await world.store.transaction(async (tx) => {
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
      const changes = await commitChange(tx, prepared);
      if (changes === 'conflict') return changes;
      const outcome: Outcome =
        changes.length === 0 ? { status: 'same' } : { status: 'changed', changes: changes.length };
      if (untold === null) return { outcome, again, noted: await note(tx, again) };
      // What waited before may be told now. Until its feed is noted, nothing it says is what it said before.
      await saveFeed(tx, feed.id, { fingerprint: '' });
      return { outcome, again: undefined };
    }, lasts);
    if (made !== 'conflict') return made;
  }
  throw new Error(`timetable ${feed.timetableId} changes faster than it can be read`);
}

function daysOf(lessons: readonly Lesson[]): Set<Day> {
  return new Set(lessons.flatMap(({ times }) => (times.on === 'day' ? [times.day] : [])));
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
