/** How «почему» is laid out in any language: what was sent and why, what comes next, what is not announced. */
import { addDays, type Clock, type Day, type Instant, wallOf, type Zone } from '../domain/calendar.ts';
import type { LessonLine, Saying } from '../domain/notice.ts';
import type { Silence } from '../domain/plan.ts';
import type { Dated } from '../domain/sitting.ts';
import type {
  Account,
  Expected,
  Fate,
  LessonAccount,
  Next,
  Past,
  TakenBack,
  Unannounced,
  Wanted,
} from '../domain/why.ts';
import { fit, short, tinyDay, type Words } from './format.ts';
import type { Button, Message } from './message.ts';

const MINUTE = 60_000;
/** Lessons of one reason that are named; the others are a number. */
const NAMED = 4;
const SUBJECT = 32;

type Reason = Exclude<Silence, 'asleep'>;

/** The words of a language; days and clocks come in already written, names cleaned. */
export type WhyWords = {
  readonly lesson: Words;
  readonly near: { readonly yesterday: string; readonly tomorrow: string; readonly today: string };
  readonly heads: Readonly<Record<'past' | 'next' | 'unannounced', string>>;
  readonly noPast: string;
  readonly noNext: string;
  /** «Матан в 09:45», with the day in front of the clock where it is another one. */
  lessonAt(subject: string, day: string | null, clock: Clock): string;
  /** «и ещё 2» (≥ 1). */
  more(count: number): string;
  /** What a saying is called in a list; `detail` is a day, a number of changes, or a name. */
  said(kind: Exclude<Saying['kind'], 'reminder'>, detail: string): string;
  wanted(wanted: Wanted): string;
  /** Why anything but a reminder is sent. */
  readonly because: Readonly<Record<Exclude<Saying['kind'], 'reminder'>, string>>;
  /** How many minutes late it was sent (≥ 1). */
  late(minutes: number): string;
  readonly held: string;
  /** What became of it, but for what was sent; `why` for what was taken back. */
  fate(fate: Exclude<Fate, 'sent'>, why: TakenBack): string;
  /** Why nothing is said before a lesson, as the end of a sentence. */
  readonly silences: Readonly<Record<Reason, string>>;
  /** The head of the answer about one lesson. */
  about(subject: string, day: string, clock: Clock): string;
  notReminded(reason: string): string;
  sentAt(clock: string): string;
  /** It comes at this time. */
  comes(clock: string): string;
  readonly untold: string;
  /** No lesson is called so (`name` ''), or none was near. */
  noLesson(name: string): string;
  readonly labels: Readonly<Record<'why' | 'missed' | 'settings' | 'hidden' | 'subgroup' | 'remind', string>>;
};

/** What a language says of «почему». */
export type WhyTexts = {
  why(account: Account): Message;
  /** `name` is what was asked about, '' for any lesson. */
  whyLesson(account: LessonAccount, name: string): Message;
};

/** «почему» in a language's words. */
export function whyTexts(words: WhyWords): WhyTexts {
  return {
    why: (account) => overview(account, words),
    whyLesson: (account, name) => ofLesson(account, name, words),
  };
}

type At = { readonly now: Instant; readonly zone: Zone };

function overview(account: Account, words: WhyWords): Message {
  const { past, next, unannounced } = account;
  const { heads, labels } = words;
  const text = [
    past.length === 0
      ? words.noPast
      : listed(
          heads.past,
          past.map((one) => pastLine(one, account, words)),
        ),
    next.length === 0
      ? words.noNext
      : listed(
          heads.next,
          next.map((one) => nextLine(one, account, words)),
        ),
    unannounced.length === 0 ? '' : listed(heads.unannounced, unannouncedLines(unannounced, account, words)),
  ];
  return {
    text: fit(text.filter((part) => part !== '').join('\n\n')),
    buttons: [
      [
        { label: labels.missed, say: 'почему не было напоминания' },
        { label: labels.settings, say: 'настройки' },
      ],
    ],
  };
}

function listed(head: string, lines: readonly string[]): string {
  return `${head}\n${lines.map((line) => `• ${line}`).join('\n')}`;
}

/** «вчера 09:30 Матан в 09:45 — за 15 минут до пары». */
function pastLine({ saying, due, fate, at, wanted, held, takenBack }: Past, clock: At, words: WhyWords): string {
  const sent = fate === 'sent' && at !== null;
  const why = fate === 'sent' ? reasonOf(saying, wanted, words) : words.fate(fate, takenBack);
  const late = sent ? Math.floor((at - due) / MINUTE) : 0;
  const line = `${moment(sent ? at : due, clock, words)} ${calledOf(saying, due, words)} — ${why}`;
  const after = sent && held ? `, ${words.held}` : '';
  return late >= 1 ? `${line}${after}, ${words.late(late)}` : `${line}${after}`;
}

function nextLine({ saying, due, wanted, held }: Next, clock: At, words: WhyWords): string {
  const line = `${moment(due, clock, words)} ${calledOf(saying, due, words)} — ${reasonOf(saying, wanted, words)}`;
  return held ? `${line}, ${words.held}` : line;
}

function reasonOf(saying: Saying, wanted: Wanted | null, words: WhyWords): string {
  if (saying.kind !== 'reminder') return words.because[saying.kind];
  return wanted === null ? '' : words.wanted(wanted);
}

/** What a saying is called: of a reminder its first lesson, of a digest its day. */
function calledOf(saying: Saying, due: Instant, words: WhyWords): string {
  const { language } = words.lesson;
  switch (saying.kind) {
    case 'reminder': {
      const [first, ...rest] = saying.lessons;
      if (first === undefined) return '';
      const day = first.day === wallOf(due, saying.zone).day ? null : tinyDay(first.day, language);
      const called = words.lessonAt(short(first.subject, SUBJECT), day, first.start);
      return rest.length === 0 ? called : `${called} ${words.more(rest.length)}`;
    }
    case 'evening':
    case 'morning':
    case 'week':
    case 'homework':
      return words.said(saying.kind, tinyDay(saying.day, language));
    case 'changes':
      return words.said(saying.kind, String(saying.changes.length + (saying.more ?? 0)));
    case 'follow-up':
      return words.said(saying.kind, short(subjectOf(saying.change), SUBJECT));
    case 'source':
      return words.said(saying.kind, short(saying.name, SUBJECT));
    case 'ready':
    case 'unread':
    case 'held':
    case 'calendar':
      return words.said(saying.kind, short(saying.title, SUBJECT));
    case 'moved':
      return words.said(saying.kind, short(saying.title ?? '', SUBJECT));
    case 'sending':
      return words.said(saying.kind, '');
  }
}

function subjectOf(change: Extract<Saying, { kind: 'follow-up' }>['change']): string {
  const line: LessonLine = 'before' in change ? change.before : change.after;
  return line.subject;
}

/** Lessons of one reason in one line. */
function unannouncedLines(unannounced: readonly Unannounced[], clock: At, words: WhyWords): string[] {
  return [...Map.groupBy(unannounced, ({ silence }) => silence)].map(([silence, some]) => {
    const named = some.slice(0, NAMED).map(({ lesson }) => timed(lesson, clock));
    const more = some.length > NAMED ? ` ${words.more(some.length - NAMED)}` : '';
    return `${named.join(', ')}${more} — ${words.silences[silence]}`;
  });
}

function timed({ startsAt, line }: Dated, { zone }: At): string {
  const subject = short(line.subject, SUBJECT);
  return line.allDay ? subject : `${wallOf(startsAt, zone).clock} ${subject}`;
}

function ofLesson(account: LessonAccount, name: string, words: WhyWords): Message {
  const { about, now, zone } = account;
  if (about === null) return { text: words.noLesson(short(name, SUBJECT)), buttons: [[why(words)]] };
  const { lesson, verdict } = about;
  const { day, clock } = wallOf(lesson.startsAt, zone);
  const head = words.about(short(lesson.line.subject, SUBJECT), dayName(day, wallOf(now, zone).day, words), clock);
  if ('silence' in verdict)
    return {
      text: fit(`${head}\n${words.notReminded(words.silences[verdict.silence])}`),
      buttons: [[...mend(verdict.silence, words), why(words)]],
    };
  const lines = verdict.reminders.map((one) => expectedLine(one, account, words));
  return {
    text: fit(listed(head, lines)),
    buttons: [[why(words), { label: words.labels.settings, say: 'настройки' }]],
  };
}

/** «за 15 минут до пары — отправил в 09:34, на 4 мин позже». */
function expectedLine({ wanted, due, held, fate, at }: Expected, clock: At, words: WhyWords): string {
  const late = at === null ? 0 : Math.floor((at - due) / MINUTE);
  const became =
    fate === 'sent'
      ? `${words.sentAt(moment(at ?? due, clock, words))}${late >= 1 ? `, ${words.late(late)}` : ''}`
      : fate === 'ahead'
        ? words.comes(moment(due, clock, words))
        : fate === 'untold'
          ? words.untold
          : words.fate(fate, 'changed');
  return `${words.wanted(wanted)} — ${became}${held ? `, ${words.held}` : ''}`;
}

/** What a person may want to change because of a reason. */
function mend(silence: Reason, { labels }: WhyWords): Button[] {
  switch (silence) {
    case 'hidden':
      return [{ label: labels.hidden, say: 'скрытое' }];
    case 'subgroup':
      return [{ label: labels.subgroup, say: 'подгруппа' }];
    case 'off':
    case 'not-first':
      return [{ label: labels.remind, say: 'напоминать за 15 минут' }];
    default:
      return [];
  }
}

function why({ labels }: WhyWords): Button {
  return { label: labels.why, say: 'почему' };
}

/** «09:30» today, «вчера 09:30», «вт 24.11 09:30». */
function moment(instant: Instant, { now, zone }: At, words: WhyWords): string {
  const { day, clock } = wallOf(instant, zone);
  const today = wallOf(now, zone).day;
  return day === today ? clock : `${dayName(day, today, words)} ${clock}`;
}

function dayName(day: Day, today: Day, { near, lesson }: WhyWords): string {
  if (day === today) return near.today;
  if (day === addDays(today, -1)) return near.yesterday;
  return day === addDays(today, 1) ? near.tomorrow : tinyDay(day, lesson.language);
}
