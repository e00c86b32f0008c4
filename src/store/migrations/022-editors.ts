/** Who else writes in a timetable: those whom its owner or an operator appointed. */
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function editors(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'editor', true)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('person_id', t.id, required)
    .addPrimaryKeyConstraint('editor_pk', ['timetable_id', 'person_id'])
    .execute();
  await db.schema.createIndex('editor_by_person').on('editor').columns(['person_id']).execute();
}
