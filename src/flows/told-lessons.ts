/** The lessons a digest may tell, with their homework. */
import { addDays, type Day, instantOf, wallOf, type Zone } from '../domain/calendar.ts';
import { type DigestKind, daysTold, type Part } from '../domain/digest.ts';
import { type Homework, withHomework } from '../domain/homework.ts';
import type { Span } from '../domain/plan.ts';
import type { Dated } from '../domain/sitting.ts';
import { type Db, datedLessons, homeworkOf } from '../store/index.ts';

const HOUR = 3_600_000;

/** By timetable; for homework alone only timetables that have any are looked at. */
export async function lessonsTold(
  tx: Db,
  kind: DigestKind,
  timetableIds: readonly number[],
  zone: Zone,
  part: Part,
): Promise<Map<number, Dated[]>> {
  const [from, to] = daysTold(kind, part.day);
  // The week ahead says none. By other clocks a lesson may be on the day before or after.
  const days = { from: addDays(from, -1), to: addDays(to, 1) };
  const homework = kind === 'week' ? new Map<number, Homework[]>() : await homeworkOf(tx, timetableIds, days);
  const some = kind === 'homework' ? timetableIds.filter((id) => homework.has(id)) : timetableIds;
  const lessons = await datedLessons(tx, some, instantsOf(kind, zone, part));
  return new Map([...lessons].map(([id, dated]) => [id, withHomework(dated, homework.get(id) ?? [])]));
}

/** The instants of the days a digest tells, a little wider: the digest itself looks at the day of each lesson. */
function instantsOf(kind: DigestKind, zone: Zone, part: Part): Span {
  const [from, to] = daysTold(kind, part.day);
  return { from: instantOf(from, '00:00', zone) - HOUR, to: instantOf(to, '00:00', zone) + HOUR };
}

/** The days whose homework a plan of the span may tell, by any clock. */
export function daysAround({ from, to }: Span): { from: Day; to: Day } {
  return { from: addDays(wallOf(from, 'UTC').day, -2), to: addDays(wallOf(to, 'UTC').day, 4) };
}
