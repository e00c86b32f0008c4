/** Timetables found by name, among those the asker may see. */
import type { ExpressionBuilder } from 'kysely';
import type { Db, Schema } from './schema.ts';
import { fromRow, type Timetable } from './timetables.ts';

/** Ten can be shown as buttons; the eleventh says that there are more. */
const FOUND = 11;

/**
 * Timetables of exactly this folded name that the viewer may see: listed, own, or followed by the viewer. Those of universities
 * come first, so that nobody pushes them out with namesakes made by hand.
 */
export async function findExact(db: Db, folded: string, viewer: number): Promise<Timetable[]> {
  const rows = await db
    .selectFrom('timetable')
    .selectAll()
    .where('folded', '=', folded)
    .where(visibleTo(viewer))
    .orderBy((eb) => eb.case().when('university', '=', '').then(1).else(0).end())
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

/** Listed timetables whose folded name begins with these letters, in order. */
export async function findLike(db: Db, start: string, viewer: number, limit: number): Promise<Timetable[]> {
  const rows = await db
    .selectFrom('timetable')
    .selectAll()
    .where('folded', '>=', start)
    .where('folded', '<', `${start}\u{10ffff}`)
    .where(visibleTo(viewer))
    .orderBy('folded')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(fromRow);
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
