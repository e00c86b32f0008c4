/** Homework by the lesson it is for. */
import type { Day } from '../domain/calendar.ts';
import { chunksOf } from '../domain/chunks.ts';
import type { Homework, HomeworkFor, Move } from '../domain/homework.ts';
import type { Db } from './schema.ts';

const CHUNK = 500;

/** What is to be done for the days [from, to) of these timetables, by timetable; those without any are not there. */
export async function homeworkOf(
  db: Db,
  timetableIds: readonly number[],
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<Map<number, Homework[]>> {
  const found = new Map<number, Homework[]>();
  for (const ids of chunksOf(timetableIds, CHUNK)) {
    const rows = await db
      .selectFrom('homework')
      .select(['timetable_id', 'day', 'subject', 'subgroup', 'text'])
      .where('timetable_id', 'in', ids)
      .where('day', '>=', from)
      .where('day', '<', to)
      .orderBy('timetable_id')
      .orderBy('day')
      .orderBy('subject')
      .orderBy('subgroup')
      .execute();
    for (const { timetable_id: id, ...row } of rows) found.set(id, [...(found.get(id) ?? []), row]);
  }
  return found;
}

/** Writes it down instead of what stood there before. */
export async function saveHomework(db: Db, timetableId: number, { text, ...lesson }: Homework): Promise<void> {
  await db
    .insertInto('homework')
    .values({ timetable_id: timetableId, ...lesson, text })
    .onConflict((conflict) => conflict.columns(['timetable_id', 'day', 'subject', 'subgroup']).doUpdateSet({ text }))
    .execute();
}

/** False when there was none. */
export async function dropHomework(db: Db, timetableId: number, lesson: HomeworkFor): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('homework')
    .where('timetable_id', '=', timetableId)
    .where('day', '=', lesson.day)
    .where('subject', '=', lesson.subject)
    .where('subgroup', '=', lesson.subgroup)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/**
 * Lessons moved or were renamed: their homework goes where they went, all at once, so that two that changed places change it
 * too. Where one was written down already, that one stays.
 */
export async function moveHomework(db: Db, timetableId: number, moves: readonly Move[]): Promise<void> {
  const days = moves.map(({ from }) => from.day).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return;
  const rows = await db
    .selectFrom('homework')
    .select(['day', 'subject', 'subgroup', 'text'])
    .where('timetable_id', '=', timetableId)
    .where('day', '>=', first)
    .where('day', '<=', last)
    .execute();
  const isOf = (row: Homework, { day, subject, subgroup }: HomeworkFor) =>
    row.day === day && row.subject === subject && row.subgroup === subgroup;
  const moved = rows.flatMap((row) => {
    const to = moves.find(({ from }) => isOf(row, from))?.to;
    return to === undefined ? [] : [{ row, to }];
  });
  for (const { row } of moved) await dropHomework(db, timetableId, row);
  for (const { row, to } of moved)
    await db
      .insertInto('homework')
      .values({ timetable_id: timetableId, ...to, text: row.text })
      .onConflict((conflict) => conflict.columns(['timetable_id', 'day', 'subject', 'subgroup']).doNothing())
      .execute();
}
