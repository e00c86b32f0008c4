/** Whoever was told what is true no longer is told so, also if it has changed more than once since, or has to wait for quiet hours to end. */
import { type About, announce, seenIn } from '../domain/announce.ts';
import { clocksDiffer, type Instant, instantOf, wallOf } from '../domain/calendar.ts';
import { type Change, sidesOf } from '../domain/diff.ts';
import { formerIn, undone } from '../domain/former.ts';
import { hearing } from '../domain/hear.ts';
import { compacted } from '../domain/history.ts';
import { struckOff } from '../domain/marks.ts';
import { changeLine, type Entry, entryOf, type Notice, sayingKey } from '../domain/notice.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { momentOf, type Planned, type Wishes } from '../domain/plan.ts';
import { quietUntil, sendAt } from '../domain/quiet.ts';
import {
  type Db,
  enqueue,
  heldOf,
  hold,
  type Timetable,
  toldOf,
  unhold,
  whoHeard,
  withdrawCorrections,
} from '../store/index.ts';

const DAY = 86_400_000;
/** Nothing that was said speaks of a later day than tomorrow; the week ahead is not corrected. */
export const REACH = 2 * DAY;
/** Changes that are looked at, and how often a day may have changed. */
const MOST = 500;
const VERSIONS = 8;

/** What was said, what should be said instead, and who has been sent it. */
export type Wrong = { readonly said: Planned; readonly instead: Planned | undefined; readonly sent: readonly number[] };

/** What was told in the last days, as far as it matters here. */
export type Past = {
  /** The lessons as they were known before each telling of what is near, the latest first. */
  readonly versions: readonly (readonly Occurrence[])[];
  /** All lessons that stand in it. */
  readonly lessons: readonly Occurrence[];
  /** Since when who has quiet hours has not been told, and until when. */
  readonly held: ReadonlyMap<number, { readonly since: Instant; readonly due: Instant }>;
  /** As what the lesson of a change was known (see `formerIn`). */
  readonly former: (change: Change) => readonly Occurrence[];
  /** What has become different since then, with what changes now. */
  readonly summed: (since: Instant) => readonly Change[];
};

type Facts = {
  readonly now: Instant;
  readonly about: About;
  /** Who hears all of a change anyway. */
  readonly hears: (change: Change) => ReadonlySet<number>;
  readonly past: Past;
};

/** Whether it touches a lesson that is not over and that something already said may speak of. */
export function isNear(change: Change, now: Instant): boolean {
  return sidesOf(change).some(({ startsAt, endsAt }) => endsAt > now && startsAt < now + REACH);
}

/** The past of lessons `before` they `change` now: as they were known until now. Call before the changes stand in `told`. */
export async function pastOf(
  tx: Db,
  { id, zone }: Timetable,
  {
    before,
    changes,
    now,
  }: { readonly before: readonly Occurrence[]; readonly changes: readonly Change[]; readonly now: Instant },
): Promise<Past> {
  const told = (await toldOf(tx, id, now - REACH, MOST)).map((one) => ({ ...one, change: seenIn(one.change, zone) }));
  const former = formerIn(told);
  if (told.length === 0) return { versions: [], lessons: [], held: new Map(), former, summed: () => changes };
  const versions: Occurrence[][] = [];
  let lessons = [...before];
  for (const [at, some] of Map.groupBy(told, (one) => one.at)) {
    if (versions.length === VERSIONS) break;
    const made = some.map(({ change }) => change);
    lessons = undone(lessons, made);
    if (!made.some((change) => isNear(change, now))) continue;
    const earlier = told.filter((one) => one.at < at);
    versions.push([...lessons, ...struckOff(lessons, earlier)]);
  }
  const held = new Map((await heldOf(tx, id)).map((one) => [one.peer, one]));
  const current = changes.map((change) => ({ at: now, change }));
  const sums = new Map<Instant, readonly Change[]>();
  const summed = (from: Instant) => {
    const sum =
      sums.get(from) ?? compacted([...told.filter(({ at }) => at >= from), ...current]).map(({ change }) => change);
    sums.set(from, sum);
    return sum;
  };
  const touched = told.flatMap(({ change }) => sidesOf(change));
  return { versions, lessons: [...versions.flat(), ...touched], held, former, summed };
}

/** What was planned for some listeners with equal wishes: now, by what was known before, and by what was known earlier. */
type Plans = Readonly<Record<'earlier' | 'old' | 'fresh', readonly Planned[]>> & { readonly peers: readonly number[] };

/** Of what was planned by the lessons as they were known earlier: what is planned no more, and who was sent it; for each of these. */
export async function saidEarlier(tx: Db, listeners: readonly Plans[]): Promise<Wrong[][]> {
  const keyOf = ({ saying }: Planned) => sayingKey(saying);
  const said = listeners.map(({ earlier, old }) => {
    const known = new Set(old.map(keyOf));
    const fresh = earlier.filter((one) => !known.has(keyOf(one)));
    // The latest version that says it comes first.
    return new Map(fresh.toReversed().map((one) => [keyOf(one), one]));
  });
  const asked = listeners.flatMap(({ peers }, n) => ((said[n]?.size ?? 0) > 0 ? peers : []));
  const heard = await whoHeard(tx, [...new Set(said.flatMap((some) => [...some.keys()]))], asked);
  return listeners.map(({ peers, fresh }, n) => {
    const truth = new Map(fresh.map((one) => [momentOf(one), one]));
    return [...(said[n] ?? [])].flatMap(([key, one]): Wrong[] => {
      const mine = new Set(heard.get(key));
      const sent = mine.size === 0 ? [] : peers.filter((peer) => mine.has(peer));
      return sent.length === 0 ? [] : [{ said: one, instead: truth.get(momentOf(one)), sent }];
    });
  });
}

/**
 * Tells listeners with equal wishes what was wrong. For whom a correction waits already it is made anew of all that has changed
 * since, and is none where everything is as it was.
 */
export async function correct(
  tx: Db,
  { id }: Timetable,
  mistaken: readonly Mistaken[],
  facts: Facts & { readonly changes: readonly Change[] },
): Promise<void> {
  const { now, past, about, changes } = facts;
  const parts = mistaken.flatMap(({ wrong, wishes, deaf }) => {
    const isQuiet = wishes.quiet !== null && quietUntil(wishes.quiet, wishes.zone ?? about.zone, now) !== null;
    const heldFor = (peer: number) => {
      const held = past.held.get(peer);
      // A clock that was set back may have left the quiet hours that hold it.
      return held !== undefined && (isQuiet || held.due > now) ? held.since : null;
    };
    const sent = new Set(wrong.flatMap((one) => one.sent));
    return [...Map.groupBy(sent, heldFor)].map(([heldSince, peers]) => ({ wrong, wishes, deaf, heldSince, peers }));
  });
  const remade = parts.flatMap(({ heldSince, peers }) => (heldSince === null ? [] : peers));
  if (remade.length > 0) await withdrawCorrections(tx, id, remade, now);
  const [entries, told]: [Entry[], number[]] = [[], []];
  const held = new Map<number, { readonly peer: number; readonly since: Instant; readonly due: Instant }>();
  for (const { wrong, wishes, deaf, heldSince, peers } of parts) {
    const mine = new Set(peers);
    const theirs = wrong.map((one) => ({ ...one, sent: one.sent.filter((peer) => mine.has(peer)) }));
    const near = heldSince === null ? changes : past.summed(heldSince).filter((change) => isNear(change, now));
    const notices = correctionsOf(theirs, wishes, near, facts);
    // What can not wait brings along what does, so that nothing is told twice.
    const isUrgent = notices.some(({ due }) => due <= now);
    for (const one of notices) {
      entries.push(entryOf({ ...one, due: isUrgent ? now : one.due, thread: id }));
      if (!isUrgent) for (const peer of one.peers) held.set(peer, { peer, since: heldSince ?? now, due: one.due });
    }
    // Who hears of changes is owed those as well.
    if (isUrgent) told.push(...peers.filter((peer) => deaf.has(peer)));
  }
  await enqueue(tx, entries, now);
  await hold(tx, id, [...held.values()]);
  await unhold(tx, id, told);
}

/** Listeners with equal wishes who were told what is wrong now. */
export type Mistaken = {
  readonly wrong: readonly Wrong[];
  readonly wishes: Wishes;
  /** Those of them who hear of no changes. */
  readonly deaf: ReadonlySet<number>;
};

/** For those who do not hear of a change anyway: a correction of the reminder, or the change itself to whoever had only a digest. */
function correctionsOf(
  wrong: readonly Wrong[],
  wishes: Wishes,
  near: readonly Change[],
  { now, hears, about, past }: Facts,
): Notice[] {
  const unheard = hearing(wishes);
  const mine = wishes.zone ?? about.zone;
  const notices: Notice[] = [];
  const missing = new Map<number, Change[]>();
  for (const change of near.filter((one) => sidesOf(one).some((side) => unheard(side) === null))) {
    const told = hears(change);
    const former = past.former(change);
    const concerned = wrong.filter(
      ({ said, instead }) =>
        former.some((lesson) => speaksOf(said, lesson)) || (instead !== undefined && brings(change, instead)),
    );
    const unaware = concerned.map(({ said, sent }) => ({ said, sent: sent.filter((peer) => !told.has(peer)) }));
    const reminded = new Set(unaware.flatMap(({ said, sent }) => (said.startsAt === null ? [] : sent)));
    if (reminded.size > 0) {
      const sides = sidesOf(change);
      const due = sendAt(wishes.quiet, mine, now, Math.min(...sides.map((side) => side.startsAt)));
      const own = clocksDiffer(mine, about.zone, now) ? { own: true as const } : {};
      const facts = { language: wishes.language, zone: mine, ...own, change: changeLine(seenIn(change, mine)) };
      const deadline = Math.max(...sides.map((side) => side.endsAt));
      notices.push({ saying: { kind: 'follow-up', ...facts }, peers: [...reminded], due, deadline });
    }
    for (const peer of new Set(unaware.flatMap(({ sent }) => sent)))
      if (!reminded.has(peer)) missing.set(peer, [...(missing.get(peer) ?? []), change]);
  }
  // Most of them miss the same.
  const alike = Map.groupBy(missing, ([, changes]) => changes.map((one) => near.indexOf(one)).join(' '));
  for (const some of alike.values()) {
    const listeners = some.map(([id]) => ({ ...wishes, id, horizon: 'all' as const, muted: [] }));
    notices.push(...announce(some[0]?.[1] ?? [], about, listeners));
  }
  return notices;
}

/** Whether what should be said is about the lesson as it is after the change. */
export function brings(change: Change, fresh: Planned): boolean {
  return change.kind !== 'cancelled' && speaksOf(fresh, change.after);
}

/** Whether it speaks of this lesson; a digest speaks of all of its day. */
export function speaksOf({ saying, startsAt }: Planned, lesson: Occurrence): boolean {
  if (saying.kind === 'reminder')
    return saying.lessons.some(
      (line) =>
        startsAt !== null &&
        lesson.startsAt >= startsAt &&
        lesson.startsAt < instantOf(line.endDay, line.end, saying.zone) &&
        line.subject === lesson.subject,
    );
  return 'day' in saying && saying.day === wallOf(lesson.startsAt, saying.zone).day;
}
