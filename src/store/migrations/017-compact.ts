/** Less room for what there is most of: a lesson that comes again keeps its facts once, a subscription stands in one order only. */
import { sql } from 'kysely';
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function compact(db: Db, kind: Kind): Promise<void> {
  await occurrences(db, kind);
  await subscriptions(db, kind);
}

async function occurrences(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'occurrence_line', true)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('n', t.number, required)
    .addColumn('facts', t.json, required)
    .addPrimaryKeyConstraint('occurrence_line_key', ['timetable_id', 'n'])
    .execute();
  await db.schema.dropTable('occurrence').execute();
  await table(db, kind, 'occurrence', true)
    .addColumn('starts_at', t.instant, required)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('n', t.number, required)
    .addColumn('day', t.number, required)
    .addColumn('line', t.number, required)
    .addColumn('told', t.number)
    .addColumn('marks', t.number, required)
    .addPrimaryKeyConstraint('occurrence_pk', ['starts_at', 'timetable_id', 'n'])
    .execute();
  await db.schema
    .createIndex('occurrence_of_timetable')
    .on('occurrence')
    .columns(['timetable_id', 'starts_at'])
    .execute();
  // The first tick writes them anew.
  await sql`update timetable set rolled_until = 0`.execute(db);
}

async function subscriptions(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  // No reference to peers and timetables: each would want an index of its own. `savePeer` and `deleteTimetable` keep them in step.
  await table(db, kind, 'subscription_anew', true)
    .addColumn('what', t.text, required)
    .addColumn('filtered', t.flag, required)
    .addColumn('lead', t.number, required)
    .addColumn('timetable_id', t.id, required)
    .addColumn('language', t.text, required)
    .addColumn('peer_id', t.id, required)
    .addPrimaryKeyConstraint('subscription_pk', ['what', 'filtered', 'lead', 'timetable_id', 'language', 'peer_id'])
    .execute();
  await sql`insert into subscription_anew (what, filtered, lead, timetable_id, language, peer_id)
    select what, filtered, lead, timetable_id, language, peer_id from subscription order by 1, 2, 3, 4, 5, 6`.execute(
    db,
  );
  await db.schema.dropTable('subscription').execute();
  await db.schema.alterTable('subscription_anew').renameTo('subscription').execute();
}
