/** What was told is found by the day of the lesson; who has not been told it yet because of quiet hours; what must come in order. */
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function held(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await db.schema.createIndex('told_by_day').on('told').columns(['timetable_id', 'day']).execute();
  await db.schema.createIndex('told_by_day_to').on('told').columns(['timetable_id', 'day_to']).execute();
  await db.schema
    .alterTable('told')
    .addColumn('unsure', t.flag, (c) => c.notNull().defaultTo(0))
    .execute();

  await table(db, kind, 'held', true)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('peer_id', t.id, required)
    .addColumn('since', t.instant, required)
    .addColumn('due', t.instant, required)
    .addPrimaryKeyConstraint('held_key', ['timetable_id', 'peer_id'])
    .execute();
  await db.schema.createIndex('held_by_due').on('held').columns(['due', 'timetable_id']).execute();
  await db.schema.createIndex('held_by_peer').on('held').columns(['peer_id']).execute();

  await db.schema.alterTable('outbox').addColumn('thread', t.id).execute();
  await db.schema
    .createIndex('outbox_by_thread')
    .on('outbox')
    .columns(['thread', 'state'])
    .where('thread', 'is not', null)
    .execute();
}
