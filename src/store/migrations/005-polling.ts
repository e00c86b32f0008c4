/** Which host a feed is read from, how often it wants to be, what hosts can carry, and what each person may still ask for. */
import { sql } from 'kysely';
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function polling(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  // One column a statement: SQLite takes no more.
  const feed = () => db.schema.alterTable('feed');
  await feed()
    .addColumn('host', t.text, (c) => c.notNull().defaultTo(''))
    .execute();
  await feed()
    .addColumn('rank', t.number, (c) => c.notNull().defaultTo(2))
    .execute();
  await feed()
    .addColumn('every', t.number, (c) => c.notNull().defaultTo(86_400_000))
    .execute();
  await feed()
    .addColumn('weight', t.real, (c) => c.notNull().defaultTo(0.0002))
    .execute();
  await feed()
    .addColumn('requests', t.number, (c) => c.notNull().defaultTo(1))
    .execute();
  await feed()
    .addColumn('gaps', t.json, (c) => c.notNull().defaultTo('[]'))
    .execute();
  await db.schema.dropIndex('feed_by_check').execute();
  await db.schema.createIndex('feed_by_host').on('feed').columns(['host', 'next_check']).execute();
  await db.schema.createIndex('feed_by_rank').on('feed').columns(['host', 'rank', 'next_check']).execute();
  await db.schema.createIndex('feed_near').on('feed').columns(['rank', 'source']).execute();

  await table(db, kind, 'host', true)
    .addColumn('name', t.text, (c) => c.primaryKey())
    .addColumn('look_at', t.instant, required)
    .addColumn('wait_until', t.instant, required)
    .addColumn('failures', t.number, required)
    .addColumn('per_request', t.real, required)
    .addColumn('price', t.real, required)
    .addColumn('priced_at', t.instant, required)
    .execute();
  await db.schema.createIndex('host_by_look').on('host').columns(['look_at']).execute();

  await table(db, kind, 'allowance', true)
    .addColumn('what', t.text, required)
    .addColumn('person_id', t.id, required)
    .addColumn('full_at', t.instant, required)
    .addPrimaryKeyConstraint('allowance_key', ['what', 'person_id'])
    .execute();
  await db.schema.createIndex('allowance_by_end').on('allowance').columns(['full_at']).execute();

  // Which host it is will be known at its next reading; until then the feeds of one source take turns.
  await sql`update feed set host = source`.execute(db);
  await sql`insert into host (name, look_at, wait_until, failures, per_request, price, priced_at)
    select distinct source, 0, 0, 0, 1000, 0, 0 from feed`.execute(db);
}
