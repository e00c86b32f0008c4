/** Lessons and a calendar become dated occurrences: the only place where wall time turns into instants. */
import {
  type Clock,
  type Day,
  dayNumber,
  dayOfNumber,
  type Instant,
  instantOf,
  minutesOf,
  mondayOf,
  type Term,
  wallOf,
  weekdayOfNumber,
  type Zone,
} from './calendar.ts';
import type { Lesson, Times, Weeks } from './lesson.ts';

/** One lesson on one date. `startsAt`/`endsAt` are instants; `day`, `start`, `end` are wall time in the timetable's zone. */
export type Occurrence = Omit<Lesson, 'times'> & {
  /** Our own id of this date, '' while the lesson has none: the lesson's, in a weekly one with the Monday of the week. */
  readonly uid: string;
  readonly day: Day;
  readonly start: Clock;
  readonly endDay: Day;
  readonly end: Clock;
  readonly allDay: boolean;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Only where somebody looks at the lessons: see `domain/homework.ts`. */
  readonly homework?: string;
};

/** `term` is needed by weekly lessons only; without it a weekly lesson has no dates. */
export type Calendar = { readonly zone: Zone; readonly term: Term | null };

/** A lesson, or one that is known already. */
type Dateable = Lesson & { readonly uid?: string };

const MINUTE = 60_000;
const MIDNIGHT = '00:00';

/**
 * Dates the lessons: every occurrence that starts on a day in [from, to), in order of start, then pair number, subject and
 * the rest, so that the order of the lessons given never shows. Wall time is kept across a change of the clocks.
 */
export function occurrences(lessons: readonly Dateable[], calendar: Calendar, from: Day, to: Day): Occurrence[] {
  const found: Occurrence[] = [];
  for (const lesson of lessons) {
    const { times } = lesson;
    if (times.on === 'day') {
      if (times.day >= from && times.day < to) found.push(dated(lesson, lesson.uid ?? '', times, calendar.zone));
      continue;
    }
    if (calendar.term === null) continue;
    for (const day of weeklyDays(times, calendar.term, from, to)) {
      const uid = lesson.uid === undefined ? '' : `${lesson.uid}/${mondayOf(day)}`;
      found.push(
        dated(lesson, uid, { day, start: times.start, endDay: day, end: times.end, allDay: false }, calendar.zone),
      );
    }
  }
  return found.sort(byTime);
}

/** The days in [from, to) on which any of the lessons begins: what `occurrences` would give, without a look at a clock. */
export function daysOf(lessons: readonly Lesson[], { term }: Calendar, from: Day, to: Day): Set<Day> {
  const days = new Set<Day>();
  for (const { times } of lessons) {
    if (times.on === 'weekly') {
      if (term !== null) for (const day of weeklyDays(times, term, from, to)) days.add(day);
    } else if (times.day >= from && times.day < to) days.add(times.day);
  }
  return days;
}

/** Order of a timetable on paper. */
function byTime(a: Occurrence, b: Occurrence): number {
  return (
    a.startsAt - b.startsAt ||
    (a.number ?? Number.MAX_SAFE_INTEGER) - (b.number ?? Number.MAX_SAFE_INTEGER) ||
    compare(a.subgroup, b.subgroup) ||
    compare(a.subject, b.subject) ||
    a.endsAt - b.endsAt ||
    compare(a.place.room, b.place.room) ||
    compare(a.teachers.join(), b.teachers.join()) ||
    compare(a.kind, b.kind)
  );
}

type Slot = Pick<Occurrence, 'day' | 'start' | 'endDay' | 'end' | 'allDay'>;

/** Fields are named one by one: a stored lesson carries the id of its row, and an occurrence has none. */
function dated(lesson: Lesson, uid: string, slot: Slot, zone: Zone): Occurrence {
  const { subject, kind, teachers, place, subgroup, number, note, cancelled, changed, sourceId } = lesson;
  const { day, start, endDay, end, allDay } = slot;
  const startsAt = instantOf(day, allDay ? MIDNIGHT : start, zone);
  const endsAt = instantOf(endDay, allDay ? MIDNIGHT : end, zone);
  return {
    subject,
    kind,
    teachers,
    place,
    subgroup,
    number,
    note,
    cancelled,
    ...(changed === true ? { changed } : {}),
    sourceId,
    uid,
    day,
    start,
    endDay,
    end,
    allDay,
    startsAt,
    // A lesson that begins inside a spring gap is pushed past its own end: it keeps its length then.
    endsAt: endsAt > startsAt ? endsAt : startsAt + wallLength(slot),
  };
}

function wallLength({ day, start, endDay, end }: Slot): number {
  return Math.max(0, (dayNumber(endDay) - dayNumber(day)) * 1440 + minutesOf(end) - minutesOf(start)) * MINUTE;
}

function* weeklyDays(times: Extract<Times, { on: 'weekly' }>, term: Term, from: Day, to: Day): Generator<Day> {
  const first = Math.max(dayNumber(from), dayNumber(term.start));
  const last = Math.min(dayNumber(to) - 1, dayNumber(term.end));
  const week1 = dayNumber(mondayOf(term.week1));
  const ahead = (times.weekday - weekdayOfNumber(first) + 7) % 7;
  for (let number = first + ahead; number <= last; number += 7) {
    if (meets(times.weeks, Math.floor((number - week1) / 7) + 1)) yield dayOfNumber(number);
  }
}

/** Whether a lesson with such weeks takes place in the academic week of this number (week 1 is odd). */
function meets(weeks: Weeks, week: number): boolean {
  if (weeks === 'every') return true;
  if (weeks === 'odd') return week % 2 !== 0;
  if (weeks === 'even') return week % 2 === 0;
  return weeks.includes(week);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The same instants by the clocks of another zone. */
export function inZone(occurrence: Occurrence, zone: Zone): Occurrence {
  if (occurrence.allDay) return occurrence;
  const [start, end] = [wallOf(occurrence.startsAt, zone), wallOf(occurrence.endsAt, zone)];
  return { ...occurrence, day: start.day, start: start.clock, endDay: end.day, end: end.clock };
}
