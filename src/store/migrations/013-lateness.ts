/** How late messages came, hour by hour, so that a restart forgets nothing of the week. */
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function lateness(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'lateness', true)
    .addColumn('hour', t.instant, required)
    .addColumn('bucket', t.number, required)
    .addColumn('peers', t.instant, required)
    .addPrimaryKeyConstraint('lateness_pk', ['hour', 'bucket'])
    .execute();
}
