/** The contract on SQLite, in memory and in a file, and what is SQLite's alone: the lock, the settings, what can be wrong with a file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { claim, enqueue, getState, lessonsOf, openStore, type Store, setState } from '../../src/store/index.ts';
import { memoryStore } from '../support/store.ts';
import { storeContract } from './contract.ts';
import { entry, lesson, MINUTE, NOW, storeLessons, timetable } from './make.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-'));
afterAll(() => rmSync(folder, { recursive: true }));

storeContract('SQLite in memory', memoryStore);
storeContract('SQLite in a file', () => openStore(`sqlite:${join(folder, 'contract.db')}`));

/** Starts another process on the same file; resolves with the first line it prints. */
async function another(path: string): Promise<{ child: ChildProcess; line: string }> {
  const holder = fileURLToPath(new URL('./holder.ts', import.meta.url));
  const child = spawn(process.execPath, [holder, `sqlite:${path}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('no pipe to the second process');
  const [line]: string[] = await once(createInterface(child.stdout), 'line');
  return { child, line: line ?? '' };
}

describe('one writer', () => {
  test('a second process is told plainly, and gets in once the first has closed', async () => {
    const path = join(folder, 'closed.db');
    const store = await openStore(`sqlite:${path}`);
    const refused = await another(path);
    expect(refused.line).toBe(
      `locked База ${path} уже открыта другим экземпляром бота. Останови его или укажи другой DATABASE_URL.`,
    );
    await setState(store.db, 'still', 'mine');
    await store.close();
    await store.close();
    const { child, line } = await another(path);
    expect(line).toBe('open');
    child.kill('SIGKILL');
  });

  test('a killed process leaves no lock, only its leases, and those are taken back', async () => {
    const path = join(folder, 'killed.db');
    const before = await openStore(`sqlite:${path}`);
    await enqueue(before.db, [entry()], NOW);
    expect(await claim(before.db, NOW, 10, 60 * MINUTE)).toHaveLength(1);
    await before.close();

    const { child, line } = await another(path);
    expect(line).toBe('open');
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({ kind: 'locked' });
    child.kill('SIGKILL');
    await once(child, 'exit');

    const store = await openStore(`sqlite:${path}`);
    expect(existsSync(`${path}.lock`)).toBe(true);
    expect(await claim(store.db, NOW, 10, MINUTE)).toHaveLength(1);
    await store.close();
  });

  test('the same process is refused too; a mere reader is not', async () => {
    const path = join(folder, 'same.db');
    const store = await openStore(`sqlite:${path}`);
    await setState(store.db, 'x', '1');
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({ name: 'StoreError', kind: 'locked' });
    const reader = await openStore(`sqlite:${path}`, { lock: false });
    expect(await getState(reader.db, 'x')).toBe('1');
    await reader.close();
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({ kind: 'locked' });
    await store.close();
  });

  test('a role is always free where nobody else can be', async () => {
    const store = await memoryStore();
    const role = await store.claimRole('sender');
    expect(role?.held()).toBe(true);
    await role?.release();
    await store.close();
  });
});

describe('the file', () => {
  async function pragma(store: Store, name: string): Promise<unknown> {
    const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(store.db);
    return Object.values(rows[0] ?? {})[0];
  }

  test('is kept safely: WAL, every commit on disk, foreign keys, strict tables', async () => {
    const store = await openStore(`sqlite:${join(folder, 'deep', 'er', 'settings.db')}`);
    expect(await pragma(store, 'journal_mode')).toBe('wal');
    expect(await pragma(store, 'synchronous')).toBe(2);
    expect(await pragma(store, 'foreign_keys')).toBe(1);
    await expect(storeLessons(store.db, 12345, { remove: [], insert: [lesson()] })).rejects.toThrow(/FOREIGN KEY/);
    await expect(sql`insert into event (id, at) values ('x', 'soon')`.execute(store.db)).rejects.toThrow(/INTEGER/);
    const { rows } = await sql<{ name: string; strict: number; wr: number }>`pragma table_list`.execute(store.db);
    const ours = rows.filter(({ name }) => !/^(sqlite_|kysely_)/.test(name));
    expect(ours.filter(({ strict }) => strict !== 1)).toEqual([]);
    expect(ours.filter(({ wr }) => wr === 1).map(({ name }) => name)).toContain('subscription');
    await store.close();
  });

  test('is opened again with all it held', async () => {
    const url = `sqlite:${join(folder, 'again.db')}`;
    const first = await openStore(url);
    await setState(first.db, 'x', 'kept');
    await first.close();
    const second = await openStore(url);
    expect(await getState(second.db, 'x')).toBe('kept');
    await second.close();
    await expect(getState(second.db, 'x')).rejects.toThrow();
  });

  test('closes after the transaction that is running', async () => {
    const url = `sqlite:${join(folder, 'closing.db')}`;
    const store = await openStore(url);
    const gate = Promise.withResolvers<void>();
    const running = store.transaction(async (tx) => {
      await gate.promise;
      await setState(tx, 'x', 'done');
    });
    const closed = store.close();
    gate.resolve();
    await Promise.all([running, closed]);
    const again = await openStore(url);
    expect(await getState(again.db, 'x')).toBe('done');
    await again.close();
  });

  test('of another kind is refused and left as it is', async () => {
    const path = join(folder, 'letter.db');
    const text = 'Это не база, а письмо. '.repeat(100);
    writeFileSync(path, text);
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({
      kind: 'not-a-database',
      message: expect.stringContaining(path),
    });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('that is damaged is refused', async () => {
    const path = join(folder, 'damaged.db');
    const store = await openStore(`sqlite:${path}`);
    const { id } = await timetable(store.db);
    await storeLessons(store.db, id, {
      remove: [],
      insert: Array.from({ length: 500 }, (_, n) => lesson({ note: String(n) })),
    });
    await store.close();
    truncateSync(path, 40 * 4096);
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({ kind: 'corrupt' });
  });

  test('of a newer version is refused and left as it is', async () => {
    const path = join(folder, 'newer.db');
    await (await openStore(`sqlite:${path}`)).close();
    const database = new Database(path);
    database.exec("insert into kysely_migration (name, timestamp) values ('999-later', '2030-01-01T00:00:00.000Z')");
    database.close();
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({ kind: 'newer-schema' });
    // The refusal freed the lock.
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({ kind: 'newer-schema' });
  });

  test('that is a folder, or lies under a file, is refused', async () => {
    await expect(openStore(`sqlite:${folder}`, { lock: false })).rejects.toMatchObject({ kind: 'misplaced' });
    const path = join(folder, 'plain');
    writeFileSync(path, '');
    await expect(openStore(`sqlite:${join(path, 'x.db')}`)).rejects.toMatchObject({ name: 'StoreError' });
    await expect(openStore('mysql://x')).rejects.toThrow(/sqlite: or postgres:/);
  });

  test('that a first start left without room for a single table is no stranger’s: the next one begins anew', async () => {
    const path = join(folder, 'cut-short.db');
    const table =
      'create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null)';
    new Database(path).exec(table).close();
    await (await openStore(`sqlite:${path}`)).close();
    const other = join(folder, 'other.db');
    new Database(other).exec(`${table}; create table song (name text)`).close();
    await expect(openStore(`sqlite:${other}`)).rejects.toMatchObject({ kind: 'foreign' });
  });

  test('that cannot grow says so, undoes the transaction and goes on', async () => {
    const store = await openStore(`sqlite:${join(folder, 'full.db')}`);
    const { id } = await timetable(store.db);
    const pages = Number(await pragma(store, 'page_count'));
    await pragma(store, `max_page_count = ${pages + 5}`);
    const many = Array.from({ length: 2000 }, (_, n) => lesson({ note: String(n) }));
    const writing = store.transaction(async (tx) => {
      await setState(tx, 'x', 'half');
      await storeLessons(tx, id, { remove: [], insert: many });
    });
    await expect(writing).rejects.toMatchObject({ name: 'StoreError', kind: 'full' });
    expect(await getState(store.db, 'x')).toBeNull();
    await store.transaction((tx) => setState(tx, 'x', 'whole'));
    expect(await getState(store.db, 'x')).toBe('whole');
    await store.close();
  });

  test('lets the loop turn in a long transaction, and shows nobody half of it', async () => {
    const store = await openStore(`sqlite:${join(folder, 'long.db')}`);
    const { id } = await timetable(store.db);
    const many = Array.from({ length: 5000 }, (_, n) => lesson({ note: String(n) }));
    let seen: Promise<unknown[]> | null = null;
    let [turns, over] = [0, false];
    async function others(): Promise<void> {
      for (; !over; turns += 1) {
        await setImmediate();
        seen ??= lessonsOf(store.db, id);
      }
    }
    const writing = store.transaction((tx) => storeLessons(tx, id, { remove: [], insert: many }));
    const waiting = others();
    await writing;
    over = true;
    await waiting;
    expect(turns).toBeGreaterThan(2);
    expect(await seen).toHaveLength(5000);
    await store.close();
  });

  test('opened for reading only says so when written to', async () => {
    const store = await openStore(`sqlite:${join(folder, 'readonly.db')}`);
    await pragma(store, 'query_only = on');
    await expect(setState(store.db, 'x', '1')).rejects.toMatchObject({ kind: 'readonly' });
    await store.close();
  });
});
