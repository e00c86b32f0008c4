/**
 * Loaded into a bot before its own modules: kills it dead before step KILL_AT of its way from due to sent. A step is a statement
 * inside a transaction (its begin and its commit too), from the first that touches the outbox until the outbox is empty again, or a
 * call that sends. Says «boundary» with what it came before, or «drained». The product knows nothing of this.
 */
import { writeSync } from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';

const killAt = Number(process.env.KILL_AT);
let began = false;
let queued = false;
let drained = false;
let step = 0;

function boundary(what: string): void {
  if (!began || drained) return;
  step += 1;
  if (step !== killAt) return;
  writeSync(1, `boundary ${JSON.stringify({ step, before: what })}\n`);
  process.kill(process.pid, 'SIGKILL');
  // Nothing more happens, however long the signal takes.
  for (;;);
}

type Method = (
  this: { readonly source: string; readonly database: Database.Database },
  ...values: unknown[]
) => unknown;

const statement = Object.getPrototypeOf(new Database(':memory:').prepare('select 1')) as Record<string, Method>;
for (const name of ['run', 'all', 'get']) {
  const plain = statement[name];
  if (plain === undefined) throw new Error(`a statement has no ${name}`);
  statement[name] = function counted(...values) {
    const inside = this.database.inTransaction;
    began ||= inside && this.source.includes('"outbox"');
    if (inside || this.source === 'begin immediate') boundary(this.source);
    const result = plain.apply(this, values);
    if (began && !drained && this.source === 'commit') look(this.database);
    return result;
  };
}

function look(database: Database.Database): void {
  const n = Number(database.prepare('select count(*) from outbox where state in (0, 1)').pluck().get());
  drained = queued && n === 0;
  queued ||= n > 0;
  if (drained) writeSync(1, `drained ${step}\n`);
}

const ask = http.request;
http.request = function counted(...given: unknown[]) {
  const path = given.map((one) => Object(one).path ?? Object(one).pathname ?? '').join('');
  if (/\/(execute|messages\.send)/.test(path)) boundary(`call ${path.split('/').at(-1)}`);
  return Reflect.apply(ask, http, given);
} as typeof http.request;
syncBuiltinESMExports();
