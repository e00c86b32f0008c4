/** Joined lessons, first lessons and exams are known before they are due; who is told of exams; what came too late is counted. */
import { sql } from 'kysely';
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function sittings(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  // One column a statement: SQLite takes no more.
  for (const name of ['joins', 'first', 'exam'])
    await db.schema
      .alterTable('occurrence')
      .addColumn(name, t.flag, (c) => c.notNull().defaultTo(0))
      .execute();
  await db.schema.alterTable('occurrence').addColumn('told', t.json).execute();
  // The first tick writes them anew, with their marks.
  await sql`update timetable set rolled_until = 0`.execute(db);

  await sql`insert into subscription (timetable_id, what, lead, language, filtered, peer_id)
    select timetable_id, 'exam', 0, language, filtered, id from peer
    where exams = 1 and timetable_id is not null and asleep is null`.execute(db);
  await db.schema.dropIndex('subscription_by_what').execute();
  await db.schema
    .createIndex('subscription_by_lead')
    .on('subscription')
    .columns(['what', 'filtered', 'lead', 'timetable_id'])
    .execute();

  await table(db, kind, 'expired', true)
    .addColumn('kind', t.text, (c) => c.primaryKey())
    .addColumn('peers', t.instant, required)
    .addColumn('last_at', t.instant, required)
    .execute();
}
