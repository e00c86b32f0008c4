/** Changes become notices: for each listener what it wants to hear of, as far ahead as it wants, when its quiet hours let it. */
import { alikeIn } from './alike.ts';
import {
  addDays,
  clocksDiffer,
  type Day,
  daysBetween,
  type Instant,
  instantOf,
  wallOf,
  type Zone,
} from './calendar.ts';
import { type Change, kindsOf, sidesOf } from './diff.ts';
import { hearing } from './hear.ts';
import { type ChangeLine, changeLine, type Notice, type Run } from './notice.ts';
import { inZone, type Occurrence } from './occurrence.ts';
import type { Horizon, Peer } from './peer.ts';
import { sendAt } from './quiet.ts';
import { dayOf, type Repeated, repeated } from './runs.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** More lines than anybody reads; the rest is a number. */
const KEPT = 40;

/** A follower who wants to hear of changes: what decides which ones, and when. */
export type Listener = Pick<Peer, 'id' | 'language' | 'horizon' | 'muted' | 'subgroup' | 'hidden' | 'quiet' | 'zone'>;

/** Where it changed and when that is known. `week1` is the Monday of academic week 1, `last` the last day with lessons. */
export type About = {
  readonly title: string;
  readonly zone: Zone;
  readonly now: Instant;
  readonly week1: Day | null;
  readonly last: Day;
};

/**
 * One notice for all listeners with equal wishes: the changes (in order of time) that touch a lesson not over yet, within
 * their horizon, of a kind not muted, of a lesson they hear of on either side; what is repeated week after week is one line,
 * told when its first date is. Due now, or when their quiet hours end, unless one of the lessons begins before that.
 * Worthless when the last changed lesson is over, or a day after it was due; what was held only then.
 */
export function announce(changes: readonly Change[], about: About, listeners: readonly Listener[]): Notice[] {
  const { title, zone, now } = about;
  const ahead = changes.filter((change) => sidesOf(change).some(({ endsAt }) => endsAt > now));
  if (ahead.length === 0) return [];
  ahead.sort((a, b) => startOf(a) - startOf(b));
  const notices: Notice[] = [];
  for (const [where, near] of Map.groupBy(listeners, (one) => one.zone ?? zone)) {
    // The clocks of another zone may change in the middle of a run: it is found as its listeners see it.
    const own = clocksDiffer(where, zone, now) ? { own: true as const } : {};
    const told = repeated(where === zone ? ahead : ahead.map((change) => seenIn(change, where)), about);
    for (const alike of alikeIn(near, ahead.flatMap(sidesOf), wishesOf)) {
      const [one] = alike;
      const wanted = wantedBy(one, told, { zone: where, now });
      if (wanted.length === 0) continue;
      const sides = wanted.flatMap(({ dates }) => dates.flatMap(sidesOf));
      // What lasts the whole day begins at midnight by name only: nobody is woken for it.
      const soonest = sides.reduce(
        (least, { startsAt, endsAt, allDay }) => (endsAt > now && !allDay ? Math.min(least, startsAt) : least),
        Number.POSITIVE_INFINITY,
      );
      const due = sendAt(one.quiet, where, now, soonest);
      const lastEnd = sides.reduce((latest, { endsAt }) => Math.max(latest, endsAt), due);
      const lines = wanted.slice(0, KEPT).map(lineOf);
      const more = wanted.length > KEPT ? { more: wanted.length - KEPT } : {};
      notices.push({
        saying: { kind: 'changes', language: one.language, zone: where, ...own, title, changes: lines, ...more },
        peers: alike.map(({ id }) => id),
        due,
        // What is held comes in the order it happened, whichever lesson ends first: the outbox sends the nearest deadline first.
        deadline: due > now ? due + DAY : Math.min(lastEnd, due + DAY),
      });
    }
  }
  return notices;
}

/** One line of what is told, with its dates where it is repeated. */
export function lineOf({ change, run }: Repeated): ChangeLine {
  return run === null ? changeLine(change) : { ...changeLine(change), run };
}

/** What decides beside the lessons one hears of. */
function wishesOf({ language, horizon, muted, quiet, zone }: Listener): object {
  return { language, horizon, muted, quiet, zone };
}

function wantedBy(one: Listener, told: readonly Repeated[], { zone, now }: { zone: Zone; now: Instant }): Repeated[] {
  const until = horizonEnd(one.horizon, zone, now);
  const unheard = hearing(one);
  return told.flatMap(({ change, dates, run }) => {
    const sides = sidesOf(change);
    if (!sides.some(({ startsAt, endsAt }) => endsAt > now && startsAt < until)) return [];
    if (sides.every((side) => unheard(side) !== null)) return [];
    const rest = withoutMuted(change, one.muted);
    return rest === null
      ? []
      : [{ change: rest, dates, run: run && movedBy(run, daysBetween(dayOf(change), dayOf(rest))) }];
  });
}

/**
 * The change without the kinds that are not wanted; null when nothing is left of it. Of a lesson that moved, too, what is left
 * is told where the lesson now is: nobody may come at its old hour.
 */
export function withoutMuted(change: Change, muted: Listener['muted']): Change | null {
  if (muted.length === 0) return change;
  const isWanted = (part: Parameters<typeof kindsOf>[0]) => kindsOf(part).some((kind) => !muted.includes(kind));
  if (!isWanted(change)) return null;
  if (change.kind !== 'altered') return change;
  const what = change.what.filter((one) => isWanted({ kind: 'altered', what: [one] }));
  const isMoveUntold = change.what.includes('time') && !what.includes('time');
  return { ...change, what, before: isMoveUntold ? atTimeOf(change.before, change.after) : change.before };
}

function atTimeOf(
  one: Occurrence,
  { day, start, endDay, end, allDay, startsAt, endsAt, number }: Occurrence,
): Occurrence {
  return { ...one, day, start, endDay, end, allDay, startsAt, endsAt, number };
}

function movedBy(run: Run, days: number): Run {
  const moved = (day: Day) => addDays(day, days);
  return { ...run, from: moved(run.from), to: moved(run.to), except: run.except.map(moved) };
}

/** Who of them is told all that happened to this lesson: whoever does not want one of its kinds is not. */
export function toldAllOf(change: Change, about: About, listeners: readonly Listener[]): Set<number> {
  const kinds = kindsOf(change);
  const whole = listeners.filter(({ muted }) => !kinds.some((kind) => muted.includes(kind)));
  return new Set(announce([change], about, whole).flatMap(({ peers }) => peers));
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

/** The change by the clocks of another zone. */
export function seenIn(change: Change, zone: Zone): Change {
  const see = (one: Occurrence) => inZone(one, zone);
  if (change.kind === 'cancelled') return { ...change, before: see(change.before) };
  if (change.kind === 'altered') return { ...change, before: see(change.before), after: see(change.after) };
  return { ...change, after: see(change.after) };
}

/** When the lesson began that the change is told of. */
export function startOf(change: Change): Instant {
  return sidesOf(change)[0]?.startsAt ?? 0;
}
