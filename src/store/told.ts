/** The changes that were told, kept for two weeks: the feed of changes and the marks in views. */
import type { Instant } from '../domain/calendar.ts';
import { type Change, sidesOf } from '../domain/diff.ts';
import type { Told } from '../domain/history.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { chunksOf, parse } from './json.ts';
import type { Db } from './schema.ts';

const CHUNK = 50;

/** Keeps what was told at `at`. Call in the transaction that queues its notices. */
export async function writeTold(db: Db, timetableId: number, at: Instant, changes: readonly Change[]): Promise<void> {
  for (const some of chunksOf(changes, CHUNK)) {
    const rows = some.map((change) => {
      const days = sidesOf(change).map(({ day }) => day);
      return {
        timetable_id: timetableId,
        at,
        day: days[0] ?? '',
        day_to: days.at(-1) ?? '',
        change: JSON.stringify(plain(change)),
      };
    });
    await db.insertInto('told').values(rows).execute();
  }
}

/** What was told of a timetable since then, the latest first, at most `limit`. */
export async function toldOf(db: Db, timetableId: number, since: Instant, limit: number): Promise<Told[]> {
  const rows = await db
    .selectFrom('told')
    .select(['at', 'change'])
    .where('timetable_id', '=', timetableId)
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ at, change }) => ({ at, change: parse<Change>(change) }));
}

function plain(change: Change): Change {
  if (change.kind === 'cancelled') return { ...change, before: bare(change.before) };
  if (change.kind === 'altered') return { ...change, before: bare(change.before), after: bare(change.after) };
  return { ...change, after: bare(change.after) };
}

function bare(lesson: Occurrence): Occurrence {
  return { ...lesson, note: '', place: { ...lesson.place, link: '' } };
}
