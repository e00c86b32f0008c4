/** Which timetables changed while somebody plans from an older state of them: lessons, homework, listeners, zone. SQLite only. */
import { sql } from 'kysely';
import type { Db } from './schema.ts';

/** What planning reads, and the columns of it that may be updated in place. */
const WATCHED = {
  occurrence: [],
  subscription: ['lead', 'language', 'filtered'],
  digest: ['zone', 'at'],
  timetable: ['zone'],
  homework: ['text'],
} as const;

/**
 * Begins to write down every change made through this connection, by triggers that only it has: nobody who writes can forget to
 * say so, and other programs that open the file know nothing of it. Give the store's own handle, once.
 */
export async function watchTouched(db: Db): Promise<void> {
  await sql`pragma temp_store = memory`.execute(db);
  await sql`create temp table touched (timetable_id integer primary key) strict`.execute(db);
  for (const [table, columns] of Object.entries(WATCHED)) {
    const id = sql.ref(table === 'timetable' ? 'id' : 'timetable_id');
    // Not «insert or ignore»: within an upsert SQLite puts the upsert's own way of meeting a conflict in its place, and fails.
    const note = (row: 'new' | 'old') => {
      const touched = sql`${sql.raw(row)}.${id}`;
      return sql`begin insert into touched select ${touched} where not exists
        (select 1 from touched where timetable_id = ${touched}); end`;
    };
    const on = (event: string) => sql`create temp trigger ${sql.ref(`touched_${table}_${event}`)}`;
    if (table !== 'timetable') {
      await sql`${on('in')} after insert on ${sql.table(`main.${table}`)} ${note('new')}`.execute(db);
      await sql`${on('out')} after delete on ${sql.table(`main.${table}`)} ${note('old')}`.execute(db);
    }
    if (columns.length > 0)
      await sql`${on('set')} after update of ${sql.raw(columns.join(', '))} on ${sql.table(`main.${table}`)} ${note('new')}`.execute(
        db,
      );
  }
}

/** From now on only what comes next counts. Call in a transaction. */
export async function forgetTouched(db: Db): Promise<void> {
  await sql`delete from touched`.execute(db);
}

/** The timetables that changed since. Call in a transaction, so that none changes between the answer and what is done with it. */
export async function touchedTimetables(db: Db): Promise<Set<number>> {
  const { rows } = await sql<{ timetable_id: number }>`select timetable_id from touched`.execute(db);
  return new Set(rows.map((row) => row.timetable_id));
}
