/** Changes wait until they are believed, and are kept for two weeks once they are told. */
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function untold(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'untold')
    .addColumn('timetable_id', t.id, (c) => c.primaryKey().references('timetable.id'))
    .addColumn('since', t.instant, required)
    .addColumn('look_at', t.instant, required)
    .addColumn('seen', t.json, required)
    .execute();
  await db.schema.createIndex('untold_by_look').on('untold').columns(['look_at']).execute();
  await db.schema.createIndex('untold_by_since').on('untold').columns(['since']).execute();

  await table(db, kind, 'untold_day', true)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('day', t.text, required)
    .addColumn('lessons', t.json, required)
    .addPrimaryKeyConstraint('untold_day_key', ['timetable_id', 'day'])
    .execute();

  await table(db, kind, 'told')
    .addColumn('id', t.id, t.own)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('at', t.instant, required)
    .addColumn('day', t.text, required)
    .addColumn('day_to', t.text, required)
    .addColumn('change', t.json, required)
    .execute();
  await db.schema.createIndex('told_of').on('told').columns(['timetable_id', 'at']).execute();
  await db.schema.createIndex('told_by_age').on('told').columns(['at']).execute();
}
