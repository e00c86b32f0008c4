/**
 * What an import costs that changes one lesson in a hundred of a million: group by group as readings come. Yardsticks: a plain upsert
 * of all, and hashes compared group by group with what differs written; neither believes, dates or tells anything.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import type { Lesson } from '../../src/domain/lesson.ts';
import { readOnce } from '../../src/flows/import.ts';
import {
  addFeed,
  createTimetable,
  feedOf,
  getTimetable,
  lessonHash,
  openStore,
  type Store,
} from '../../src/store/index.ts';
import { inRoom, lessonAt, NOW, readingWorld } from './commit.ts';
import { timed } from './loop.ts';

const PER_GROUP = 216;
/** One in a hundred: two of the 216 lessons of every group, or all lessons of so many groups. */
const CHANGED = 108;
const GROUP_IN = 100;

/** What the group of this number says; null: the bytes it said before. */
type Says = (group: number) => readonly Lesson[] | null;

export async function many(groups: number): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-bench-'));
  const store = await openStore(`sqlite:${join(folder, 'many.db')}`);
  const before = Array.from({ length: PER_GROUP }, (_, n) => lessonAt(n));
  const few = before.map((one, n) => (n % CHANGED === 0 ? inRoom(one, '500') : one));
  const [whole, wholeAgain] = ['600', '700'].map((room) => before.map((one) => inRoom(one, room)));
  const ids = await makeGroups(store, groups);
  const longest = { ms: 0 };
  const world = readingWorld(measured(store, longest));
  async function all(says: Says) {
    world.next(({ n }) => says(Number(n)));
    longest.ms = 0;
    const revisions = await revisionsOf(store, ids);
    const cpu = process.threadCpuUsage();
    const { ms, turnMs } = await timed(async () => {
      for (const id of ids) {
        const feed = await feedOf(store.db, id);
        if (feed !== null) await readOnce(world.world, feed);
      }
    });
    const { user, system } = process.threadCpuUsage(cpu);
    const cpuMs = Math.round((user + system) / 1000);
    const changed = (await revisionsOf(store, ids)).filter((revision, n) => revision !== revisions[n]).length;
    const longestTransactionMs = Number(longest.ms.toFixed(1));
    return { groupsChanged: changed, ms: Math.round(ms), cpuMs, longestTransactionMs, busiestTurnMs: turnMs };
  }
  const isWhole = (group: number): boolean => group % GROUP_IN === 0;
  const first = await all(() => before);
  const figures = {
    lessons: groups * PER_GROUP,
    groups,
    first,
    /** All of one group in a hundred; the others say the same in other bytes. */
    wholeGroups: await all((group) => (isWhole(group) ? (whole ?? []) : before)),
    /** The same; the others send the bytes they sent before. */
    wholeGroupsSameBytes: await all((group) => (isWhole(group) ? (wholeAgain ?? []) : null)),
    /** Two lessons of each group. */
    oneInHundred: await all((group) => (isWhole(group) ? null : few)),
    plainUpsert: plain(join(folder, 'upsert.db'), ids, before, few, upsertAll),
    plainCompare: plain(join(folder, 'compare.db'), ids, before, few, compareEach),
  };
  await store.close();
  rmSync(folder, { recursive: true });
  return figures;
}

function makeGroups(store: Store, groups: number): Promise<readonly number[]> {
  return store.transaction(async (tx) => {
    const made: number[] = [];
    for (let n = 0; n < groups; n += 1) {
      const names = { name: `Г-${n}`, folded: `г${n}`, digits: String(n), university: '' };
      const { id } = await createTimetable(tx, {
        ...names,
        ...{ kind: 'feed', ownerId: null, listed: true, zone: 'Europe/Moscow', term: null, bells: [] },
      });
      const ask = { n: String(n) };
      await addFeed(tx, { timetableId: id, source: 'ics', ask, profile: 'configured', nextCheck: NOW });
      made.push(id);
    }
    return made;
  });
}

async function revisionsOf(store: Store, ids: readonly number[]): Promise<readonly (number | undefined)[]> {
  const revisions: (number | undefined)[] = [];
  for (const id of ids) revisions.push((await getTimetable(store.db, id))?.revision);
  return revisions;
}

/** The same store, whose longest transaction is noted, from its begin to its commit. */
function measured(store: Store, longest: { ms: number }): Store {
  return {
    ...store,
    async transaction(work, lasts) {
      let from = 0;
      try {
        return await store.transaction((tx) => {
          from = performance.now();
          return work(tx);
        }, lasts);
      } finally {
        longest.ms = Math.max(longest.ms, performance.now() - from);
      }
    },
  };
}

type Deed = (database: Database.Database, ids: readonly number[], lessons: readonly Lesson[]) => void;

const UPSERT = `insert into lesson values (?, ?, ?, ?)
  on conflict do update set hash = excluded.hash, body = excluded.body where hash <> excluded.hash`;

/** What the deed takes once the lessons of `before` are there, in plain SQL. */
function plain(file: string, ids: readonly number[], before: readonly Lesson[], after: readonly Lesson[], deed: Deed) {
  const database = new Database(file);
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = full');
  database.exec(
    'create table lesson (timetable_id integer, n integer, hash text, body text, primary key (timetable_id, n)) without rowid',
  );
  upsertAll(database, ids, before);
  const cpu = process.threadCpuUsage();
  const from = performance.now();
  deed(database, ids, after);
  const ms = Math.round(performance.now() - from);
  const { user, system } = process.threadCpuUsage(cpu);
  database.close();
  return { ms, cpuMs: Math.round((user + system) / 1000) };
}

/** Every lesson again, written over what is there where its hash differs, in one transaction. */
const upsertAll: Deed = (database, ids, lessons) => {
  const upsert = database.prepare(UPSERT);
  const write = database.transaction(() => {
    for (const id of ids)
      for (const [n, lesson] of lessons.entries()) upsert.run(id, n, lessonHash(lesson), JSON.stringify(lesson));
  });
  write();
};

/** The hashes of each group beside those stored; what differs is written, a transaction a group. */
const compareEach: Deed = (database, ids, lessons) => {
  const stored = database.prepare<[number], { n: number; hash: string }>(
    'select n, hash from lesson where timetable_id = ?',
  );
  const upsert = database.prepare(UPSERT);
  const write = database.transaction((id: number) => {
    const hashes = new Map(stored.all(id).map(({ n, hash }) => [n, hash]));
    for (const [n, lesson] of lessons.entries()) {
      const hash = lessonHash(lesson);
      if (hashes.get(n) !== hash) upsert.run(id, n, hash, JSON.stringify(lesson));
    }
  });
  for (const id of ids) write(id);
};
