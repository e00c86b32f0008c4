/** How reminders and digests are laid out in any language. */
import { addDays, type Clock, type Day, type Instant, instantOf, mondayOf } from '../domain/calendar.ts';
import type { LessonLine, Saying } from '../domain/notice.ts';
import {
  capital,
  details,
  fit,
  LONGEST,
  lessonBrief,
  lessonText,
  longDay,
  namedDay,
  titleOf,
  type Words,
  weekSpan,
  wholeHomeworkOf,
} from './format.ts';
import type { Message } from './message.ts';
import { byClocksOf, clocksOf } from './places.ts';

const MINUTE = 60_000;

type Reminder = Extract<Saying, { kind: 'reminder' }>;
type Digest = Extract<Saying, { kind: 'evening' | 'morning' | 'week' | 'homework' }>;

/** What is no lesson like others, though it stands among them. */
const APART = ['exam', 'consultation', 'meeting', 'class-hour'] as const;
/** What a day holds: lessons and nothing else, one thing apart from them, or both. */
export type Holds = 'lessons' | (typeof APART)[number] | 'both';

/** The words and sentences a language gives to reminders and digests; days come in already written. */
export type RemindingWords = {
  readonly lesson: Words;
  /** On the button that switches digests off. */
  readonly stop: string;
  /** «В 09:45», «09:45–13:05» when the end matters; with the day, when it is not today, in front. */
  at(start: Clock, end: Clock | null, day: string | null): string;
  /** «до 13:05», behind the name of a lesson. */
  until(end: Clock): string;
  /** How many minutes ago the lesson began; 0 is just now. */
  begun(late: number): string;
  readonly allOff: string;
  readonly wholeDay: string;
  /** How many different hours lessons begin at (≥ 1), and the first of them. */
  starts(count: number, first: Clock, of: Holds): string;
  /** «к 2-й паре, 09:45»: the number of the first lesson that takes place, and when it begins. */
  startsWith(number: number, first: Clock): string;
  /** «1-я отменена»: what does not take place, by numbers (≥ 1 of them, ascending). */
  off(numbers: readonly number[]): string;
  /** The same where lessons have no numbers, by hours. */
  offAt(clocks: readonly Clock[]): string;
  /** «Домашка на завтра, вт 15 сентября»; `late`: it was written down, or taken away, after its hour. */
  homework(day: string, late: 'written' | 'gone' | null): string;
  /** The week of these days, how many lessons it has (≥ 0), and how many of it are off (≥ 0). */
  weekAhead(days: string, count: number, off: number, of: Holds): string;
};

/** Before a lesson its hour is named, after its start how long ago that was; a lesson joined by others says until when they last. */
export function reminderMessage(
  { lessons, zone, own }: Reminder,
  now: Instant,
  today: Day,
  words: RemindingWords,
): Message {
  const first = lessons[0];
  if (first === undefined) throw new Error('a reminder of nothing');
  const late = Math.floor((now - instantOf(first.day, first.start, zone)) / MINUTE);
  const day = first.day === today ? null : capital(namedDay(first.day, today, words.lesson.language));
  const ended = lessons.length === 1 && late < 0 && first.joined !== undefined;
  const clocks = own === true ? ` ${byClocksOf(zone, words.lesson.language)}` : '';
  const when = late >= 0 ? words.begun(late) : words.at(first.start, ended ? first.end : null, day) + clocks;
  if (lessons.length === 1) return { text: fit(`${when} — ${block(first, ended, words)}`) };
  return { text: fit(`${when}:\n${lessons.map((lesson) => `• ${block(lesson, false, words)}`).join('\n')}`) };
}

function block(lesson: LessonLine, ended: boolean, words: RemindingWords): string {
  const until = lesson.joined === undefined || ended ? '' : `, ${words.until(lesson.end)}`;
  const below = details(lesson, words.lesson);
  return `${titleOf(lesson, words.lesson)}${until}${below === '' ? '' : `\n   ${below}`}`;
}

/** What button words switch each digest off. */
const STOP = {
  evening: 'вечером не присылать',
  morning: 'утром не присылать',
  week: 'неделю не присылать',
  homework: 'домашку не присылать',
} as const;

/** Homework: a line a lesson. A day: what it begins with and what is off, then its lessons. A week: its days, a line a lesson where it would not fit. */
export function digestMessage(digest: Digest, today: Day, words: RemindingWords): Message {
  const text = TEXTS[digest.kind](digest, today, words);
  return { text: fit(text), buttons: [[{ label: words.stop, say: STOP[digest.kind] }]] };
}

const TEXTS = { evening: dayText, morning: dayText, week: weekText, homework: homeworkText } as const;

/** What is to be done for tomorrow, and when it is due; a lesson whose homework is said with another one of the day is not named. */
function homeworkText({ day, lessons, late }: Digest, today: Day, words: RemindingWords): string {
  const some = lessons.filter(({ homework }) => homework !== undefined);
  const subjects = lessons.filter((one, n) => lessons.findIndex(({ subject }) => subject === one.subject) === n);
  const due = (some.length > 0 ? some : subjects).map((lesson) =>
    [`• ${lesson.start} ${titleOf(lesson, words.lesson)}`, wholeHomeworkOf(lesson, words.lesson)]
      .filter((line) => line !== '')
      .join('\n   '),
  );
  const how = late === undefined ? null : some.length > 0 ? 'written' : 'gone';
  return [words.homework(namedDay(day, today, words.lesson.language), how), '', ...due].join('\n');
}

function dayText({ day, lessons, zone, own }: Digest, today: Day, words: RemindingWords): string {
  const head = capital(namedDay(day, today, words.lesson.language));
  const clocks = own === true ? ` ${byClocksOf(zone, words.lesson.language)}` : '';
  return [
    `${head}: ${daySum(lessons, clocks, words)}`,
    '',
    ...lessons.map((lesson) => lessonText(lesson, words.lesson)),
  ].join('\n');
}

/** Two subgroups at one hour are one pair of the day. `clocks` follows the hour: whose it is. */
function daySum(lessons: readonly LessonLine[], clocks: string, words: RemindingWords): string {
  const live = lessons.filter((lesson) => !lesson.cancelled);
  if (live.length === 0) return words.allOff;
  const timed = live.filter((lesson) => !lesson.allDay).sort((a, b) => (a.start < b.start ? -1 : 1));
  const [first] = timed;
  const count = new Set(timed.map((lesson) => lesson.start)).size;
  const sum =
    first === undefined
      ? words.wholeDay
      : first.number === null
        ? words.starts(count, first.start + clocks, holdsOf(timed, count))
        : words.startsWith(first.number, first.start + clocks);
  return [sum, ...offOf(lessons, live, words)].join('; ');
}

/** `count` is how many hours they begin at. */
function holdsOf(lessons: readonly LessonLine[], count: number): Holds {
  const kinds = [...new Set(lessons.map(({ kind }) => APART.find((one) => one === kind) ?? 'lessons'))];
  const [only = 'lessons'] = kinds;
  return kinds.length > 1 || (only !== 'lessons' && count > 1) ? 'both' : only;
}

/** A lesson that another one takes the place of is not missing from the day. */
function offOf(lessons: readonly LessonLine[], live: readonly LessonLine[], words: RemindingWords): string[] {
  const taken = new Set(live.flatMap(({ number, start }) => [number, start]));
  const off = lessons.filter(
    ({ cancelled, allDay, number, start }) => cancelled && !allDay && !taken.has(number ?? start) && !taken.has(start),
  );
  const numbers = [...new Set(off.flatMap(({ number }) => number ?? []))].sort((a, b) => a - b);
  const clocks = [...new Set(off.flatMap(({ number, start }) => (number === null ? start : [])))].sort();
  return [...(numbers.length > 0 ? [words.off(numbers)] : []), ...(clocks.length > 0 ? [words.offAt(clocks)] : [])];
}

function weekText({ day, lessons, zone, own }: Digest, today: Day, words: RemindingWords): string {
  const { lesson } = words;
  const live = lessons.filter((one) => !one.cancelled);
  const hours = new Set(live.map((one) => `${one.day} ${one.start}`));
  const off = new Set(lessons.map((one) => `${one.day} ${one.start}`).filter((hour) => !hours.has(hour)));
  const clocks = own === true ? `, ${clocksOf(zone, lesson.language)}` : '';
  const monday = mondayOf(day);
  const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
  const written = (one: (line: LessonLine, words: Words) => string) =>
    [
      words.weekAhead(weekSpan(monday, today, lesson.language), hours.size, off.size, holdsOf(live, hours.size)) +
        clocks,
      ...days.flatMap((at) => {
        const own = lessons.filter((line) => line.day === at);
        const head = capital(longDay(at, today, lesson.language));
        return own.length === 0 ? [] : [`${head}\n${own.map((line) => one(line, lesson)).join('\n')}`];
      }),
    ].join('\n\n');
  const whole = written(lessonText);
  return whole.length <= LONGEST ? whole : written(lessonBrief);
}
