/** One lesson is listed once for each of its teachers and groups: rows of one lesson become one. */
import { isDistance, type RawLesson } from '#source';
import type { Row } from './row.ts';

/** Lessons by day and time. `withGroups` names the groups in the note: a group's own timetable needs no such line. */
export function merged(rows: readonly Row[], withGroups: boolean): RawLesson[] {
  const same = Map.groupBy(rows, placeOf);
  return [...same.values()].map((lesson) => lessonOf(lesson, withGroups)).sort(byTime);
}

/** What makes two rows one lesson. Only a real room says that two teachers are there together. */
function placeOf({ day, start, end, kind, subject, subgroup, room, teachers, cancelled }: Row): string {
  const shared = room !== '' && !isDistance(room);
  return JSON.stringify([day, start, end, kind, subject, subgroup, room, cancelled, shared ? '' : teachers]);
}

function lessonOf(rows: readonly Row[], withGroups: boolean): RawLesson {
  const [first] = rows;
  if (first === undefined) throw new Error('a lesson has at least one row');
  const { id, day, start, end, number, kind, subject, subgroup, room, cancelled } = first;
  const teachers = unique(rows.flatMap((row) => row.teachers));
  const groups = unique(rows.flatMap((row) => row.groups));
  const link = unique(rows.flatMap((row) => row.links)).join(' ');
  const listed = groups.length > 1 ? `Группы: ${groups.join(', ')}` : `Группа: ${groups.join()}`;
  const notes = unique(rows.flatMap((row) => row.notes));
  const note = [...(withGroups && groups.length > 0 ? [listed] : []), ...notes].join('\n');
  return {
    ...(id === '' || id === '0' ? {} : { id }),
    day,
    start,
    end,
    ...(number === '' || number === '0' ? {} : { number }),
    subject,
    ...(kind === '' ? {} : { kind }),
    ...(teachers.length === 0 ? {} : { teachers }),
    ...(room === '' ? {} : { room }),
    ...(link === '' ? {} : { link }),
    ...(subgroup === '' ? {} : { subgroup }),
    ...(note === '' ? {} : { note }),
    ...(cancelled ? { cancelled } : {}),
    ...(rows.some((row) => row.changed) ? { changed: true } : {}),
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function byTime(a: RawLesson, b: RawLesson): number {
  const [one = '', other = ''] = [a, b].map(({ day, start = '' }) => `${day} ${start.padStart(5, '0')}`);
  return one < other ? -1 : one === other ? 0 : 1;
}
