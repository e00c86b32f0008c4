/** What a source gave for each day, as short prints: a reading looks at the days that differ. Timetables get theirs with their next change. */
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function prints(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'printed')
    .addColumn('timetable_id', t.id, (c) => c.primaryKey().references('timetable.id'))
    .addColumn('prints', t.text, required)
    .execute();
}
