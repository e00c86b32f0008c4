/** Date phrases in words and what day they mean; the day is computed later, by the timetable's own today. Pure. */
import { addDays, type Day, daysBetween, mondayOf, type Weekday, weekdayOf } from '../domain/calendar.ts';
import { monthWord, weekdayWord } from './words.ts';

/** What a person said about time, still without a calendar under it. */
export type When =
  | { readonly kind: 'offset'; readonly days: number }
  /** `next`: 1 is «в следующую пятницу», -1 «в прошлую»; 0 the nearest such day, today included. */
  | { readonly kind: 'weekday'; readonly weekday: Weekday; readonly next: -1 | 0 | 1 }
  | { readonly kind: 'date'; readonly day: number; readonly month: number; readonly year: number | null };

/** A date phrase found in a row of words; `week` when the whole week is meant. */
export type Found = { readonly when: When; readonly week: boolean; readonly from: number; readonly to: number };

const DAYS_IN = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const OFFSETS: Readonly<Record<string, number>> = {
  позавчера: -2,
  вчера: -1,
  сегодня: 0,
  сегодняшний: 0,
  завтра: 1,
  завтрашний: 1,
  послезавтра: 2,
  yesterday: -1,
  today: 0,
  tomorrow: 1,
};
const NUMBERS: Readonly<Record<string, number>> = {
  один: 1,
  два: 2,
  две: 2,
  три: 3,
  четыре: 4,
  пять: 5,
  шесть: 6,
  семь: 7,
};
const NEXT = /^(след|следующ\p{L}*|next)$/u;
const LAST = /^(прошл\p{L}*|предыдущ\p{L}*|last)$/u;
const THIS = /^(эт[аоуой]{1,2}|текущ\p{L}*|this)$/u;
const WEEK = /^(недел[яиюе]|нед|week)$/u;

/** The first date phrase among folded words (see `plain`); null when there is none. */
export function findDate(words: readonly string[]): Found | null {
  for (let from = 0; from < words.length; from++) {
    const found =
      weekAt(words, from) ??
      afterAt(words, from) ??
      weekdayAt(words, from) ??
      dateAt(words, from) ??
      offsetAt(words, from);
    if (found !== null) return found;
  }
  return null;
}

function offsetAt(words: readonly string[], from: number): Found | null {
  const days = OFFSETS[words[from] ?? ''];
  return days === undefined ? null : { when: { kind: 'offset', days }, week: false, from, to: from + 1 };
}

function shiftOf(word: string | undefined): -1 | 0 | 1 | null {
  if (word === undefined) return null;
  if (NEXT.test(word)) return 1;
  if (LAST.test(word)) return -1;
  return THIS.test(word) ? 0 : null;
}

/** «неделя», «следующая неделя», «неделя 24.11», «на неделю». */
function weekAt(words: readonly string[], from: number): Found | null {
  const shift = shiftOf(words[from]);
  const at = shift === null ? from : from + 1;
  if (!WEEK.test(words[at] ?? '')) return null;
  const dated = shift === null ? (dateAt(words, at + 1) ?? offsetAt(words, at + 1)) : null;
  if (dated !== null) return { ...dated, week: true, from };
  return { when: { kind: 'offset', days: (shift ?? 0) * 7 }, week: true, from, to: at + 1 };
}

/** «через 3 дня», «через день», «через две недели». */
function afterAt(words: readonly string[], from: number): Found | null {
  if (words[from] !== 'через') return null;
  const count = /^\d{1,3}$/.test(words[from + 1] ?? '') ? Number(words[from + 1]) : NUMBERS[words[from + 1] ?? ''];
  const at = count === undefined ? from + 1 : from + 2;
  const unit = words[at] ?? '';
  const size = /^(дн\p{L}{1,2}|день|сут\p{L}+)$/u.test(unit) ? 1 : /^недел\p{L}*$/u.test(unit) ? 7 : 0;
  if (size === 0) return null;
  return { when: { kind: 'offset', days: (count ?? (size === 1 ? 2 : 1)) * size }, week: false, from, to: at + 1 };
}

function weekdayAt(words: readonly string[], from: number): Found | null {
  const shift = shiftOf(words[from]);
  const at = shift === null ? from : from + 1;
  const weekday = weekdayWord(words[at] ?? '');
  return weekday === null
    ? null
    : { when: { kind: 'weekday', weekday, next: shift ?? 0 }, week: false, from, to: at + 1 };
}

/** «12.09», «12.09.2026», «12 сентября», «12-го сентября 2026», «2026-09-12». */
function dateAt(words: readonly string[], from: number): Found | null {
  const word = words[from] ?? '';
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(word);
  if (iso !== null) return date(Number(iso[3]), Number(iso[2]), Number(iso[1]), from, from + 1);
  const dotted = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{2}|\d{4}))?\.?$/.exec(word);
  if (dotted !== null) return date(Number(dotted[1]), Number(dotted[2]), fullYear(dotted[3]), from, from + 1);
  const day = /^(\d{1,2})(?:-?го|-?ое|-?е|th|st|nd|rd)?$/.exec(word);
  const month = monthWord(words[from + 1] ?? '');
  if (day === null || month === null) return null;
  const year = /^20\d{2}$/.test(words[from + 2] ?? '') ? Number(words[from + 2]) : null;
  return date(Number(day[1]), month, year, from, from + (year === null ? 2 : 3));
}

function fullYear(year: string | undefined): number | null {
  if (year === undefined) return null;
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

/** A real date of our own time: «09.03.01» in a group's name is none. */
function date(day: number, month: number, year: number | null, from: number, to: number): Found | null {
  if (month < 1 || month > 12 || day < 1 || day > (DAYS_IN[month - 1] ?? 0)) return null;
  if (year !== null && (year < 2020 || year > 2099)) return null;
  return { when: { kind: 'date', day, month, year }, week: false, from, to };
}

/** The day meant, seen from `today`. A date without a year is the one nearest to today; 29 February slides to 28 in other years. */
export function dayOf(when: When, today: Day): Day {
  if (when.kind === 'offset') return addDays(today, when.days);
  if (when.kind === 'date') return datedDay(when, today);
  if (when.next !== 0) return addDays(mondayOf(today), when.next * 7 + when.weekday - 1);
  return addDays(today, (when.weekday - weekdayOf(today) + 7) % 7);
}

function datedDay(when: Extract<When, { kind: 'date' }>, today: Day): Day {
  const year = Number(today.slice(0, 4));
  const candidates = when.year === null ? [year - 1, year, year + 1] : [when.year];
  const days = candidates.map((of) => isoDay(of, when.month, when.day));
  const distance = (day: Day) => Math.abs(daysBetween(today, day));
  return days.reduce((best, day) => (distance(day) < distance(best) ? day : best));
}

/** `YYYY-MM-DD`; 29 February of an ordinary year is its last day. */
function isoDay(year: number, month: number, day: number): Day {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const real = month === 2 && day === 29 && !leap ? 28 : day;
  return `${year}-${String(month).padStart(2, '0')}-${String(real).padStart(2, '0')}`;
}

/** «с 1.09 по 28.12», «с 1 сентября 2026 по 31 января»: the pair that ends at or after today, soonest; null when it is no pair of dates. */
export function termOf(words: readonly string[], today: Day): { start: Day; end: Day } | null {
  const dates = datesOf(words);
  const [first, last] = dates;
  if (dates.length !== 2 || first === undefined || last === undefined) return null;
  const year = Number(today.slice(0, 4));
  const ends = (last.year === null ? [year, year + 1, year + 2] : [last.year]).map((of) =>
    isoDay(of, last.month, last.day),
  );
  const end = ends.find((day) => day >= today);
  if (end === undefined) return null;
  const own = Number(end.slice(0, 4));
  const starts = (first.year === null ? [own, own - 1] : [first.year]).map((of) => isoDay(of, first.month, first.day));
  const start = starts.find((day) => day < end);
  return start === undefined || daysBetween(start, end) > 370 ? null : { start, end };
}

/** «до 31.12»: the last day, soonest at or after today, beside the first day that is usual now; null when it is no such phrase. */
export function untilOf(words: readonly string[], today: Day): { start: Day; end: Day } | null {
  const [last, ...more] = datesOf(words);
  if (!/^(?:до|по)$/.test(words[0] ?? '') || last === undefined || more.length > 0) return null;
  const start = usualTerms(today)[0]?.start;
  const year = Number(today.slice(0, 4));
  const ends = last.year === null ? [year, year + 1] : [last.year];
  const end = ends.map((of) => isoDay(of, last.month, last.day)).find((day) => day >= today);
  return start === undefined || end === undefined || end <= start || daysBetween(start, end) > 370
    ? null
    : { start, end };
}

function datesOf(words: readonly string[]): Extract<When, { kind: 'date' }>[] {
  const dates: Extract<When, { kind: 'date' }>[] = [];
  for (let from = 0; from < words.length; ) {
    const found = dateAt(words, from);
    if (found?.when.kind === 'date') dates.push(found.when);
    from = found?.to ?? from + 1;
  }
  return dates;
}

/** Whether the words are nothing but «с … по …». */
export function looksLikeTerm(words: readonly string[]): boolean {
  return words[0] === 'с' && (words.includes('по') || words.includes('до')) && datesOf(words).length === 2;
}

/** The usual half-year around `today`, and in the summer also the next one. */
export function usualTerms(today: Day): { start: Day; end: Day }[] {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  if (month >= 9) return [{ start: isoDay(year, 9, 1), end: isoDay(year + 1, 1, 31) }];
  if (month === 1)
    return [
      { start: isoDay(year - 1, 9, 1), end: isoDay(year, 1, 31) },
      { start: isoDay(year, 2, 1), end: isoDay(year, 6, 30) },
    ];
  const spring = { start: isoDay(year, 2, 1), end: month <= 6 ? isoDay(year, 6, 30) : isoDay(year, 8, 31) };
  return month <= 6 ? [spring] : [{ start: isoDay(year, 9, 1), end: isoDay(year + 1, 1, 31) }, spring];
}

/** The same moment in words a person can type and we understand: «24.11.2026». */
export function whenWords(when: When, today: Day): string {
  const [year, month, day] = dayOf(when, today).split('-');
  return `${day}.${month}.${year}`;
}
