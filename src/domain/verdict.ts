/** Whether to believe an import: a broken page must not become «everything is cancelled». */
import { type Day, dayNumber, type Instant, minutesOf, mondayOf } from './calendar.ts';
import type { Window } from './diff.ts';
import { fold } from './name.ts';
import type { Occurrence } from './occurrence.ts';
import { eachOf, finish, type Steps } from './steps.ts';

/**
 * Why a reading is held. `empty`: nothing is left ahead. `unreadable`: too many rows were dropped. `shrunk`: more than a third
 * of the lessons is gone. `gap`: a whole week is gone. `shifted`, `week`: every lesson stands the same time, or whole weeks,
 * away. `foreign`: as many lessons as before, but other ones, as on the page of another group.
 */
export const DOUBTS = ['empty', 'unreadable', 'shrunk', 'gap', 'shifted', 'week', 'foreign'] as const;
export type Doubt = (typeof DOUBTS)[number];
export type Verdict = 'believe' | Doubt;

/** Below so many future lessons any share is too coarse to judge by. */
const ENOUGH = 8;
/** Of the rows of a page, how many more than usual may be unreadable. */
const DROPPED = 1 / 5;
/** The same for a timetable of few lessons: beyond this the page was not read at all. */
const UNREAD = 1 / 2;
/** Of the future lessons, how many may vanish at once. */
const LOST = 1 / 3;
/** Of the future lessons, how many may stand on another day at once. */
const DISPLACED = 1 / 2;
/** «Every lesson», allowing for a few that changed by themselves. */
const NEARLY_ALL = 0.9;
/** How far a shift is looked for, minutes: a wrong zone, a wrong week, a swapped parity. */
const REACH = 14 * 1440;
const WEEK = 7 * 1440;

/** Of the rows of a page, the share (0 … 1) that could not be read: now, and in the last good reading. */
export type Dropped = { readonly now: number; readonly usual: number };

/**
 * Judges a new reading against the old one within the window (from now to the end of the *old* horizon). Each side is in the
 * zone its own reading named. `after` may reach beyond the window on both sides: what it says of the past proves that it is not
 * empty, and a shift may have pushed a lesson out. A reading with nothing in it while anything was ahead, and one whose rows
 * were mostly dropped, is never believed; the other rules need 8 future lessons. A lesson the source marks as cancelled is
 * present: the page that says so was read.
 */
export function verdict(
  before: readonly Occurrence[],
  after: readonly Occurrence[],
  window: Window,
  dropped: Dropped = { now: 0, usual: 0 },
): Verdict {
  return finish(judging(before, after, window, dropped));
}

/** `verdict` in pieces. */
export function* judging(
  before: readonly Occurrence[],
  after: readonly Occurrence[],
  window: Window,
  dropped: Dropped,
): Steps<Verdict> {
  const inside = ({ startsAt }: { readonly startsAt: Instant }) => startsAt >= window.from && startsAt < window.to;
  const mark = marker();
  const old = yield* eachOf(
    before.filter((one) => !one.cancelled && inside(one)),
    mark,
  );
  if (old.length === 0) return 'believe';
  if (after.length === 0) return 'empty';
  const enough = old.length >= ENOUGH;
  if (dropped.now > dropped.usual + (enough ? DROPPED : UNREAD)) return 'unreadable';
  if (!enough) return 'believe';
  const fresh = yield* eachOf(after, mark);
  yield;
  const shift = shiftOf(old, fresh, window);
  yield;
  if (shift !== null) return shift;
  const left = fresh.filter(inside);
  if (left.length === 0) return 'empty';
  // As `isBeyondDoubt` reckons it: a third of nine is three, two thirds of nine are a hair more than six.
  if (old.length - left.length > old.length * LOST) return 'shrunk';
  if (hasGap(old, left)) return 'gap';
  yield;
  const lost = old.length - shared(old, left, ({ week, subject }) => `${week}|${subject}`);
  yield;
  const displaced = old.length - shared(old, left, ({ day, subject }) => `${day}|${subject}`);
  return lost > old.length * LOST || displaced > old.length * DISPLACED ? 'foreign' : 'believe';
}

/**
 * Whether no `verdict` but «believe» is possible, told from what is gone alone: the old lessons that the reading does not state as
 * they were, dated, while `kept` others at least take place inside the window, dated by the same calendar. So few leave no week
 * empty, and are no third.
 */
export function isBeyondDoubt(
  gone: readonly Occurrence[],
  kept: number,
  window: Window,
  dropped: Dropped = { now: 0, usual: 0 },
): boolean {
  if (dropped.now > dropped.usual) return false;
  const lost = gone.filter(({ cancelled, startsAt }) => !cancelled && startsAt >= window.from && startsAt < window.to);
  return lost.length < ENOUGH && lost.length <= (lost.length + kept) * LOST;
}

/** A lesson as it is compared: where it stands by the wall (minutes), when, and what it is called, folded. */
type Mark = {
  readonly wall: number;
  readonly startsAt: Instant;
  readonly day: number;
  readonly week: number;
  readonly subject: string;
  /** The subject with its subgroup. */
  readonly name: string;
};

/** Thousands of lessons have a few dozen names and days: each is folded once. */
function marker(): (one: Occurrence) => Mark {
  const [names, days] = [new Map<string, string>(), new Map<string, { day: number; week: number }>()];
  const folded = (name: string) => {
    const known = names.get(name) ?? fold(name);
    names.set(name, known);
    return known;
  };
  const dated = (day: Day) => {
    const known = days.get(day) ?? { day: dayNumber(day), week: dayNumber(mondayOf(day)) };
    days.set(day, known);
    return known;
  };
  return ({ day, start, startsAt, subject, subgroup }) => {
    const when = dated(day);
    const named = folded(subject);
    const wall = when.day * 1440 + minutesOf(start);
    return { ...when, wall, startsAt, subject: named, name: `${named}|${folded(subgroup)}` };
  };
}

/** How many lessons of the one find a lesson of the other, each its own, by what `of` makes of both. */
function shared(old: readonly Mark[], fresh: readonly Mark[], of: (one: Mark) => string): number {
  const counts = new Map<string, number>();
  for (const key of fresh.map(of)) counts.set(key, (counts.get(key) ?? 0) + 1);
  let found = 0;
  for (const key of old.map(of)) {
    const left = counts.get(key) ?? 0;
    if (left > 0) found += 1;
    counts.set(key, left - 1);
  }
  return found;
}

/** A week that had enough lessons to judge by has none, while the reading goes on after it. */
function hasGap(old: readonly Mark[], left: readonly Mark[]): boolean {
  const weeks = new Set(left.map(({ week }) => week));
  const last = [...weeks].reduce((a, b) => Math.max(a, b));
  return [...Map.groupBy(old, ({ week }) => week)].some(
    ([week, lessons]) => week < last && lessons.length >= ENOUGH && !weeks.has(week),
  );
}

type Ruler = (one: Mark) => number;

/** Wall time first: a shift by a week across a change of the clocks is one shift there. Then instants: a wrong zone is one there. */
const RULERS: readonly Ruler[] = [({ wall }) => wall, ({ startsAt }) => startsAt / 60_000];

/** A shift when hardly a lesson stands at its old instant and nearly all stand equally far off, by the wall or in truth. */
function shiftOf(old: readonly Mark[], fresh: readonly Mark[], window: Window): 'shifted' | 'week' | null {
  const standing = new Set(fresh.map(({ startsAt, name }) => placed(startsAt, name)));
  const unmoved = old.filter(({ startsAt, name }) => standing.has(placed(startsAt, name))).length;
  if (unmoved > old.length * (1 - NEARLY_ALL)) return null;
  for (const ruler of RULERS) {
    const shift = shiftBy(ruler, old, fresh, window);
    // Equal by the wall and not in truth: the zone was lost.
    if (shift !== null) return shift !== 0 && shift % WEEK === 0 ? 'week' : 'shifted';
  }
  return null;
}

/** The shift, in minutes of this ruler, that nearly every lesson made; null when there is none. */
function shiftBy(ruler: Ruler, old: readonly Mark[], fresh: readonly Mark[], window: Window): number | null {
  const known = new Set(fresh.map((one) => placed(ruler(one), one.name)));
  const found = (some: readonly Mark[], shift: number) =>
    some.filter((one) => known.has(placed(ruler(one) + shift, one.name))).length >= some.length * NEARLY_ALL;
  return (
    shiftsSeen(ruler, old, fresh).find((shift) => {
      if (found(old, shift)) return true;
      // What the shift pushes out of the window may not have been read.
      const visible = old.filter(
        ({ startsAt }) => startsAt + shift * 60_000 >= window.from && startsAt + shift * 60_000 < window.to,
      );
      return visible.length * 2 >= old.length && found(visible, shift);
    }) ?? null
  );
}

/** The shifts that a few of the lessons suggest, the most suggested first. */
function shiftsSeen(ruler: Ruler, old: readonly Mark[], fresh: readonly Mark[]): number[] {
  const named = Map.groupBy(fresh, ({ name }) => name);
  const votes = new Map<number, number>();
  const step = Math.max(1, Math.floor(old.length / 16));
  for (const one of old.filter((_, index) => index % step === 0)) {
    for (const other of named.get(one.name) ?? []) {
      const shift = ruler(other) - ruler(one);
      if (Math.abs(shift) <= REACH) votes.set(shift, (votes.get(shift) ?? 0) + 1);
    }
  }
  return [...votes]
    .sort(([a, many], [b, more]) => more - many || Math.abs(a) - Math.abs(b) || a - b)
    .slice(0, 8)
    .map(([shift]) => shift);
}

function placed(at: number, name: string): string {
  return `${at}|${name}`;
}
