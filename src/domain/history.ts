/** What has changed lately, as one reads it afterwards: of each lesson what it was first and what it is at last, once. */
import { lineOf, seenIn, startOf, withoutMuted } from './announce.ts';
import type { Day, Instant, Zone } from './calendar.ts';
import { type Change, diff, looksOf, sidesOf } from './diff.ts';
import { hearing, type Taste } from './hear.ts';
import type { ChangeLine } from './notice.ts';
import type { Occurrence } from './occurrence.ts';
import type { Peer } from './peer.ts';
import { repeated } from './runs.ts';

/** A change and when it was told. Its lessons carry neither link nor note. `unsure`: its source had not answered a second time. */
export type Told = { readonly at: Instant; readonly change: Change; readonly unsure?: true };

/** Who looks: what of it they hear of, and by whose clocks they read. */
export type Reader = Taste & Pick<Peer, 'muted' | 'zone'>;

/** What was told at one time, in order of time of the lessons; never empty. */
export type HistoryPart = { readonly at: Instant; readonly lines: readonly ChangeLine[] };

const MINUTE = 60_000;
const EVER = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** How often a lesson that looks so was told of: what came to look so, and what looked so and does no more. */
type Steps = { readonly it: Occurrence; readonly came: Told[]; readonly left: Told[] };

/**
 * What was told, in any order, without the ways it went: A→B and B→C are A→C, back at the start is nothing. Each with the time
 * of its last step; the latest first, and of one time in order of the lessons.
 */
export function compacted(told: readonly Told[]): Told[] {
  const steps = new Map<string, Steps>();
  function stepsOf(lesson: Occurrence): Steps {
    const looks = looksOf(lesson);
    const known = steps.get(looks) ?? { it: lesson, came: [], left: [] };
    steps.set(looks, known);
    return known;
  }
  for (const one of told) {
    if ('before' in one.change) stepsOf(one.change.before).left.push(one);
    if ('after' in one.change) stepsOf(one.change.after).came.push(one);
  }
  // Counted, not followed in order of time: a clock that was set back would lead astray.
  const all = [...steps.values()];
  const first = all.filter(({ came, left }) => left.length > came.length).map(({ it }) => it);
  const last = all.filter(({ came, left }) => came.length > left.length).map(({ it }) => it);
  // Struck out before anything is known of it.
  const struck = all.filter(({ came, left }) =>
    came.some(({ at, change }) => change.kind === 'restored' && left.every((one) => one.at > at)),
  );
  return diff([...first, ...struck.map(({ it }) => ({ ...it, cancelled: true }))], last, EVER)
    .map((change) => {
      const seen = 'after' in change ? stepsOf(change.after).came : stepsOf(change.before).left;
      return { at: Math.max(0, ...seen.map(({ at }) => at)), change };
    })
    .sort((a, b) => b.at - a.at);
}

/**
 * The history as one person reads it: without what they do not hear of, a repeated change in one line. `week1` and `last` are as
 * in `repeated`, `zone` is the timetable's. `unheard` is how many changes are left out.
 */
export function historyFor(
  { zone: mine, muted, ...taste }: Reader,
  told: readonly Told[],
  { zone, week1, last }: { readonly zone: Zone; readonly week1: Day | null; readonly last: Day },
): { readonly parts: HistoryPart[]; readonly unheard: number } {
  const unheardBy = hearing(taste);
  const all = compacted(told).map(({ at, change }) => ({
    at,
    change: mine === null || mine === zone ? change : seenIn(change, mine),
  }));
  const heard = all.flatMap(({ at, change }): Told[] => {
    if (sidesOf(change).every((side) => unheardBy(side) !== null)) return [];
    const rest = withoutMuted(change, muted);
    return rest === null ? [] : [{ at, change: rest }];
  });
  const parts = [...Map.groupBy(heard, ({ at }) => Math.floor(at / MINUTE))].map(([minute, some]): HistoryPart => {
    const changes = some.map(({ change }) => change).sort((a, b) => startOf(a) - startOf(b));
    const lines = repeated(changes, { week1, last }).map(lineOf);
    return { at: minute * MINUTE, lines };
  });
  return { parts, unheard: all.length - heard.length };
}
