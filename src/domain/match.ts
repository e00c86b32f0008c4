/** Which lesson of one reading is which lesson of another: pairs found in passes, the strongest for everybody first. */
import { PIECE, type Steps } from './steps.ts';

/** A lesson as it is compared. Texts are folded already: equal strings look equal to people. */
export type Look = {
  readonly subject: string;
  readonly subgroup: string;
  readonly teachers: string;
  readonly room: string;
  readonly kind: string;
  /** Our own id, '' while it has none: who has one needs no other. */
  readonly uid: string;
  /** The source's own id, '' when none: a hint, for exports renumber. */
  readonly sourceId: string;
  /** Where it stands: two of one `day` are on one day, two of one `week` within one. */
  readonly day: string;
  readonly start: string;
  readonly week: string;
  /** For nearness only, ms. */
  readonly at: number;
  /** Reached by both readings: only there an id may be followed into another week. */
  readonly known: boolean;
  /** All that people see of it. */
  readonly key: string;
};

/** What is still without a partner, by key: equal keys are one lesson to everybody. */
export type Side<T extends Look> = Map<string, T>;

/** Beyond so many possible pairs in one group only the order of time decides: a hostile calendar may not cost a minute. */
const PAIRS = 10_000;
/** Of the lessons that did not change, how many must have kept their source's id for the ids to mean anything. */
const FAITHFUL = 0.9;

/** How far ids can be followed. */
export type Trust = {
  /** Hardly one of the lessons that did not change was renumbered. */
  readonly faithful: boolean;
  /** Source ids that name one lesson only in both readings, not a series or a slot of the week. */
  readonly single: ReadonlySet<string>;
};

type Sourced = { readonly sourceId: string };

/**
 * What the source's ids are worth, told by both readings as a whole and by the pairs of equal lessons in them. `same` are lessons
 * that both have under the same ids, and that are in neither list: nobody looks for the like of them.
 */
export function trustIn(
  old: Iterable<Sourced>,
  fresh: Iterable<Sourced>,
  equal: Iterable<readonly [Sourced, Sourced]>,
  same: readonly Sourced[] = [],
): Trust {
  const [here, there] = [singles(old), singles(fresh)];
  let [both, kept] = [0, 0];
  for (const [was, is] of equal) {
    if (was.sourceId === '' || is.sourceId === '') continue;
    both += 1;
    if (was.sourceId === is.sourceId) kept += 1;
  }
  for (const { sourceId } of same) {
    if (sourceId === '') continue;
    both += 1;
    kept += 1;
    here.delete(sourceId);
  }
  const single = new Set<string>();
  for (const id of here) if (there.has(id)) single.add(id);
  return { faithful: kept >= both * FAITHFUL, single };
}

/** Ids that are met once. */
function singles(all: Iterable<Sourced>): Set<string> {
  const [once, again] = [new Set<string>(), new Set<string>([''])];
  for (const { sourceId } of all) {
    if (again.has(sourceId)) continue;
    if (once.delete(sourceId)) again.add(sourceId);
    else once.add(sourceId);
  }
  return once;
}

/** Takes what looks the same out of both sides. */
export function takeEqual<T extends Look>(old: Side<T>, fresh: Side<T>): [T, T][] {
  const pairs: [T, T][] = [];
  for (const [key, was] of old) {
    const is = fresh.get(key);
    if (is !== undefined) pairs.push([was, is]);
  }
  return taken(old, fresh, pairs);
}

/**
 * Pairs of one lesson, never across subgroups, strongest first: our own id; the source's, where it is to be trusted, and the
 * same subject; same subject on the same day at the same start; on the same day; in the same week, the likest by teacher,
 * kind, room and nearness. Then another subject in the same slot, when there is no doubt. What is paired leaves both sides;
 * what is left was cancelled or added.
 */
export function* pairsOf<T extends Look>(old: Side<T>, fresh: Side<T>, trust: Trust): Steps<[T, T][]> {
  const named = ({ subject, subgroup }: Look) => JSON.stringify([subject, subgroup]);
  const pairs = [
    ...(yield* pass(old, fresh, ({ uid, subgroup }) => (uid === '' ? null : `${uid}|${subgroup}`))),
    ...(trust.faithful ? yield* sameSourceId(old, fresh, trust.single) : []),
    ...(yield* pass(old, fresh, (look) => `${look.day}|${look.start}|${named(look)}`)),
    ...(yield* pass(old, fresh, (look) => `${look.day}|${named(look)}`)),
    ...(yield* pass(old, fresh, (look) => `${look.week}|${named(look)}`)),
  ];
  return [...pairs, ...replaced(old, fresh, trust.faithful)];
}

/** A source's id may name a whole series; one that names a single lesson is followed into any week that both readings know. */
function* sameSourceId<T extends Look>(old: Side<T>, fresh: Side<T>, single: ReadonlySet<string>): Steps<[T, T][]> {
  const named = ({ sourceId, subject, subgroup }: Look) => JSON.stringify([sourceId, subject, subgroup]);
  const counts = ({ uid, sourceId }: Look) => uid === '' && sourceId !== '';
  return [
    ...(yield* pass(old, fresh, (look) => (counts(look) ? `${look.week}|${named(look)}` : null))),
    ...(yield* pass(old, fresh, (look) =>
      counts(look) && look.known && single.has(look.sourceId) ? named(look) : null,
    )),
  ];
}

/** Pairs what has the same `by`, the likest first; null takes no part. What is paired leaves both sides. */
function* pass<T extends Look>(old: Side<T>, fresh: Side<T>, by: (look: T) => string | null): Steps<[T, T][]> {
  if (old.size === 0 || fresh.size === 0) return [];
  const groups = Map.groupBy(fresh.values(), by);
  if (fresh.size > PIECE) yield;
  const pairs: [T, T][] = [];
  let compared = 0;
  for (const [key, was] of Map.groupBy(old.values(), by)) {
    const is = key === null ? [] : (groups.get(key) ?? []);
    compared += 1 + was.length * is.length;
    if (compared > PIECE) {
      compared = 0;
      yield;
    }
    pairs.push(...likest(was, is));
  }
  return taken(old, fresh, pairs);
}

function taken<T extends Look>(old: Side<T>, fresh: Side<T>, pairs: [T, T][]): [T, T][] {
  for (const [was, is] of pairs) {
    old.delete(was.key);
    fresh.delete(is.key);
  }
  return pairs;
}

function likest<T extends Look>(old: readonly T[], fresh: readonly T[]): [T, T][] {
  if (old.length * fresh.length > PAIRS) {
    const right = fresh.toSorted(inTime);
    return old.toSorted(inTime).flatMap((was, index): [T, T][] => {
      const is = right[index];
      return is === undefined ? [] : [[was, is]];
    });
  }
  const scored = old.flatMap((was) =>
    fresh.map((is) => ({ was, is, score: likeness(was, is), gap: Math.abs(was.at - is.at) })),
  );
  scored.sort((a, b) => b.score - a.score || a.gap - b.gap || inTime(a.was, b.was) || inTime(a.is, b.is));
  const used = new Set<T>();
  const pairs: [T, T][] = [];
  for (const { was, is } of scored) {
    if (used.has(was) || used.has(is)) continue;
    used.add(was).add(is);
    pairs.push([was, is]);
  }
  return pairs;
}

function likeness(a: Look, b: Look): number {
  return (a.teachers === b.teachers ? 4 : 0) + (a.kind === b.kind ? 2 : 0) + (a.room === b.room ? 1 : 0);
}

/** Another subject at the same time in the same room, with the same teacher or under the same id, if no third is in play. */
function replaced<T extends Look>(old: Side<T>, fresh: Side<T>, faithful: boolean): [T, T][] {
  const slot = ({ day, start, subgroup }: Look) => `${day}|${start}|${subgroup}`;
  const akin = (a: Look, b: Look) =>
    (a.room !== '' && a.room === b.room) ||
    (a.teachers !== '' && a.teachers === b.teachers) ||
    (faithful && a.sourceId !== '' && a.sourceId === b.sourceId);
  const groups = Map.groupBy(fresh.values(), slot);
  const pairs: [T, T][] = [];
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
  return taken(old, fresh, pairs);
}

/** By time, then by looks: an order that does not depend on the one given. */
export function inTime(a: Look, b: Look): number {
  return a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** `plain` for thousands of lessons: they share a few dozen texts, each of which is folded once. Keep it no longer than the work it serves. */
export function plainOnce(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const folded = known.get(text) ?? plain(text);
    known.set(text, folded);
    return folded;
  };
}

/** Case, spaces and ё are not seen as changes. */
export function plain(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е').replace(/\s+/gu, ' ').trim();
}
