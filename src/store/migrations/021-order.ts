/** What waits for a later time is kept apart from what is due, so that nobody walks over it; a message of changes knows since when it tells. */
import { sql } from 'kysely';
import type { Db, Kind } from '../schema.ts';
import { columnsFor } from './columns.ts';

export async function order(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await db.schema
    .alterTable('outbox')
    .addColumn('early', t.flag, (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('outbox').addColumn('since', t.instant).execute();
  await db.schema.dropIndex('outbox_waiting').execute();
  await sql`create index outbox_waiting on outbox (state, early, dies_at) where state = 0`.execute(db);
  await sql`create index outbox_early on outbox (state, early, not_before, dies_at) where state = 0 and early = 1`.execute(
    db,
  );
}
