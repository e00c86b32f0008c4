/** Entries of the universities' catalogues: written as differences, found by name, each with the timetable it has become. */
import type { Zone } from '../domain/calendar.ts';
import { chunksOf } from '../domain/chunks.ts';
import type { ListedKind } from '../domain/listed.ts';
import type { Ask } from '../source/contract.ts';
import { canonical, parse } from './json.ts';
import type { Db } from './schema.ts';

export type Listing = {
  readonly id: number;
  /** The university's key. */
  readonly university: string;
  readonly kind: ListedKind;
  readonly name: string;
  readonly folded: string;
  readonly digits: string;
  /** What people type of it, folded: see domain/listed. */
  readonly key: string;
  readonly source: string;
  readonly ask: Ask;
};

/** An entry with its university as people know it; `timetableId` is null until somebody asked for it. */
export type FoundListing = Pick<Listing, 'id' | 'university' | 'kind' | 'name' | 'folded' | 'source' | 'ask'> & {
  readonly universityName: string;
  readonly zone: Zone;
  readonly timetableId: number | null;
};

/** An entry as a diff compares it: `ask` is the stored text. */
export type KeptListing = { readonly id: number; readonly name: string; readonly ask: string; readonly source: string };

/** Rows a statement: a few hundred parameters, a few milliseconds. */
const CHUNK = 100;

/** One page of what is stored of a kind, in order of names after `after`. */
export async function keptListings(
  db: Db,
  { university, kind, after, limit }: { university: string; kind: ListedKind; after: string; limit: number },
): Promise<KeptListing[]> {
  return db
    .selectFrom('listing')
    .select(['id', 'name', 'ask', 'source'])
    .where('university', '=', university)
    .where('kind', '=', kind)
    .where('name', '>', after)
    .orderBy('name')
    .limit(limit)
    .execute();
}

/** Whether a stored entry is read as this one is. */
export function isKept(kept: KeptListing, source: string, ask: Ask): boolean {
  return kept.source === source && kept.ask === canonical(ask);
}

/** Writes a part of a difference. Call in a transaction. */
export async function writeListings(
  db: Db,
  change: {
    readonly remove: readonly number[];
    readonly insert: readonly Omit<Listing, 'id'>[];
    readonly update: readonly Pick<Listing, 'id' | 'source' | 'ask'>[];
  },
): Promise<void> {
  for (const ids of chunksOf(change.remove, 5 * CHUNK)) await db.deleteFrom('listing').where('id', 'in', ids).execute();
  for (const rows of chunksOf(change.insert, CHUNK))
    await db
      .insertInto('listing')
      .values(rows.map((row) => ({ ...row, ask: canonical(row.ask) })))
      .execute();
  for (const { id, source, ask } of change.update)
    await db
      .updateTable('listing')
      .set({ source, ask: canonical(ask) })
      .where('id', '=', id)
      .execute();
}

/** One of these says by what: the whole folded name, the part that people type, or the digits; `from` is how the folded name begins, `keyFrom` how that part does. */
export type ListingQuery = {
  readonly folded?: string;
  readonly key?: string;
  readonly digits?: string;
  readonly from?: string;
  readonly keyFrom?: string;
  readonly kind?: ListedKind | undefined;
  /** Only of these universities; absent = of all. */
  readonly among?: readonly string[] | undefined;
};

/** Entries of universities that are switched on: those of `home` first, groups before teachers before rooms. */
export async function findListings(
  db: Db,
  query: ListingQuery,
  { home, limit }: { readonly home: readonly string[]; readonly limit: number },
): Promise<FoundListing[]> {
  let found = withTimetable(db).where('university.listed', '=', 1);
  if (query.folded !== undefined) found = found.where('listing.folded', '=', query.folded);
  if (query.key !== undefined) found = found.where('listing.key', '=', query.key);
  if (query.digits !== undefined) found = found.where('listing.digits', '=', query.digits);
  if (query.from !== undefined)
    found = found.where('listing.folded', '>=', query.from).where('listing.folded', '<', after(query.from));
  if (query.keyFrom !== undefined)
    found = found.where('listing.key', '>=', query.keyFrom).where('listing.key', '<', after(query.keyFrom));
  if (query.kind !== undefined) found = found.where('listing.kind', '=', query.kind);
  if (query.among !== undefined) found = found.where('listing.university', 'in', query.among);
  if (home.length > 0)
    found = found.orderBy((eb) => eb.case().when('listing.university', 'in', home).then(0).else(1).end());
  // «group» < «teacher» < «room» is no order of letters.
  const rows = await found
    .orderBy((eb) => eb.case('listing.kind').when('group').then(0).when('teacher').then(1).else(2).end())
    .orderBy('listing.folded')
    .orderBy('listing.id')
    .limit(limit)
    .execute();
  return rows.map(fromRow);
}

/** One entry of a university that is switched on. */
export async function getListing(db: Db, id: number): Promise<FoundListing | null> {
  const row = await withTimetable(db)
    .where('university.listed', '=', 1)
    .where('listing.id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** Which source asks what for the entry of this name, now; null when it is not listed (any more). */
export async function listingOf(
  db: Db,
  { origin, category, name }: { origin: string; category: ListedKind; name: string },
): Promise<Pick<Listing, 'source' | 'ask'> | null> {
  const row = await db
    .selectFrom('listing')
    .select(['source', 'ask'])
    .where('university', '=', origin)
    .where('kind', '=', category)
    .where('name', '=', name)
    .executeTakeFirst();
  return row === undefined ? null : { source: row.source, ask: parse<Ask>(row.ask) };
}

/** As many entries may hold the same words in their asks and not mean the same. */
const ALIKE = 50;

/** The entry whose ask has these values, e.g. `{ id: '501' }`: numbers are handed out anew every year, the entry is today's. */
export async function findAsked(
  db: Db,
  { university, kind, ask }: Pick<Listing, 'university' | 'kind' | 'ask'>,
): Promise<FoundListing | null> {
  let found = withTimetable(db)
    .where('university.listed', '=', 1)
    .where('listing.university', '=', university)
    .where('listing.kind', '=', kind);
  for (const [key, value] of Object.entries(ask))
    found = found.where('listing.ask', 'like', `%${JSON.stringify({ [key]: value }).slice(1, -1)}%`);
  const rows = (await found.orderBy('listing.id').limit(ALIKE).execute()).map(fromRow);
  return rows.find((row) => Object.entries(ask).every(([key, value]) => row.ask[key] === value)) ?? null;
}

function withTimetable(db: Db) {
  return db
    .selectFrom('listing')
    .innerJoin('university', 'university.key', 'listing.university')
    .leftJoin('timetable', (join) =>
      join
        .onRef('timetable.origin', '=', 'listing.university')
        .onRef('timetable.category', '=', 'listing.kind')
        .onRef('timetable.name', '=', 'listing.name'),
    )
    .select([
      'listing.id',
      'listing.university',
      'listing.kind',
      'listing.name',
      'listing.folded',
      'listing.source',
      'listing.ask',
      'university.name as universityName',
      'university.zone',
      'timetable.id as timetableId',
    ]);
}

function fromRow(row: Awaited<ReturnType<ReturnType<typeof withTimetable>['execute']>>[number]): FoundListing {
  return { ...row, kind: kindOf(row.kind), ask: parse<Ask>(row.ask) };
}

/** The kind as a column holds it. */
export function kindOf(kind: string): ListedKind {
  return kind === 'teacher' || kind === 'room' ? kind : 'group';
}

function after(start: string): string {
  return `${start}\u{10ffff}`;
}
