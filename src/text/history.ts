/** How the changes of the last days are told again in any language: by when they became known, the latest first, a page at a time. */
import { type Clock, type Day, type Instant, wallOf, weekdayOf, type Zone } from '../domain/calendar.ts';
import type { HistoryPart } from '../domain/history.ts';
import type { ChangeLine } from '../domain/notice.ts';
import { dayOf } from '../domain/runs.ts';
import type { HistoryView } from '../domain/view.ts';
import { type ChangeWords, changeText } from './changes.ts';
import { dayMonth, fit, nearName, short, tinyDay } from './format.ts';
import type { Button, Message } from './message.ts';
import { freshness, type ViewWords } from './view.ts';

const NAME = 60;
/** Changes of a page: two lines of a phone each, with their headings a screen and a half. */
const PAGE = 10;
/** What the kept changes go back to. */
const KEPT_DAYS = 14;

/** The words a language gives to the history; days come in already written. */
export type HistoryWords = Pick<ViewWords, 'lesson' | 'asOf'> & {
  readonly changes: ChangeWords;
  readonly labels: Readonly<Record<'more' | 'newer' | 'longer' | 'week' | 'settings', string>>;
  title(days: number): string;
  /** When it became known: `near` is «сегодня» or «вчера», `date` a day further back. */
  known(when: { readonly near: string } | { readonly date: string }, clock: Clock): string;
  /** Nothing has changed in so many days. */
  nothing(days: number): string;
  /** How many changes the reader does not hear of (≥ 1), beside others or alone. */
  unheard(count: number): string;
  onlyUnheard(days: number, count: number): string;
  /** How many lines there are and which of them these are. */
  page(from: number, to: number, all: number): string;
};

export type HistoryOptions = {
  /** From 1; one beyond the last shows the last. */
  readonly page: number;
  /** Shows whether what is known is in doubt. */
  readonly now: Instant;
  /** Stands before what every button says, so that a glance at another group stays with it. */
  readonly about?: string;
};

/** The history in a language's words. */
export function historyIn(words: HistoryWords): (view: HistoryView, options: HistoryOptions) => Message {
  return (view, options) => historyMessage(view, options, words);
}

type Row = { readonly at: Instant; readonly line: ChangeLine };

function historyMessage(view: HistoryView, { page, now, about = '' }: HistoryOptions, words: HistoryWords): Message {
  const { timetable, days, parts, unheard } = view;
  const rows = parts.flatMap(({ at, lines }) => lines.map((line): Row => ({ at, line })));
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const here = Math.min(page, pages);
  const shown = rows.slice((here - 1) * PAGE, here * PAGE);
  const first = (here - 1) * PAGE + 1;
  const text = [
    `${words.title(days)} · ${short(timetable.name, NAME)}`,
    ...(rows.length === 0
      ? [unheard > 0 ? words.onlyUnheard(days, unheard) : words.nothing(days)]
      : byTime(shown).map((part) => partText(part, view, words))),
    ...(rows.length > 0 && unheard > 0 ? [words.unheard(unheard)] : []),
    ...(pages > 1 ? [words.page(first, first + shown.length - 1, rows.length)] : []),
    ...freshness(timetable, view.today, now, words),
  ];
  return { text: fit(text.join('\n\n')), buttons: buttonsOf({ days, here, pages }, about, words) };
}

function byTime(rows: readonly Row[]): HistoryPart[] {
  return [...Map.groupBy(rows, ({ at }) => at)].map(([at, some]) => ({ at, lines: some.map(({ line }) => line) }));
}

function partText({ at, lines }: HistoryPart, { zone, today }: HistoryView, words: HistoryWords): string {
  const told = lines.map((line) => `• ${datedText(line, today, words)}`);
  return [knownText(at, zone, today, words), ...told].join('\n');
}

function knownText(at: Instant, zone: Zone, today: Day, { lesson, known }: HistoryWords): string {
  const { day, clock } = wallOf(at, zone);
  const { language } = lesson;
  const near = nearName(day, today, language);
  return known(near === null ? { date: dayMonth(day, today, language) } : { near }, clock);
}

/** «завтра, 10:00 Матан (лек.) — ауд. 404Л → 510М», «каждый вторник, с 14 октября: 10:00 …». */
function datedText(line: ChangeLine, today: Day, { changes: words }: HistoryWords): string {
  const { language } = words.lesson;
  const { run } = line;
  const told = changeText(line, words, 'day is known');
  if (run !== undefined)
    return `${words.repeated(run, weekdayOf(run.from), (day) => dayMonth(day, today, language))}: ${told}`;
  const day = dayOf(line);
  return `${nearName(day, today, language) ?? tinyDay(day, language)}, ${told}`;
}

function buttonsOf(
  { days, here, pages }: { readonly days: number; readonly here: number; readonly pages: number },
  about: string,
  { labels }: HistoryWords,
): Button[][] {
  const say = (words: string) => (about === '' ? words : `${about} ${words}`);
  const ask = days === KEPT_DAYS ? 'изменения' : `изменения за ${days} дн.`;
  const turn = (label: string, page: number): Button => ({
    label,
    say: say(page === 1 ? ask : `${ask}, страница ${page}`),
    edit: true,
  });
  const turns = [
    ...(here > 1 ? [turn(labels.newer, here - 1)] : []),
    ...(here < pages ? [turn(labels.more, here + 1)] : []),
  ];
  const longer: Button[] =
    days < KEPT_DAYS && here === pages ? [{ label: labels.longer, say: say('изменения'), edit: true }] : [];
  const settings: Button[] = about === '' ? [{ label: labels.settings, say: 'настройки изменений' }] : [];
  const row = [{ label: labels.week, say: say('неделя') }, ...settings];
  return [turns, longer, row].filter((buttons) => buttons.length > 0);
}
