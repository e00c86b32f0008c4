/** Reads the calendar of a group, a teacher or a room: lessons, and the weeks it numbers. */
import {
  addDays,
  knownKind,
  mondayOf,
  type Page,
  type Parsed,
  type RawLesson,
  refuseStatus,
  SourceError,
  type Span,
  type Term,
} from '#source';
import { type CalendarEvent, readEvents } from './calendar.ts';

const MARKER = /^(\d{1,2})\s*(?:-?[яй])?\s*неделя$/i;

/** `group`: a group's own timetable, where naming the groups says nothing new. @throws SourceError */
export function readCalendar(page: Page | undefined, span: Span, group: boolean): Parsed {
  if (page === undefined) throw new SourceError('changed', 'empty', 'nothing was fetched');
  refuseStatus(page);
  const { events, skipped } = readEvents(page.body, span);
  if (events.length === 0 && skipped.length > 0) throw new SourceError('changed', 'events', skipped[0] ?? '');
  if (events.length === 0) throw new SourceError('not-published', 'empty', 'the calendar has no events yet');
  const term = termOf(events);
  return {
    ...(term === undefined ? {} : { term }),
    lessons: events.flatMap((event) => lessonsOf(event, span, group)),
    skipped,
  };
}

function lessonsOf(event: CalendarEvent, { from, to }: Span, group: boolean): readonly RawLesson[] {
  const { days } = event;
  if (event.transparent) return [];
  if (days === null) {
    const said = what(event, group);
    return event.meetings.map((meeting) => ({ ...meeting, ...said }));
  }
  // «5 неделя» only numbers the week: nobody is to be reminded of it.
  if (MARKER.test(event.summary) || days.from >= to || days.to < from) return [];
  const endDay = days.to > days.from ? days.to : addDays(days.from, 1);
  return [{ day: days.from, endDay, allDay: true, ...what(event, group) }];
}

function what(event: CalendarEvent, group: boolean): Omit<RawLesson, 'day'> {
  const kind = kindOf(event);
  const [subject = withoutKind(event)] = event.meta('DISCIPLINE');
  const room = event.meta('AUDITORIUM').join('; ') || event.location;
  const subgroup = subgroupsIn(event.summary);
  const note = noteOf(event, group);
  return {
    id: event.id,
    subject,
    teachers: event.meta('TEACHER'),
    ...(kind === '' ? {} : { kind }),
    ...(room === '' ? {} : { room }),
    ...(subgroup === '' ? {} : { subgroup }),
    ...(note === '' ? {} : { note }),
    ...(event.cancelled ? { cancelled: true } : {}),
  };
}

/** Letters by which this site alone names its exams. */
const OWN: Readonly<Record<string, string>> = { З: 'зачёт', ЗД: 'дифференцированный зачёт', Э: 'экзамен' };

function printedKinds(event: CalendarEvent): readonly string[] {
  return [...event.meta('LESSON_TYPE'), ...event.meta('FULL_LESSON_TYPE'), event.category].filter(
    (word) => word !== '',
  );
}

/** The first word for the kind that everybody knows, else the first one. */
function kindOf(event: CalendarEvent): string {
  const words = printedKinds(event).map((word) => OWN[word] ?? word);
  return words.find((word) => knownKind(word) !== null) ?? words[0] ?? '';
}

/** «ПР Физика» -> «Физика»: without fields of its own the title begins with the kind. */
function withoutKind(event: CalendarEvent): string {
  const word = printedKinds(event).find((one) => event.summary.startsWith(`${one} `)) ?? '';
  return event.summary.slice(word.length).trim();
}

/** «ЛАБ Физика 1п/г, 2 п/г» -> «1, 2»: subgroups are named in the title only. */
function subgroupsIn(summary: string): string {
  const found = [...summary.matchAll(/(?<!\d)(\d{1,2})\s*п[\\/]*г(?![а-яё])/gi)].map((one) => one[1] ?? '');
  return [...new Set(found)].sort().join(', ');
}

/** The description without what the other properties say: its teachers and groups. */
function noteOf(event: CalendarEvent, group: boolean): string {
  const told = event.meta('TEACHER').length > 0 ? /^(?:преподавател|групп)/i : /^групп/i;
  const lines = event.description.split('\n').filter((line) => line.trim() !== '' && !told.test(line.trim()));
  return [...lines, group ? '' : event.meta('GROUP').join(', ')].filter((line) => line !== '').join('\n');
}

/** The weeks the calendar numbers, when all of them count from one Monday; two terms in one calendar date nothing. */
function termOf(events: readonly CalendarEvent[]): Term | undefined {
  const weeks = events.flatMap(({ days, summary }) => {
    const number = Number(MARKER.exec(summary)?.[1] ?? 0);
    return days === null || number === 0 ? [] : [{ monday: mondayOf(days.from), number }];
  });
  const mondays = weeks.map(({ monday }) => monday).sort();
  const anchors = new Set(weeks.map(({ monday, number }) => addDays(monday, -7 * (number - 1))));
  const [first, last, [week1]] = [mondays[0], mondays.at(-1), [...anchors]];
  if (anchors.size !== 1 || first === undefined || last === undefined || week1 === undefined) return undefined;
  return { start: first, end: addDays(last, 6), week1 };
}
