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
 * As what a lesson that is changed was known at any time: before this change, and by what was told of it earlier or, where this
 * change sums that up, since. Empty for one that is new.
 */
export function formerOf(change: Change, told: readonly Told[]): Occurrence[] {
  if (!('before' in change)) return [];
  const steps = told
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ change: step }) => (step.kind === 'altered' ? [[step.before, step.after] as const] : []));
  return [
    change.before,
    ...along(change.before, steps.map(([was, is]) => [is, was] as const).reverse()),
    ...along(change.before, steps),
  ];
}

function along(from: Occurrence, steps: readonly (readonly [Occurrence, Occurrence])[]): Occurrence[] {
  const met: Occurrence[] = [];
  let looks = looksOf(from);
  for (const [left, right] of steps) {
    if (looksOf(left) !== looks) continue;
    met.push(right);
    looks = looksOf(right);
  }
  return met;
}
