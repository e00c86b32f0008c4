/** Reads the published template of a group or a teacher. */
import { type Day, type Fields, jsonOf, mondayOf, type Page, type Parsed, rowsOf, SourceError, textOf } from '#source';
import { type Meeting, meetingsOf, timeOf } from './meeting.ts';
import { lessonsOf } from './merge.ts';
import { dayOf, type Semester, semesterOf, termOf } from './term.ts';

/** `today` stands in for the server's date where it tells none. @throws SourceError */
export function readSchedule(
  [schedule, current]: readonly Page[],
  { teacher, today }: { readonly teacher: boolean; readonly today: Day },
): Parsed {
  const groups = rowsOf(jsonOf(schedule), 'answer');
  const only = groups[0];
  if (!teacher && only === undefined) throw new SourceError('unknown-param', 'id', 'the site knows no such group');
  const objects = groups.flatMap((group) =>
    rowsOf(group.scheduleObjects, 'scheduleObjects').map((object) => ({ object, group: textOf(group.fullNumber) })),
  );
  const name = teacher || only === undefined ? '' : textOf(only.fullNumber);
  const named = name === '' ? {} : { name };
  if (objects.length === 0) return nothing(named, teacher);

  const semester = semesterOf(groups, today) ?? rangeOf(objects.map(({ object }) => object));
  const term = termOf(semester, current, today);
  const meetings: Meeting[] = [];
  const skipped: string[] = [];
  for (const { object, group } of objects) {
    const read = meetingsOf(object, term, teacher ? group : '');
    if (typeof read === 'string') skipped.push(read);
    else meetings.push(...read);
  }
  if (skipped.length === objects.length) throw new SourceError('changed', 'lesson', 'no class can be placed');
  return { ...named, term, lessons: lessonsOf(meetings, term), skipped };
}

/** A group without a single class has no timetable yet; a teacher may really teach nobody. */
function nothing(named: { readonly name?: string }, teacher: boolean): Parsed {
  if (!teacher) throw new SourceError('not-published', 'empty', 'the group has no classes yet');
  return { ...named, lessons: [], skipped: [] };
}

/** Without a semester the classes' own ranges bound it. */
function rangeOf(objects: readonly Fields[]): Semester {
  const times = objects.map(timeOf).filter((time) => time !== null);
  const starts = times
    .map(({ startDate }) => dayOf(startDate))
    .filter(Boolean)
    .sort();
  const ends = times
    .map(({ endDate }) => dayOf(endDate))
    .filter(Boolean)
    .sort();
  const [start, end] = [starts[0], ends.at(-1)];
  if (start === undefined || end === undefined)
    throw new SourceError('changed', 'semester', 'no dates bound the template');
  return { start, end, week1: mondayOf(start) };
}
