/** Small readers of what sites print: clocks, weekdays, week lists, kinds of lessons, clean text. */
import type { Clock, Weekday } from '../domain/calendar.ts';
import type { KnownKind, Weeks } from '../domain/lesson.ts';

/** Text as a person sees it: no control, zero-width or direction characters, single spaces, at most `max` characters. */
export function clean(text: string, max = 300): string {
  const plain = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => (/[\n\r\t\u2028\u2029]/.test(char) ? ' ' : ''))
    .replace(/\s+/gu, ' ')
    .trim();
  return [...plain].length <= max ? plain : `${[...plain].slice(0, max - 1).join('').trimEnd()}…`;
}

/** «9:00», «09.00», «9-00», «0900» -> `09:00`; null when it is no time of a day. */
export function clock(text: string): Clock | null {
  const found = /^(\d{1,2})(?:[:.\-\s]?(\d{2}))(?::\d{2})?$/.exec(text.trim());
  if (found === null) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2])];
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** «9:00–10:35» -> both ends; null when it is no such pair. */
export function clockRange(text: string): { start: Clock; end: Clock } | null {
  const found = /^(\d{1,2}[:.]?\d{2})\s*[-–—]\s*(\d{1,2}[:.]?\d{2})$/.exec(text.trim());
  const [start, end] = [clock(found?.[1] ?? ''), clock(found?.[2] ?? '')];
  return start === null || end === null ? null : { start, end };
}

const WEEKDAYS = ['пн|пон', 'вт', 'ср', 'чт|чет', 'пт|пят', 'сб|суб', 'вс|вос'].map((start) => new RegExp(`^(?:${start})`));
const WEEKDAYS_EN = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];

/** «Пн», «понедельник», «Mon», «1» -> 1 … 7; null for anything else. */
export function weekday(text: string): Weekday | null {
  const word = text.trim().toLowerCase();
  if (/^[1-7]$/.test(word)) return Number(word) as Weekday;
  const index = Math.max(
    WEEKDAYS.findIndex((start) => start.test(word)),
    WEEKDAYS_EN.findIndex((start) => word.startsWith(start)),
  );
  return index === -1 ? null : ((index + 1) as Weekday);
}

/** «чёт», «нечётная», «числитель», «знам.», «1-5,9 нед.», '' -> weeks; null when it is none of these. */
export function weeks(text: string): Weeks | null {
  const word = text.trim().toLowerCase().replaceAll('ё', 'е');
  if (word === '' || /^(кажд|все$|еженед)/.test(word)) return 'every';
  if (/^(нечет|числ|верх|odd)/.test(word)) return 'odd';
  if (/^(чет|знам|нижн|even)/.test(word)) return 'even';
  const list = word.replace(/\s*(нед|н)[а-я]*\.?$/, '');
  if (!/^\d{1,2}(\s*[-–—]\s*\d{1,2})?(\s*,\s*\d{1,2}(\s*[-–—]\s*\d{1,2})?)*$/.test(list)) return null;
  const numbers = list.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split(/[-–—]/).map(Number);
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n);
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

const KINDS: readonly (readonly [RegExp, KnownKind])[] = [
  [/^(лек|лекция|лекц|лекционное.*|лк|lecture)$/, 'lecture'],
  [/^(пр|прак|практ|практика|практическ\S*( занятие)?|пз|practice|practical)$/, 'practice'],
  [/^(лаб|лабораторн\S*( работа| занятие)?|лр|л р|lab|laboratory)$/, 'lab'],
  [/^(сем|семинар\S*|seminar)$/, 'seminar'],
  [/^(зачо|дифзач\S*|диф зач\S*|дифференцированный зачет|зачет с оценкой)$/, 'graded-test'],
  [/^(зач|зачет|test|credit)$/, 'test'],
  [/^(экз|экзамен|exam|examination)$/, 'exam'],
  [/^(конс|консульт|консультация|consultation)$/, 'consultation'],
  [/^(кл час|классный час)$/, 'class-hour'],
  [/^(собрание|родительское собрание)$/, 'meeting'],
];

/** A known kind for a word that names one; null otherwise. */
export function knownKind(text: string): KnownKind | null {
  const word = text.toLowerCase().replaceAll('ё', 'е').replaceAll('.', ' ').replace(/\s+/g, ' ').trim();
  return KINDS.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

const DISTANCE =
  /^(до|сдо|сдо-\d+|онлайн|online|дист|д\.?\s?а\.?|zoom|teams|вебинар\S*|виртуальн\S*( аудитория)?|дистанц\S*( обучение)?|с использованием информационно-коммуникационных технологий)\.?$/i;

/** True when a room, a comment or a mark says that the lesson is held at a distance. */
export function isDistance(text: string): boolean {
  return DISTANCE.test(text.trim()) || /^дистанционн?о[\s,(–-]/i.test(text.trim());
}
