/** Every lesson has an id of our own that stays when the lesson is moved, edited or renumbered by its source. */
import { sql } from 'kysely';
import type { Db, Kind } from '../schema.ts';
import { columnsFor } from './columns.ts';

export async function ownIds(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await db.schema
    .alterTable('lesson')
    .addColumn('uid', t.text, (c) => c.notNull().defaultTo(''))
    .execute();
  // «r» is in no id that is given later: those are hexadecimal.
  await sql`update lesson set uid = 'r' || id`.execute(db);
  await db.schema.createIndex('lesson_by_uid').on('lesson').columns(['timetable_id', 'uid']).unique().execute();
}
