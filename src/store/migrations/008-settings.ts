/** What a peer may ask for: first lesson, morning and week digests, exams, quiet hours, horizon and kinds of change, subgroup, hidden lessons, own zone. */
import { sql } from 'kysely';
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function settings(db: Db, kind: Kind): Promise<void> {
  await wishes(db, kind);
  await subscriptions(db, kind);
  await digests(db, kind);
}

/** Whoever is there already keeps what was agreed; exams are told to those who hear of changes, so that «стоп» stays a stop. */
async function wishes(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  // One column a statement: SQLite takes no more.
  const peer = () => db.schema.alterTable('peer');
  await peer().addColumn('first_lead', t.number).execute();
  await peer().addColumn('morning', t.text).execute();
  await peer().addColumn('week', t.json).execute();
  await peer()
    .addColumn('exams', t.flag, (c) => c.notNull().defaultTo(0))
    .execute();
  await peer()
    .addColumn('horizon', t.text, (c) => c.notNull().defaultTo('week'))
    .execute();
  await peer()
    .addColumn('muted', t.json, (c) => c.notNull().defaultTo('[]'))
    .execute();
  await peer().addColumn('quiet', t.json).execute();
  await peer()
    .addColumn('subgroup', t.text, (c) => c.notNull().defaultTo(''))
    .execute();
  await peer()
    .addColumn('hidden', t.json, (c) => c.notNull().defaultTo('[]'))
    .execute();
  await peer().addColumn('zone', t.text).execute();
  await peer()
    .addColumn('filtered', t.flag, (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update peer set exams = changes`.execute(db);
}

async function subscriptions(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'subscription_anew', true)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('what', t.text, required)
    .addColumn('lead', t.number, required)
    .addColumn('language', t.text, required)
    .addColumn('filtered', t.flag, required)
    .addColumn('peer_id', t.id, t.oneOf('peer'))
    .addPrimaryKeyConstraint('subscription_who', ['timetable_id', 'what', 'lead', 'language', 'filtered', 'peer_id'])
    .execute();
  await sql`insert into subscription_anew (timetable_id, what, lead, language, filtered, peer_id)
    select timetable_id, 'each', lead, language, 0, peer_id from subscription`.execute(db);
  await db.schema.dropTable('subscription').execute();
  await db.schema.alterTable('subscription_anew').renameTo('subscription').execute();
  await db.schema.createIndex('subscription_of_peer').on('subscription').columns(['peer_id']).execute();
  await db.schema.createIndex('subscription_by_what').on('subscription').columns(['what', 'lead']).execute();
}

async function digests(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'digest', true)
    .addColumn('peer_id', t.id, t.oneOf('peer'))
    .addColumn('kind', t.text, required)
    .addColumn('zone', t.text, required)
    .addColumn('weekday', t.number, required)
    .addColumn('at', t.text, required)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('language', t.text, required)
    .addColumn('filtered', t.flag, required)
    .addPrimaryKeyConstraint('digest_key', ['peer_id', 'kind'])
    .execute();
  await sql`insert into digest (peer_id, kind, zone, weekday, at, timetable_id, language, filtered)
    select peer_id, 'evening', zone, 0, at, timetable_id, language, 0 from evening`.execute(db);
  await db.schema.dropTable('evening').execute();
  await db.schema
    .createIndex('digest_by_time')
    .on('digest')
    .columns(['kind', 'zone', 'weekday', 'at', 'timetable_id', 'language', 'filtered'])
    .execute();
  await db.schema.createIndex('digest_by_timetable').on('digest').columns(['timetable_id']).execute();
}
