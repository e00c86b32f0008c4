/** How what the bot sends by itself is laid out in any language: what became of a reading here; reminders, digests, changes and sources next door. */
import type { StopNews } from '../domain/bot-state.ts';
import { type Day, type Instant, wallOf } from '../domain/calendar.ts';
import type { Saying } from '../domain/notice.ts';
import { type ChangeWords, changesMessage, correctionText } from './changes.ts';
import { capital, fit, lessonText, namedDay, short, type Words } from './format.ts';
import type { Button, Message } from './message.ts';
import { acceptWords, type UnreadFacts, unreadMessage } from './offer.ts';
import { digestMessage, type RemindingWords, reminderMessage } from './reminding.ts';
import { moment, type SourceWords, sourceSaid } from './sources.ts';

const NAME = 80;
const WHY = 100;
/** VK: characters of a button. */
const LABEL = 40;

/** The words and sentences a language gives to what the bot sends by itself; days come in already written. */
export type SayingWords = {
  readonly lesson: Words;
  readonly sources: SourceWords;
  readonly labels: Readonly<Record<'accept' | 'week', string>>;
  readonly reminding: RemindingWords;
  readonly changes: ChangeWords;
  /** A timetable that somebody waits for was read. */
  ready(title: string): string;
  readonly nothing: string;
  /** It could not be read; who `follows` it is told when it can be. */
  unread(title: string, why: string, follows: boolean): string;
  why(problem: UnreadFacts): string;
  readonly perhaps: string;
  /** A chat moved to MAX; `title` is what was sent there. */
  moved(title: string | null): string;
  held(title: string, reason: Extract<Saying, { kind: 'held' }>['reason']): string;
  /** VK refused everything, or everything for chats, since then and for this reason. */
  readonly sending: Readonly<Record<StopNews, (since: string, why: string) => string>>;
};

/** Puts sayings into a language's words, true at the moment of sending. */
export function voice(words: SayingWords): (saying: Saying, now: Instant) => Message {
  return (saying, now) => said(saying, now, words);
}

function said(saying: Saying, now: Instant, words: SayingWords): Message {
  const today = wallOf(now, saying.zone).day;
  switch (saying.kind) {
    case 'reminder':
      return reminderMessage(saying, now, today, words.reminding);
    case 'evening':
    case 'morning':
    case 'week':
    case 'homework':
      return digestMessage(saying, today, words.reminding);
    case 'changes':
      return changesMessage(saying, today, words.changes);
    case 'follow-up':
      return { text: correctionText(saying, today, words.changes) };
    case 'ready':
      return { text: fit(readyText(saying, today, words)), buttons: weekOf(saying.title, words) };
    case 'unread': {
      const { title, why: kind, detail, suggestions, follows } = saying;
      const why = words.why({ kind, detail, suggestions });
      return unreadMessage(words.unread(short(title, NAME), why, follows), suggestions, words.perhaps);
    }
    case 'moved':
      return movedMessage(saying.title, words);
    case 'held':
      return {
        text: words.held(short(saying.title, NAME), saying.reason),
        buttons: [[{ label: words.labels.accept, say: acceptWords(saying.title) }]],
      };
    case 'sending': {
      const since = moment(saying.since, { now, zone: saying.zone }, words.sources);
      return { text: words.sending[saying.news](since, short(saying.why, WHY)) };
    }
    case 'source':
    case 'calendar':
      return sourceSaid(saying, now, words.sources);
  }
}

/** The button says the timetable's name, which is how it is followed. */
function movedMessage(title: string | null, words: SayingWords): Message {
  if (title === null) return { text: words.moved(null) };
  const text = words.moved(short(title, NAME));
  return title.length > LABEL ? { text } : { text, buttons: [[{ label: title, say: `группа ${title}` }]] };
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
  const fits = title.length <= LABEL && /^[^\n]*\p{L}[^\n]*$/u.test(title);
  return fits ? [[{ label: words.labels.week, say: `${title} неделя` }]] : [];
}
