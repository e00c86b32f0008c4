/** Whoever has not been told since a time that is still to come is found at once: the clock was set back. */
import type { Db } from '../schema.ts';

export async function heldAhead(db: Db): Promise<void> {
  await db.schema.createIndex('held_by_since').on('held').columns(['since', 'timetable_id']).execute();
}
