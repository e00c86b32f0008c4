/** The grammar both languages share: harmless names, plurals, dates, and a lesson in two lines. */
import { addDays, type Clock, type Day, daysBetween } from '../domain/calendar.ts';
import type { KnownKind } from '../domain/lesson.ts';
import type { LessonLine } from '../domain/notice.ts';
import type { Language } from '../domain/peer.ts';

/** VK refuses a longer message (error 914). */
export const LONGEST = 4096;
const WORD_JOINER = '\u2060';
/** What a lesson's parts may take on a phone; two lines stay near 200 characters. */
const WIDTH = {
  subject: 90,
  kind: 20,
  room: 40,
  teachers: 50,
  subgroup: 16,
  line: 118,
  details: 88,
  brief: 80,
  homework: 200,
} as const;

/** The few words a lesson needs in each language. */
export type Words = {
  readonly language: Language;
  readonly kinds: Readonly<Record<KnownKind, string>>;
  readonly remote: string;
  /** What follows the room of a hybrid lesson. */
  readonly orJoin: string;
  readonly join: string;
  readonly cancelled: string;
  readonly allDay: string;
  subgroup(name: string): string;
  homework(text: string): string;
};

/**
 * A name from outside, made harmless: one line, no control, invisible or direction-changing characters, and no VK mention:
 * a word joiner after `[`, `@` and `*` breaks the syntax, which stripping would not (`[id1|[id2|x]]`).
 */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cf}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0/gu, '')
    .replace(/[\s\p{Zl}\p{Zp}\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[[@*]/g, (sign) => sign + WORD_JOINER);
}

/** At most `max` UTF-16 units, «…» in place of the rest, never half a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, max - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}

/** `clean`, then `cut`. */
export function short(text: string, max: number): string {
  return cut(clean(text), max);
}

/** A whole message within VK's limit: cut between lines where it has any. */
export function fit(text: string, max = LONGEST): string {
  if (text.length <= max) return text;
  const end = text.lastIndexOf('\n', max - 2);
  return end > max / 2 ? `${text.slice(0, end)}\n…` : cut(text, max);
}

const RULES = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') } as const;

/** The form that goes with the number: ['урок', 'урока', 'уроков'] (one, few, many); English has the first and the last. */
export function plural(
  count: number,
  forms: readonly [one: string, few: string, many: string],
  language: Language = 'ru',
): string {
  const rule = RULES[language].select(count);
  if (rule === 'one') return forms[0];
  return rule === 'few' || (rule === 'other' && language === 'ru') ? forms[1] : forms[2];
}

const NAMES = {
  ru: {
    weekdays: ['вс', 'пн', 'вт', 'ср', 'чт', 'пт', 'сб'],
    months: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
    near: { '-1': 'вчера', '0': 'сегодня', '1': 'завтра' } as Readonly<Record<string, string>>,
  },
  en: {
    weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
    months: 'January February March April May June July August September October November December'.split(' '),
    near: { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' } as Readonly<Record<string, string>>,
  },
} as const;

/** «пн», «Mon». */
export function weekdayName(day: Day, language: Language): string {
  return NAMES[language].weekdays[(daysBetween('1970-01-01', day) + 4) % 7] ?? '';
}

/** «14 сентября», «14 September»; with the year when it is not today's. */
export function dayMonth(day: Day, today: Day, language: Language): string {
  const month = NAMES[language].months[Number(day.slice(5, 7)) - 1] ?? '';
  const year = day.slice(0, 4) === today.slice(0, 4) ? '' : ` ${day.slice(0, 4)}`;
  return `${Number(day.slice(8, 10))} ${month}${year}`;
}

/** «пн, 14 сентября». */
export function longDay(day: Day, today: Day, language: Language): string {
  return `${weekdayName(day, language)}, ${dayMonth(day, today, language)}`;
}

/** «вчера», «сегодня», «завтра»; null for other days. */
export function nearName(day: Day, today: Day, language: Language): string | null {
  return NAMES[language].near[String(daysBetween(today, day))] ?? null;
}

/** «завтра, вт 24 ноября» for yesterday, today and tomorrow; «ср, 25 ноября» for other days. */
export function namedDay(day: Day, today: Day, language: Language): string {
  const near = nearName(day, today, language);
  if (near === null) return longDay(day, today, language);
  return `${near}, ${weekdayName(day, language)} ${dayMonth(day, today, language)}`;
}

/** «23–29 ноября», «28 декабря – 3 января 2027». */
export function weekSpan(monday: Day, today: Day, language: Language): string {
  const sunday = addDays(monday, 6);
  const first =
    monday.slice(0, 7) === sunday.slice(0, 7)
      ? `${Number(monday.slice(8))}–`
      : `${dayMonth(monday, today, language)} – `;
  return `${first}${dayMonth(sunday, today, language)}`;
}

/** «вт 24.11». */
export function tinyDay(day: Day, language: Language): string {
  return `${weekdayName(day, language)} ${dotted(day)}`;
}

/** «24.11»; with the year when it is not that of `today`. People type it, so buttons say it. */
export function dotted(day: Day, today: Day = day): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? '' : `.${day.slice(0, 4)}`;
  return `${day.slice(8, 10)}.${day.slice(5, 7)}${year}`;
}

/** First letter large. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** «09:45–11:20». */
function timeRange(start: Clock, end: Clock): string {
  return `${start}–${end}`;
}

/** When a lesson is on its day: «09:45–11:20», «весь день», and the end's date where it is another day than a night's next. */
export function hours(lesson: LessonLine, words: Words): string {
  if (lesson.allDay) {
    const last = addDays(lesson.endDay, -1);
    return last > lesson.day ? `${words.allDay} – ${dotted(last)}` : words.allDay;
  }
  const far = daysBetween(lesson.day, lesson.endDay) > 1 ? `${dotted(lesson.endDay)} ` : '';
  return timeRange(lesson.start, far + lesson.end);
}

/** «Математический анализ (лек.)»; a whole word that the subject holds already is not said again: «Родительское собрание». */
export function titleOf(lesson: LessonLine, words: Words): string {
  const kind = kindOf(lesson, words);
  const isSaid = kind === '' || (!kind.endsWith('.') && inWords(lesson.subject).includes(inWords(kind)));
  return short(lesson.subject, WIDTH.subject) + (isSaid ? '' : ` (${kind})`);
}

function inWords(text: string): string {
  return ` ${text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}]+/u)
    .join(' ')} `.replace(/ +/g, ' ');
}

/** The kind in short; a word we do not know stays as the site prints it; '' when none. */
export function kindOf(lesson: LessonLine, words: Words): string {
  return Object.hasOwn(words.kinds, lesson.kind)
    ? words.kinds[lesson.kind as KnownKind]
    : short(lesson.kind, WIDTH.kind);
}

/** «404Л», «💻 дистанционно», «404Л или 💻 подключиться»; '' when the source names no place. */
export function placeOf(lesson: LessonLine, words: Words): string {
  const room = short(lesson.room, WIDTH.room);
  if (lesson.format === 'onsite') return room;
  if (lesson.format === 'remote') return words.remote;
  return room === '' ? words.join : `${room} ${words.orJoin}`;
}

/** «Иванов И. И., Петров П. П.», '' when nobody is named. */
export function teachersOf(lesson: LessonLine): string {
  return cut(
    lesson.teachers
      .map(clean)
      .filter((name) => name !== '')
      .join(', '),
    WIDTH.teachers,
  );
}

/** «1 подгр.», '' for the whole group. */
export function subgroupOf(lesson: LessonLine, words: Words): string {
  const name = short(lesson.subgroup, WIDTH.subgroup);
  return name === '' ? '' : words.subgroup(name);
}

/** The second line of a lesson: place, teachers, subgroup; '' when the source says none of them. */
export function details(lesson: LessonLine, words: Words): string {
  if (lesson.cancelled) return words.cancelled;
  const parts = [placeOf(lesson, words), teachersOf(lesson), subgroupOf(lesson, words)];
  return cut(parts.filter((part) => part !== '').join(' · '), WIDTH.details);
}

/**
 * A lesson in one or two lines: number, times, subject and kind; below them place, teachers, subgroup, or that it is off, and
 * last a `mark` («было 404Л») that is never cut. What is to be done for it has a line of its own.
 */
export function lessonText(lesson: LessonLine, words: Words, mark = ''): string {
  const number = lesson.number === null ? '' : `${lesson.number}. `;
  const head = cut(`${number}${hours(lesson, words)}  ${titleOf(lesson, words)}`, WIDTH.line);
  const room = mark === '' ? WIDTH.details : WIDTH.details - mark.length - 3;
  const below = [cut(details(lesson, words), room), mark].filter((part) => part !== '').join(' · ');
  const more = [below, homeworkOf(lesson, words)].filter((part) => part !== '');
  return [head, ...more.map((part) => `   ${part}`)].join('\n');
}

/** «дз: №5–7», '' when there is none: its beginning where it is long, for beside a lesson there is no room for more. */
export function homeworkOf({ homework }: LessonLine, words: Words): string {
  return homework === undefined ? '' : words.homework(short(homework, WIDTH.homework));
}

/** The same to its end, where homework is what was asked for. */
export function wholeHomeworkOf({ homework }: LessonLine, words: Words): string {
  return homework === undefined ? '' : words.homework(clean(homework));
}

/** A lesson in one line, for a week that would not fit. */
export function lessonBrief(lesson: LessonLine, words: Words, mark = ''): string {
  const place = lesson.cancelled ? words.cancelled : placeOf(lesson, words);
  const told = mark === '' ? '' : ` · ${mark}`;
  const said = `${lesson.start} ${short(lesson.subject, 40)}${place === '' ? '' : ` · ${place}`}`;
  return cut(said, WIDTH.brief - told.length) + told;
}
