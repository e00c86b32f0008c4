/** Lessons as people knew them earlier: what was told of them, the other way round. */
import { type Change, hourOf, looksOf } from './diff.ts';
import type { Told } from './history.ts';
import type { Occurrence } from './occurrence.ts';

/** These lessons as they were known before all of this was told at once. */
export function undone(lessons: readonly Occurrence[], told: readonly Change[]): Occurrence[] {
  const came = new Set(told.flatMap((change) => ('after' in change ? [looksOf(change.after)] : [])));
  const went = new Set(told.flatMap((change) => (change.kind === 'cancelled' ? [hourOf(change.before)] : [])));
  const left = lessons.filter((one) => (one.cancelled ? !went.has(hourOf(one)) : !came.has(looksOf(one))));
  const back = told.flatMap((change) => {
    if ('before' in change) return [change.before];
    return change.kind === 'restored' ? [{ ...change.after, cancelled: true }] : [];
  });
  return [...left, ...back];
}

/**
 * Tells of a change as what its lesson was known at any time: before this change, and by what was told of it earlier or, where the
 * change sums that up, since. Nothing for one that is new. Each is thought through once.
 */
export function formerIn(told: readonly Told[]): (change: Change) => readonly Occurrence[] {
  const ahead = told
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ change }) => (change.kind === 'altered' ? [stepOf(change.before, change.after)] : []));
  const back = ahead.toReversed().map(({ from, to, was, is }) => ({ from: to, to: from, was: is, is: was }));
  const known = new Map<Change, readonly Occurrence[]>();
  return (change) => {
    if (!('before' in change)) return [];
    const { before } = change;
    const former = known.get(change) ?? [before, ...along(before, back), ...along(before, ahead)];
    known.set(change, former);
    return former;
  };
}

/** One lesson became the other; `was` and `is` are how they look. */
type Step = { readonly from: Occurrence; readonly to: Occurrence; readonly was: string; readonly is: string };

function stepOf(from: Occurrence, to: Occurrence): Step {
  return { from, to, was: looksOf(from), is: looksOf(to) };
}

function along(start: Occurrence, steps: readonly Step[]): Occurrence[] {
  const met: Occurrence[] = [];
  let looks = looksOf(start);
  for (const { to, was, is } of steps) {
    if (was !== looks) continue;
    met.push(to);
    looks = is;
  }
  return met;
}
