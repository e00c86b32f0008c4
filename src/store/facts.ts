/** A lesson line as it is kept: all but its day, in a short form, so that a lesson that comes each week is kept once. */
import { type Clock, type Day, dayNumber, dayOfNumber, minutesOf } from '../domain/calendar.ts';
import type { LessonLine } from '../domain/notice.ts';
import { parse } from './json.ts';

const MINUTE = 60_000;

/** One place each and no names, the usual at the end and left out: there are millions of them. */
export type Facts = readonly [
  subject: string,
  start: string,
  end: string,
  kind?: string,
  teachers?: readonly string[],
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
const USUAL = ['', [], '', null, '', 'onsite', 0, 0, 0, 0, null] as const;
const NAMED = 3;

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
    ...([subject, start, end, kind, teachers, room, number, subgroup, format] as const),
    ...([joined ?? 0, cancelled ? 1 : 0, allDay ? 1 : 0, days, told] as const),
  ];
  while (facts.length > NAMED && isUsual(facts.at(-1), USUAL[facts.length - 1 - NAMED])) facts.pop();
  return facts;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function isUsual(value: unknown, usual: unknown): boolean {
  return value === usual || (Array.isArray(value) && Array.isArray(usual) && value.length === 0);
}

/** The line on that day, its members in the order of canonical text, and how long the lesson lasts. */
export function lineOf(facts: string, day: Day): { readonly line: LessonLine; readonly lasts: number } {
  return wholeOf(parse<Facts>(facts), day);
}

/** The same from the short form itself. */
export function wholeOf(facts: Facts, day: Day): { readonly line: LessonLine; readonly lasts: number } {
  const [subject, start, end, kind = '', teachers = [], room = '', number = null, subgroup = '', ...rare] = facts;
  const [format = 'onsite', joined = 0, cancelled = 0, allDay = 0, days = 0, lasts = null] = rare;
  const line: LessonLine = {
    allDay: allDay === 1,
    cancelled: cancelled === 1,
    day,
    end,
    endDay: days === 0 ? day : dayOfNumber(dayNumber(day) + days),
    format,
    ...(joined === 0 ? {} : { joined }),
    kind,
    number,
    room,
    start,
    subgroup,
    subject,
    teachers,
  };
  return { line, lasts: lasts ?? lastsByClock(start, end, days) };
}

function lastsByClock(start: Clock, end: Clock, days: number): number {
  return (minutesOf(end) - minutesOf(start)) * MINUTE + days * 24 * 60 * MINUTE;
}
