/** Reads the events of a group (by date), and of a teacher or a room (by date, or by weekday with a list of dates). */
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

/** @throws SourceError changed when there are events and none of them can be dated */
export function readEvents(page: Page | undefined, covers: Days, group: boolean): Parsed {
  const answer = fieldsOf(jsonOf(page), 'answer');
  const days = group
    ? listOf(answer.Days, 'Days')
    : listOf(answer.EducatorEventsDays ?? answer.ClassroomEventsDays, 'EventsDays');
  const events = days.flatMap((day) => rowsOf(fieldsOf(day, 'Day').DayStudyEvents, 'DayStudyEvents'));
  // A list of dates is written without a year, so the answer's own range gives it.
  const range = { from: textOf(answer.From).slice(0, 10), to: textOf(answer.To).slice(0, 10) };
  const read = events.flatMap((event) => lessonsOf(event, range, group));
  const lessons = read.filter((one) => typeof one !== 'string');
  if (events.length > 0 && lessons.length === 0) throw new SourceError('changed', 'Start', 'no event can be dated');
  return {
    ...nameOf(answer),
    covers,
    // Whether the last day of a range belongs to it is nowhere said: what was not asked for is left out.
    lessons: lessons.filter(({ day = '' }) => day >= covers.from && day < covers.to),
    skipped: read.filter((one) => typeof one === 'string'),
  };
}

function nameOf(answer: Fields): { readonly name?: string } {
  const { StudentGroupDisplayName, EducatorLongDisplayText, EducatorDisplayText, DisplayText } = answer;
  const name = [StudentGroupDisplayName, EducatorLongDisplayText, EducatorDisplayText, DisplayText]
    .map(textOf)
    .find(Boolean);
  return name === undefined ? {} : { name };
}

/** Lessons of one event, and in words what of it is none: an event is one date, or a time of day with many dates. */
function lessonsOf(event: Fields, range: Days, group: boolean): readonly (RawLesson | string)[] {
  const said = group ? what(event) : withGroups(event);
  const printed = printedDates(event.Dates);
  if (printed.length === 0) return [datedOf(event, said)];
  const [start, end] = [textOf(event.Start).slice(0, 5), textOf(event.End).slice(0, 5)];
  return printed.map((text) => {
    const day = dateIn(text, range);
    return day === null ? `«${said.subject}»: no date in «${text}»` : { day, start, end, ...said };
  });
}

function datedOf(event: Fields, said: Said): RawLesson | string {
  const [from, to] = [textOf(event.Start), textOf(event.End)];
  const [start, end] = [wallOf(from), wallOf(to)];
  if (start === null || end === null) return `«${said.subject}»: no time in «${from} ${to}»`;
  // `WithinTheSameDay` is false even where both ends are on one day.
  const allDay = event.AllDay === true;
  const times = allDay ? { allDay } : { start: start.clock, end: end.clock };
  return { day: start.day, endDay: end.day, ...times, ...said };
}

type Said = Omit<RawLesson, 'day' | 'start' | 'end'>;

/** A teacher and a room want to know whose lesson it is. */
function withGroups(event: Fields): Said {
  const listed = rowsOf(event.ContingentUnitNames, 'ContingentUnitNames').map(({ Item1 }) => textOf(Item1));
  const groups = listed.length > 0 ? listed.join(', ') : textOf(event.ContingentUnitName);
  const said = what(event);
  const note = [said.note ?? '', groups].filter(Boolean).join('\n');
  return { ...said, ...(note === '' ? {} : { note }) };
}

/** What both shapes say alike. «IsCancelled» is written with two l for groups and with one for teachers. */
function what(event: Fields): Said {
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
