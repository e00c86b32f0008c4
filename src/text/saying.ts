/** How what the bot sends by itself is laid out in any language: reminders, the evening digest, changes, corrections, and a held import. */
import { type Clock, type Day, type Instant, instantOf, wallOf, type Zone } from '../domain/calendar.ts';
import type { ChangeLine, LessonLine, Saying } from '../domain/notice.ts';
import {
  capital,
  clean,
  cut,
  details,
  fit,
  hours,
  kindOf,
  lessonText,
  longDay,
  namedDay,
  placeOf,
  short,
  subgroupOf,
  teachersOf,
  tinyDay,
  titleOf,
  type Words,
} from './format.ts';
import type { Message } from './message.ts';
import { acceptWords } from './offer.ts';

const MINUTE = 60_000;
/** More changes than this are counted, not told. */
const TOLD = 8;
const NAME = 80;

type Altered = Extract<ChangeLine, { kind: 'altered' }>;

/** A part of a lesson that is told as «from → to», and what is said when it is no longer there. */
type Part = { readonly label: string; readonly none: string };

/** The words and sentences a language gives to what the bot sends by itself; days come in already written. */
export type SayingWords = {
  readonly lesson: Words;
  readonly labels: Readonly<Record<'stop' | 'week' | 'accept', string>>;
  /** «В 09:45»; with the day, when it is not today, in front. */
  at(clock: Clock, day: string | null): string;
  /** How many minutes ago the lesson began; 0 is just now. */
  begun(late: number): string;
  readonly allOff: string;
  readonly wholeDay: string;
  /** The sum of an evening: how many different hours lessons begin at (≥ 1), and the first of them. */
  starts(count: number, first: Clock): string;
  readonly changes: string;
  /** How many changes were not told (≥ 1). */
  more(count: number): string;
  readonly became: Readonly<Record<Exclude<ChangeLine['kind'], 'altered'>, string>>;
  correction(day: string): string;
  held(title: string, reason: Extract<Saying, { kind: 'held' }>['reason']): string;
  readonly parts: Readonly<Record<'room' | 'teacher' | 'kind', Part>>;
  readonly formats: Readonly<Record<LessonLine['format'], string>>;
  /** The new subject or hours. */
  now(what: string): string;
  moved(from: string, to: string): string;
};

/** Puts sayings into a language's words, true at the moment of sending: before a lesson its hour is named, after its start how long ago that was. */
export function voice(words: SayingWords): (saying: Saying, now: Instant) => Message {
  return (saying, now) => said(saying, now, words);
}

function said(saying: Saying, now: Instant, words: SayingWords): Message {
  const { language } = words.lesson;
  const today = wallOf(now, saying.zone).day;
  switch (saying.kind) {
    case 'reminder':
      return { text: fit(reminderText(saying.lessons, saying.zone, now, today, words)) };
    case 'evening':
      return {
        text: fit(eveningText(saying.day, saying.lessons, today, words)),
        buttons: [[{ label: words.labels.stop, say: 'вечером не присылать' }]],
      };
    case 'changes':
      return {
        text: fit(changesText(saying.title, saying.changes, saying.more ?? 0, today, words)),
        buttons: [[{ label: words.labels.week, say: 'неделя' }]],
      };
    case 'follow-up':
      return {
        text: fit(
          `${words.correction(longDay(dayOf(saying.change), today, language))}\n${changeText(saying.change, words)}`,
        ),
      };
    case 'held':
      return {
        text: words.held(short(saying.title, NAME), saying.reason),
        buttons: [[{ label: words.labels.accept, say: acceptWords(saying.title) }]],
      };
  }
}

function reminderText(
  lessons: readonly LessonLine[],
  zone: Zone,
  now: Instant,
  today: Day,
  words: SayingWords,
): string {
  const first = lessons[0];
  if (first === undefined) throw new Error('a reminder of nothing');
  const late = Math.floor((now - instantOf(first.day, first.start, zone)) / MINUTE);
  const day = first.day === today ? null : capital(namedDay(first.day, today, words.lesson.language));
  const when = late >= 0 ? words.begun(late) : words.at(first.start, day);
  if (lessons.length === 1) return `${when} — ${withDetails(first, words.lesson)}`;
  return `${when}:\n${lessons.map((lesson) => `• ${withDetails(lesson, words.lesson)}`).join('\n')}`;
}

function withDetails(lesson: LessonLine, words: Words): string {
  const below = details(lesson, words);
  return below === '' ? titleOf(lesson, words) : `${titleOf(lesson, words)}\n   ${below}`;
}

function eveningText(day: Day, lessons: readonly LessonLine[], today: Day, words: SayingWords): string {
  const head = capital(namedDay(day, today, words.lesson.language));
  return [
    `${head}: ${eveningSum(lessons, words)}`,
    '',
    ...lessons.map((lesson) => lessonText(lesson, words.lesson)),
  ].join('\n');
}

/** Two subgroups at one hour are one pair of the day. */
function eveningSum(lessons: readonly LessonLine[], words: SayingWords): string {
  const live = lessons.filter((lesson) => !lesson.cancelled);
  if (live.length === 0) return words.allOff;
  const starts = [...new Set(live.filter((lesson) => !lesson.allDay).map((lesson) => lesson.start))].sort();
  const first = starts[0];
  return first === undefined ? words.wholeDay : words.starts(starts.length, first);
}

function changesText(
  title: string,
  changes: readonly ChangeLine[],
  more: number,
  today: Day,
  words: SayingWords,
): string {
  const told = changes.slice(0, TOLD);
  const rest = changes.length - told.length + more;
  const days = [...Map.groupBy(told, dayOf)].map(
    ([day, lines]) =>
      `${capital(longDay(day, today, words.lesson.language))}\n${lines.map((change) => `• ${changeText(change, words)}`).join('\n')}`,
  );
  const tail = rest === 0 ? [] : [words.more(rest)];
  return [`${words.changes} · ${short(title, NAME)}`, ...days, ...tail].join('\n\n');
}

/** One change in one line: subject, time and place are always in it. */
function changeText(change: ChangeLine, words: SayingWords): string {
  if (change.kind === 'altered') return alteredText(change, words);
  const lesson = change.kind === 'cancelled' ? change.before : change.after;
  return `${named(lesson, words.lesson)}${placed(lesson, words.lesson)} — ${words.became[change.kind]}`;
}

function alteredText({ before, after, what }: Altered, words: SayingWords): string {
  // Time and place are told once: in front, or by the change itself.
  const head = isMoved(before, after) ? subjectOf(before, words.lesson) : named(before, words.lesson);
  const place = what.includes('room') || what.includes('format') ? '' : placed(after, words.lesson);
  // Another format names the new place itself.
  const told = what.filter((one) => one !== 'room' || !what.includes('format'));
  return `${head}${place} — ${told.map((one) => alteration(one, before, after, words)).join('; ')}`;
}

function named(lesson: LessonLine, words: Words): string {
  return lesson.allDay ? subjectOf(lesson, words) : `${lesson.start} ${subjectOf(lesson, words)}`;
}

function subjectOf(lesson: LessonLine, words: Words): string {
  const subgroup = subgroupOf(lesson, words);
  return subgroup === '' ? titleOf(lesson, words) : `${titleOf(lesson, words)}, ${subgroup}`;
}

function placed(lesson: LessonLine, words: Words): string {
  const place = placeOf(lesson, words);
  return place === '' ? '' : `, ${place}`;
}

function isMoved(was: LessonLine, is: LessonLine): boolean {
  return was.day !== is.day || was.start !== is.start;
}

function alteration(what: Altered['what'][number], was: LessonLine, is: LessonLine, words: SayingWords): string {
  const { lesson, parts, formats } = words;
  switch (what) {
    case 'time':
      return isMoved(was, is) ? words.moved(moment(was, lesson), moment(is, lesson)) : words.now(hours(is, lesson));
    case 'room':
      return arrow(parts.room, short(was.room, 40), short(is.room, 40));
    case 'teacher':
      return arrow(parts.teacher, teachersOf(was), teachersOf(is));
    case 'subject':
      return words.now(cut(clean(is.subject), NAME));
    case 'kind':
      return arrow(parts.kind, kindOf(was, lesson), kindOf(is, lesson));
    case 'format':
      return `${formats[was.format]} → ${placeOf(is, lesson) || formats[is.format]}`;
  }
}

function moment(lesson: LessonLine, words: Words): string {
  return `${tinyDay(lesson.day, words.language)} ${lesson.allDay ? words.allDay : lesson.start}`;
}

/** «аудитория 404Л → 510М»; what is not known on one side is not drawn as an arrow to nowhere. */
function arrow({ label, none }: Part, was: string, is: string): string {
  if (is === '') return `${label} ${none}`;
  return was === '' ? `${label} ${is}` : `${label} ${was} → ${is}`;
}

function dayOf(change: ChangeLine): Day {
  return change.kind === 'cancelled' || change.kind === 'altered' ? change.before.day : change.after.day;
}
