/** Reads the template of a group or a teacher. */
import {
  addDays,
  type Day,
  type Fields,
  fieldsOf,
  jsonOf,
  mondayOf,
  type Page,
  type Parsed,
  type RawLesson,
  rowsOf,
  SourceError,
  textOf,
} from '#source';
import { termOf } from './term.ts';

/** The site shows what is in force now; so far ahead it is believed. */
const WEEKS = 5;

/** @throws SourceError */
export function readTimetable([page, site]: readonly Page[], today: Day): Parsed {
  const answer = fieldsOf(jsonOf(page), 'answer');
  const rows = rowsOf(answer.timetable, 'timetable');
  // The same empty list answers an unknown name; a name from the catalogue is known, so it only waits for its timetable.
  if (rows.length === 0) throw new SourceError('not-published', 'empty', 'the timetable is empty');
  const term = termOf(site, today);
  const first = mondayOf(today);
  const name = textOf(answer.target);
  return {
    ...(name === '' ? {} : { name }),
    term,
    covers: { from: first, to: addDays(first, WEEKS * 7) },
    lessons: merge(rows.map(lessonOf)),
    skipped: [],
  };
}

function lessonOf(row: Fields): RawLesson {
  const room = textOf(row.place);
  const groups = Array.isArray(row.groups) ? row.groups.map(textOf).join(', ') : textOf(row.groups);
  return {
    weekday: textOf(row.day),
    weeks: parity(textOf(row.week)),
    start: textOf(row.time),
    subject: textOf(row.subject),
    kind: textOf(row.type),
    teachers: [textOf(row.teacher)].filter(Boolean),
    ...(room === '' ? {} : { room }),
    ...(groups === '' ? {} : { note: groups }),
  };
}

/** Week «1» is an odd one, «2» an even one; anything else is left to be explained. */
function parity(week: string): string {
  if (week === '1') return 'нечёт';
  return week === '2' ? 'чёт' : week;
}

/** A lesson of every week stands in both weeks: it is one. */
function merge(lessons: readonly RawLesson[]): readonly RawLesson[] {
  const alike = Map.groupBy(lessons, ({ weeks: _, ...rest }) => JSON.stringify(rest));
  return [...alike.values()].flatMap((same) => {
    const weeks = [...new Set(same.map((one) => one.weeks ?? ''))];
    const [one] = same;
    if (one === undefined) return [];
    const both = weeks.includes('нечёт') && weeks.includes('чёт');
    return both ? [{ ...one, weeks: '' }] : weeks.map((said) => ({ ...one, weeks: said }));
  });
}
