/** What is known of a source as a whole: which university a feed belongs to, whether it ails, and what operators were told. */
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function outages(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await db.schema
    .alterTable('feed')
    .addColumn('university', t.text, (c) => c.notNull().defaultTo(''))
    .execute();
  await db.schema
    .alterTable('feed')
    .addColumn('ailing', t.flag, (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('feed').addColumn('warned_at', t.instant).execute();
  await db.schema
    .alterTable('feed')
    .addColumn('skipped', t.number, (c) => c.notNull().defaultTo(0))
    .execute();
  for (const { id, ask } of await db.selectFrom('feed').select(['id', 'ask']).execute()) {
    const { university } = JSON.parse(ask);
    if (typeof university === 'string') await db.updateTable('feed').set({ university }).where('id', '=', id).execute();
  }
  await db.schema.createIndex('feed_by_source').on('feed').columns(['source', 'university', 'profile']).execute();

  await table(db, kind, 'outage', true)
    .addColumn('source', t.text, required)
    .addColumn('university', t.text, required)
    .addColumn('since', t.instant, required)
    .addColumn('told_at', t.instant, required)
    .addColumn('troubled', t.number, required)
    .addPrimaryKeyConstraint('outage_key', ['source', 'university'])
    .execute();
}
