/** How what the bot sends by itself is laid out in any language: reminders, the evening digest, changes, corrections, and a held import. */
import { type Clock, type Day, type Instant, instantOf, wallOf, type Zone } from '../domain/calendar.ts';
import type { LessonLine, Saying } from '../domain/notice.ts';
import { type ChangeWords, changesMessage, correctionText } from './changes.ts';
import { capital, details, fit, lessonText, namedDay, short, titleOf, type Words } from './format.ts';
import type { Button, Message } from './message.ts';
import { acceptWords, type UnreadFacts, unreadMessage } from './offer.ts';
import { type SourceWords, sourceSaid } from './sources.ts';

const MINUTE = 60_000;
const NAME = 80;

/** The words and sentences a language gives to what the bot sends by itself; days come in already written. */
export type SayingWords = {
  readonly lesson: Words;
  readonly sources: SourceWords;
  readonly labels: Readonly<Record<'stop' | 'accept' | 'week', string>>;
  /** «В 09:45»; with the day, when it is not today, in front. */
  at(clock: Clock, day: string | null): string;
  /** How many minutes ago the lesson began; 0 is just now. */
  begun(late: number): string;
  readonly allOff: string;
  readonly wholeDay: string;
  /** The sum of an evening: how many different hours lessons begin at (≥ 1), and the first of them. */
  starts(count: number, first: Clock): string;
  readonly changes: ChangeWords;
  /** A timetable that somebody waits for was read. */
  ready(title: string): string;
  readonly nothing: string;
  /** It could not be read; who `follows` it is told when it can be. */
  unread(title: string, why: string, follows: boolean): string;
  why(problem: UnreadFacts): string;
  readonly perhaps: string;
  held(title: string, reason: Extract<Saying, { kind: 'held' }>['reason']): string;
};

/** Puts sayings into a language's words, true at the moment of sending: before a lesson its hour is named, after its start how long ago that was. */
export function voice(words: SayingWords): (saying: Saying, now: Instant) => Message {
  return (saying, now) => said(saying, now, words);
}

function said(saying: Saying, now: Instant, words: SayingWords): Message {
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
      return changesMessage(saying, today, words.changes);
    case 'follow-up':
      return { text: correctionText(saying.change, today, words.changes) };
    case 'ready':
      return { text: fit(readyText(saying, today, words)), buttons: weekOf(saying.title, words) };
    case 'unread': {
      const { title, why: kind, detail, suggestions, follows } = saying;
      const why = words.why({ kind, detail, suggestions });
      return unreadMessage(words.unread(short(title, NAME), why, follows), suggestions, words.perhaps);
    }
    case 'held':
      return {
        text: words.held(short(saying.title, NAME), saying.reason),
        buttons: [[{ label: words.labels.accept, say: acceptWords(saying.title) }]],
      };
    case 'source':
    case 'calendar':
      return sourceSaid(saying, now, words.sources);
  }
}

/** The nearest day, as a view of it says it. */
function readyText(
  { title, day, lessons }: Extract<Saying, { kind: 'ready' }>,
  today: Day,
  words: SayingWords,
): string {
  const head = words.ready(short(title, NAME));
  if (day === null) return `${head} ${words.nothing}`;
  const told = [...new Set(lessons.map((lesson) => lessonText(lesson, words.lesson)))];
  return [head, '', capital(namedDay(day, today, words.lesson.language)), '', ...told].join('\n');
}

/** Who reads this may follow another one: the button names the timetable, where its name fits. */
function weekOf(title: string, words: SayingWords): Button[][] {
  const fits = title.length <= 40 && /^[^\n]*\p{L}[^\n]*$/u.test(title);
  return fits ? [[{ label: words.labels.week, say: `${title} неделя` }]] : [];
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
