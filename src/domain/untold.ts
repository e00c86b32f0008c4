/** What has changed and was not told yet: it waits for its quiet period, and what only a source says for a second reading that agrees. */
import { hash } from 'node:crypto';
import type { Day, Instant } from './calendar.ts';
import { canonical } from './canonical.ts';
import { type Change, diffing, looksOf, sidesOf, struckIn } from './diff.ts';
import { changeLine } from './notice.ts';
import type { Occurrence } from './occurrence.ts';
import { eachOf, finish, type Steps } from './steps.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A change that is taken back within this time was none. */
export const QUIET = 3 * MINUTE;
/** Where a lesson is near a word too late is worse than one too many. */
const QUIET_SOON = 30 * SECOND;
const SOON = 3 * HOUR;
/** What needs no reading waits this long for the reading that the rest of its batch needs, so that both are one message. */
const TOGETHER = 15 * SECOND;
/** A source that does not answer the second time is waited for, while nobody's lesson is near; then it is told as what it is. */
const PATIENCE = 5 * MINUTE;
/** A lesson that begins within this time is waited for less. */
const HURRY = 15 * MINUTE;
const HURRIED_PATIENCE = MINUTE;

/** What people were told of the days that have changed since. */
export type Untold = {
  /** When the first of it was seen. */
  readonly since: Instant;
  /** These days as people know them; every other day they know as it is. */
  readonly told: ReadonlyMap<Day, readonly Occurrence[]>;
  /** When each change that waits was seen first, by its key. */
  readonly seen: ReadonlyMap<string, Instant>;
};

/** A change that waits. */
export type Pending = {
  readonly change: Change;
  readonly key: string;
  readonly seenAt: Instant;
  /** When its quiet period ends: that of its batch, all that was seen at the same time. */
  readonly due: Instant;
  /** A reading that was begun when it was due or later and agrees. */
  readonly needsReading: boolean;
  /** When it is looked at without any reading: told at last. */
  readonly lookAt: Instant;
};

/** The lessons of the days in [from, to) as people were told them; `current` are those of today. */
export function asTold(untold: Untold | null, current: readonly Occurrence[], from: Day, to: Day): Occurrence[] {
  if (untold === null) return [...current];
  const days = [...untold.told].filter(([day]) => day >= from && day < to);
  return [...current.filter(({ day }) => !untold.told.has(day)), ...days.flatMap(([, lessons]) => lessons)];
}

/** Remembers how these days were before they changed; days known to have changed already stay as people were told them. */
export function remember(
  untold: Untold | null,
  before: readonly Occurrence[],
  days: Iterable<Day>,
  now: Instant,
): Untold {
  const old = Map.groupBy(before, ({ day }) => day);
  const told = new Map(untold?.told);
  for (const day of days) if (!told.has(day)) told.set(day, old.get(day) ?? []);
  return { since: untold?.since ?? now, seen: untold?.seen ?? new Map(), told };
}

/**
 * What waits to be told: the difference between what people know and `current` (all lessons of the days of `told`), but for what
 * is over. A change keeps the time it was first seen while every reading shows it. `isTrusted`: whoever changed it knows what they
 * do (an editor, somebody who sends a file); so does a source that strikes a lesson out instead of leaving it away, or marks it as
 * changed.
 */
export function pendingIn(untold: Untold, current: readonly Occurrence[], facts: Standing): Pending[] {
  return finish(pendingAmong(untold, current, facts));
}

type Standing = { readonly now: Instant; readonly isTrusted: boolean };

/** `pendingIn` in pieces; `changes` are what differs, where that was reckoned already. */
export function* pendingAmong(
  { told, since, seen }: Untold,
  current: readonly Occurrence[],
  { now, isTrusted }: Standing,
  changes?: readonly Change[],
): Steps<Pending[]> {
  const window = { from: Math.min(since, now), to: Number.POSITIVE_INFINITY };
  const isStruck = struckIn(current);
  const all = changes ?? (yield* diffing([...told.values()].flat(), current, window));
  const ahead = all.filter((change) => sidesOf(change).some(({ endsAt }) => endsAt > now));
  const standing = yield* eachOf(ahead, (change) => {
    const key = keyOf(change);
    // Its source has said so itself: it struck the lesson out, or marks it as changed.
    const flagged = 'after' in change ? change.after.changed === true : isStruck(change.before);
    // A clock that was set back makes nobody wait for the old time to come again.
    return { change, key, seenAt: Math.min(seen.get(key) ?? now, now), needsReading: !isTrusted && !flagged };
  });
  yield;
  return [...Map.groupBy(standing, ({ seenAt }) => seenAt)].flatMap(([seenAt, batch]) => {
    const isSoon = batch.some(({ change }) => startAfter(change, seenAt) <= seenAt + SOON);
    const due = seenAt + (isSoon ? QUIET_SOON : QUIET);
    const wait = batch.some(({ needsReading }) => needsReading) ? TOGETHER : 0;
    return batch.map((one) => ({
      ...one,
      due,
      lookAt: one.needsReading ? patienceEnds(one.change, due) : due + wait,
    }));
  });
}

/** Which of it is told at `now`, after a complete reading begun at `readAt` (null: none); `unsure` is what could not be read again. */
export function ripeIn(
  pending: readonly Pending[],
  { now, readAt }: { readonly now: Instant; readonly readAt: Instant | null },
): { readonly sure: Change[]; readonly unsure: Change[] } {
  const isRead = ({ due }: Pending) => readAt !== null && readAt >= due;
  const [sure, unsure]: [Change[], Change[]] = [[], []];
  for (const one of pending) {
    if (isRead(one) || (!one.needsReading && now >= one.lookAt)) sure.push(one.change);
    else if (now >= one.lookAt) unsure.push(one.change);
  }
  return { sure, unsure };
}

/** What people know once these changes are told: the days as they knew them, with the changes made. */
export function afterTelling(untold: Untold, changes: readonly Change[]): Untold {
  const told = new Map([...untold.told].map(([day, lessons]) => [day, [...lessons]]));
  // What was is taken out first: where two lessons change places one becomes what the other was.
  for (const change of changes) {
    if (!('before' in change)) continue;
    const gone = looksOf(change.before);
    const left = (told.get(change.before.day) ?? []).filter((one) => one.cancelled || looksOf(one) !== gone);
    told.set(change.before.day, left);
  }
  for (const change of changes) {
    const became = 'after' in change ? change.after : { ...change.before, cancelled: true };
    told.set(became.day, [...(told.get(became.day) ?? []), became]);
  }
  return { ...untold, told };
}

/** Only what still waits is remembered; null when nothing does. */
export function keptOf(untold: Untold, pending: readonly Pending[]): Untold | null {
  if (pending.length === 0) return null;
  const days = new Set(pending.flatMap(({ change }) => sidesOf(change).map(({ day }) => day)));
  return {
    since: pending.reduce((first, { seenAt }) => Math.min(first, seenAt), Number.POSITIVE_INFINITY),
    told: new Map([...untold.told].filter(([day]) => days.has(day))),
    seen: new Map(pending.map(({ key, seenAt }) => [key, seenAt])),
  };
}

/** When something may be told without another reading; when another reading is wanted. */
export function nextOf(pending: readonly Pending[]): { readonly lookAt: Instant; readonly readAt: Instant | null } {
  const dues = pending.filter(({ needsReading }) => needsReading).map(({ due }) => due);
  return {
    lookAt: pending.reduce((first, { lookAt }) => Math.min(first, lookAt), Number.POSITIVE_INFINITY),
    readAt: dues.length === 0 ? null : Math.min(...dues),
  };
}

function patienceEnds(change: Change, due: Instant): Instant {
  const start = startAfter(change, due);
  if (start === Number.POSITIVE_INFINITY) return due + HURRIED_PATIENCE;
  return Math.max(due + (start - due < HURRY ? HURRIED_PATIENCE : PATIENCE), start - SOON);
}

/** When the lesson begins on the nearer of its sides that is ahead; infinite when none is. */
function startAfter(change: Change, at: Instant): Instant {
  const ahead = sidesOf(change).filter(({ startsAt, endsAt }) => endsAt > at && startsAt > at);
  if (ahead.length > 0) return Math.min(...ahead.map(({ startsAt }) => startsAt));
  return sidesOf(change).some(({ endsAt }) => endsAt > at) ? at : Number.POSITIVE_INFINITY;
}

/** Equal for changes that people would be told in the same words. */
function keyOf(change: Change): string {
  return hash('sha256', canonical(changeLine(change)), 'hex').slice(0, 16);
}
