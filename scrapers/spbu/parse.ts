/** Reads the events of a group (by date), and of a teacher or a room (by weekday with a list of dates). */
import {
  type Day,
  type Fields,
  fieldsOf,
  jsonOf,
  listOf,
  type Page,
  type Parsed,
  type RawLesson,
  rowsOf,
  SourceError,
  textOf,
} from '#source';
import { titleOf } from './title.ts';
import { dateIn, printedDates, wallOf } from './wall.ts';

type Days = { readonly from: Day; readonly to: Day };

/** @throws SourceError */
export function readEvents(page: Page | undefined, covers: Days, group: boolean): Parsed {
  const answer = fieldsOf(jsonOf(page), 'answer');
  const found = group ? dated(answer) : aggregated(answer);
  const name = [answer.StudentGroupDisplayName, answer.EducatorDisplayText, answer.DisplayText]
    .map(textOf)
    .find(Boolean);
  return {
    ...(name === undefined ? {} : { name }),
    covers,
    // Whether the last day of a range belongs to it is nowhere said: what was not asked for is left out.
    lessons: found.lessons.filter(({ day = '' }) => day >= covers.from && day < covers.to),
    skipped: found.skipped,
  };
}

type Found = { readonly lessons: readonly RawLesson[]; readonly skipped: readonly string[] };

/** @throws SourceError changed when no event has a time that can be read */
function dated(answer: Fields): Found {
  const days = listOf(answer.Days, 'Days');
  const events = days.flatMap((day) => rowsOf(fieldsOf(day, 'Day').DayStudyEvents, 'DayStudyEvents'));
  const read = events.map(eventOf);
  const lessons = read.filter((one) => typeof one !== 'string');
  if (events.length > 0 && lessons.length === 0)
    throw new SourceError('changed', 'Start', 'no event has a readable time');
  return { lessons, skipped: read.filter((one) => typeof one === 'string') };
}

/** The lesson, or why it is none. */
function eventOf(event: Fields): RawLesson | string {
  const [from, to] = [textOf(event.Start), textOf(event.End)];
  const [start, end] = [wallOf(from), wallOf(to)];
  const said = what(event);
  if (start === null || end === null) return `«${said.subject}»: no time in «${from} ${to}»`;
  // `WithinTheSameDay` is false even where both ends are on one day.
  const allDay = event.AllDay === true;
  const times = allDay ? { allDay } : { start: start.clock, end: end.clock };
  return { day: start.day, endDay: end.day, ...times, ...said };
}

/** One row is many dates here, written without a year, so the answer's own range gives it. */
function aggregated(answer: Fields): Found {
  const days = listOf(answer.EducatorEventsDays ?? answer.ClassroomEventsDays, 'EventsDays');
  const range = { from: textOf(answer.From).slice(0, 10), to: textOf(answer.To).slice(0, 10) };
  const events = days.flatMap((day) => rowsOf(fieldsOf(day, 'Day').DayStudyEvents, 'DayStudyEvents'));
  const lessons: RawLesson[] = [];
  const skipped: string[] = [];
  for (const event of events) {
    const lesson = rowOf(event);
    for (const printed of printedDates(event.Dates)) {
      const day = dateIn(printed, range);
      if (day === null) skipped.push(`«${lesson.subject}»: no date in «${printed}»`);
      else lessons.push({ day, ...lesson });
    }
  }
  return { lessons, skipped };
}

function rowOf(event: Fields): RawLesson {
  const groups = rowsOf(event.ContingentUnitNames, 'ContingentUnitNames').map(({ Item1 }) => textOf(Item1));
  const said = what(event);
  const note = [said.note ?? '', groups.join(', ')].filter(Boolean).join('\n');
  const [start, end] = [textOf(event.Start).slice(0, 5), textOf(event.End).slice(0, 5)];
  return { start, end, ...said, ...(note === '' ? {} : { note }) };
}

/** What both shapes say alike. «IsCancelled» is written with two l for groups and with one for teachers. */
function what(event: Fields): Omit<RawLesson, 'day' | 'start' | 'end'> {
  const { subject, kind, subgroup, marks } = titleOf(textOf(event.Subject));
  const room = roomOf(event);
  const changes = changesOf(event);
  const note = [...marks, ...changes, ...(event.IsElective === true ? ['По выбору'] : [])].join('\n');
  return {
    subject,
    teachers: teachersOf(event),
    ...(kind === '' ? {} : { kind }),
    ...(subgroup === '' ? {} : { subgroup }),
    ...(room === '' ? {} : { room }),
    ...(note === '' ? {} : { note }),
    ...(event.IsCancelled === true || event.IsCanceled === true ? { cancelled: true } : {}),
    ...(changes.length > 0 ? { changed: true } : {}),
  };
}

/** «Громов А. Б., доцент»: the position follows the name. Who teaches in two places is named for each of them. */
function teachersOf(event: Fields): readonly string[] {
  return unique(rowsOf(event.EducatorIds, 'EducatorIds').map(({ Item2 }) => textOf(Item2).split(',')[0] ?? ''));
}

function roomOf(event: Fields): string {
  const rooms = rowsOf(event.EventLocations, 'EventLocations').map(({ DisplayName }) => textOf(DisplayName));
  return unique(rooms).join('; ') || textOf(event.LocationsDisplayText);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text) => text !== ''))];
}

/** The site's own marks of a change, one word for each: `IsAssigned` is set on what was put in after the term was planned. */
function changesOf(event: Fields): readonly string[] {
  return [
    event.IsAssigned === true && 'Назначено дополнительно',
    event.TimeWasChanged === true && 'Изменено время',
    event.LocationsWereChanged === true && 'Изменено место',
    event.EducatorsWereReassigned === true && 'Замена преподавателя',
  ].filter((mark) => mark !== false);
}
