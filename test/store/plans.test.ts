/** Every query that runs often finds its rows by an index: asked of SQLite itself, about the very statements the store sends. */
import Database from 'better-sqlite3';
import { SqliteDialect } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/store/index.ts';
import * as store from '../../src/store/index.ts';
import { hot } from './hot.ts';
import { HOUR, MINUTE, NOW, occurrence, peer, timetable } from './make.ts';

const database = new Database(':memory:');
const seen = new Set<string>();
let opened: Store;
let id: number;

beforeAll(async () => {
  const watched = {
    prepare(sql: string) {
      seen.add(sql);
      return database.prepare(sql);
    },
    close: () => database.close(),
  };
  opened = await store.openWith({ kind: 'sqlite', dialect: new SqliteDialect({ database: watched }) });
  ({ id } = await timetable(opened.db));
  await peer(opened.db, 1, { timetableId: id, leads: [5], evening: '19:00' });
  await store.writeOccurrences(opened.db, id, NOW, [occurrence(NOW + HOUR)]);
});
afterAll(() => opened.close());

/** What SQLite would do, one line a step. */
function plan(sql: string): string[] {
  const parameters = sql.match(/\?/g)?.map(() => 1) ?? [];
  const steps = database.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...parameters);
  return steps.map(({ detail }) => detail);
}

/** Rows that the statement itself brings along. */
const CONSTANT = /^SCAN (?:CONSTANT ROW|\d+-ROW VALUES CLAUSE)$/;

/** A search in name only: it goes through all that waits, in a cruel minute a hundred thousand rows. */
const THROUGH_ALL = /outbox_waiting \(state=\?\)/;
/** How much waits is counted there, and the first that waits is found at its beginning. */
const COUNTS = ['pending', 'peers'];

test.each(Object.entries(hot(() => id)))('%s searches and never scans', async (what, run) => {
  seen.clear();
  await run(opened.db);
  const steps = [...seen].flatMap(plan);
  expect(
    steps.some((step) => /^SEARCH|^SCAN CONSTANT ROW/.test(step)) || [...seen].every((sql) => sql.startsWith('insert')),
  ).toBe(true);
  expect(steps.filter((step) => step.startsWith('SCAN') && !CONSTANT.test(step))).toEqual([]);
  if (!COUNTS.includes(what)) expect(steps.filter((step) => THROUGH_ALL.test(step))).toEqual([]);
});

test('claim reads in the order of the index, without sorting', async () => {
  seen.clear();
  await store.claim(opened.db, NOW, 25, MINUTE);
  expect([...seen].flatMap(plan).filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
});

test('the next feed of a host stands first in the index, and so does the next host', async () => {
  seen.clear();
  await store.nextFeed(opened.db, 'ics:', NOW);
  await store.nextFeed(opened.db, 'ics:', NOW, true);
  await store.dueHosts(opened.db, NOW, 10);
  expect([...seen].flatMap(plan).filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
});

test('a chunk of what is due begins at its place in the index: the minute is not read again for each', async () => {
  seen.clear();
  const next = { after: { startsAt: NOW, timetableId: 1 }, limit: 1 };
  await store.dueSittings(opened.db, { what: 'each', lead: 5, row: 5 }, { from: NOW, to: NOW + HOUR }, next);
  const [chunk] = [...seen].filter((sql) => sql.includes('("starts_at", "occurrence"."timetable_id") >'));
  expect(plan(chunk ?? '').find((step) => step.includes('occurrence'))).toContain('(starts_at,timetable_id)>(?,?)');
});
