/**
 * A program of its own that reads a change and tells it, and is killed dead before its step KILL_AT: a step is a statement to the
 * database. Says «told» with the number of steps when it came to the end.
 */
import { writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import pg from 'pg';
import { remind } from '../../src/flows/remind.ts';
import { tellDue } from '../../src/flows/tell.ts';
import { openStore } from '../../src/store/index.ts';
import { stageAt } from '../support/world.ts';
import { AFTER, readChange } from './told-once.ts';

const killAt = Number(process.env.KILL_AT);
let counts = false;
let step = 0;

function count(): void {
  if (!counts) return;
  step += 1;
  if (step !== killAt) return;
  process.kill(process.pid, 'SIGKILL');
  // Nothing more happens, however long the signal takes.
  for (;;);
}

type Method = (this: unknown, ...values: unknown[]) => unknown;

function counted(methods: Record<string, Method>, names: readonly string[]): void {
  for (const name of names) {
    const plain = methods[name];
    if (plain === undefined) throw new Error(`no ${name}`);
    methods[name] = function step(...values) {
      count();
      return plain.apply(this, values);
    };
  }
}

counted(Object.getPrototypeOf(new Database(':memory:').prepare('select 1')), ['run', 'all', 'get']);
counted(Object(pg.Client.prototype), ['query']);

const store = await openStore(process.argv[2] ?? '');
const { world, clock } = await stageAt(AFTER.day, AFTER.clock, { store });
counts = true;
await readChange(world);
for (let seconds = 0; seconds < 60; seconds += 15) {
  clock.move(15_000);
  await tellDue(world);
  await remind(world);
}
counts = false;
writeSync(1, `told ${step}\n`);
await store.close();
