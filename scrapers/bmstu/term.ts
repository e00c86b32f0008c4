/** The term of a template without dates: where week one, числитель, begins. */
import { type Ask, addDays, type Day, mondayOf, SourceError, type Span, type Term, weekdayOf } from '#source';

const DAYS_BACK = 14;
const WEEKS = 18;
/** An exam session after the last lesson; later the timetable of the past term is of no use. */
const SESSION_DAYS = 45;

/** The program asks from two weeks back. */
export function todayOf(span: Span): Day {
  return addDays(span.from, DAYS_BACK);
}

type Season = 'autumn' | 'spring';

/** By the name of a group: «ИУ1-21Б» is in its second term, and even terms are spring ones; null for a name of another kind. */
export function seasonOf(group: string): Season | null {
  const semester = /-(\d{1,2})\d\p{L}?$/u.exec(group.trim())?.[1];
  if (semester === undefined) return null;
  return Number(semester) % 2 === 0 ? 'spring' : 'autumn';
}

/**
 * The configured term (`week1`, and `start` and `end` where they differ from its first Monday and from 18 weeks), or the
 * autumn one, which begins in the week of 1 September. The beginning of spring differs from year to year and is never guessed.
 * @throws SourceError `refused` when there is nothing to date by, `not-published` while the site shows another term
 */
export function termOf(ask: Ask, group: string, span: Span): Term {
  const today = todayOf(span);
  const term = configured(ask) ?? autumn(today, seasonOf(group));
  const season = Number(term.week1.slice(5, 7)) >= 7 ? 'autumn' : 'spring';
  const shown = seasonOf(group) ?? season;
  if (shown !== season || addDays(term.end, SESSION_DAYS) < today) {
    const message = `the timetable of ${group} is of ${shown}, the term that is known begins on ${term.week1}`;
    throw new SourceError('not-published', 'another-term', message);
  }
  return term;
}

function configured(ask: Ask): Term | null {
  const week1 = dayOf(ask, 'week1');
  if (week1 === '') return null;
  const monday = mondayOf(week1);
  return { start: dayOf(ask, 'start') || monday, end: dayOf(ask, 'end') || lastDay(monday), week1: monday };
}

/** @throws SourceError `refused` for what is written there and is no day */
function dayOf(ask: Ask, key: 'week1' | 'start' | 'end'): Day {
  const day = (ask[key] ?? '').trim();
  const at = new Date(`${day}T00:00:00Z`);
  if (day === '' || (!Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) && day.length === 10)) return day;
  throw new SourceError('refused', key, `${key} is a day like 2026-08-31`);
}

function autumn(today: Day, season: Season | null): Term {
  const month = Number(today.slice(5, 7));
  if (month >= 2 && month <= 7 && season !== 'autumn')
    throw new SourceError('refused', 'no-term', 'when the spring term began must be configured (week1)');
  const year = Number(today.slice(0, 4)) - (month < 8 ? 1 : 0);
  const first = `${year}-09-01`;
  const start = weekdayOf(first) === 7 ? addDays(first, 1) : first;
  return { start, end: lastDay(mondayOf(start)), week1: mondayOf(start) };
}

function lastDay(week1: Day): Day {
  return addDays(week1, WEEKS * 7 - 1);
}

/** True in the months of exams: then their page is asked for too. */
export function isSession(span: Span): boolean {
  return ['12', '01', '05', '06', '07'].includes(todayOf(span).slice(5, 7));
}
