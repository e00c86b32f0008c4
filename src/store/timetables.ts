/** Timetables: what they are called, whose they are, how fresh, and how they are found by name. */
import type { ExpressionBuilder, Selectable } from 'kysely';
import type { Bell, Instant, Term, Zone } from '../domain/calendar.ts';
import type { Language } from '../domain/peer.ts';
import { canonical, parse } from './json.ts';
import type { Db, Schema, TimetableTable } from './schema.ts';

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
  /** Grows by one with every change of the lessons. */
  readonly revision: number;
  /** The last good reading of the source, or the last edit. */
  readonly freshAt: Instant | null;
  /** The name as it is compared: folded by domain/name. */
  readonly folded: string;
  /** The digits of the name in order: a typo is never forgiven in them. */
  readonly digits: string;
};

export type NewTimetable = Omit<Timetable, 'id' | 'revision' | 'freshAt' | 'language'> & {
  readonly language?: Language;
};

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

export async function getTimetable(db: Db, id: number): Promise<Timetable | null> {
  const row = await db.selectFrom('timetable').selectAll().where('id', '=', id).executeTakeFirst();
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

export async function setFresh(db: Db, id: number, at: Instant): Promise<void> {
  await db.updateTable('timetable').set({ fresh_at: at }).where('id', '=', id).execute();
}

export async function setTerm(db: Db, id: number, term: Term | null, bells: readonly Bell[]): Promise<void> {
  await db
    .updateTable('timetable')
    .set({ term: term === null ? null : canonical(term), bells: canonical(bells) })
    .where('id', '=', id)
    .execute();
}

/** The evening messages of its followers move to the new zone too; occurrences are the caller's to write again. */
export async function setZone(db: Db, id: number, zone: Zone): Promise<void> {
  await db.updateTable('timetable').set({ zone }).where('id', '=', id).execute();
  await db
    .updateTable('evening')
    .set({ zone })
    .where('peer_id', 'in', (eb) => eb.selectFrom('peer').select('id').where('timetable_id', '=', id))
    .execute();
}

/** Says that the lessons change now. False when they changed since `expected` was read: read again and decide again. */
export async function bumpRevision(db: Db, id: number, expected: number, freshAt: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('timetable')
    .set({ revision: expected + 1, fresh_at: freshAt })
    .where('id', '=', id)
    .where('revision', '=', expected)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ten can be shown as buttons; the eleventh says that there are more. */
const FOUND = 11;

/** Timetables of exactly this folded name that the viewer may see: listed, own, or followed by the viewer. By university, then id. */
export async function findExact(db: Db, folded: string, viewer: number): Promise<Timetable[]> {
  const rows = await db
    .selectFrom('timetable')
    .selectAll()
    .where('folded', '=', folded)
    .where(visibleTo(viewer))
    .orderBy('university')
    .orderBy('id')
    .limit(FOUND)
    .execute();
  return rows.map(fromRow);
}

/** Timetables with the same digits that the viewer may see; which of them are near in letters is the caller's to say. */
export async function findSimilar(db: Db, digits: string, viewer: number, limit: number): Promise<Timetable[]> {
  const rows = await db
    .selectFrom('timetable')
    .selectAll()
    .where('digits', '=', digits)
    .where(visibleTo(viewer))
    .orderBy('folded')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(fromRow);
}

/** Whether this viewer may see this timetable: the rule of the searches above, for one known by its id. */
export async function isVisible(db: Db, id: number, viewer: number): Promise<boolean> {
  const row = await db
    .selectFrom('timetable')
    .select('id')
    .where('id', '=', id)
    .where(visibleTo(viewer))
    .executeTakeFirst();
  return row !== undefined;
}

/** Listed timetables only, by name. */
export async function listTimetables(
  db: Db,
  filter: { readonly university?: string },
  limit: number,
): Promise<Timetable[]> {
  let query = db.selectFrom('timetable').selectAll().where('listed', '=', 1);
  if (filter.university !== undefined) query = query.where('university', '=', filter.university);
  const rows = await query.orderBy('folded').orderBy('id').limit(limit).execute();
  return rows.map(fromRow);
}

/** Every timetable this person made, oldest first. */
export async function listOwned(db: Db, ownerId: number): Promise<Timetable[]> {
  const rows = await db.selectFrom('timetable').selectAll().where('owner_id', '=', ownerId).orderBy('id').execute();
  return rows.map(fromRow);
}

/** The timetable of this exact name within a university: how a configured source finds its own again. */
export async function findByUniversity(db: Db, university: string, name: string): Promise<Timetable | null> {
  const row = await db
    .selectFrom('timetable')
    .selectAll()
    .where('university', '=', university)
    .where('name', '=', name)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

function visibleTo(viewer: number) {
  return (eb: ExpressionBuilder<Schema, 'timetable'>) =>
    eb.or([
      eb('listed', '=', 1),
      eb('owner_id', '=', viewer),
      eb(
        'timetable.id',
        'in',
        eb
          .selectFrom('peer')
          .select('peer.timetable_id')
          .where('peer.id', '=', viewer)
          .where('peer.timetable_id', 'is not', null),
      ),
    ]);
}

function fromRow(row: Selectable<TimetableTable>): Timetable {
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
  };
}
