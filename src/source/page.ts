/** Small readers of what sites print: clean text, clocks, weekdays, week lists. */
import type { Clock, Weekday } from '../domain/calendar.ts';
import type { Weeks } from '../domain/lesson.ts';

/** Nothing a site prints in one field is longer and meant for people. */
const LONGEST = 10_000;
/** Text that needs no care: printable ASCII and Russian letters, the great most of it. */
const ORDINARY = /^[\x20-\x7e\u0410-\u044fЁё«»–—№]*$/;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const BREAKS = /[\n\r\v\f\u0085\u2028\u2029]/;

/** Text without control, zero-width and direction characters and broken surrogates; lines stay lines. At most 10,000 characters. */
export function visible(text: string): string {
  const some = text.slice(0, LONGEST);
  if (ORDINARY.test(some)) return some;
  return some
    .toWellFormed()
    .normalize('NFC')
    .replace(INVISIBLE, (char) => (BREAKS.test(char) ? '\n' : char === '\t' ? ' ' : ''));
}

/** Text as a person sees it on one line: `visible`, single spaces, at most `max` UTF-16 units, never half a character. */
export function clean(text: string, max = 300): string {
  const plain = visible(text).replace(/\s+/g, ' ').trim();
  if (plain.length <= max) return plain;
  return `${plain
    .slice(0, max - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}

const CLOCK = /^(\d{1,2})[:.\-–\s]?(\d{2})(?::\d{2})?$/;
const CLOCKS =
  /^(?:с\s+)?(\d{1,2}[:.\-–]?\d{2})(?::\d{2})?\s*(?:[-–—−‒]|до|по)\s*(\d{1,2}[:.\-–]?\d{2})(?::\d{2})?$|^(\d{1,2}[:.]\d{2})\s+(\d{1,2}[:.]\d{2})$/;

/** «9:00», «09.00», «9-00», «0900», «9⁰⁰», «09:00:00» -> `09:00`; null when it is no time of a day. */
export function clock(text: string): Clock | null {
  const found = CLOCK.exec(text.slice(0, 40).normalize('NFKC').trim());
  if (found === null) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2])];
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** «9:00–10:35», «9-00 - 10-35», «с 9.00 до 10.35», «9⁰⁰-10³⁵» -> both ends; null when it is no such pair. */
export function clockRange(text: string): { start: Clock; end: Clock } | null {
  const found = CLOCKS.exec(text.slice(0, 40).normalize('NFKC').trim().toLowerCase());
  const [start, end] = [clock(found?.[1] ?? found?.[3] ?? ''), clock(found?.[2] ?? found?.[4] ?? '')];
  return start === null || end === null ? null : { start, end };
}

const WEEKDAYS: readonly (readonly [Weekday, RegExp])[] = [
  [1, /^(?:1|пн|пнд|пон|понед|понедельник|mon|monday|mo)$/],
  [2, /^(?:2|вт|втр|втор|вторник|tue|tues|tuesday|tu)$/],
  [3, /^(?:3|ср|сре|сред|среда|wed|wednesday|we)$/],
  [4, /^(?:4|чт|чтв|чет|четв|четверг|thu|thur|thurs|thursday|th)$/],
  [5, /^(?:5|пт|птн|пят|пятн|пятница|fri|friday|fr)$/],
  [6, /^(?:6|сб|сбт|суб|субб|суббота|sat|saturday|sa)$/],
  [7, /^(?:7|вс|вск|вос|воскр|воскресенье|sun|sunday|su)$/],
];

/** «Пн», «понедельник», «Пн, 14.09», «Mon», «1» -> 1 … 7; null for anything else. */
export function weekday(text: string): Weekday | null {
  const word =
    /^(\d|[а-яa-z]{2,12})(?:\.?(?:[\s,(]+[\d\s.,/)]*)?)$/.exec(visible(text).trim().toLowerCase())?.[1] ?? '';
  return WEEKDAYS.find(([, names]) => names.test(word))?.[0] ?? null;
}

const EVERY = /^(?:кажд\S*|все|еженед\S*|every|all)(?:\s+нед\S*|\s+weeks?)?$/;
const ODD = /^(?:неч|нечет\S*|числ\S*|верх\S*|odd)(?:\s+нед\S*|\s+weeks?)?$/;
const EVEN = /^(?:чет|чет\.|четн\S*|знам\S*|нижн\S*|even)(?:\s+нед\S*|\s+weeks?)?$/;
const LIST = /^\d{1,2}(?:-\d{1,2})?(?:,\d{1,2}(?:-\d{1,2})?)*$/;
/** No term is longer than a year of weeks. */
const LAST_WEEK = 60;

/** «чёт», «нечётная», «числитель», «знам.», «1-5,9 нед.», «с 2 по 16 неч», '' -> weeks; null when it is none of these. */
export function weeks(text: string): Weeks | null {
  const word = clean(text, 200).toLowerCase().replaceAll('ё', 'е');
  const parity = parityOf(word);
  if (parity !== null) return parity;
  const half = /(?:^|[\s(,])(неч|чет)[а-я]*\.?\)?$/.exec(word);
  const numbers = listed(half === null ? word : word.slice(0, half.index));
  if (numbers === null) return null;
  const wanted = half === null ? numbers : numbers.filter((week) => week % 2 === (half[1] === 'неч' ? 1 : 0));
  return wanted.length === 0 ? null : [...new Set(wanted)].sort((a, b) => a - b);
}

function parityOf(word: string): 'every' | 'odd' | 'even' | null {
  if (word === '' || EVERY.test(word)) return 'every';
  if (ODD.test(word)) return 'odd';
  return EVEN.test(word) ? 'even' : null;
}

/** «нед. 1-5, 9 и 11» -> the numbers; null when there is anything else in it. */
function listed(text: string): number[] | null {
  const list = text
    .replace(/^(?:нед[а-я]*|weeks?|wk)[.:]?\s*/, '')
    .replace(/\s*(?:нед|н|weeks?)[а-я]*\.?$/, '')
    .replace(/(?:с|c)\s*(\d{1,2})\s*по\s*(\d{1,2})/g, '$1-$2')
    .replace(/[–—−]/g, '-')
    .replace(/\s*([-,])\s*/g, '$1')
    .replace(/\s*(?:;|\sи\s|\s)\s*/g, ',');
  if (!LIST.test(list)) return null;
  const numbers = list.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number);
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n);
  });
  return numbers.every((week) => week >= 1 && week <= LAST_WEEK) ? numbers : null;
}
