/** Subscribers as sets: all who hear of the same lessons as many minutes before are one row, as a batch has them. */
import { sql } from 'kysely';
import { packPeers } from '../kept-peers.ts';
import type { Db, Kind } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

const PAGE = 500;
const KEY = ['what', 'filtered', 'lead', 'timetable_id', 'language'] as const;

type Old = {
  readonly what: string;
  readonly filtered: 0 | 1;
  readonly lead: number;
  readonly timetable_id: number;
  readonly language: string;
  readonly peers: string;
};

export async function sets(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'subscription_anew', true)
    .addColumn('what', t.text, required)
    .addColumn('filtered', t.flag, required)
    .addColumn('lead', t.number, required)
    .addColumn('timetable_id', t.id, required)
    .addColumn('language', t.text, required)
    .addColumn('peers', t.bytes, required)
    .addPrimaryKeyConstraint('subscription_set', [...KEY])
    .execute();
  const key = sql.raw(KEY.join(', '));
  for (let last: Old | undefined; ; ) {
    const behind =
      last === undefined
        ? sql`true`
        : sql`(${key}) > (${sql.join([last.what, last.filtered, last.lead, last.timetable_id, last.language])})`;
    const { rows } = await sql<Old>`select ${key}, string_agg(cast(peer_id as text), ',') as peers from subscription
      where ${behind} group by ${key} order by ${key} limit ${PAGE}`.execute(db);
    for (const { what, filtered, lead, timetable_id, language, peers } of rows)
      await sql`insert into subscription_anew (${key}, peers)
        values (${sql.join([what, filtered, lead, timetable_id, language])}, ${packPeers(peers.split(',').map(Number))})`.execute(
        db,
      );
    last = rows.at(-1);
    if (rows.length < PAGE) break;
  }
  await db.schema.dropTable('subscription').execute();
  await db.schema.alterTable('subscription_anew').renameTo('subscription').execute();
}
