/** Which batches a peer was in lately, so that «почему» finds them. */
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function recent(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'recent')
    .addColumn('peer_id', t.id, (c) => c.primaryKey())
    .addColumn('batches', t.text, required)
    .execute();
}
