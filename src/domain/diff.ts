/** Before and after as people see them: what was cancelled, added, moved or altered. A move is one change, never "deleted + added". */
import { type Instant, mondayOf } from './calendar.ts';
import type { Occurrence } from './occurrence.ts';

export type Altered = 'time' | 'room' | 'teacher' | 'subject' | 'kind' | 'format' | 'subgroup' | 'note';

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
  | { readonly kind: 'restored'; readonly after: Occurrence }
  | { readonly kind: 'added'; readonly after: Occurrence }
  /** `what` is never empty; 'time' covers another day too (a move). */
  | {
      readonly kind: 'altered';
      readonly before: Occurrence;
      readonly after: Occurrence;
      readonly what: readonly Altered[];
    };

export type Window = { readonly from: Instant; readonly to: Instant };

/** An occurrence with what its fields look like to people: case, spaces, ё and the order of teachers are not seen as changes. */
type Seen = {
  readonly it: Occurrence;
  readonly subject: string;
  readonly subgroup: string;
  readonly teachers: string;
  readonly room: string;
  readonly kind: string;
  readonly note: string;
  readonly time: string;
  /** All of the above in one string: equal keys look equal to everybody. */
  readonly key: string;
};

type Side = Map<string, Seen>;

/** Beyond so many possible pairs in one group only the order of time decides: a hostile calendar may not cost a minute. */
const PAIRS = 10_000;

/**
 * What people will see differently, in order of time. Pairs are found in passes, the strongest for everybody first, never
 * across subgroups: all equal; same day, start and subject; same day and subject; same week and subject (the likest by
 * teacher, kind, room, nearness); same day and start with the same room or teacher and another subject, when there is
 * no doubt. What finds no partner was cancelled or added. Told are changes that touch a start inside the window; lessons
 * over by `window.from` do not take part. A twin (the same lesson listed twice) is one lesson.
 */
export function diff(before: readonly Occurrence[], after: readonly Occurrence[], window: Window): Change[] {
  const old = sideOf(before, window, false);
  const fresh = sideOf(after, window, false);
  for (const key of [...old.keys()]) {
    if (fresh.delete(key)) old.delete(key);
  }
  const pairs = [
    ...pass(old, fresh, (seen) => `${seen.it.day}|${seen.it.start}|${seen.subject}|${seen.subgroup}`),
    ...pass(old, fresh, (seen) => `${seen.it.day}|${seen.subject}|${seen.subgroup}`),
    ...pass(old, fresh, (seen) => `${mondayOf(seen.it.day)}|${seen.subject}|${seen.subgroup}`),
    ...replaced(old, fresh),
  ];
  const struck = new Set([...sideOf(before, window, true).values()].map(slotOf));
  const changes: Change[] = [
    ...pairs.map(
      ([was, is]): Change => ({ kind: 'altered', before: was.it, after: is.it, what: alterations(was, is) }),
    ),
    ...[...old.values()].map((was): Change => ({ kind: 'cancelled', before: was.it })),
    ...[...fresh.values()].map((is): Change => ({ kind: struck.has(slotOf(is)) ? 'restored' : 'added', after: is.it })),
  ];
  return changes.filter((change) => told(change, window)).sort(inOrder);
}

/** The lessons of one reading that are still ahead or running: those that take place, or those struck out. */
function sideOf(list: readonly Occurrence[], window: Window, cancelled: boolean): Side {
  const side: Side = new Map();
  for (const it of list) {
    if (it.cancelled !== cancelled || it.endsAt <= window.from) continue;
    const seen = look(it);
    const twin = side.get(seen.key);
    if (twin === undefined || rank(it) < rank(twin.it)) side.set(seen.key, seen);
  }
  return side;
}

/** Which of two twins speaks for both; any rule will do that does not depend on the order given. */
function rank({ number, place, subject, teachers }: Occurrence): string {
  return JSON.stringify([number ?? 99, place.link, place.room, subject, teachers]);
}

function look(it: Occurrence): Seen {
  const parts = {
    subject: plain(it.subject),
    subgroup: plain(it.subgroup),
    teachers: it.teachers.map(plain).sort().join(', '),
    room: plain(it.place.room),
    kind: plain(it.kind),
    note: plain(it.note),
    time: `${it.day} ${it.start} ${it.endDay} ${it.end} ${it.allDay}`,
  };
  return { it, ...parts, key: JSON.stringify([...Object.values(parts), it.place.format]) };
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е').replace(/\s+/gu, ' ').trim();
}

function slotOf({ it, subject, subgroup }: Seen): string {
  return `${it.day}|${subject}|${subgroup}`;
}

/** Pairs what has the same `by`, the likest first; what is paired leaves both sides. */
function pass(old: Side, fresh: Side, by: (seen: Seen) => string): [Seen, Seen][] {
  if (old.size === 0 || fresh.size === 0) return [];
  const groups = Map.groupBy(fresh.values(), by);
  const pairs: [Seen, Seen][] = [];
  for (const [key, was] of Map.groupBy(old.values(), by)) pairs.push(...likest(was, groups.get(key) ?? []));
  for (const [was, is] of pairs) {
    old.delete(was.key);
    fresh.delete(is.key);
  }
  return pairs;
}

function likest(old: readonly Seen[], fresh: readonly Seen[]): [Seen, Seen][] {
  if (old.length * fresh.length > PAIRS) {
    const right = fresh.toSorted(bySeen);
    return old.toSorted(bySeen).flatMap((was, index): [Seen, Seen][] => {
      const is = right[index];
      return is === undefined ? [] : [[was, is]];
    });
  }
  const scored = old.flatMap((was) =>
    fresh.map((is) => ({ was, is, score: likeness(was, is), gap: Math.abs(was.it.startsAt - is.it.startsAt) })),
  );
  scored.sort((a, b) => b.score - a.score || a.gap - b.gap || bySeen(a.was, b.was) || bySeen(a.is, b.is));
  const taken = new Set<Seen>();
  const pairs: [Seen, Seen][] = [];
  for (const { was, is } of scored) {
    if (taken.has(was) || taken.has(is)) continue;
    taken.add(was).add(is);
    pairs.push([was, is]);
  }
  return pairs;
}

function likeness(a: Seen, b: Seen): number {
  return (a.teachers === b.teachers ? 4 : 0) + (a.kind === b.kind ? 2 : 0) + (a.room === b.room ? 1 : 0);
}

/** Another subject in the same place or with the same teacher at the same time: one replaced the other, if no third is in play. */
function replaced(old: Side, fresh: Side): [Seen, Seen][] {
  const slot = ({ it, subgroup }: Seen) => `${it.day}|${it.start}|${subgroup}`;
  const akin = (a: Seen, b: Seen) =>
    (a.room !== '' && a.room === b.room) || (a.teachers !== '' && a.teachers === b.teachers);
  const groups = Map.groupBy(fresh.values(), slot);
  const pairs: [Seen, Seen][] = [];
  for (const [key, was] of Map.groupBy(old.values(), slot)) {
    const is = groups.get(key) ?? [];
    if (was.length * is.length > PAIRS) continue;
    for (const one of was) {
      const mine = is.filter((other) => akin(one, other));
      const only = mine[0];
      if (only === undefined || mine.length > 1 || was.filter((other) => akin(other, only)).length > 1) continue;
      pairs.push([one, only]);
    }
  }
  for (const [was, is] of pairs) {
    old.delete(was.key);
    fresh.delete(is.key);
  }
  return pairs;
}

function alterations(was: Seen, is: Seen): Altered[] {
  const found: (Altered | false)[] = [
    was.time !== is.time && 'time',
    was.room !== is.room && 'room',
    was.teachers !== is.teachers && 'teacher',
    was.subject !== is.subject && 'subject',
    was.kind !== is.kind && 'kind',
    was.it.place.format !== is.it.place.format && 'format',
    was.note !== is.note && 'note',
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

/** By where people look for it: the old time of what moved or was cancelled, the new time of what appeared. */
function inOrder(a: Change, b: Change): number {
  const [left, right] = [sidesOf(a)[0], sidesOf(b)[0]];
  if (left === undefined || right === undefined) throw new Error('a change without a lesson');
  return (
    left.startsAt - right.startsAt ||
    bySeen(look(left), look(right)) ||
    (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0)
  );
}

function bySeen(a: Seen, b: Seen): number {
  return a.it.startsAt - b.it.startsAt || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
