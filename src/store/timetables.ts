/** Timetables: what they are called, whose they are, how fresh, and how they are found by name. */
import { type Selectable, sql } from 'kysely';
import type { Bell, Instant, Term, Zone } from '../domain/calendar.ts';
import type { ListedKind } from '../domain/listed.ts';
import type { Language } from '../domain/peer.ts';
import { canonical, parse } from './json.ts';
import { kindOf } from './listings.ts';
import { type Given, once } from './once.ts';
import { takePeers } from './peers.ts';
import type { Db, TimetableTable } from './schema.ts';
import { dropSubscriptionsTo } from './sets.ts';

const DAY = 24 * 60 * 60_000;

export type Timetable = {
  readonly id: number;
  readonly name: string;
  /** '' for a timetable made by a person. */
  readonly university: string;
  readonly zone: Zone;
  readonly language: Language;
  readonly kind: 'feed' | 'manual';
  readonly ownerId: number | null;
  /** Anyone may find it by name. */
  readonly listed: boolean;
  readonly term: Term | null;
  readonly bells: readonly Bell[];
  /** Grows by one with every change of the lessons, and whenever people are told of one. */
  readonly revision: number;
  /** The last good reading of the source, or the last edit. */
  readonly freshAt: Instant | null;
  /** The name as it is compared: folded by domain/name. */
  readonly folded: string;
  /** The digits of the name in order: a typo is never forgiven in them. */
  readonly digits: string;
  /** The key of the university whose catalogue lists it; '' for what a person brought. */
  readonly origin: string;
  readonly category: ListedKind;
};

export type NewTimetable = Omit<Timetable, 'id' | 'revision' | 'freshAt' | 'language' | 'origin' | 'category'> &
  Partial<Pick<Timetable, 'language' | 'origin' | 'category'>>;

export async function createTimetable(db: Db, timetable: NewTimetable): Promise<Timetable> {
  const { ownerId, listed, term, bells, ...plain } = timetable;
  const row = await db
    .insertInto('timetable')
    .values({
      ...plain,
      language: timetable.language ?? 'ru',
      owner_id: ownerId,
      listed: listed ? 1 : 0,
      term: term === null ? null : canonical(term),
      bells: canonical(bells),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return fromRow(row);
}

const byId = once((db, given: Given<{ id: number }>) =>
  db.selectFrom('timetable').selectAll().where('id', '=', given('id')),
);

export async function getTimetable(db: Db, id: number): Promise<Timetable | null> {
  const [row] = (await byId(db, { id })).rows;
  return row === undefined ? null : fromRow(row);
}

/** `folded` and `digits` must be those of the new name. */
export async function renameTimetable(
  db: Db,
  id: number,
  name: Pick<Timetable, 'name' | 'folded' | 'digits'>,
): Promise<void> {
  const { folded, digits } = name;
  await db.updateTable('timetable').set({ name: name.name, folded, digits }).where('id', '=', id).execute();
}

const fresh = once((db, given: Given<{ id: number; at: Instant }>) =>
  db
    .updateTable('timetable')
    .set({ fresh_at: given('at') })
    .where('id', '=', given('id')),
);

export async function setFresh(db: Db, id: number, at: Instant): Promise<void> {
  await fresh(db, { id, at });
}

export async function setTerm(db: Db, id: number, term: Term | null, bells: readonly Bell[]): Promise<void> {
  await db
    .updateTable('timetable')
    .set({ term: term === null ? null : canonical(term), bells: canonical(bells) })
    .where('id', '=', id)
    .execute();
}

/** The zones of these timetables, by id. */
export async function zonesOf(db: Db, ids: readonly number[]): Promise<Map<number, Zone>> {
  const rows = await db.selectFrom('timetable').select(['id', 'zone']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, zone }) => [id, zone]));
}

/** The digests of its followers without a zone of their own move to the new one too; occurrences are the caller's to write again. */
export async function setZone(db: Db, id: number, zone: Zone): Promise<void> {
  await db.updateTable('timetable').set({ zone }).where('id', '=', id).execute();
  await db
    .updateTable('digest')
    .set({ zone })
    .where('timetable_id', '=', id)
    .where('peer_id', 'not in', (eb) =>
      eb.selectFrom('peer').select('id').where('timetable_id', '=', id).where('zone', 'is not', null),
    )
    .execute();
}

/** Deletes the timetable with its lessons, its feed and everybody's subscriptions; those who followed it follow none. Call in a transaction. */
export async function deleteTimetable(db: Db, id: number): Promise<void> {
  // Peers before what is derived from them, and in their order, as whoever saves a peer takes them.
  const following = await db.selectFrom('peer').select('id').where('timetable_id', '=', id).execute();
  await takePeers(
    db,
    following.map((peer) => peer.id),
  );
  await db.updateTable('peer').set({ timetable_id: null }).where('timetable_id', '=', id).execute();
  for (const table of [
    'digest',
    'waiting',
    'untold_day',
    'untold',
    'told',
    'held',
    'homework',
    'editor',
    'occurrence',
    'occurrence_line',
    'printed',
    'lesson',
    'feed',
  ] as const)
    await db.deleteFrom(table).where('timetable_id', '=', id).execute();
  await dropSubscriptionsTo(db, id);
  await db.deleteFrom('timetable').where('id', '=', id).execute();
}

/** Lets go of everything this person made, or of this one: what was made for all stays and belongs to nobody. */
export async function disown(db: Db, ownerId: number, id?: number): Promise<void> {
  const owned = db.updateTable('timetable').set({ owner_id: null }).where('owner_id', '=', ownerId);
  await (id === undefined ? owned : owned.where('id', '=', id)).execute();
}

const followed = once((db, given: Given<{ id: number; except: number }>) =>
  db
    .selectFrom('peer')
    .select('id')
    .where('timetable_id', '=', given('id'))
    .where('id', '!=', given('except'))
    .limit(sql.lit(1)),
);
/** No peer has this id. */
const NOBODY = 0;

/** Whether any peer, or any but `except`, follows this timetable, asleep or not. */
export async function isFollowed(db: Db, id: number, except = NOBODY): Promise<boolean> {
  return (await followed(db, { id, except })).rows.length > 0;
}

/** Every timetable this person made, oldest first. */
export async function listOwned(db: Db, ownerId: number): Promise<Timetable[]> {
  const rows = await db.selectFrom('timetable').selectAll().where('owner_id', '=', ownerId).orderBy('id').execute();
  return rows.map(fromRow);
}

/** The timetable that an entry of a catalogue has become; null while nobody asked for it. */
export async function findBound(
  db: Db,
  { origin, category, name }: Pick<Timetable, 'origin' | 'category' | 'name'>,
): Promise<Timetable | null> {
  const row = await db
    .selectFrom('timetable')
    .selectAll()
    .where('origin', '=', origin)
    .where('category', '=', category)
    .where('name', '=', name)
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** Somebody looked it up; kept to the day, so that a crowd that asks costs no writing. */
export async function touchTimetable(db: Db, id: number, now: Instant): Promise<void> {
  await db
    .updateTable('timetable')
    .set({ asked_at: now })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('asked_at', 'is', null), eb('asked_at', '<', now - DAY)]))
    .execute();
}

/** Timetables of catalogues that nobody follows and nobody looked up since then, some of them. */
export async function listForgotten(db: Db, before: Instant, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('timetable')
    .select('id')
    .where('asked_at', '<', before)
    .where('origin', '<>', '')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('peer').select('peer.id').whereRef('peer.timetable_id', '=', 'timetable.id'))),
    )
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** A row as the rest of the program knows it. */
export function fromRow(row: Selectable<TimetableTable>): Timetable {
  return {
    id: row.id,
    name: row.name,
    university: row.university,
    zone: row.zone,
    language: row.language === 'en' ? 'en' : 'ru',
    kind: row.kind === 'manual' ? 'manual' : 'feed',
    ownerId: row.owner_id,
    listed: row.listed === 1,
    term: row.term === null ? null : parse<Term>(row.term),
    bells: parse<Bell[]>(row.bells),
    revision: row.revision,
    freshAt: row.fresh_at,
    folded: row.folded,
    digits: row.digits,
    origin: row.origin,
    category: kindOf(row.category),
  };
}
