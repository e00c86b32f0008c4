/** Before and after as people see them: what was cancelled, added, moved or altered. A move is one change, never "deleted + added". */
import { type Instant, mondayOf } from './calendar.ts';
import { inTime, type Look, pairsOf, plain, plainOnce, type Side, takeEqual, trustIn } from './match.ts';
import type { Occurrence } from './occurrence.ts';
import { eachOf, finish, type Steps } from './steps.ts';

/** What of one lesson became different; 'time' covers another day too (a move). */
export type Altered = 'time' | 'room' | 'teacher' | 'subject' | 'kind' | 'format';

/** What a change is to people (issue list: отмена, возврат, новая, перенос, and what of a lesson became different). A peer may not want some of them. */
export const CHANGE_KINDS = [
  'cancelled',
  'restored',
  'added',
  'moved',
  'room',
  'teacher',
  'subject',
  'kind',
  'format',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type Change =
  | { readonly kind: 'cancelled'; readonly before: Occurrence }
  | { readonly kind: 'restored' | 'added'; readonly after: Occurrence }
  /** `what` is never empty. */
  | {
      readonly kind: 'altered';
      readonly before: Occurrence;
      readonly after: Occurrence;
      readonly what: readonly Altered[];
    };

export type Window = { readonly from: Instant; readonly to: Instant };

const EVER: Window = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

type Seen = Look & { readonly it: Occurrence; readonly time: string };

/** All that happened to the lesson: one kind, or as many as fields that differ. Takes a change or its line in a saying. */
export function kindsOf(
  change:
    | { readonly kind: Exclude<Change['kind'], 'altered'> }
    | { readonly kind: 'altered'; readonly what: readonly Altered[] },
): ChangeKind[] {
  if (change.kind !== 'altered') return [change.kind];
  return change.what.map((what) => (what === 'time' ? 'moved' : what));
}

/**
 * What people will see differently, in order of time: everything equal is taken out first, the rest is paired as `pairsOf` says,
 * and what finds no partner was cancelled or added. Told are changes that touch a start inside the window; lessons over by
 * `window.from` do not take part. A twin (the same lesson listed twice) is one lesson. A note is shown nowhere and is no change.
 */
export function diff(before: readonly Occurrence[], after: readonly Occurrence[], window: Window): Change[] {
  return finish(diffing(before, after, window));
}

/** `diff` in pieces. */
export function* diffing(before: readonly Occurrence[], after: readonly Occurrence[], window: Window): Steps<Change[]> {
  const looked = looker(window);
  const old = yield* sideOf(before, window, false, looked);
  const fresh = yield* sideOf(after, window, false, looked);
  const all = [[...old.values()], [...fresh.values()]] as const;
  const trust = trustIn(...all, takeEqual(old, fresh));
  yield;
  const pairs = yield* pairsOf(old, fresh, trust);
  yield;
  const [struck, still] = [yield* sideOf(before, window, true, looked), yield* sideOf(after, window, true, looked)];
  const back = backAmong(fresh, struck, still);
  yield;
  const changes: [Seen, Change][] = [
    ...pairs.map(([was, is]): [Seen, Change] => [
      was,
      { kind: 'altered', before: was.it, after: is.it, what: alterations(was, is) },
    ]),
    ...[...old.values()].map((was): [Seen, Change] => [was, { kind: 'cancelled', before: was.it }]),
    ...[...fresh.values()].map((is): [Seen, Change] => [
      is,
      { kind: back.has(is) ? 'restored' : 'added', after: is.it },
    ]),
  ];
  // By where people look for it: the old time of what moved or was cancelled, the new time of what appeared.
  return changes
    .filter(([, change]) => told(change, window))
    .sort(([a, left], [b, right]) => inTime(a, b) || (left.kind < right.kind ? -1 : left.kind > right.kind ? 1 : 0))
    .map(([, change]) => change);
}

/** The lessons of one reading that are still ahead or running: those that take place, or those struck out. */
function* sideOf(
  list: readonly Occurrence[],
  window: Window,
  cancelled: boolean,
  looked: (it: Occurrence) => Seen,
): Steps<Side<Seen>> {
  const side: Side<Seen> = new Map();
  const some = list.filter((it) => it.cancelled === cancelled && it.endsAt > window.from);
  for (const seen of yield* eachOf(some, looked)) {
    const { it } = seen;
    const twin = side.get(seen.key);
    if (twin === undefined || rank(it) < rank(twin.it)) side.set(seen.key, seen);
  }
  return side;
}

/** Which of two twins speaks for both; any rule will do that does not depend on the order given. */
function rank({ number, place, subject, subgroup, kind, teachers, note, sourceId, uid }: Occurrence): string {
  return JSON.stringify([number ?? 99, place.link, place.room, subject, subgroup, kind, teachers, note, sourceId, uid]);
}

/** Looks at one lesson after another; their names and days repeat. */
function looker({ to }: Window): (it: Occurrence) => Seen {
  const folded = plainOnce();
  const mondays = new Map<string, string>();
  return (it) => {
    const { day, start, uid, sourceId, startsAt } = it;
    const week = mondays.get(day) ?? mondayOf(day);
    mondays.set(day, week);
    const parts = {
      subject: folded(it.subject),
      subgroup: folded(it.subgroup),
      teachers: it.teachers.map(folded).sort().join(', '),
      room: folded(it.place.room),
      kind: folded(it.kind),
      time: `${it.day} ${it.start} ${it.endDay} ${it.end} ${it.allDay}`,
    };
    const key = JSON.stringify([...Object.values(parts), it.place.format]);
    return { it, ...parts, uid, sourceId, day, start, week, at: startsAt, known: startsAt < to, key };
  };
}

/** Equal for lessons people cannot tell apart. */
export function looksOf(occurrence: Occurrence): string {
  return looker(EVER)(occurrence).key;
}

/**
 * Which new lessons were struck out before: at the same hour, of the same subject and subgroup, and as many of them as are not
 * struck any more; those that look as the struck one did come first.
 */
function backAmong(fresh: Side<Seen>, struck: Side<Seen>, still: Side<Seen>): ReadonlySet<Seen> {
  const places = new Map<string, number>();
  const count = (hour: string, by: number) => places.set(hour, (places.get(hour) ?? 0) + by);
  for (const { it } of struck.values()) count(hourOf(it), 1);
  for (const { it } of still.values()) count(hourOf(it), -1);
  const byLooks = [...fresh.values()].sort(
    (a, b) => Number(struck.has(b.key)) - Number(struck.has(a.key)) || (a.key < b.key ? -1 : 1),
  );
  return new Set(
    byLooks.filter(({ it }) => {
      const hour = hourOf(it);
      if ((places.get(hour) ?? 0) <= 0) return false;
      count(hour, -1);
      return true;
    }),
  );
}

/** Tells of which lessons a list says itself that they are cancelled: a row of the same hour, subject and subgroup that is struck out. */
export function struckIn(list: readonly Occurrence[]): (lesson: Occurrence) => boolean {
  const struck = new Set(list.filter(({ cancelled }) => cancelled).map(hourOf));
  return (lesson) => struck.has(hourOf(lesson));
}

/** Equal for lessons of one subject and subgroup at one hour. */
export function hourOf({ day, start, subject, subgroup }: Occurrence): string {
  return JSON.stringify([day, start, plain(subject), plain(subgroup)]);
}

function alterations(was: Seen, is: Seen): Altered[] {
  const found: (Altered | false)[] = [
    was.time !== is.time && 'time',
    was.room !== is.room && 'room',
    was.teachers !== is.teachers && 'teacher',
    was.subject !== is.subject && 'subject',
    was.kind !== is.kind && 'kind',
    was.it.place.format !== is.it.place.format && 'format',
  ];
  return found.filter((what) => what !== false);
}

function told(change: Change, { from, to }: Window): boolean {
  return sidesOf(change).some(({ startsAt }) => startsAt >= from && startsAt < to);
}

/** The occurrences a change speaks of, the old one first. */
export function sidesOf(change: Change): Occurrence[] {
  if (change.kind === 'cancelled') return [change.before];
  if (change.kind === 'altered') return [change.before, change.after];
  return [change.after];
}
