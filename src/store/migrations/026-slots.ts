/**
 * An outbox of half the bytes: peers packed, names that say each other kept once, and one narrow index by which both a fire and
 * whatever a saying was put into are found.
 */
import { hash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { packPeers } from '../kept-peers.ts';
import type { Db, Kind, OutboxTable } from '../schema.ts';
import { columnsFor, required, table } from './columns.ts';

const MINUTE = 60_000;
const PAGE = 500;
/** Columns that stay as they are. */
const SAME = [
  ...(['id', 'random_id', 'saying', 'due', 'not_before', 'dies_at', 'state', 'attempts'] as const),
  ...(['first_try_at', 'lease_until', 'thread', 'early', 'since', 'settled_at'] as const),
] satisfies readonly (keyof OutboxTable)[];

export async function slots(db: Db, kind: Kind): Promise<void> {
  const t = columnsFor(kind);
  await table(db, kind, 'outbox_anew')
    .addColumn('id', t.id, t.own)
    .addColumn('slot', t.number, required)
    .addColumn('part', t.number, required)
    .addColumn('fire', t.text, required)
    .addColumn('key', t.text, required)
    .addColumn('random_id', t.number)
    .addColumn('saying', t.json, required)
    .addColumn('due', t.instant, required)
    .addColumn('deadline', t.instant)
    .addColumn('not_before', t.instant, required)
    .addColumn('dies_at', t.instant, required)
    .addColumn('state', t.number, required)
    .addColumn('attempts', t.number, required)
    .addColumn('first_try_at', t.instant)
    .addColumn('lease_until', t.instant)
    .addColumn('peers', t.bytes, required)
    .addColumn('thread', t.id)
    .addColumn('early', t.flag, (c) => c.notNull().defaultTo(0))
    .addColumn('since', t.instant)
    .addColumn('settled_at', t.instant)
    // Two plannings of one fire at the same moment cannot both write its next part.
    .addUniqueConstraint('outbox_slot', ['slot', 'part'])
    .execute();
  await carried(db);
  await idsGoOn(db, kind);
  await db.schema.dropTable('outbox').execute();
  await db.schema.alterTable('outbox_anew').renameTo('outbox').execute();
  await sql`create index outbox_waiting on outbox (state, early, dies_at) where state = 0`.execute(db);
  await sql`create index outbox_early on outbox (state, early, not_before, dies_at) where state = 0 and early = 1`.execute(
    db,
  );
  await sql`create index outbox_leased on outbox (state, lease_until) where state = 1`.execute(db);
  await sql`create index outbox_settled on outbox (settled_at) where settled_at is not null`.execute(db);
  await sql`create index outbox_by_thread on outbox (thread, state) where thread is not null`.execute(db);
}

type Old = Omit<Selectable<OutboxTable>, 'slot' | 'key' | 'random_id' | 'deadline' | 'peers'> & {
  readonly key: string;
  readonly random_id: number;
  readonly deadline: number;
  readonly peers: string;
};

/** What was queued before is still found by the names its sayings and minutes have now. Its `random_id` stays: VK may know it. */
async function carried(db: Db): Promise<void> {
  const parts = new Map<number, number>();
  for (let after = 0; ; ) {
    const { rows } = await sql<Old>`select * from outbox where id > ${after} order by id limit ${PAGE}`.execute(db);
    for (const row of rows) {
      const slot = slotOf(row.key);
      const part = parts.get(slot) ?? 0;
      parts.set(slot, part + 1);
      const fire = `${row.key}${Math.floor(row.due / MINUTE).toString(36)}${homeworkOf(row.saying)}`;
      const named = { slot, part, fire, key: '', deadline: row.deadline === row.dies_at ? null : row.deadline };
      const values = { ...named, peers: packPeers(JSON.parse(row.peers)) };
      const columns = [...SAME, ...Object.keys(values)];
      const all: Readonly<Record<string, unknown>> = { ...row, ...values };
      await sql`insert into outbox_anew (${sql.raw(columns.join(', '))})
        values (${sql.join(columns.map((name) => all[name]))})`.execute(db);
      await db.updateTable('receipt').set({ fire }).where('fire', '=', row.fire).execute();
      after = row.id;
    }
    if (rows.length < PAGE) return;
  }
}

/** Buttons and what is kept for «почему» name batches by id: none is given twice. */
async function idsGoOn(db: Db, kind: Kind): Promise<void> {
  if (kind === 'sqlite') {
    await sql`delete from sqlite_sequence where name = 'outbox_anew'`.execute(db);
    await sql`insert into sqlite_sequence (name, seq) select 'outbox_anew', seq from sqlite_sequence where name = 'outbox'`.execute(
      db,
    );
    return;
  }
  const { rows } = await sql<{ name: string }>`select pg_get_serial_sequence('outbox', 'id') as name`.execute(db);
  const old = sql.raw(rows[0]?.name ?? '');
  await sql`select setval(pg_get_serial_sequence('outbox_anew', 'id'), last_value, is_called) from ${old}`.execute(db);
}

function slotOf(key: string): number {
  return Number.parseInt(hash('sha256', key).slice(0, 8), 16) & 0x7fff_ffff || 1;
}

/** Homework is no part of a key, but makes another fire. */
function homeworkOf(saying: string): string {
  const has = saying.startsWith('{') && saying.includes('"homework":');
  return has ? `.${hash('sha256', saying, 'base64url').slice(0, 8)}` : '';
}
