/** Who was appointed to write in a timetable. When and by whom stands in the audit. */
import type { Db } from './schema.ts';

/** Their user ids, in order. */
export async function editorsOf(db: Db, timetableId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('editor')
    .select('person_id')
    .where('timetable_id', '=', timetableId)
    .orderBy('person_id')
    .execute();
  return rows.map((row) => row.person_id);
}

/** False when it is one already. */
export async function addEditor(db: Db, timetableId: number, person: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('editor')
    .values({ timetable_id: timetableId, person_id: person })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** False when it was none. */
export async function dropEditor(db: Db, timetableId: number, person: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('editor')
    .where('timetable_id', '=', timetableId)
    .where('person_id', '=', person)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** The person writes in no timetable any more. */
export async function forgetEditor(db: Db, person: number): Promise<void> {
  await db.deleteFrom('editor').where('person_id', '=', person).execute();
}
