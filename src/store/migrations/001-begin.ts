/** The first tables: timetables and their lessons, who listens, what waits to be sent. */
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function begin(db: Db, kind: Kind): Promise<void> {
  await timetables(db, kind);
  await listeners(db, kind);
  await outbox(db, kind);
  await housekeeping(db, kind);
}

async function timetables(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'timetable')
    .addColumn('id', t.id, t.own)
    .addColumn('name', t.text, required)
    .addColumn('university', t.text, required)
    .addColumn('zone', t.text, required)
    .addColumn('language', t.text, required)
    .addColumn('kind', t.text, required)
    .addColumn('owner_id', t.id)
    .addColumn('listed', t.flag, required)
    .addColumn('term', t.json)
    .addColumn('bells', t.json, required)
    .addColumn('revision', t.number, (c) => c.notNull().defaultTo(0))
    .addColumn('fresh_at', t.instant)
    .addColumn('folded', t.text, required)
    .addColumn('digits', t.text, required)
    .addColumn('rolled_until', t.instant, (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('timetable_by_name').on('timetable').columns(['folded']).execute();
  await db.schema.createIndex('timetable_by_digits').on('timetable').columns(['digits']).execute();
  await db.schema.createIndex('timetable_by_university').on('timetable').columns(['university', 'name']).execute();
  await db.schema.createIndex('timetable_by_owner').on('timetable').columns(['owner_id']).execute();
  await db.schema.createIndex('timetable_by_roll').on('timetable').columns(['rolled_until']).execute();

  await table(db, kind, 'lesson')
    .addColumn('id', t.id, t.own)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('day', t.text)
    .addColumn('until', t.text)
    .addColumn('hash', t.text, required)
    .addColumn('body', t.json, required)
    .execute();
  await db.schema.createIndex('lesson_by_day').on('lesson').columns(['timetable_id', 'day', 'until']).execute();

  await table(db, kind, 'feed')
    .addColumn('id', t.id, t.own)
    .addColumn('timetable_id', t.id, (c) => t.oneOf('timetable')(c).unique())
    .addColumn('source', t.text, required)
    .addColumn('ask', t.json, required)
    .addColumn('profile', t.text, required)
    .addColumn('next_check', t.instant, required)
    .addColumn('etag', t.text, required)
    .addColumn('last_modified', t.text, required)
    .addColumn('fingerprint', t.text, required)
    .addColumn('failures', t.number, required)
    .addColumn('problem', t.json)
    .addColumn('held', t.text)
    .addColumn('held_since', t.instant)
    .addColumn('held_print', t.text)
    .addColumn('good_at', t.instant)
    .addColumn('horizon', t.instant)
    .addColumn('checked_at', t.instant)
    .addUniqueConstraint('feed_once', ['source', 'ask'])
    .execute();
  await db.schema.createIndex('feed_by_check').on('feed').columns(['next_check']).execute();

  await table(db, kind, 'occurrence', true)
    .addColumn('starts_at', t.instant, required)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('n', t.number, required)
    .addColumn('ends_at', t.instant, required)
    .addColumn('cancelled', t.flag, required)
    .addColumn('all_day', t.flag, required)
    .addColumn('line', t.json, required)
    .addPrimaryKeyConstraint('occurrence_key', ['starts_at', 'timetable_id', 'n'])
    .execute();
  await db.schema
    .createIndex('occurrence_by_timetable')
    .on('occurrence')
    .columns(['timetable_id', 'starts_at'])
    .execute();
}

async function listeners(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'peer')
    .addColumn('id', t.id, (c) => c.primaryKey())
    .addColumn('language', t.text, required)
    .addColumn('timetable_id', t.id, (c) => c.references('timetable.id'))
    .addColumn('leads', t.json, required)
    .addColumn('evening', t.text)
    .addColumn('changes', t.flag, required)
    .addColumn('owner_id', t.id)
    .addColumn('asleep', t.text)
    .execute();
  await db.schema.createIndex('peer_by_timetable').on('peer').columns(['timetable_id']).execute();

  await table(db, kind, 'subscription', true)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('lead', t.number, required)
    .addColumn('language', t.text, required)
    .addColumn('peer_id', t.id, t.oneOf('peer'))
    .addPrimaryKeyConstraint('subscription_key', ['timetable_id', 'lead', 'language', 'peer_id'])
    .execute();
  await db.schema.createIndex('subscription_by_peer').on('subscription').columns(['peer_id']).execute();
  await db.schema.createIndex('subscription_by_lead').on('subscription').columns(['lead']).execute();

  await table(db, kind, 'evening', true)
    .addColumn('peer_id', t.id, (c) => c.primaryKey().references('peer.id'))
    .addColumn('zone', t.text, required)
    .addColumn('at', t.text, required)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('language', t.text, required)
    .execute();
  await db.schema
    .createIndex('evening_by_time')
    .on('evening')
    .columns(['zone', 'at', 'timetable_id', 'language'])
    .execute();
}

async function outbox(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'outbox')
    .addColumn('id', t.id, t.own)
    .addColumn('fire', t.text, required)
    .addColumn('part', t.number, required)
    .addColumn('key', t.text, required)
    .addColumn('random_id', t.number, required)
    .addColumn('saying', t.json, required)
    .addColumn('due', t.instant, required)
    .addColumn('deadline', t.instant, required)
    .addColumn('not_before', t.instant, required)
    .addColumn('dies_at', t.instant, required)
    .addColumn('state', t.number, required)
    .addColumn('attempts', t.number, required)
    .addColumn('first_try_at', t.instant)
    .addColumn('lease_until', t.instant)
    .addColumn('peers', t.json, required)
    .addColumn('settled_at', t.instant)
    // Two plannings of one fire at the same moment cannot both write its next part.
    .addUniqueConstraint('outbox_part', ['fire', 'part'])
    .execute();
  // Whole indexes, not partial ones: SQLite uses a partial one only where the query repeats its condition word for word.
  await db.schema.createIndex('outbox_by_death').on('outbox').columns(['state', 'dies_at']).execute();
  await db.schema.createIndex('outbox_by_start').on('outbox').columns(['state', 'not_before']).execute();
  await db.schema.createIndex('outbox_by_key').on('outbox').columns(['key', 'state']).execute();
  await db.schema.createIndex('outbox_by_end').on('outbox').columns(['settled_at']).execute();

  await table(db, kind, 'receipt', true)
    .addColumn('fire', t.text, required)
    .addColumn('peer_id', t.id, required)
    .addColumn('what', t.text, required)
    .addColumn('why', t.text, required)
    .addColumn('at', t.instant, required)
    .addPrimaryKeyConstraint('receipt_key', ['fire', 'peer_id'])
    .execute();
  await db.schema.createIndex('receipt_by_age').on('receipt').columns(['at']).execute();
}

async function housekeeping(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'session', true)
    .addColumn('key', t.text, (c) => c.primaryKey())
    .addColumn('peer_id', t.id)
    .addColumn('value', t.json, required)
    .addColumn('expires_at', t.instant, required)
    .execute();
  await db.schema.createIndex('session_by_peer').on('session').columns(['peer_id']).execute();
  await db.schema.createIndex('session_by_end').on('session').columns(['expires_at']).execute();

  await table(db, kind, 'state', true)
    .addColumn('key', t.text, (c) => c.primaryKey())
    .addColumn('value', t.text, required)
    .execute();

  await table(db, kind, 'event', true)
    .addColumn('id', t.text, (c) => c.primaryKey())
    .addColumn('at', t.instant, required)
    .execute();
  await db.schema.createIndex('event_by_age').on('event').columns(['at']).execute();

  await table(db, kind, 'audit')
    .addColumn('id', t.id, t.own)
    .addColumn('at', t.instant, required)
    .addColumn('who', t.id, required)
    .addColumn('what', t.text, required)
    .addColumn('timetable_id', t.id)
    .addColumn('detail', t.json, required)
    .execute();
  await db.schema.createIndex('audit_by_timetable').on('audit').columns(['timetable_id', 'id']).execute();
  await db.schema.createIndex('audit_by_age').on('audit').columns(['at']).execute();
}
