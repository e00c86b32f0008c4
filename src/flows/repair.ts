/** What is under way when a lesson changes, reminders and digests alike: what was not sent is taken back and said anew, what was sent is followed up. */
import type { About } from '../domain/announce.ts';
import type { Instant, Zone } from '../domain/calendar.ts';
import { canonical } from '../domain/canonical.ts';
import type { Change } from '../domain/diff.ts';
import { beforeMoves, movedHomework, withHomework } from '../domain/homework.ts';
import { entryOf, type Notice, sayingKey } from '../domain/notice.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Peer } from '../domain/peer.ts';
import { atOnce, momentOf, type Planned, plan, type Span, type Wishes, wishesOf } from '../domain/plan.ts';
import { type Dated, datedOf } from '../domain/sitting.ts';
import { type Db, enqueue, homeworkOf, listenersOf, type Timetable, withdraw } from '../store/index.ts';
import { brings, correct, isNear, pastOf, REACH, saidEarlier, speaksOf, type Wrong } from './correct.ts';
import { lessonsFor } from './due.ts';
import { daysAround } from './told-lessons.ts';

/** Where many wish differently in one timetable it is looked less far back: so many plans of the past are made at most, or one for each. */
const PLANS = 160;

type Facts = {
  readonly changes: readonly Change[];
  /** Lessons of the next days as people knew them and as they are told now. */
  readonly before: readonly Occurrence[];
  readonly after: readonly Occurrence[];
  readonly now: Instant;
  /** Up to where the tick has looked: what is wanted later it will find by itself. */
  readonly cursor: Instant;
  /** How changes are announced. */
  readonly about: About;
  /** Who hears all of a change anyway, and needs no follow-up. */
  readonly hears: (change: Change) => ReadonlySet<number>;
};

/** A plan before and after, of listeners with equal wishes. */
type Listeners = { readonly peers: readonly number[]; readonly old: Planned[]; readonly fresh: Planned[] };

/**
 * Compares what listeners were told by now with what they should have been told, as the tick plans it: joined lessons, the
 * day's first lesson and digests included. Call in the transaction that tells the change.
 */
export async function repairReminders(tx: Db, timetable: Timetable, facts: Facts): Promise<void> {
  const near = facts.changes.filter((change) => isNear(change, facts.now));
  if (near.length === 0) return;
  const once = { ...facts, hears: askedOnce(facts.hears) };
  const span = { from: facts.now - REACH, to: facts.cursor };
  const homework = (await homeworkOf(tx, [timetable.id], daysAround(span))).get(timetable.id) ?? [];
  // It went with its lesson as soon as that was read to have moved.
  const earlier = beforeMoves(homework, movedHomework(near, facts.after));
  const before = withHomework(datedNear(facts.before, span), earlier);
  const after = withHomework(datedNear(facts.after, span), homework);
  const past = await pastOf(tx, timetable, facts);
  const peers = await listenersOf(tx, [timetable.id]);
  const alike = Map.groupBy(peers, (peer) => canonical(wishesOf(peer)));
  const versions = past.versions.slice(0, Math.ceil(PLANS / alike.size)).map((one) => datedNear(one, span));
  for (const some of alike.values()) {
    const [first] = some;
    if (first === undefined) continue;
    const wishes = wishesOf(first);
    const listeners = {
      peers: some.map((peer) => peer.id),
      old: planned(wishes, timetable.zone, before, span),
      fresh: planned(wishes, timetable.zone, after, span),
    };
    const taken = await takeBack(tx, listeners, near, facts);
    const notices = [...taken.again, ...arrivals(listeners, near, once)];
    await enqueue(tx, notices.map(entryOf), facts.now);
    // Who hears of this change may be owed what came before it in their quiet hours.
    const isOwed = ({ id, muted }: Peer) => muted.length > 0 && past.since.has(id);
    const isUnaware = (peer: number) => near.some((change) => !once.hears(change).has(peer));
    const unaware = some.filter((peer) => isOwed(peer) || isUnaware(peer.id)).map(({ id }) => id);
    if (unaware.length === 0) continue;
    const earlier = versions.flatMap((one) => planned(wishes, timetable.zone, one, span));
    const wrong = [...taken.wrong, ...(await saidEarlier(tx, unaware, { ...listeners, earlier }))];
    const deaf = new Set(some.filter(({ changes }) => !changes).map(({ id }) => id));
    await correct(tx, timetable, { wrong, wishes, changes: near, deaf }, { ...once, past });
  }
}

/** Who hears of a change is the same for every group of listeners: asking again for each would cost all of them times all groups. */
function askedOnce(hears: Facts['hears']): Facts['hears'] {
  const known = new Map<Change, ReadonlySet<number>>();
  return (change) => {
    const told = known.get(change) ?? hears(change);
    known.set(change, told);
    return told;
  };
}

function datedNear(occurrences: readonly Occurrence[], span: Span): Dated[] {
  const { from, to } = lessonsFor(span, false);
  return occurrences.filter(({ startsAt }) => startsAt >= from && startsAt < to).map(datedOf);
}

function planned(wishes: Wishes, zone: Zone, lessons: readonly Dated[], span: Span): Planned[] {
  return plan({ ...wishes, week: null }, zone, lessons, span);
}

/** Withdraws every saying that is no longer true; those it was taken from hear the true one instead. */
async function takeBack(
  tx: Db,
  { peers, old, fresh }: Listeners,
  near: readonly Change[],
  { now }: Facts,
): Promise<{ again: Notice[]; wrong: Wrong[] }> {
  const truth = new Map(fresh.map((one) => [momentOf(one), one]));
  const again: Notice[] = [];
  const wrong: Wrong[] = [];
  // Two leads of one lesson say the same words: they are withdrawn together, and said anew at the later of their minutes.
  for (const [key, some] of Map.groupBy(old, (one) => sayingKey(one.saying))) {
    const last = some.reduce((a, b) => (b.wanted > a.wanted ? b : a));
    const truthNow = truth.get(momentOf(last));
    if (truthNow !== undefined && sayingKey(truthNow.saying) === key) continue;
    if (!near.some((change) => concerns(change, last, truthNow))) continue;
    const { withdrawn, sent } = await withdraw(tx, key, peers, now);
    if (truthNow !== undefined && withdrawn.length > 0) again.push(atOnce(truthNow, withdrawn, now));
    if (sent.length > 0) wrong.push({ said: last, instead: truthNow, sent });
  }
  return { again, wrong };
}

/** What nobody would say any more: a lesson came so near that its minute is behind the tick's cursor, a day got its first lesson after the digest's hour. */
function arrivals({ peers, old, fresh }: Listeners, near: readonly Change[], { now, hears }: Facts): Notice[] {
  const known = new Set(old.map(momentOf));
  const missed = fresh.filter(
    (one) =>
      !known.has(momentOf(one)) && (one.startsAt ?? one.deadline) > now && near.some((change) => brings(change, one)),
  );
  return [...Map.groupBy(missed, (one) => sayingKey(one.saying)).values()].flatMap((some) => {
    const last = some.reduce((a, b) => (b.wanted > a.wanted ? b : a));
    if (last.startsAt !== null) return [atOnce(last, peers, now)];
    // A change does not say what is to be done.
    const aware = last.what === 'homework' ? [] : near.filter((change) => brings(change, last)).map(hears);
    const unaware = peers.filter((peer) => !aware.some((some) => some.has(peer)));
    return unaware.length === 0 ? [] : [atOnce(last, unaware, now)];
  });
}

/** Whether what was said is about the lesson as it was before the change, or what should be said instead about the one after it. */
function concerns(change: Change, said: Planned, instead: Planned | undefined): boolean {
  return ('before' in change && speaksOf(said, change.before)) || (instead !== undefined && brings(change, instead));
}
