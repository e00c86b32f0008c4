/** What the demo's days bring, worked out from the date alone: exam weeks, the week's move, the academic year. */
import { addDays, type Day, daysBetween, type Instant, mondayOf, type Term } from '../domain/calendar.ts';

/** A Monday of an odd week, on which every series of `data/sample` begins. */
const FIRST_MONDAY: Day = '2023-09-04';
/** One week in so many is an exam week. */
const EXAMS_EVERY = 4;
/** Weeks of the past for which the move is still told: a source is asked for two weeks back. */
const MOVES_KEPT = 3;

const MINUTE = 60_000;
/** A reminder 5 minutes ahead then comes one to two minutes after the start. */
const SOON = 6 * MINUTE;
const SOON_LASTS = 30 * MINUTE;

/** The number of a day's week, 0 for that of `FIRST_MONDAY`; even numbers are odd academic weeks. */
function weekOf(day: Day): number {
  return Math.floor(daysBetween(FIRST_MONDAY, day) / 7);
}

function mondayOfWeek(week: number): Day {
  return addDays(FIRST_MONDAY, week * 7);
}

/**
 * Mondays of the last, this and the next exam week of the calendar's four-week turn. An exam never changes its date as time
 * goes by, and a new one comes into sight weeks ahead: nobody is told of either.
 */
export function examMondays(today: Day): readonly Day[] {
  const turn = Math.floor(weekOf(today) / EXAMS_EVERY);
  return [turn - 1, turn, turn + 1].map((one) => mondayOfWeek(one * EXAMS_EVERY + EXAMS_EVERY - 1));
}

/**
 * The moves of this week and of the last ones, oldest first: Monday of the week and the place in the list of `count` possible
 * moves. Last week's stays in the past as it was; a new Monday brings one of its own, which is news.
 */
export function movesAt(today: Day, count: number): readonly { readonly monday: Day; readonly index: number }[] {
  const week = weekOf(today);
  return Array.from({ length: MOVES_KEPT + 1 }, (_, back) => week - MOVES_KEPT + back).map((one) => ({
    monday: mondayOfWeek(one),
    index: ((one % count) + count) % count,
  }));
}

/**
 * The academic year as the table's semester: from the Monday of an odd week that the year's 1 September falls in or follows,
 * so that parity runs on as in the calendars. It ends a year later than the year does, since a lesson that is not yet within
 * reach must not become news on the day it is.
 */
export function termAt(today: Day): Term {
  const year = Number(today.slice(0, 4)) - (today.slice(5) < '09-01' ? 1 : 0);
  const week = weekOf(`${year}-09-01`);
  const start = mondayOfWeek(week - Math.abs(week % 2));
  return { start, end: `${year + 2}-08-31`, week1: mondayOf(start) };
}

/** When the lesson takes place that begins soon after a start: from a whole minute, 6 to 7 minutes after it. */
export function soonAfter(startedAt: Instant): { readonly from: Instant; readonly to: Instant } {
  const from = Math.ceil((startedAt + SOON) / MINUTE) * MINUTE;
  return { from, to: from + SOON_LASTS };
}
