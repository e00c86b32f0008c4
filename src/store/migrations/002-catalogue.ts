/** Universities, what each of them lists, which timetable belongs to which entry, and who waits for one that is being read. */
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function catalogue(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'university', true)
    .addColumn('key', t.text, (c) => c.primaryKey())
    .addColumn('name', t.text, required)
    .addColumn('zone', t.text, required)
    .addColumn('listed', t.flag, required)
    .addColumn('next_check', t.instant)
    .addColumn('checked_at', t.instant)
    .addColumn('good_at', t.instant)
    .addColumn('failures', t.number, required)
    .addColumn('problem', t.json)
    .addColumn('held', t.text)
    .addColumn('held_since', t.instant)
    .addColumn('fingerprint', t.text, required)
    .execute();
  await db.schema.createIndex('university_by_check').on('university').columns(['next_check']).execute();

  await table(db, kind, 'listing')
    .addColumn('id', t.id, t.own)
    .addColumn('university', t.text, required)
    .addColumn('kind', t.text, required)
    .addColumn('name', t.text, required)
    .addColumn('folded', t.text, required)
    .addColumn('digits', t.text, required)
    .addColumn('key', t.text, required)
    .addColumn('source', t.text, required)
    .addColumn('ask', t.json, required)
    .addUniqueConstraint('listing_once', ['university', 'kind', 'name'])
    .execute();
  await db.schema.createIndex('listing_by_folded').on('listing').columns(['folded']).execute();
  await db.schema.createIndex('listing_by_key').on('listing').columns(['key']).execute();
  await db.schema.createIndex('listing_by_digits').on('listing').columns(['digits', 'folded']).execute();

  await db.schema
    .alterTable('timetable')
    .addColumn('origin', t.text, (c) => c.notNull().defaultTo(''))
    .execute();
  await db.schema
    .alterTable('timetable')
    .addColumn('category', t.text, (c) => c.notNull().defaultTo('group'))
    .execute();
  await db.schema.alterTable('timetable').addColumn('asked_at', t.instant).execute();
  await db.schema.createIndex('timetable_by_origin').on('timetable').columns(['origin', 'category', 'name']).execute();
  await db.schema.createIndex('timetable_by_asked').on('timetable').columns(['asked_at']).execute();

  await table(db, kind, 'waiting', true)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('peer_id', t.id, required)
    .addColumn('at', t.instant, required)
    .addPrimaryKeyConstraint('waiting_key', ['timetable_id', 'peer_id'])
    .execute();
  await db.schema.createIndex('waiting_by_peer').on('waiting').columns(['peer_id']).execute();
  await db.schema.createIndex('waiting_by_age').on('waiting').columns(['at']).execute();
}
