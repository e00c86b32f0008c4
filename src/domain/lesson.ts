/** A lesson as a timetable states it: what, who, where, and when by wall time. */
import { type Clock, type Day, daysBetween, isClock, minutesOf, parseDay, type Weekday } from './calendar.ts';

/** The kinds we know by name; any other word is kept as the site prints it. */
export const KINDS = [
  'lecture',
  'practice',
  'lab',
  'seminar',
  'test',
  'graded-test',
  'exam',
  'consultation',
  'class-hour',
  'meeting',
] as const;
export type KnownKind = (typeof KINDS)[number];

/** Where it takes place. A link never reaches a text, a feed or a log: it waits behind the door (product.md, promise 6). */
export type Place = {
  /** As printed, '' when none. */
  readonly room: string;
  /** Join address of the call, '' when none. */
  readonly link: string;
  readonly format: 'onsite' | 'remote' | 'hybrid';
};

/** When: one date, or every week. `endDay` differs from `day` only when the lesson crosses midnight or is all-day (then it is exclusive). */
export type Times =
  | {
      readonly on: 'day';
      readonly day: Day;
      readonly start: Clock;
      readonly endDay: Day;
      readonly end: Clock;
      readonly allDay: boolean;
    }
  | {
      readonly on: 'weekly';
      readonly weekday: Weekday;
      readonly weeks: Weeks;
      readonly start: Clock;
      readonly end: Clock;
    };

/** Which academic weeks: every one, odd or even ones (week 1 is odd), or the listed numbers. */
export type Weeks = 'every' | 'odd' | 'even' | readonly number[];

export type Lesson = {
  readonly subject: string;
  /** A `KnownKind`, or the site's own word, or ''. */
  readonly kind: string;
  readonly teachers: readonly string[];
  readonly place: Place;
  /** '' is the whole group. */
  readonly subgroup: string;
  /** The pair's number where the source says it. */
  readonly number: number | null;
  readonly note: string;
  readonly cancelled: boolean;
  /**
   * The source itself marks it as changed, so that a change of it is no slip of a reading. Never what tells lessons apart, and no
   * difference by itself: absent where it is not so.
   */
  readonly changed?: true;
  readonly times: Times;
  /** The source's own id: a hint for matching, never an identity (exports renumber). '' when none. */
  readonly sourceId: string;
};

/** What is wrong with a draft: which field, and how. The words are said in text/. */
export type Problem = {
  readonly field:
    | 'subject'
    | 'kind'
    | 'teachers'
    | 'room'
    | 'link'
    | 'subgroup'
    | 'number'
    | 'note'
    | 'day'
    | 'endDay'
    | 'weekday'
    | 'weeks'
    | 'start'
    | 'end';
  readonly code: 'empty' | 'too-long' | 'invalid' | 'before-start';
};

/** Characters a field may hold: what a phone can show, with room for the longest names met on real sites. */
const LIMITS = {
  subject: 200,
  kind: 60,
  teacher: 120,
  teachers: 20,
  room: 120,
  link: 2000,
  subgroup: 60,
  note: 2000,
  days: 31,
} as const;

/** The lesson, tidied (spaces squeezed, empty teachers out), or everything that is wrong with it; never an empty list. */
export function checkLesson(draft: Lesson): Lesson | Problem[] {
  const lesson = tidy(draft);
  const { place } = lesson;
  const found: (Problem | false)[] = [
    lesson.subject === '' && { field: 'subject', code: 'empty' },
    lesson.subject.length > LIMITS.subject && { field: 'subject', code: 'too-long' },
    lesson.kind.length > LIMITS.kind && { field: 'kind', code: 'too-long' },
    (lesson.teachers.length > LIMITS.teachers || lesson.teachers.some((name) => name.length > LIMITS.teacher)) && {
      field: 'teachers',
      code: 'too-long',
    },
    place.room.length > LIMITS.room && { field: 'room', code: 'too-long' },
    place.link.length > LIMITS.link && { field: 'link', code: 'too-long' },
    place.link !== '' && !isWebAddress(place.link) && { field: 'link', code: 'invalid' },
    lesson.subgroup.length > LIMITS.subgroup && { field: 'subgroup', code: 'too-long' },
    lesson.note.length > LIMITS.note && { field: 'note', code: 'too-long' },
    lesson.number !== null && !isWhole(lesson.number, 0, 99) && { field: 'number', code: 'invalid' },
    ...timesProblems(lesson.times),
  ];
  const problems = found.filter((problem) => problem !== false);
  return problems.length > 0 ? problems : lesson;
}

function timesProblems(times: Times): (Problem | false)[] {
  const clocks: (Problem | false)[] = [
    !isClock(times.start) && { field: 'start', code: 'invalid' },
    !isClock(times.end) && { field: 'end', code: 'invalid' },
  ];
  const clocksRight = clocks.every((problem) => problem === false);
  if (times.on === 'weekly') {
    return [
      ...clocks,
      !isWhole(times.weekday, 1, 7) && { field: 'weekday', code: 'invalid' },
      typeof times.weeks !== 'string' && times.weeks.length === 0 && { field: 'weeks', code: 'empty' },
      typeof times.weeks !== 'string' &&
        !times.weeks.every((week) => isWhole(week, 1, 60)) && { field: 'weeks', code: 'invalid' },
      clocksRight && minutesOf(times.end) <= minutesOf(times.start) && { field: 'end', code: 'before-start' },
    ];
  }
  const days: (Problem | false)[] = [
    parseDay(times.day) === null && { field: 'day', code: 'invalid' },
    parseDay(times.endDay) === null && { field: 'endDay', code: 'invalid' },
  ];
  if (!clocksRight || days.some((problem) => problem !== false)) return [...clocks, ...days];
  const length = daysBetween(times.day, times.endDay);
  const minutes = length * 1440 + (times.allDay ? 0 : minutesOf(times.end) - minutesOf(times.start));
  return [
    minutes <= 0 && { field: 'end', code: 'before-start' },
    length > LIMITS.days && { field: 'endDay', code: 'too-long' },
  ];
}

function tidy(lesson: Lesson): Lesson {
  return {
    ...lesson,
    subject: squeeze(lesson.subject),
    kind: squeeze(lesson.kind),
    teachers: lesson.teachers.map(squeeze).filter((name) => name !== ''),
    place: { ...lesson.place, room: squeeze(lesson.place.room), link: lesson.place.link.trim() },
    subgroup: squeeze(lesson.subgroup),
    note: lesson.note.trim(),
  };
}

function squeeze(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function isWhole(value: number, from: number, to: number): boolean {
  return Number.isInteger(value) && value >= from && value <= to;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
