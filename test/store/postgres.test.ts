/** The contract on PostgreSQL: in this process (PGlite) always, on a real server where TEST_DATABASE_URL names one. */
import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { becomeSender } from '../../src/sender.ts';
import type { Role, Store } from '../../src/store/index.ts';
import { openStore, openWith, setState } from '../../src/store/index.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { storeContract } from './contract.ts';

function openPglite(): Promise<Store> {
  return openWith({ kind: 'postgres', dialect: new PGliteDialect({ pglite: new PGlite() }) });
}

storeContract('PostgreSQL in this process', openPglite);

test('no server: the error says so and shows no password', async () => {
  const opening = openStore('postgres://someone:secret@127.0.0.1:1/nothing');
  await expect(opening).rejects.toMatchObject({ name: 'StoreError', kind: 'unreachable' });
  await expect(opening).rejects.not.toThrow(/secret/);
});

test('no server: asking for a role says so too', async () => {
  const { claimRole } = openPostgres('postgres://someone:secret@127.0.0.1:1/nothing', () => {});
  await expect(claimRole('sender')).rejects.toMatchObject({ name: 'StoreError', kind: 'unreachable' });
});

const server = process.env.TEST_DATABASE_URL;
if (server === undefined) process.stdout.write('store: no TEST_DATABASE_URL, the contract ran on PGlite only\n');

describe.skipIf(server === undefined)('a real PostgreSQL server', () => {
  // A database of its own, so that nothing else on the server is touched.
  const name = `zvonok_test_${process.pid}`;

  async function administer(statement: string): Promise<void> {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  function address(): string {
    const url = new URL(server ?? '');
    url.pathname = `/${name}`;
    return url.href;
  }

  beforeAll(() => administer(`create database ${name}`), 60_000);
  afterAll(() => administer(`drop database if exists ${name} with (force)`), 60_000);

  storeContract('keeps the contract', () => openStore(address()));

  test('is migrated once by two that start together', async () => {
    const stores = await Promise.all([openStore(address()), openStore(address())]);
    for (const store of stores) await setState(store.db, 'alive', 'yes');
    for (const store of stores) await store.close();
  });

  test('gives a role to one process at a time, and to the next when the first lets go', async () => {
    const [a, b] = [await openStore(address()), await openStore(address())];
    const first = await a.claimRole('sender of a token');
    expect(first?.held()).toBe(true);
    expect(await b.claimRole('sender of a token')).toBeNull();
    const other = await b.claimRole('sender of another token');
    expect(other?.held()).toBe(true);
    await first?.release();
    expect(first?.held()).toBe(false);
    const second = await b.claimRole('sender of a token');
    expect(second?.held()).toBe(true);
    await Promise.all([second?.release(), other?.release()]);
    await Promise.all([a.close(), b.close()]);
  });

  test('a sender whose connection broke takes its role again, and ends where another has it by now', async () => {
    const [mine, others] = [await openStore(address(), { warn() {} }), await openStore(address(), { warn() {} })];
    const lines: string[] = [];
    const note = (_: object, text = '') => void lines.push(text);
    const log = { debug: note, info: note, warn: note, error: note };
    const sender = await becomeSender(mine, { groupId: process.pid, name: 'Звонок' }, 'http://127.0.0.1:1/method', log);
    await sender.check();
    expect(lines).toEqual([]);
    const claim = () => others.claimRole(`sender ${process.pid}`);
    const breakAll = () =>
      administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);

    await breakAll();
    // Until it is told, it thinks it has it.
    await expect.poll(() => Promise.all([sender.check(), sender.check()]).then(() => lines.length)).toBe(1);
    expect(await claim()).toBeNull();

    await breakAll();
    let taken: Role | null = null;
    await expect.poll(async () => (taken ??= await claim())).not.toBeNull();
    await expect.poll(() => sender.check().catch((error: Error) => error.message)).toMatch(/уже работает с этой базой/);
    await sender.letGo();
    await (taken as Role | null)?.release();
    await Promise.all([mine.close(), others.close()]);
  });

  test('a broken connection loses the role, and is told once; the store goes on', async () => {
    const broken: Error[] = [];
    const store = await openStore(address(), { warn: (error) => broken.push(error) });
    const role = await store.claimRole('sender');
    await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    await expect.poll(() => role?.held()).toBe(false);
    expect(broken.length).toBeGreaterThan(0);
    await setState(store.db, 'alive', 'again');
    await store.close();
  });
});
