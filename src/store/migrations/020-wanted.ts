/** Sites of engines we know that people brought and that are no university of ours yet. */
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function wanted(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'wanted', true)
    .addColumn('site', 'text', (column) => column.primaryKey().notNull())
    .addColumn('source', 'text', required)
    .addColumn('draft', 'text', required)
    .addColumn('heads', 'text', required)
    .addColumn('first_at', t.instant, required)
    .addColumn('last_at', t.instant, required)
    .execute();
}
