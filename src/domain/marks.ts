/** What of the lessons in a view is new to people: what each was before, and those that are off though nothing stands in their place. */
import { type Altered, type Change, hourOf, looksOf } from './diff.ts';
import { compacted, type Told } from './history.ts';
import { type LessonLine, line } from './notice.ts';
import type { Occurrence } from './occurrence.ts';

/** What became of a lesson lately; `what` of it became different from what it was `before`. */
export type Mark =
  | { readonly kind: 'added' | 'restored' }
  | { readonly kind: 'altered'; readonly before: LessonLine; readonly what: readonly Altered[] };

/** A lesson as a view shows it. */
export type Shown = Occurrence & { readonly mark?: Mark };

/**
 * The lessons of some days, marked by what was `told` of them, in order of start. One that was told to be off and is listed no
 * more stands struck out in its place, where `isShown`; a mark is of a lesson that still looks as people were told.
 */
export function marked(
  lessons: readonly Occurrence[],
  told: readonly Told[],
  isShown: (lesson: Occurrence) => boolean,
): Shown[] {
  if (told.length === 0) return [...lessons];
  const marks = new Map<string, Mark>();
  const off: Occurrence[] = [];
  for (const { change } of compacted(told)) {
    if (change.kind === 'cancelled') off.push({ ...change.before, cancelled: true });
    else marks.set(looksOf(change.after), markOf(change));
  }
  // What stands there now says itself how it is.
  const listed = new Set(lessons.map(hourOf));
  const gone = off.filter((one) => !listed.has(hourOf(one)) && isShown(one));
  const all = lessons.map((one): Shown => {
    const mark = one.cancelled ? undefined : marks.get(looksOf(one));
    return mark === undefined ? one : { ...one, mark };
  });
  return [...all, ...gone].sort((a, b) => a.startsAt - b.startsAt);
}

/** Lessons that were told to be off and are listed no more, struck out. */
export function struckOff(lessons: readonly Occurrence[], told: readonly Told[]): Occurrence[] {
  if (told.length === 0) return [];
  const listed = new Set(lessons.map(hourOf));
  return compacted(told).flatMap(({ change }) =>
    change.kind === 'cancelled' && !listed.has(hourOf(change.before)) ? [{ ...change.before, cancelled: true }] : [],
  );
}

/** These changes, where what was told to be off comes back to its hour: it takes place again, also if its source had only left it away. */
export function broughtBack(changes: readonly Change[], told: readonly Told[]): Change[] {
  const off = new Set(struckOff([], told).map(hourOf));
  return changes.map((change) =>
    change.kind === 'added' && off.has(hourOf(change.after)) ? { kind: 'restored', after: change.after } : change,
  );
}

function markOf(change: Exclude<Change, { kind: 'cancelled' }>): Mark {
  if (change.kind !== 'altered') return { kind: change.kind };
  return { kind: 'altered', before: line(change.before), what: change.what };
}
