/** The same statements over a crowd's rows, statistics gathered, on both databases: each finds its rows by the index meant for it. */
import { PGlite } from '@electric-sql/pglite';
import Database from 'better-sqlite3';
import { PGliteDialect, SqliteDialect, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db, Store } from '../../src/store/index.ts';
import { openWith, writeOccurrences } from '../../src/store/index.ts';
import { packPeers } from '../../src/store/kept-peers.ts';
import { hot } from './hot.ts';
import { DAY, HOUR, NOW, occurrence, peer, timetable } from './make.ts';

const PEERS = 100_000;
const GROUPS = 4_000;

type Sent = { readonly statement: string; readonly values: unknown[] };

type Planned = {
  readonly name: string;
  open(): Promise<Store>;
  /** What the store has sent since it was last asked. */
  sent(): Sent[];
  /** What the database would do, a line a step. */
  plan(sent: Sent): Promise<string[]>;
};

function sqlite(): Planned {
  const database = new Database(':memory:');
  const seen = new Map<string, unknown[]>();
  const watched = {
    prepare(text: string) {
      seen.set(text, text.match(/\?/g)?.map(() => 1) ?? []);
      return database.prepare(text);
    },
    close: () => database.close(),
  };
  return {
    name: 'SQLite',
    open: () => openWith({ kind: 'sqlite', dialect: new SqliteDialect({ database: watched }) }),
    sent: () => drained(seen),
    async plan({ statement, values }) {
      const steps = database.prepare<unknown[], { detail: string }>(`explain query plan ${statement}`).all(...values);
      return steps.map(({ detail }) => detail);
    },
  };
}

function postgres(): Planned {
  const pglite = new PGlite();
  const seen = new Map<string, unknown[]>();
  const watched = new Proxy(pglite, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        if (name === 'query' && typeof given[0] === 'string' && Array.isArray(given[1])) seen.set(given[0], given[1]);
        return value.apply(target, given);
      };
    },
  });
  return {
    name: 'PostgreSQL',
    open: () => openWith({ kind: 'postgres', dialect: new PGliteDialect({ pglite: watched }) }),
    sent: () => drained(seen),
    async plan({ statement, values }) {
      const { rows } = await pglite.query<{ 'QUERY PLAN': string }>(`explain ${statement}`, values);
      return rows.map((row) => row['QUERY PLAN']);
    },
  };
}

function drained(seen: Map<string, unknown[]>): Sent[] {
  const all = [...seen]
    .filter(([text]) => /^\s*(select|insert|update|delete|with)/i.test(text))
    .map(([statement, values]) => ({ statement, values }));
  seen.clear();
  return all;
}

/** Peers, their subscriptions, dated lessons of two weeks, an outbox of yesterday and one that waits, made from one of each that the store wrote. */
async function crowd(db: Db): Promise<number> {
  const { id } = await timetable(db);
  await peer(db, 1, { timetableId: id, leads: [5], evening: '19:00' });
  await peer(db, 2, { timetableId: id, leads: [5], subgroup: '2' });
  await writeOccurrences(db, id, NOW, [occurrence(NOW + HOUR)]);
  const series = (to: number) =>
    sql`with recursive series(i) as (select 1 union all select i + 1 from series where i < ${sql.lit(to)})`;
  const of = (n: number) => sql.raw(`(${id} + i % ${n})`);
  await sql`insert into timetable (id, name, university, zone, language, kind, listed, bells, folded, digits, rolled_until, asked_at)
    ${series(GROUPS - 1)} select ${sql.lit(id)} + i, 'Г-' || i, '', 'Europe/Moscow', 'ru', 'feed', 1, '[]', 'г' || i, '' || i, cast(${sql.lit(NOW + 15 * DAY)} as bigint), cast(${sql.lit(NOW)} as bigint) + i
    from series`.execute(db);
  await sql`insert into peer (id, language, timetable_id, leads, changes, exams, filtered)
    ${series(PEERS)} select 10 + i, 'ru', ${of(GROUPS)}, '[5]', 1, 0, case when i % 50 = 0 then 1 else 0 end from series`.execute(
    db,
  );
  await sql`insert into subscription (what, filtered, lead, timetable_id, language, peers)
    ${series(PEERS)} select 'each', case when i % 50 = 0 then 1 else 0 end, 5 + 5 * (i % 60), ${of(GROUPS)}, 'ru', ${packPeers([11])} from series where true
    on conflict do nothing`.execute(db);
  await sql`insert into occurrence_line (timetable_id, n, facts)
    select timetable.id, n, facts from timetable cross join occurrence_line where timetable.id <> ${id}`.execute(db);
  await sql`insert into occurrence (starts_at, timetable_id, n, day, line, marks)
    ${series(PEERS)} select cast(${sql.lit(NOW)} as bigint) + ${sql.lit(DAY / 2)} * (1 + i / ${sql.lit(GROUPS)}), ${of(GROUPS)}, 0, 20000, 0, 0
    from series`.execute(db);
  await sql`insert into lesson (timetable_id, uid, day, until, hash, body)
    ${series(PEERS)} select ${of(GROUPS)}, 'u' || i, '2026-09-01', '2026-09-02', 'h', '{}' from series`.execute(db);
  await sql`insert into outbox (slot, fire, part, key, random_id, saying, due, deadline, not_before, dies_at, state, attempts, peers, settled_at)
    ${series(PEERS)} select i, 'f' || i, 0, 'k' || i, i, '{}', 1, 2, 1, 2, 2, 1, ${packPeers([11])}, cast(${sql.lit(NOW)} as bigint) + i from series`.execute(
    db,
  );
  await sql`insert into outbox (slot, fire, part, key, random_id, saying, due, not_before, dies_at, state, attempts, peers)
    ${series(PEERS)} select i, 'w' || i, 1, '', i, '{}', cast(${sql.lit(NOW)} as bigint), cast(${sql.lit(NOW)} as bigint), cast(${sql.lit(NOW + 2 * HOUR)} as bigint), 0, 0, ${packPeers([11])} from series`.execute(
    db,
  );
  await sql`insert into event (id, at) ${series(PEERS)} select 'e' || i, cast(${sql.lit(NOW)} as bigint) + i from series`.execute(
    db,
  );
  await sql`analyze`.execute(db);
  return id;
}

const LARGE = ['occurrence', 'occurrence_line', 'subscription', 'peer', 'lesson', 'outbox', 'event', 'timetable'];
/** Rows that the statement itself brings along. */
const CONSTANT = /SCAN (?:CONSTANT ROW|\d+-ROW VALUES CLAUSE)$/;

/** Which index answers what, where one is meant for it. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  dueSittings: ['occurrence_pk', 'occurrence_line_key', 'subscription_set'],
  datedLessons: ['occurrence_line_key'],
  leadsInUse: ['subscription_set'],
  listenersOf: ['peer_by_timetable'],
  enqueue: ['outbox_slot'],
  claim: ['outbox_waiting', 'outbox_early', 'outbox_leased', 'outbox_by_thread'],
  settle: ['outbox_by_thread'],
  withdraw: ['outbox_slot'],
  pending: ['outbox_waiting', 'outbox_leased'],
};

/** How SQLite speaks of indexes that a constraint made. */
const UNNAMED: Readonly<Record<string, string>> = {
  occurrence_pk: 'SEARCH occurrence USING PRIMARY KEY',
  occurrence_line_key: 'SEARCH occurrence_line USING PRIMARY KEY',
  subscription_set: 'SEARCH subscription USING PRIMARY KEY',
  outbox_slot: 'SEARCH outbox USING INDEX sqlite_autoindex_outbox_1',
};

describe.each([sqlite(), postgres()])('$name', ({ name, open, sent, plan }) => {
  let store: Store;
  let id: number;
  beforeAll(async () => {
    store = await open();
    id = await crowd(store.db);
  }, 120_000);
  afterAll(() => store.close());

  async function stepsOf(run: (db: Db) => Promise<unknown>): Promise<string[]> {
    sent();
    await run(store.db);
    const steps: string[] = [];
    for (const statement of sent()) steps.push(...(await plan(statement)));
    return steps;
  }

  function uses(steps: readonly string[], index: string): boolean {
    const called = name === 'SQLite' ? (UNNAMED[index] ?? index) : index;
    return steps.some((step) => step.includes(called));
  }

  test.each(Object.entries(hot(() => id)))(
    '%s walks over no large table',
    async (what, run) => {
      const steps = await stepsOf(run);
      const walks = steps.filter((step) => {
        const [, table] = /(?:Seq Scan on|^SCAN) (\w+)/.exec(step) ?? [];
        return table !== undefined && LARGE.includes(table) && !CONSTANT.test(step);
      });
      expect(walks).toEqual([]);
      for (const index of MEANT[what] ?? []) expect([index, uses(steps, index), steps]).toEqual([index, true, steps]);
    },
    30_000,
  );
});
