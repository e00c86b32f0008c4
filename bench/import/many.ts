/** What an import costs that changes one lesson in a hundred of very many: group by group as readings come, beside a plain upsert of all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import type { Lesson } from '../../src/domain/lesson.ts';
import { readOnce } from '../../src/flows/import.ts';
import { addFeed, createTimetable, feedOf, lessonHash, openStore, type Store } from '../../src/store/index.ts';
import { ACCEPTED, inRoom, lessonAt, NOW, readingWorld } from './commit.ts';
import { timed } from './loop.ts';

const PER_GROUP = 216;
/** Two of 216. */
const CHANGED = 108;

export async function many(groups: number): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-bench-'));
  const store = await openStore(`sqlite:${join(folder, 'many.db')}`);
  const before = Array.from({ length: PER_GROUP }, (_, n) => lessonAt(n));
  const after = before.map((one, n) => (n % CHANGED === 0 ? inRoom(one, '500') : one));
  const ids = await store.transaction(async (tx) => {
    const made: number[] = [];
    for (let n = 0; n < groups; n += 1) {
      const names = { name: `Г-${n}`, folded: `г${n}`, digits: String(n), university: '' };
      const { id } = await createTimetable(tx, {
        ...names,
        ...{ kind: 'feed', ownerId: null, listed: true, zone: 'Europe/Moscow', term: null, bells: [] },
      });
      await addFeed(tx, {
        timetableId: id,
        source: 'ics',
        ask: { n: String(n) },
        profile: 'configured',
        nextCheck: NOW,
      });
      made.push(id);
    }
    return made;
  });
  const longest = { ms: 0 };
  const world = readingWorld(measured(store, longest));
  async function all(lessons: readonly Lesson[]) {
    world.next(lessons);
    longest.ms = 0;
    const cpu = process.threadCpuUsage();
    const { ms, turnMs } = await timed(async () => {
      for (const id of ids) {
        const feed = await feedOf(store.db, id);
        if (feed !== null) await readOnce(world.world, feed, ACCEPTED);
      }
    });
    const { user, system } = process.threadCpuUsage(cpu);
    const cpuMs = Math.round((user + system) / 1000);
    return { ms: Math.round(ms), cpuMs, longestTransactionMs: Number(longest.ms.toFixed(1)), busiestTurnMs: turnMs };
  }
  await all(before);
  const figures = {
    lessons: groups * PER_GROUP,
    oneInHundred: await all(after),
    plainUpsert: plainUpsert(join(folder, 'plain.db'), ids, before, after),
  };
  await store.close();
  rmSync(folder, { recursive: true });
  return figures;
}

/** The same store, whose longest transaction is noted, from its begin to its commit. */
function measured(store: Store, longest: { ms: number }): Store {
  return {
    ...store,
    async transaction(work) {
      let from = 0;
      try {
        return await store.transaction((tx) => {
          from = performance.now();
          return work(tx);
        });
      } finally {
        longest.ms = Math.max(longest.ms, performance.now() - from);
      }
    },
  };
}

/** Every lesson again, written over what is there where its hash differs, in one transaction. */
function plainUpsert(file: string, ids: readonly number[], before: readonly Lesson[], after: readonly Lesson[]) {
  const database = new Database(file);
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = full');
  database.exec(
    'create table lesson (timetable_id integer, n integer, hash text, body text, primary key (timetable_id, n)) without rowid',
  );
  const upsert = database.prepare(
    `insert into lesson values (?, ?, ?, ?) on conflict do update set hash = excluded.hash, body = excluded.body
      where hash <> excluded.hash`,
  );
  const write = database.transaction((lessons: readonly Lesson[]) => {
    for (const id of ids)
      for (const [n, lesson] of lessons.entries()) upsert.run(id, n, lessonHash(lesson), JSON.stringify(lesson));
  });
  write(before);
  const cpu = process.threadCpuUsage();
  const from = performance.now();
  write(after);
  const ms = Math.round(performance.now() - from);
  const { user, system } = process.threadCpuUsage(cpu);
  database.close();
  return { ms, cpuMs: Math.round((user + system) / 1000) };
}
