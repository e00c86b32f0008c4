/** What a university lists, laid over what is stored as a difference; and the timetable that an entry becomes. */
import { setImmediate } from 'node:timers/promises';
import type { Instant, Zone } from '../domain/calendar.ts';
import { keyOf, type ListedKind } from '../domain/listed.ts';
import { digitsOf, fold } from '../domain/name.ts';
import type { Ask } from '../source/contract.ts';
import {
  addFeed,
  boundFeeds,
  createTimetable,
  type Db,
  type Feed,
  findBound,
  isKept,
  type KeptListing,
  keptListings,
  type Listing,
  saveFeed,
  setAsk,
  type Timetable,
  touchTimetable,
  writeListings,
} from '../store/index.ts';
import type { World } from './world.ts';

/** An entry as it is to be stored. */
export type Offer = Pick<Listing, 'kind' | 'name' | 'source' | 'ask'>;

/** Rows a page and entries a transaction: each takes a few milliseconds, and others get their turn in between. */
const PAGE = 500;
const CHUNK = 100;

/** All that is stored of a kind, by name. */
export async function keptByName(
  world: World,
  university: string,
  kind: ListedKind,
): Promise<ReadonlyMap<string, KeptListing>> {
  const kept = new Map<string, KeptListing>();
  for (let after = ''; ; ) {
    const page = await keptListings(world.store.db, { university, kind, after, limit: PAGE });
    for (const one of page) kept.set(one.name, one);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return kept;
    after = last.name;
    await setImmediate();
  }
}

/**
 * Writes what is new, gone or read otherwise than before, and corrects the feeds of timetables whose entry is: a timetable is
 * bound by (university, kind, name), the rest may change with every year. Returns how many entries were touched.
 */
export async function layOver(
  world: World,
  university: string,
  kept: ReadonlyMap<string, KeptListing>,
  offers: readonly Offer[],
): Promise<number> {
  const bound = await boundByName(world, university);
  const left = new Map(kept);
  let touched = 0;
  for (let from = 0; from < offers.length; from += CHUNK) {
    const insert: Omit<Listing, 'id'>[] = [];
    const update: Pick<Listing, 'id' | 'source' | 'ask'>[] = [];
    const changed: Offer[] = [];
    for (const offer of offers.slice(from, from + CHUNK)) {
      const { kind, name, source, ask } = offer;
      const old = left.get(name);
      left.delete(name);
      if (old !== undefined && isKept(old, source, ask)) continue;
      changed.push(offer);
      if (old !== undefined) update.push({ id: old.id, source, ask });
      else insert.push({ university, ...offer, folded: fold(name), digits: digitsOf(name), key: keyOf(kind, name) });
    }
    if (changed.length > 0)
      await world.store.transaction(async (tx) => {
        await writeListings(tx, { remove: [], insert, update });
        for (const offer of changed) await correct(tx, bound.get(`${offer.kind} ${offer.name}`), offer, world.now());
      });
    touched += changed.length;
    await setImmediate();
  }
  const gone = [...left.values()].map(({ id }) => id);
  for (let from = 0; from < gone.length; from += CHUNK) {
    await world.store.transaction((tx) =>
      writeListings(tx, { remove: gone.slice(from, from + CHUNK), insert: [], update: [] }),
    );
    await setImmediate();
  }
  return touched + gone.length;
}

async function boundByName(world: World, university: string): Promise<ReadonlyMap<string, Feed>> {
  const feeds = await boundFeeds(world.store.db, university);
  return new Map(feeds.map(({ category, name, feed }) => [`${category} ${name}`, feed]));
}

/** Points the feed at the entry as it is listed now, and has it read at once. */
async function correct(tx: Db, feed: Feed | undefined, { source, ask }: Offer, now: Instant): Promise<void> {
  if (feed === undefined || (feed.source === source && sameAsk(feed.ask, ask))) return;
  await setAsk(tx, feed.id, ask);
  await saveFeed(tx, feed.id, { source, nextCheck: now });
}

function sameAsk(a: Ask, b: Ask): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** The timetable of an entry, made when nobody asked for it before; nothing is read yet. Call in a transaction. */
export async function bind(
  tx: Db,
  entry: Offer & { readonly university: string; readonly universityName: string; readonly zone: Zone },
  now: Instant,
): Promise<Timetable> {
  const { kind, name, source, ask, university, universityName, zone } = entry;
  const known = await findBound(tx, { origin: university, category: kind, name });
  if (known !== null) return known;
  const timetable = await createTimetable(tx, {
    name,
    university: universityName,
    zone,
    kind: 'feed',
    ownerId: null,
    listed: true,
    term: null,
    bells: [],
    folded: fold(name),
    digits: digitsOf(name),
    origin: university,
    category: kind,
  });
  await addFeed(tx, { timetableId: timetable.id, source, ask, profile: 'configured', nextCheck: now });
  await touchTimetable(tx, timetable.id, now);
  return timetable;
}
