/** What a full outbox takes: room, filling, and a pack taken and settled. Yardstick: a row a recipient, in plain SQL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { entryOf, type Notice } from '../src/domain/notice.ts';
import { claim, enqueue, openStore, type Store, settle } from '../src/store/index.ts';
import type { Bench } from './run.ts';

const MINUTE = 60_000;
/** 14 September 2026, 08:20 in Moscow: ten minutes before the lesson of everybody. */
const DUE = Date.UTC(2026, 8, 14, 5, 20);
const DEADLINE = DUE + 15 * MINUTE;
const GROUP = 25;
/** One in twenty has a calendar of its own. Of every ten groups four hear the same lecture: every seventh saying is one for four. */
const ALONE = 0.05;
const STREAM = 4;
const SHARED = 7;
/** A transaction of the tick. */
const AT_ONCE = 250;
/** One `execute`. */
const PACK = 25;
const PACKS = 400;
/** Recipients of a pack where each has a row. */
const RECIPIENTS = 2_500;

const bench: Bench = async (size) => {
  const count = size === 'smoke' ? 5_000 : 4_100_000;
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-bench-'));
  const file = join(folder, 'outbox.db');
  const store = await openStore(`sqlite:${file}`);
  const filled = await fill(store, count);
  const room = roomOf(file, 'outbox');
  const packs = await packsOf(store);
  await store.close();
  const each = rowEach(join(folder, 'each.db'), count);
  rmSync(folder, { recursive: true });
  return {
    recipients: count,
    ...filled,
    ...room,
    bytesABatch: Math.round((room.mb * 1e6) / filled.batches),
    packMs: packs,
    yardstickRowEach: each,
  };
};

export default bench;

async function fill(store: Store, count: number): Promise<{ batches: number; insertMs: number }> {
  let [ms, batches]: [number, number] = [0, 0];
  for (const some of chunks(notices(count), AT_ONCE)) {
    const entries = some.map(entryOf);
    const from = performance.now();
    await store.transaction((tx) => enqueue(tx, entries, DUE));
    ms += performance.now() - from;
    batches += entries.length;
  }
  return { batches, insertMs: Math.round(ms) };
}

/** Groups first, of which some hear the same; then those with a calendar of their own. */
function* notices(count: number): Generator<Notice> {
  const grouped = Math.ceil((count * (1 - ALONE)) / GROUP) * GROUP;
  let peer = 0;
  const some = (many: number): number[] => Array.from({ length: many }, () => idOf(peer++));
  for (let n = 0; peer < grouped; n += 1) {
    const lecture = n % SHARED === 0;
    yield noticeOf(`${lecture ? 'Лекция' : 'Предмет'} ${n}`, some(lecture ? STREAM * GROUP : GROUP));
  }
  for (let n = 0; peer < count; n += 1) yield noticeOf(`Своё ${n}`, some(1));
}

/** Ids as people have them: anywhere in the first thousand million, each once. */
function idOf(n: number): number {
  return 1 + Number((BigInt(n) * 2_654_435_761n) % 1_073_741_824n);
}

function noticeOf(subject: string, peers: readonly number[]): Notice {
  const line = {
    ...{ day: '2026-09-14', start: '08:30', endDay: '2026-09-14', end: '10:05', allDay: false, number: 1 },
    ...{ subject, kind: 'lecture', teachers: ['Иванов И. И.'], room: '404Л', format: 'onsite' as const },
    ...{ subgroup: '', cancelled: false },
  };
  const saying = { kind: 'reminder', language: 'ru', zone: 'Europe/Moscow', lessons: [line] } as const;
  return { saying, peers, due: DUE, deadline: DEADLINE };
}

async function packsOf(store: Store): Promise<object> {
  const spent: number[] = [];
  for (let n = 0; n < PACKS; n += 1) {
    const from = performance.now();
    const batches = await store.transaction((tx) => claim(tx, DUE, PACK, MINUTE));
    if (batches.length === 0) break;
    const outcomes = batches.map(({ id, peers }) => ({ id, sent: peers, later: [], gone: [], dead: [] }));
    await store.transaction((tx) => settle(tx, DUE, outcomes));
    spent.push(performance.now() - from);
  }
  return spread(spent);
}

function rowEach(file: string, count: number): object {
  const database = new Database(file);
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = full');
  database.exec(`create table saying (id integer primary key, text text) strict;
    create table recipient (id integer primary key, peer integer not null, saying integer not null, random_id integer not null,
      due integer not null, dies_at integer not null, state integer not null, attempts integer not null) strict;
    create index recipient_waiting on recipient (state, dies_at) where state = 0`);
  const [text, row] = [
    database.prepare('insert into saying (text) values (?)'),
    database.prepare(
      'insert into recipient (peer, saying, random_id, due, dies_at, state, attempts) values (?, ?, ?, ?, ?, 0, 0)',
    ),
  ];
  const write = database.transaction((some: readonly Notice[]) => {
    for (const { saying, peers } of some) {
      const { lastInsertRowid } = text.run(JSON.stringify(saying));
      for (const peer of peers) row.run(peer, lastInsertRowid, peer % 2 ** 31, DUE, DEADLINE);
    }
  });
  let ms = 0;
  for (const some of chunks(notices(count), AT_ONCE)) {
    const from = performance.now();
    write(some);
    ms += performance.now() - from;
  }
  const take = database.prepare(`update recipient set state = 1, attempts = attempts + 1 where id in
    (select id from recipient where state = 0 order by dies_at limit ${RECIPIENTS}) returning id`);
  const settleOne = database.prepare('update recipient set state = 2 where id = ?');
  const settleAll = database.transaction((ids: readonly number[]) => {
    for (const id of ids) settleOne.run(id);
  });
  const spent: number[] = [];
  for (let n = 0; n < PACKS / 10; n += 1) {
    const from = performance.now();
    settleAll((take.all() as { id: number }[]).map(({ id }) => id));
    spent.push(performance.now() - from);
  }
  database.close();
  const { mb } = roomOf(file, 'recipient');
  return { insertMs: Math.round(ms), mb: round(mb + roomOf(file, 'saying').mb), packMs: spread(spent) };
}

/** The table and each of its indexes, in megabytes. */
function roomOf(file: string, table: string): { readonly mb: number; readonly of: Record<string, number> } {
  const database = new Database(file, { readonly: true });
  const rows = database
    .prepare(`select name, sum(pgsize) / 1e6 as mb from dbstat where name in
      (select name from sqlite_master where tbl_name = ?) group by name`)
    .all(table) as { name: string; mb: number }[];
  database.close();
  return {
    mb: round(rows.reduce((sum, { mb }) => sum + mb, 0)),
    of: Object.fromEntries(rows.map(({ name, mb }) => [name, round(mb)])),
  };
}

function* chunks<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let some: T[] = [];
  for (const item of items) {
    some.push(item);
    if (some.length < size) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

function spread(values: readonly number[]): object {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { packs: sorted.length, p50: at(0.5), p99: at(0.99) };
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
