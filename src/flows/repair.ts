/** What is under way when a lesson changes, reminders and digests alike: what was not sent is taken back and said anew, what was sent is followed up. */
import { alikeIn } from '../domain/alike.ts';
import type { About } from '../domain/announce.ts';
import type { Instant } from '../domain/calendar.ts';
import { chunksOf } from '../domain/chunks.ts';
import { type Change, sidesOf } from '../domain/diff.ts';
import { beforeMoves, movedHomework, withHomework } from '../domain/homework.ts';
import { entryOf, type Notice, sayingKey } from '../domain/notice.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Peer } from '../domain/peer.ts';
import { atOnce, momentOf, type Planned, planner, type Span, type Wishes, wishesOf } from '../domain/plan.ts';
import { type Dated, datedOf } from '../domain/sitting.ts';
import { type Db, enqueue, homeworkOf, listenersOf, type Timetable, withdraw } from '../store/index.ts';
import { brings, correct, isNear, type Mistaken, pastOf, REACH, saidEarlier, speaksOf, type Wrong } from './correct.ts';
import { lessonsFor } from './due.ts';
import { daysAround } from './told-lessons.ts';

/** Where many wish differently in one timetable it is looked less far back: so many plans of the past are made at most, or one for each. */
const PLANS = 1200;
/** Plans made between two looks at the database: some milliseconds. */
const AT_ONCE = 60;

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

/** Listeners to whom the same is said, and their plan before and after. */
type Listeners = {
  readonly peers: readonly Peer[];
  readonly wishes: Wishes;
  readonly old: readonly Planned[];
  readonly fresh: readonly Planned[];
};

/**
 * Compares what listeners were told by now with what they should have been told, as the tick plans it: joined lessons, the
 * day's first lesson and digests included. Call in the transaction that tells the change.
 */
export async function repairReminders(tx: Db, timetable: Timetable, facts: Facts): Promise<void> {
  const near = facts.changes.filter((change) => isNear(change, facts.now));
  if (near.length === 0) return;
  const hears = once(facts.hears);
  const span = { from: facts.now - REACH, to: facts.cursor };
  const homework = (await homeworkOf(tx, [timetable.id], daysAround(span))).get(timetable.id) ?? [];
  // It went with its lesson as soon as that was read to have moved.
  const earlier = beforeMoves(homework, movedHomework(near, facts.after));
  const before = withHomework(datedNear(facts.before, span), earlier);
  const after = withHomework(datedNear(facts.after, span), homework);
  const past = await pastOf(tx, timetable, facts);
  const lessons = [...facts.before, ...facts.after, ...past.lessons, ...facts.changes.flatMap(sidesOf)];
  const planned = planner(timetable.zone, span);
  const groups = alikeIn(await listenersOf(tx, [timetable.id]), lessons, wishesOf);
  const versions = past.versions.slice(0, Math.ceil(PLANS / groups.length)).map((one) => datedNear(one, span));
  // Who hears of this change may be owed what came before it in their quiet hours.
  const isOwed = ({ id, muted }: Peer) => muted.length > 0 && past.held.has(id);
  const isUnaware = ({ id }: Peer) => near.some((change) => !hears(change).has(id));
  const mistaken: Mistaken[] = [];
  // The loop turns while the database is asked: a crowd that wishes differently is not planned in one go.
  for (const some of chunksOf(groups, Math.ceil(AT_ONCE / (2 + versions.length)))) {
    const listeners = some.map((peers): Listeners => {
      const wishes = { ...wishesOf(peers[0]), week: null };
      return { peers, wishes, old: planned(wishes, before), fresh: planned(wishes, after) };
    });
    const taken = await takeBack(tx, listeners, near, facts.now);
    const notices = [...taken.again, ...listeners.flatMap((one) => arrivals(one, near, { ...facts, hears }))];
    await enqueue(tx, notices.map(entryOf), facts.now);
    const unaware = listeners.flatMap(({ peers, wishes, old, fresh }, n) => {
      const mine = peers.filter((peer) => isOwed(peer) || isUnaware(peer));
      if (mine.length === 0) return [];
      const deaf = new Set(mine.filter(({ changes }) => !changes).map(({ id }) => id));
      const earlier = versions.flatMap((one) => planned(wishes, one));
      return [{ peers: mine.map(({ id }) => id), wishes, old, fresh, earlier, deaf, wrong: taken.wrong[n] ?? [] }];
    });
    const said = await saidEarlier(tx, unaware);
    mistaken.push(...unaware.map((one, n) => ({ ...one, wrong: [...one.wrong, ...(said[n] ?? [])] })));
  }
  await correct(tx, timetable, mistaken, { changes: near, now: facts.now, about: facts.about, hears, past });
}

/** The same answer for every group of listeners: asking again for each would cost all of them times all groups. */
function once<Of extends object, Answer>(ask: (of: Of) => Answer): (of: Of) => Answer {
  const known = new Map<Of, Answer>();
  return (of) => {
    const answer = known.get(of) ?? ask(of);
    known.set(of, answer);
    return answer;
  };
}

function datedNear(occurrences: readonly Occurrence[], span: Span): Dated[] {
  const { from, to } = lessonsFor(span, false);
  return occurrences.filter(({ startsAt }) => startsAt >= from && startsAt < to).map(datedOf);
}

/** What some were told that is no longer true, and what should be said instead. */
type Stale = {
  readonly group: number;
  readonly key: string;
  readonly said: Planned;
  readonly instead: Planned | undefined;
};

/** Withdraws every saying that is no longer true; those it was taken from hear the true one instead. `wrong` is that of each group of listeners. */
async function takeBack(
  tx: Db,
  listeners: readonly Listeners[],
  near: readonly Change[],
  now: Instant,
): Promise<{ again: Notice[]; wrong: Wrong[][] }> {
  // Whether what was said is about a lesson as it was before its change, or what should be said instead about one after it.
  const speaksOfOld = once((said: Planned) => near.some((one) => 'before' in one && speaksOf(said, one.before)));
  const bringsNew = once((instead: Planned) => near.some((one) => brings(one, instead)));
  const stale = listeners.flatMap(({ old, fresh }, group) => {
    const truth = new Map(fresh.map((one) => [momentOf(one), one]));
    // Two leads of one lesson say the same words: they are withdrawn together, and said anew at the later of their minutes.
    return [...Map.groupBy(old, (one) => sayingKey(one.saying))].flatMap(([key, some]): Stale[] => {
      const said = some.reduce((a, b) => (b.wanted > a.wanted ? b : a));
      const instead = truth.get(momentOf(said));
      if (instead !== undefined && sayingKey(instead.saying) === key) return [];
      if (!speaksOfOld(said) && (instead === undefined || !bringsNew(instead))) return [];
      return [{ group, key, said, instead }];
    });
  });
  const again: Notice[] = [];
  const wrong: Wrong[][] = listeners.map(() => []);
  for (const [key, some] of Map.groupBy(stale, (one) => one.key)) {
    const peersOf = ({ group }: Stale) => (listeners[group]?.peers ?? []).map(({ id }) => id);
    const outcome = await withdraw(tx, key, some.flatMap(peersOf), now);
    const [withdrawn, sent] = [new Set(outcome.withdrawn), new Set(outcome.sent)];
    for (const one of some) {
      const [back, heard] = [withdrawn, sent].map((all) => peersOf(one).filter((peer) => all.has(peer)));
      if (one.instead !== undefined && back !== undefined && back.length > 0)
        again.push(atOnce(one.instead, back, now));
      if (heard !== undefined && heard.length > 0) wrong[one.group]?.push({ ...one, sent: heard });
    }
  }
  return { again, wrong };
}

/** What nobody would say any more: a lesson came so near that its minute is behind the tick's cursor, a day got its first lesson after the digest's hour. */
function arrivals(
  { peers: listeners, old, fresh }: Listeners,
  near: readonly Change[],
  { now, hears }: Pick<Facts, 'now' | 'hears'>,
): Notice[] {
  const peers = listeners.map(({ id }) => id);
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
