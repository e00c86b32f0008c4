/** Finds what a person may mean by name: timetables there are, and entries of the universities' catalogues that nobody asked for yet. */
import { keyOf, LISTED_KINDS, type ListedKind, namesPerson } from '../domain/listed.ts';
import { digitsOf, distance, fold, rank } from '../domain/name.ts';
import type { Offered } from '../domain/view.ts';
import {
  type Db,
  type FoundListing,
  findExact,
  findLike,
  findListings,
  findSimilar,
  getPeer,
  getTimetable,
  type ListingQuery,
  type Timetable,
} from '../store/index.ts';
import type { World } from './world.ts';

/** How many timetables of one name, or of a near one, are offered. */
const OFFERED = 10;
/** Names that are only near. */
const NEAR = 5;
/** As many are looked at for a typo: all groups of the country with the same digits, all surnames that begin alike. */
const COMPARED = 1000;
/** So many letters of a name without digits must be typed right. */
const RIGHT = 2;

/** `exact` after folding; `close` by a typo in letters or by a part of a person's name; `near` with other digits. */
export type Finding = {
  readonly exact: readonly Offered[];
  readonly close: readonly Offered[];
  readonly near: readonly Offered[];
};

/** `sender` is who asks, `peer` where: the universities of what both follow come first. `among`: only these are meant. */
export type Asker = { readonly sender: number; readonly peer: number; readonly among?: readonly string[] | undefined };

/** A find of either sort, as both are compared. */
type Candidate = Offered & { readonly folded: string; readonly origin: string; readonly category: ListedKind };

/**
 * Timetables and entries by name; `kind` narrows it. `exact` after folding; `close` only when nothing is exact: never by other
 * digits; `near` has the same letters and other digits: to be offered, never to be assumed.
 */
export async function find(world: World, words: string, asker: Asker, kind?: ListedKind): Promise<Finding> {
  const { db } = world.store;
  const folded = fold(words);
  if (folded === '') return { exact: [], close: [], near: [] };
  const home = await homesOf(db, asker);
  const { search, known } = searchesOf(db, asker, home, kind);
  const key = kind === 'room' ? keyOf('room', words) : null;
  const exact = merged(
    known(await findExact(db, folded, asker.sender)),
    await search(key === null ? { folded } : { key }, OFFERED + 1),
  );
  const people = kind === 'group' || kind === 'room' ? [] : await peopleOf(words, search);
  // Who asks for a teacher by the surname asks for those of that name; otherwise a surname is a guess.
  const meant = kind === 'teacher' ? merged(exact, people) : exact;
  if (meant.length > 0) return { exact: ordered(meant, home).slice(0, OFFERED), close: [], near: [] };

  const digits = digitsOf(words);
  const similar = merged(
    known(await findSimilar(db, digits, asker.sender, COMPARED)),
    await search(digits === '' ? { digits, from: folded.slice(0, RIGHT) } : { digits }, COMPARED),
  );
  const misspelled = kind === 'group' || kind === 'room' ? [] : await misspelledOf(words, search);
  const close = merged(ordered(people, home), [...ranked(words, similar, home), ...misspelled]);
  const others = await nearOf(folded, {
    search,
    like: async (start) => known(await findLike(db, start, asker.sender, 200)),
  });
  return {
    exact: [],
    close: close.slice(0, OFFERED),
    near: others.filter(({ id }) => !close.some((one) => one.id === id)).slice(0, NEAR),
  };
}

/** Those that are called exactly so, as `find` orders them: for words that are something else unless they are a title. */
export async function findTitled(world: World, title: string, asker: Asker): Promise<readonly Offered[]> {
  const { db } = world.store;
  const folded = fold(title);
  if (folded === '') return [];
  const home = await homesOf(db, asker);
  const { search, known } = searchesOf(db, asker, home);
  const found = merged(known(await findExact(db, folded, asker.sender)), await search({ folded }, OFFERED));
  return ordered(found, home).slice(0, OFFERED);
}

type Search = (query: ListingQuery, limit: number) => Promise<Candidate[]>;

/** Both sorts of finds, narrowed to what is meant. */
function searchesOf(
  db: Db,
  { among }: Asker,
  home: readonly string[],
  kind?: ListedKind,
): { readonly search: Search; known(found: readonly Timetable[]): Candidate[] } {
  return {
    search: async (query, limit) =>
      (await findListings(db, { ...query, kind: query.kind ?? kind, among }, { home, limit })).map(fromListing),
    known: (found) =>
      found
        .filter(({ category, origin }) => (kind ?? category) === category && (among?.includes(origin) ?? true))
        .map(fromTimetable),
  };
}

/** Teachers whom the words name: all of them by the surname alone, or those whose initials agree. */
async function peopleOf(words: string, search: Search): Promise<Candidate[]> {
  const key = keyOf('teacher', words);
  if (key.length < 2 || /\d/.test(words)) return [];
  const found = await search({ key, kind: 'teacher' }, COMPARED);
  return found.filter(({ name }) => namesPerson(words, name));
}

/** Teachers whose surname is the first word with a slip or two in it. */
async function misspelledOf(words: string, search: Search): Promise<Candidate[]> {
  const key = keyOf('teacher', words);
  if (key.length < 2 * RIGHT || /\d/.test(words)) return [];
  const found = await search({ keyFrom: key.slice(0, RIGHT), kind: 'teacher' }, COMPARED);
  const bySurname = Map.groupBy(found, ({ name }) => keyOf('teacher', name));
  return rank(key, [...bySurname.keys()])
    .filter((surname) => surname !== key)
    .flatMap((surname) => bySurname.get(surname) ?? []);
}

async function nearOf(
  folded: string,
  { search, like }: { search: Search; like: (start: string) => Promise<Candidate[]> },
): Promise<Candidate[]> {
  const letters = /^\p{L}+/u.exec(folded)?.[0] ?? '';
  if (letters.length < 2) return [];
  const near = merged(await like(letters), await search({ from: letters }, 200));
  return near.sort((a, b) => distance(a.folded, folded) - distance(b.folded, folded) || (a.folded < b.folded ? -1 : 1));
}

/** The universities of what the asker and the conversation follow. */
async function homesOf(db: Db, { sender, peer }: Asker): Promise<string[]> {
  const homes = new Set<string>();
  for (const id of new Set([peer, sender])) {
    const followed = (await getPeer(db, id))?.timetableId ?? null;
    const timetable = followed === null ? null : await getTimetable(db, followed);
    if (timetable !== null && timetable.origin !== '') homes.add(timetable.origin);
  }
  return [...homes];
}

/** Each once: an entry that has become a timetable is that timetable. */
function merged(one: readonly Candidate[], other: readonly Candidate[]): Candidate[] {
  return [...new Map([...one, ...other].map((found) => [found.id, found])).values()];
}

/** One's own university first, groups before teachers before rooms, what persons made last. */
function ordered(found: readonly Candidate[], home: readonly string[]): Candidate[] {
  const places = ({ origin, category, university }: Candidate) => [
    home.includes(origin) ? 0 : 1,
    LISTED_KINDS.indexOf(category),
    university === '' ? 1 : 0,
  ];
  return found.toSorted((a, b) => {
    const [left, right] = [places(a), places(b)];
    const differs = left.findIndex((place, at) => place !== right[at]);
    if (differs >= 0) return (left[differs] ?? 0) - (right[differs] ?? 0);
    return a.university === b.university ? 0 : a.university < b.university ? -1 : 1;
  });
}

/** Those a slip or two away, the nearest names first. */
function ranked(words: string, similar: readonly Candidate[], home: readonly string[]): Candidate[] {
  const byName = Map.groupBy(similar, ({ name }) => name);
  return rank(words, [...byName.keys()]).flatMap((name) => ordered(byName.get(name) ?? [], home));
}

function fromTimetable({ id, name, university, folded, origin, category }: Timetable): Candidate {
  return { id, name, university, folded, origin, category };
}

function fromListing(found: FoundListing): Candidate {
  const { id, timetableId, name, universityName, folded, university, kind } = found;
  return { id: timetableId ?? `№${id}`, name, university: universityName, folded, origin: university, category: kind };
}
