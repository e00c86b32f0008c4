/** Words as people write them: folding for comparison, whole-word patterns for Cyrillic, weekdays, months and clocks. */
import type { Clock, Weekday } from '../domain/calendar.ts';

/** Lower case, ё as е, one space between words. Offsets are not kept. */
export function plain(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();
}

/** A pattern that matches only between word ends; `\b` knows no Cyrillic. */
export function whole(body: string, flags = ''): RegExp {
  return new RegExp(`(?<![\\p{L}\\d])(?:${body})(?![\\p{L}\\d])`, `iu${flags}`);
}

const WEEKDAYS: readonly (readonly [Weekday, RegExp])[] = [
  [1, /^(пн|пон|понед|понедельник\p{L}{0,3}|mon|monday)$/u],
  [2, /^(вт|втор|вторник\p{L}{0,3}|tue|tues|tuesday)$/u],
  [3, /^(ср|сред[аыуеой]{1,2}|средам|wed|wednesday)$/u],
  [4, /^(чт|чет|четв|четверг\p{L}{0,3}|thu|thur|thursday)$/u],
  [5, /^(пт|пят|пятн|пятниц\p{L}{0,3}|fri|friday)$/u],
  [6, /^(сб|суб|субб|суббот\p{L}{0,3}|sat|saturday)$/u],
  [7, /^(вс|воск|воскр|воскресень\p{L}{0,3}|sun|sunday)$/u],
];

/** The weekday a single word names, in any form and case; null when it names none. */
export function weekdayWord(word: string): Weekday | null {
  const folded = plain(word).replace(/[.,:]+$/, '');
  return WEEKDAYS.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

const MONTHS = ['янв', 'фев', 'мар', 'апр', 'ма[йяе]', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'];
const ENGLISH_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** «сентября», «сент.», «September» -> 9; null when the word is no month. */
export function monthWord(word: string): number | null {
  const folded = plain(word).replace(/\.$/, '');
  const russian = MONTHS.findIndex((stem) => new RegExp(`^${stem}(\\p{L}{0,6})$`, 'u').test(folded));
  if (russian >= 0 && !/^март\p{L}{3}|^май\p{L}/u.test(folded)) return russian + 1;
  const english = ENGLISH_MONTHS.findIndex((stem) => folded.startsWith(stem) && /^[a-z]{3,9}$/.test(folded));
  return english >= 0 ? english + 1 : null;
}

/** «9:00», «09.00», «9» (an hour) -> «09:00»; null when it is no time of day. */
export function clockWord(word: string): Clock | null {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(word);
  if (match === null) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)];
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
