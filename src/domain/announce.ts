/** Changes become notices: for each listener what it wants to hear of, as far ahead as it wants, when its quiet hours let it. */
import { addDays, type Instant, instantOf, wallOf, type Zone } from './calendar.ts';
import { type Change, kindsOf, sidesOf } from './diff.ts';
import { hearing } from './hear.ts';
import { canonical, changeLine, type Notice } from './notice.ts';
import { inZone, type Occurrence } from './occurrence.ts';
import type { Horizon, Peer } from './peer.ts';
import { sendAt } from './quiet.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** More lines than anybody reads; the rest is a number. */
const KEPT = 40;

/** A follower who wants to hear of changes: what decides which ones, and when. */
export type Listener = Pick<Peer, 'id' | 'language' | 'horizon' | 'muted' | 'subgroup' | 'hidden' | 'quiet' | 'zone'>;

/**
 * One notice for all listeners with equal wishes: the changes (in order of time) that touch a lesson not over yet, within
 * their horizon, of a kind not muted, of a lesson they hear of on either side. Due now, or when their quiet hours end, unless
 * one of the lessons begins before that. Worthless when the last changed lesson is over, or a day after it was due.
 */
export function announce(
  changes: readonly Change[],
  { title, zone, now }: { title: string; zone: Zone; now: Instant },
  listeners: readonly Listener[],
): Notice[] {
  const ahead = changes.filter((change) => sidesOf(change).some(({ endsAt }) => endsAt > now));
  if (ahead.length === 0) return [];
  ahead.sort((a, b) => startOf(a) - startOf(b));
  const notices: Notice[] = [];
  for (const [, alike] of Map.groupBy(listeners, wishesOf)) {
    const [one] = alike;
    if (one === undefined) continue;
    const where = one.zone ?? zone;
    const wanted = wantedBy(one, ahead, { zone: where, now });
    if (wanted.length === 0) continue;
    const sides = wanted.flatMap(sidesOf);
    const soonest = Math.min(...sides.filter(({ endsAt }) => endsAt > now).map(({ startsAt }) => startsAt));
    const due = sendAt(one.quiet, where, now, soonest);
    const lastEnd = sides.reduce((latest, { endsAt }) => Math.max(latest, endsAt), due);
    const lines = wanted.slice(0, KEPT).map((change) => changeLine(one.zone === null ? change : seenIn(change, where)));
    const more = wanted.length > KEPT ? { more: wanted.length - KEPT } : {};
    notices.push({
      saying: { kind: 'changes', language: one.language, zone: where, title, changes: lines, ...more },
      peers: alike.map(({ id }) => id),
      due,
      deadline: Math.min(lastEnd, due + DAY),
    });
  }
  return notices;
}

/** Listeners with equal wishes are told the same: in practice a handful of profiles share a group. */
function wishesOf({ id: _, ...wishes }: Listener): string {
  return canonical(wishes);
}

function wantedBy(one: Listener, changes: readonly Change[], { zone, now }: { zone: Zone; now: Instant }): Change[] {
  const until = horizonEnd(one.horizon, zone, now);
  const unheard = hearing(one);
  return changes.flatMap((change) => {
    const sides = sidesOf(change);
    if (!sides.some(({ startsAt, endsAt }) => endsAt > now && startsAt < until)) return [];
    if (sides.every((side) => unheard(side) !== null)) return [];
    const rest = withoutMuted(change, one.muted);
    return rest === null ? [] : [rest];
  });
}

/** The change without the kinds that are not wanted; null when nothing is left of it. */
function withoutMuted(change: Change, muted: Listener['muted']): Change | null {
  if (muted.length === 0) return change;
  const isWanted = (part: Parameters<typeof kindsOf>[0]) => kindsOf(part).some((kind) => !muted.includes(kind));
  if (!isWanted(change)) return null;
  if (change.kind !== 'altered') return change;
  return { ...change, what: change.what.filter((what) => isWanted({ kind: 'altered', what: [what] })) };
}

function horizonEnd(horizon: Horizon, zone: Zone, now: Instant): Instant {
  switch (horizon) {
    case 'near':
      return instantOf(addDays(wallOf(now, zone).day, 2), '00:00', zone);
    case 'week':
      return now + WEEK;
    case 'all':
      return Number.POSITIVE_INFINITY;
  }
}

function seenIn(change: Change, zone: Zone): Change {
  const see = (one: Occurrence) => inZone(one, zone);
  if (change.kind === 'cancelled') return { ...change, before: see(change.before) };
  if (change.kind === 'altered') return { ...change, before: see(change.before), after: see(change.after) };
  return { ...change, after: see(change.after) };
}

function startOf(change: Change): Instant {
  return sidesOf(change)[0]?.startsAt ?? 0;
}
