/** A lesson line as it is kept: all but its day, in a short form, so that a lesson that comes each week is kept once. */
import { type Clock, clockOf, type Day, dayNumber, dayOfNumber, minutesOf } from '../domain/calendar.ts';
import type { KnownKind } from '../domain/lesson.ts';
import type { LessonLine } from '../domain/notice.ts';
import { parse } from './json.ts';

const MINUTE = 60_000;

/**
 * One place each and no names, the usual at the end and left out: there are millions of them. Before, clocks, kinds and a single
 * teacher were written out; that is still read.
 */
export type Facts = readonly [
  subject: string,
  /** Minutes since midnight. */
  start: number | Clock,
  end: number | Clock,
  /** Its place among `CODED`, or the word itself. */
  kind?: number | string,
  /** The only one without a list around it. */
  teachers?: string | readonly string[],
  room?: string,
  number?: number | null,
  subgroup?: string,
  format?: LessonLine['format'],
  joined?: number,
  cancelled?: 0 | 1,
  allDay?: 0 | 1,
  /** Days from the first to the last. */
  days?: number,
  /** Milliseconds from begin to end, null where the two clocks say it. */
  lasts?: number | null,
];
const USUAL = ['', '', '', null, '', 'onsite', 0, 0, 0, 0, null] as const;
const NAMED = 3;
/** Kinds kept by their place in this list, which may only grow. */
const CODED: readonly string[] = [
  ...(['lecture', 'practice', 'lab', 'seminar', 'test', 'graded-test', 'exam', 'consultation'] as const),
  ...(['class-hour', 'meeting'] as const),
] satisfies readonly KnownKind[];

/** The short form as text: equal for lessons that differ by their day only; `lasts` is in milliseconds. */
export function factsOf(line: LessonLine, lasts: number): string {
  return JSON.stringify(shortOf(line, lasts));
}

/** All of a line but its day. `lasts` in milliseconds, null where it does not matter. */
export function shortOf(line: LessonLine, lasts: number | null): Facts {
  // Homework stands beside the lessons and is laid over them when they are read.
  const { day, endDay, start, end, allDay, cancelled, joined, homework: _, ...others } = line;
  const { subject, kind, teachers, room, format, subgroup, number, ...forgotten } = others;
  // A member that a line has and that is not kept does not compile.
  forgotten satisfies Record<string, never>;
  const days = dayNumber(endDay) - dayNumber(day);
  const told = lasts === lastsByClock(start, end, days) ? null : lasts;
  const facts: Writable<Facts> = [
    ...([subject, minutesOf(start), minutesOf(end), codeOf(kind), shortList(teachers)] as const),
    ...([room, number, subgroup, format] as const),
    ...([joined ?? 0, cancelled ? 1 : 0, allDay ? 1 : 0, days, told] as const),
  ];
  while (facts.length > NAMED && facts.at(-1) === USUAL[facts.length - 1 - NAMED]) facts.pop();
  return facts;
}

function codeOf(kind: string): number | string {
  const code = CODED.indexOf(kind);
  return code === -1 ? kind : code;
}

/** '' for an empty list. */
function shortList(texts: readonly string[]): string | readonly string[] {
  const [only = '', ...more] = texts;
  return more.length === 0 && (only !== '' || texts.length === 0) ? only : texts;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The line on that day, its members in the order of canonical text, and how long the lesson lasts. */
export function lineOf(facts: string, day: Day): { readonly line: LessonLine; readonly lasts: number } {
  return wholeOf(parse<Facts>(facts), day);
}

/** The same from the short form itself. */
export function wholeOf(facts: Facts, day: Day): { readonly line: LessonLine; readonly lasts: number } {
  const [subject, from, until, code = '', some = '', room = '', number = null, subgroup = '', ...rare] = facts;
  const [format = 'onsite', joined = 0, cancelled = 0, allDay = 0, days = 0, lasts = null] = rare;
  const [start, end] = [wholeClock(from), wholeClock(until)];
  const line: LessonLine = {
    allDay: allDay === 1,
    cancelled: cancelled === 1,
    day,
    end,
    endDay: days === 0 ? day : dayOfNumber(dayNumber(day) + days),
    format,
    ...(joined === 0 ? {} : { joined }),
    kind: typeof code === 'number' ? (CODED[code] ?? '') : code,
    number,
    room,
    start,
    subgroup,
    subject,
    teachers: typeof some === 'string' ? (some === '' ? [] : [some]) : some,
  };
  return { line, lasts: lasts ?? lastsByClock(start, end, days) };
}

function wholeClock(kept: number | Clock): Clock {
  return typeof kept === 'number' ? clockOf(kept) : kept;
}

function lastsByClock(start: Clock, end: Clock, days: number): number {
  return (minutesOf(end) - minutesOf(start)) * MINUTE + days * 24 * 60 * MINUTE;
}
