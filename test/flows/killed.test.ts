/** The process is killed between reading a change and telling it, before any of its steps: the next one tells it, once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { remind } from '../../src/flows/remind.ts';
import { tellDue } from '../../src/flows/tell.ts';
import { openStore } from '../../src/store/index.ts';
import { briefs } from '../support/reminded.ts';
import { stageAt } from '../support/world.ts';
import { AFTER, begin, REMINDED, readChange, TOLD } from './told-once.ts';

const TELLER = fileURLToPath(new URL('./teller.ts', import.meta.url));
/** A whole number of steps between two kills; all of them would be some minutes. */
const EVERY = 13;

/** Runs the teller on this database; how many steps it had when it came to its end, null when it was killed. */
async function teller(url: string, killAt: number): Promise<number | null> {
  const child = spawn(process.execPath, [TELLER, url], {
    env: { ...process.env, KILL_AT: String(killAt) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const [code, signal] = await once(child, 'close');
  if (signal === 'SIGKILL') return null;
  if (code !== 0) throw new Error(`the teller ended with ${code}`);
  return Number(/told (\d+)/.exec(said)?.[1]);
}

/** The next process, from a minute later until the lesson begins: its source is read again, as always. */
async function next(url: string): Promise<string[]> {
  const store = await openStore(url);
  const stage = await stageAt(AFTER.day, '09:47', { store });
  const heard: string[] = [];
  await readChange(stage.world);
  for (let minutes = 0; minutes < 13; minutes += 0.5) {
    stage.clock.move(30_000);
    await tellDue(stage.world);
    await remind(stage.world);
    heard.push(...briefs(await stage.deliver()));
  }
  await store.close();
  return heard.sort();
}

/** A fresh copy of the database in which the group is. */
type Copies = (name: string) => Promise<string>;

async function killedBeforeEachStep(copy: Copies): Promise<void> {
  const steps = await teller(await copy('whole'), 0);
  expect(steps).toBeGreaterThan(3 * EVERY);
  const heard: Record<string, string[]> = {};
  for (let at = 1; at <= (steps ?? 0); at += EVERY) {
    const url = await copy(`killed_${at}`);
    expect(await teller(url, at)).toBeNull();
    heard[`killed before step ${at}`] = await next(url);
  }
  expect(heard).toEqual(Object.fromEntries(Object.keys(heard).map((when) => [when, TOLD])));
}

test('on SQLite', { timeout: 240_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const base = join(folder, 'base.db');
  const store = await openStore(`sqlite:${base}`);
  expect(await begin(store)).toEqual(REMINDED);
  await store.close();
  await killedBeforeEachStep(async (name) => {
    const path = join(folder, `${name}.db`);
    copyFileSync(base, path);
    return `sqlite:${path}`;
  });
});

const server = process.env.TEST_DATABASE_URL;
if (server === undefined)
  process.stdout.write('flows: no TEST_DATABASE_URL, killed processes on PostgreSQL not tried\n');

describe.skipIf(server === undefined)('a PostgreSQL server', () => {
  async function administer(...statements: string[]): Promise<void> {
    const client = new Client({ connectionString: server });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }

  test('on PostgreSQL', { timeout: 240_000 }, async () => {
    const base = `zvonok_killed_${process.pid}`;
    const at = (name: string) => Object.assign(new URL(server ?? ''), { pathname: `/${name}` }).href;
    const made = [base];
    onTestFinished(() => administer(...made.map((name) => `drop database if exists ${name} with (force)`)));
    await administer(`create database ${base}`);
    const store = await openStore(at(base));
    expect(await begin(store)).toEqual(REMINDED);
    await store.close();
    await killedBeforeEachStep(async (name) => {
      made.push(`${base}_${name}`);
      await administer(`create database ${base}_${name} template ${base}`);
      return at(`${base}_${name}`);
    });
  });
});
