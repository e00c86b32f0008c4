/** Whoever changes the lessons of a timetable, or what people were told of them, takes it first and says so. */
import type { Instant } from '../domain/calendar.ts';
import { type Given, once } from './once.ts';
import type { Db } from './schema.ts';
import { fromRow, type Timetable } from './timetables.ts';

const bump = once((db, given: Given<{ id: number; expected: number; freshAt: Instant | null }>) =>
  db
    .updateTable('timetable')
    .set(({ eb, fn }) => ({
      revision: eb('revision', '+', 1),
      fresh_at: fn.coalesce(given('freshAt'), 'fresh_at'),
    }))
    .where('id', '=', given('id'))
    .where('revision', '=', given('expected')),
);

/**
 * Says that the lessons change now (`freshAt`), or what people were told of them (null). False when one of them changed since
 * `expected` was read: read again and decide again.
 */
export async function bumpRevision(db: Db, id: number, expected: number, freshAt: Instant | null): Promise<boolean> {
  const { numAffectedRows } = await bump(db, { id, expected, freshAt });
  return numAffectedRows === 1n;
}

/** Writing a value over itself locks the row on both databases; SQLite has one writer anyway. */
const lock = once((db, given: Given<{ id: number }>) =>
  db
    .updateTable('timetable')
    .set((eb) => ({ revision: eb.ref('revision') }))
    .where('id', '=', given('id'))
    .returningAll(),
);

/** Takes this timetable for the rest of the transaction: whoever changes its lessons or occurrences does so first. */
export async function lockTimetable(db: Db, id: number): Promise<Timetable | null> {
  const [row] = (await lock(db, { id })).rows;
  return row === undefined ? null : fromRow(row);
}
