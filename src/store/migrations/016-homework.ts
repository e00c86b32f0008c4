/** Who a peer is, who hears of meetings, and homework beside the lessons. */
import { sql } from 'kysely';
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

export async function homework(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  // One column a statement: SQLite takes no more.
  const peer = () => db.schema.alterTable('peer');
  await peer()
    .addColumn('role', t.text, (c) => c.notNull().defaultTo('student'))
    .execute();
  await peer()
    .addColumn('meetings', t.flag, (c) => c.notNull().defaultTo(0))
    .execute();
  await peer().addColumn('homework', t.text).execute();
  await table(db, kind, 'homework', true)
    .addColumn('timetable_id', t.id, t.oneOf('timetable'))
    .addColumn('day', t.text, required)
    .addColumn('subject', t.text, required)
    .addColumn('subgroup', t.text, required)
    .addColumn('text', t.text, required)
    .addPrimaryKeyConstraint('homework_pk', ['timetable_id', 'day', 'subject', 'subgroup'])
    .execute();
  await db.schema.createIndex('homework_by_day').on('homework').columns(['day']).execute();
  await everybodyWhoHears(db);
}

/** Whoever is sent anything hears of homework in the evening; «стоп» stays a stop. */
async function everybodyWhoHears(db: Db): Promise<void> {
  await sql`update peer set homework = '19:00'
    where changes = 1 or exams = 1 or leads <> '[]' or first_lead is not null
      or evening is not null or morning is not null or week is not null`.execute(db);
  await sql`insert into digest (peer_id, kind, zone, weekday, at, timetable_id, language, filtered)
    select peer.id, 'homework', coalesce(peer.zone, timetable.zone), 0, peer.homework, peer.timetable_id, peer.language, peer.filtered
    from peer join timetable on timetable.id = peer.timetable_id
    where peer.homework is not null and peer.evening is null and peer.asleep is null`.execute(db);
}
