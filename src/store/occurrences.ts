/** Dated lessons of the coming days with what reminders make of them: joined, first of the day, exam. */
import type { Instant } from '../domain/calendar.ts';
import type { LessonLine } from '../domain/notice.ts';
import type { Dated, Marked } from '../domain/sitting.ts';
import { canonical, chunksOf, parse } from './json.ts';
import type { Db } from './schema.ts';

const CHUNK = 100;

/** Replaces everything of this timetable that starts at `from` or later; earlier rows are neither touched nor written. */
export async function writeOccurrences(
  db: Db,
  timetableId: number,
  from: Instant,
  rows: readonly Marked[],
): Promise<void> {
  await db.deleteFrom('occurrence').where('timetable_id', '=', timetableId).where('starts_at', '>=', from).execute();
  const taken = new Map<Instant, number>();
  const values = rows
    .filter((row) => row.startsAt >= from)
    .map((row) => {
      const n = taken.get(row.startsAt) ?? 0;
      taken.set(row.startsAt, n + 1);
      const [line, told] = [canonical(row.line), canonical(row.told)];
      return {
        starts_at: row.startsAt,
        timetable_id: timetableId,
        n,
        ends_at: row.endsAt,
        cancelled: flag(row.line.cancelled),
        all_day: flag(row.line.allDay),
        line,
        joins: flag(row.joins),
        first: flag(row.first),
        exam: flag(row.exam),
        told: told === line ? null : told,
      };
    });
  for (const chunk of chunksOf(values, CHUNK)) await db.insertInto('occurrence').values(chunk).execute();
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

/** The dated lessons of these timetables that begin in [from, to), as they stand, in order of start. */
export async function datedLessons(
  db: Db,
  timetableIds: readonly number[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<Map<number, Dated[]>> {
  const found = new Map<number, Dated[]>();
  for (const ids of chunksOf(timetableIds, CHUNK)) {
    const rows = await db
      .selectFrom('occurrence')
      .select(['timetable_id', 'starts_at', 'ends_at', 'line'])
      .where('timetable_id', 'in', ids)
      .where('starts_at', '>=', from)
      .where('starts_at', '<', to)
      .orderBy('starts_at')
      .orderBy('n')
      .execute();
    for (const [id, some] of Map.groupBy(rows, (row) => row.timetable_id))
      found.set(
        id,
        some.map((row) => ({ startsAt: row.starts_at, endsAt: row.ends_at, line: parse<LessonLine>(row.line) })),
      );
  }
  return found;
}

/** Timetables whose occurrences do not reach `until` yet, the most behind first. */
export async function timetablesToRoll(db: Db, until: Instant, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('timetable')
    .select('id')
    .where('rolled_until', '<', until)
    .orderBy('rolled_until')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Says that the occurrences of this timetable are written up to `until`. */
export async function setRolled(db: Db, id: number, until: Instant): Promise<void> {
  await db.updateTable('timetable').set({ rolled_until: until }).where('id', '=', id).execute();
}

/** What a timetable is to people: how many follow it and are awake, and when its nearest lesson begins that has not begun yet. */
export async function standingOf(
  db: Db,
  timetableId: number,
  now: Instant,
): Promise<{ followers: number; nextLesson: Instant | null }> {
  const { followers } = await db
    .selectFrom('peer')
    .select((eb) => eb.fn.countAll<number>().as('followers'))
    .where('timetable_id', '=', timetableId)
    .where('asleep', 'is', null)
    .executeTakeFirstOrThrow();
  const { next } = await db
    .selectFrom('occurrence')
    .select((eb) => eb.fn.min('starts_at').as('next'))
    .where('timetable_id', '=', timetableId)
    .where('starts_at', '>=', now)
    .executeTakeFirstOrThrow();
  return { followers: Number(followers), nextLesson: next };
}
