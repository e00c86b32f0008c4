/** What SQLite alone takes to read what is due and to write what becomes of it, nothing made of it in between: below it no tick can get. */
import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { chunksOf } from '../../src/domain/chunks.ts';

export type Bare = { readonly ms: number; readonly rows: number };

/** Rows a transaction writes. */
const AT_ONCE = 1_000;

/** The facts and listeners of all lessons that begin in the second from `startsAt`, for listeners of `lead`. */
export function bareJoin(file: string, { startsAt, lead }: { readonly startsAt: number; readonly lead: number }): Bare {
  const database = new Database(file, { readonly: true });
  const statement = database.prepare(`
    select facts, peers from occurrence cross join occurrence_line on occurrence_line.timetable_id = occurrence.timetable_id
      and occurrence_line.n = line cross join subscription on subscription.timetable_id = occurrence.timetable_id
    where starts_at >= ${startsAt} and starts_at < ${startsAt + 1000}
      and what = 'each' and filtered = 0 and lead = ${lead} and language = 'ru'`);
  const from = performance.now();
  const rows = statement.all().length;
  const ms = performance.now() - from;
  database.close();
  return { ms, rows };
}

/** The rows of the outbox of `file`, as they are, into a table that has no index, in `into`, a new file: each is on the disk in the end. */
export function bareInsert(file: string, into: string): Bare {
  const database = new Database(file, { readonly: true });
  const statement = database.prepare('select * from outbox order by id');
  const names = statement.columns().map(({ name }) => name);
  const rows = statement.raw().all();
  database.close();
  const target = new Database(into);
  target.pragma('journal_mode = wal');
  target.pragma('synchronous = full');
  target.exec(`create table bare (${names.join(', ')})`);
  const insert = target.prepare(`insert into bare values (${names.map(() => '?').join(', ')})`);
  const write = target.transaction((some: unknown[]) => {
    for (const row of some) insert.run(row);
  });
  const from = performance.now();
  for (const some of chunksOf(rows, AT_ONCE)) write.immediate(some);
  const ms = performance.now() - from;
  target.close();
  return { ms, rows: rows.length };
}
