/** The same dated lessons and subscriptions in a PostgreSQL server of its own, where one is installed: what is due there, in plain SQL. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { Client } from 'pg';

const SERVERS = '/usr/lib/postgresql';
const PORT = 20_000 + (process.pid % 20_000);
const ROWS = 100_000;
const TABLES = {
  occurrence: ['starts_at bigint', 'timetable_id bigint', 'n integer', 'line integer'],
  occurrence_line: ['timetable_id bigint', 'n integer', 'facts text'],
  subscription: [
    ...['what text', 'filtered integer', 'lead integer', 'timetable_id bigint', 'language text', 'peers bytea'],
  ],
} as const;
const KEYS = {
  occurrence: 'starts_at, timetable_id, n',
  occurrence_line: 'timetable_id, n',
  subscription: 'what, filtered, lead, timetable_id, language',
} as const;

/** What is due to listeners of `lead` in the second from `startsAt`, every set of them as it is kept; and when nothing is. Null without a server. */
export async function dueInPostgres(
  file: string,
  { startsAt, lead }: { readonly startsAt: number; readonly lead: number },
): Promise<object | null> {
  return withServer(async (client) => {
    const database = new Database(file, { readonly: true });
    for (const [name, columns] of Object.entries(TABLES)) await copy(client, database, name, columns);
    database.close();
    for (const [name, key] of Object.entries(KEYS))
      await client.query(`alter table ${name} add primary key (${key}); analyze ${name}`);
    const due = (from: number) =>
      client.query(`select facts, peers from occurrence
        join occurrence_line on occurrence_line.timetable_id = occurrence.timetable_id and occurrence_line.n = line
        join subscription on subscription.timetable_id = occurrence.timetable_id and what = 'each' and filtered = 0
          and lead = ${lead} and language = 'ru'
        where starts_at >= ${from} and starts_at < ${from + 1000}`);
    const from = performance.now();
    const { rows } = await due(startsAt);
    const ms = round(performance.now() - from);
    const idle = performance.now();
    await due(startsAt + 60_000);
    const idleMs = round(performance.now() - idle);
    const { rows: sizes } = await client.query(
      'select sum(pg_total_relation_size(oid)) as bytes from pg_class where relkind = $1 and relnamespace = $2::regnamespace',
      ['r', 'public'],
    );
    return { ms, idleMs, rows: rows.length, mb: round(Number(sizes[0]?.bytes) / 1e6) };
  });
}

async function copy(
  client: Client,
  database: Database.Database,
  name: string,
  columns: readonly string[],
): Promise<void> {
  await client.query(`create table ${name} (${columns.join(', ')})`);
  const [names, types] = [0, 1].map((part) => columns.map((column) => column.split(' ')[part] ?? ''));
  const list = (names ?? []).join(', ');
  const arrays = (types ?? []).map((type, n) => `$${n + 1}::${type}[]`).join(', ');
  let rows: unknown[][] = [];
  async function write(): Promise<void> {
    const values = columns.map((_, n) => rows.map((row) => row[n]));
    await client.query(`insert into ${name} (${list}) select * from unnest(${arrays})`, values);
    rows = [];
  }
  for (const row of database.prepare(`select ${list} from ${name}`).raw().iterate()) {
    rows.push(row as unknown[]);
    if (rows.length === ROWS) await write();
  }
  await write();
}

async function withServer<T>(work: (client: Client) => Promise<T>): Promise<T | null> {
  const bin = existsSync(SERVERS)
    ? readdirSync(SERVERS)
        .map((version) => join(SERVERS, version, 'bin'))
        .find((one) => existsSync(join(one, 'initdb')))
    : undefined;
  if (bin === undefined) return null;
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-bench-'));
  chmodSync(folder, 0o711);
  // It refuses root: an unprivileged user owns the server then.
  const [program, ...before] = userInfo().uid === 0 ? ['runuser', '-u', 'postgres', '--'] : ['env'];
  const run = (name: string, ...args: string[]) =>
    execFileSync(program ?? '', [...before, join(bin, name), ...args], { stdio: 'ignore' });
  if (userInfo().uid === 0) execFileSync('chown', ['postgres', folder]);
  const data = join(folder, 'data');
  try {
    run('initdb', '-D', data, '-U', 'zvonok', '-A', 'trust', '--no-sync');
    run(
      'pg_ctl',
      '-D',
      data,
      '-w',
      '-l',
      join(folder, 'log'),
      '-o',
      `-p ${PORT} -k ${folder} -c listen_addresses=127.0.0.1`,
      'start',
    );
    const client = new Client({ connectionString: `postgres://zvonok@127.0.0.1:${PORT}/postgres` });
    await client.connect();
    const result = await work(client);
    await client.end();
    return result;
  } finally {
    if (existsSync(join(data, 'postmaster.pid'))) run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
    rmSync(folder, { recursive: true });
  }
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
