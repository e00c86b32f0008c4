/** Less room for what nearly all have: in four columns of a peer it is '', and two indexes of timetables hold only whom they are asked for. */
import { sql } from 'kysely';
import type { Db, Kind } from '../schema.ts';

export async function usual(db: Db, _kind: Kind): Promise<void> {
  await sql`update peer set
    role = case role when 'student' then '' else role end,
    horizon = case horizon when 'week' then '' else horizon end,
    muted = case muted when '[]' then '' else muted end,
    hidden = case hidden when '[]' then '' else hidden end`.execute(db);
  for (const [name, column] of [
    ['timetable_by_owner', 'owner_id'],
    ['timetable_by_asked', 'asked_at'],
  ] as const) {
    await db.schema.dropIndex(name).execute();
    await db.schema.createIndex(name).on('timetable').columns([column]).where(column, 'is not', null).execute();
  }
}
