/** What the program remembers about itself: cursors by name, and which events it has already taken. */
import type { Instant } from '../domain/calendar.ts';
import type { Db } from './schema.ts';

export async function getState(db: Db, key: string): Promise<string | null> {
  const row = await db.selectFrom('state').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value ?? null;
}

export async function setState(db: Db, key: string, value: string): Promise<void> {
  await db
    .insertInto('state')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

export async function dropState(db: Db, key: string): Promise<void> {
  await db.deleteFrom('state').where('key', '=', key).execute();
}

/** True the first time an event is shown, false every time after (for as long as events are kept: see retention). */
export async function firstSeen(db: Db, eventId: string, now: Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('event')
    .values({ id: eventId, at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
