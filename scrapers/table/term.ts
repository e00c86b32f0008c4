/** The semester that dates weekly lessons: asked for, written in the table, told by its title, or the usual one. */
import { type Ask, addDays, type Day, mondayOf, type Span, type Term, weekdayOf } from '#source';
import { plain, type Row } from './columns.ts';
import { dayIn } from './lesson.ts';

/** A title stands so many rows from the top at most. */
const TITLE_WITHIN = 30;

/** What the operator or the person said: `ask.start`, `ask.end`, `ask.week1`; null when they did not. */
export function askedTerm({ start = '', end = '', week1 = '' }: Ask): Term | null {
  const term = termBetween(start, end);
  if (typeof term === 'string') return null;
  const first = dayIn(week1);
  return first === null ? term : { ...term, week1: mondayOf(first) };
}

/** The row «Семестр;01.09.2026;31.01.2027»; null when there is none, words when it says nonsense. */
export function saidTerm(rows: readonly Row[]): Term | null | string {
  const said = rows.find((row) => plain(row.find((cell) => cell !== '') ?? '').startsWith('семестр'));
  if (said === undefined) return null;
  const [start = '', end = ''] = said.flatMap((cell) => cell.split(/[\s–—]+/)).filter((word) => dayIn(word) !== null);
  return termBetween(start, end);
}

/** Both days as printed; the week of the first day is the first one. */
export function termBetween(from: string, to: string): Term | string {
  const [start, end] = [dayIn(from), dayIn(to)];
  if (start === null || end === null || end < start) return 'the semester has no two dates in order';
  return termFrom(start, end);
}

/** A first day that is a Sunday belongs to the week after it. */
function termFrom(start: Day, end: Day): Term {
  return { start, end, week1: mondayOf(weekdayOf(start) === 7 ? addDays(start, 1) : start) };
}

const YEARS = /(20\d\d)\s*(?:[-–—/]|г\S*\s*[-–—])\s*(20\d\d|\d\d)/;
const AUTUMN = /осенн|(?:^|\D)[13579]\s*-?\s*(?:й|го)?\s*(?:семестр|полугоди)/i;
const SPRING = /весенн|(?:^|\D)[2468]\s*-?\s*(?:й|го)?\s*(?:семестр|полугоди)/i;

/**
 * «занятий осеннего семестра … на 2022-2023 уч. г.» -> that semester, by its usual days; null when the title says none. Without a
 * year it is the one of the academic year that `today` is in: what is over or still to come is not dated as if it were now.
 */
export function titledTerm(rows: readonly Row[], today: Day): Term | null {
  const texts = [...new Set(rows.slice(0, TITLE_WITHIN).flat())].filter((cell) => /семестр|полугоди/i.test(cell));
  for (const text of texts) {
    const year = Number(YEARS.exec(text)?.[1] ?? academicYear(today));
    if (AUTUMN.test(text)) return usual('autumn', year);
    if (SPRING.test(text)) return usual(/полугоди/i.test(text) ? 'half' : 'spring', year);
  }
  return null;
}

/** A span begins so many days before the day on which it is asked for (flows/reading.ts). */
const DAYS_BACK = 14;

/** The day on which a span is asked for. */
export function todayOf({ from }: Span): Day {
  return addDays(from, DAYS_BACK);
}

/** The usual semester around a day; from July on the autumn is meant. */
export function usualTerm(day: Day): Term {
  const month = Number(day.slice(5, 7));
  return usual(month >= 7 || month === 1 ? 'autumn' : 'spring', academicYear(day));
}

/** The year in which the academic year of a day began; from July on the coming one is meant. */
function academicYear(day: Day): number {
  return Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) >= 7 ? 0 : 1);
}

/**
 * `year` is the one in which the academic year begins (1 September, Закон «Об образовании», and the custom of semesters). The
 * second half of a school's year begins after the holidays of 1 to 8 January (Трудовой кодекс, ст. 112) and ends in May.
 */
function usual(season: 'autumn' | 'spring' | 'half', year: number): Term {
  if (season === 'autumn') return termFrom(`${year}-09-01`, `${year}-12-31`);
  if (season === 'half') return termFrom(`${year + 1}-01-09`, `${year + 1}-05-31`);
  return termFrom(`${year + 1}-02-01`, `${year + 1}-06-30`);
}
