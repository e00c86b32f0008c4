/** Whether to believe an import: a broken page must not become «everything is cancelled». */
import { dayNumber, minutesOf } from './calendar.ts';
import type { Window } from './diff.ts';
import { fold } from './name.ts';
import type { Occurrence } from './occurrence.ts';

export type Verdict = 'believe' | 'empty' | 'shrunk' | 'shifted' | 'unreadable';

/** Below so many future lessons any share is too coarse to judge by. */
const ENOUGH = 8;
/** Of the rows of a page, how many may be unreadable. */
const SKIPPED = 1 / 5;
/** Of the future lessons, how many may vanish at once. */
const LOST = 1 / 3;
/** «Every lesson», allowing for a few that changed by themselves. */
const NEARLY_ALL = 0.9;
/** How far a shift is looked for, minutes: a wrong zone, a wrong week, a swapped parity. */
const REACH = 14 * 1440;

/**
 * Judges a new reading against the old one within the window (from now to the end of the *old* horizon). `skippedShare` is
 * the share of rows that could not be read, 0…1. A reading with nothing in it while anything was ahead is never believed; the other rules
 * need 8 future lessons. A lesson the source marks as cancelled is present: the page that says so was read.
 */
export function verdict(
  before: readonly Occurrence[],
  after: readonly Occurrence[],
  window: Window,
  skippedShare = 0,
): Verdict {
  const inside = ({ startsAt }: Occurrence) => startsAt >= window.from && startsAt < window.to;
  const old = before.filter((one) => !one.cancelled && inside(one));
  if (old.length === 0) return 'believe';
  if (after.length === 0) return 'empty';
  if (old.length < ENOUGH) return 'believe';
  if (skippedShare > SKIPPED) return 'unreadable';
  if (isShifted(old, after, window)) return 'shifted';
  const left = after.filter(inside).length;
  if (left === 0) return 'empty';
  return left < old.length * (1 - LOST) ? 'shrunk' : 'believe';
}

/** True when hardly a lesson stands where it stood and nearly all stand the same wall time earlier or later. */
function isShifted(old: readonly Occurrence[], after: readonly Occurrence[], window: Window): boolean {
  const known = new Set(after.map((one) => placed(wallMinute(one), nameOf(one))));
  const marks = old.map((one) => ({ at: wallMinute(one), name: nameOf(one), startsAt: one.startsAt }));
  const unmoved = marks.filter(({ at, name }) => known.has(placed(at, name))).length;
  if (unmoved > marks.length * (1 - NEARLY_ALL)) return false;
  return shiftsSeen(marks, after).some((shift) => {
    // What the shift pushes out of the window can not be looked for.
    const visible = marks.filter(
      ({ startsAt }) => startsAt + shift * 60_000 >= window.from && startsAt + shift * 60_000 < window.to,
    );
    const found = visible.filter(({ at, name }) => known.has(placed(at + shift, name))).length;
    return visible.length * 2 >= marks.length && found >= visible.length * NEARLY_ALL;
  });
}

/** The shifts that the first few lessons suggest, the most suggested first. */
function shiftsSeen(marks: readonly { at: number; name: string }[], after: readonly Occurrence[]): number[] {
  const named = Map.groupBy(after, nameOf);
  const votes = new Map<number, number>();
  const step = Math.max(1, Math.floor(marks.length / 16));
  for (const { at, name } of marks.filter((_, index) => index % step === 0)) {
    for (const one of named.get(name) ?? []) {
      const shift = wallMinute(one) - at;
      if (shift !== 0 && Math.abs(shift) <= REACH) votes.set(shift, (votes.get(shift) ?? 0) + 1);
    }
  }
  return [...votes]
    .sort(([a, many], [b, more]) => more - many || Math.abs(a) - Math.abs(b) || a - b)
    .slice(0, 8)
    .map(([shift]) => shift);
}

/** Wall time, not instants: a shift by a week across a change of the clocks is still one shift. */
function wallMinute({ day, start }: Occurrence): number {
  return dayNumber(day) * 1440 + minutesOf(start);
}

function nameOf({ subject, subgroup }: Occurrence): string {
  return `${fold(subject)}|${fold(subgroup)}`;
}

function placed(minute: number, name: string): string {
  return `${minute}|${name}`;
}
