/** How trouble with sources is laid out in any language: what operators and owners are told, and what «источники» shows. */
import { type Instant, wallOf, type Zone } from '../domain/calendar.ts';
import type { Failing, Saying } from '../domain/notice.ts';
import { type FeedState, type KeptState, PASTED, type Replayed, type SourceState } from '../domain/source-state.ts';
import type { Doubt } from '../domain/verdict.ts';
import type { Tried, Wanted } from '../domain/wanted.ts';
import { capital, dayMonth, fit, short, type Words } from './format.ts';
import type { Button, Message } from './message.ts';
import { WANTED_SAY, type WantedWords, wantedText } from './wanted.ts';

const NAME = 60;
const LABEL = 36;
/** What one screen shows: as many as there is room for buttons. */
export const SOURCES_SHOWN = 8;
export const FEEDS_SHOWN = 6;

type SourceSaying = Extract<Saying, { kind: 'source' | 'calendar' }>;
type Why = Pick<Failing, 'kind' | 'detail'>;
/** A part of a longer list: `page` counts from 1. */
export type Part<T> = { readonly shown: readonly T[]; readonly page: number; readonly rest: number };
/** What an operator did to a feed, and what came of it. */
export type Deed = keyof Omit<SourceWords['deeds'], 'none'> | Why | Replayed | null;
/** How many sources there are, in trouble, and sites that people want. */
type SourcesFacts = { readonly all: number; readonly troubled: number; readonly wanted: number };
/** Now, and the zone that clocks are told in. */
export type At = { readonly now: Instant; readonly zone: Zone };

/** The words and sentences a language gives; moments come in already written. */
export type SourceWords = {
  readonly lesson: Words;
  readonly doubts: Readonly<Record<Doubt, string>>;
  /** By the kind of a SourceError; `failed` for one not heard of. */
  readonly troubles: Readonly<Record<string, string>> & { readonly failed: string };
  readonly pasted: string;
  readonly labels: Readonly<Record<'accept' | 'again' | 'replay' | 'back' | 'next' | 'more' | 'week', string>>;
  broken(name: string, sum: string, why: string): string;
  back(name: string, all: number, since: string): string;
  failing(title: string, since: string, why: string): string;
  readAgain(title: string): string;
  /** How many of how many fail, are held, fail for a reason of their own; at least one is not 0. */
  sum(facts: Pick<SourceState, 'all' | 'failing' | 'held' | 'lacking'>): string;
  /** The head of the list: how many sources, how many of them in trouble. */
  head(all: number, troubled: number): string;
  timetables(count: number): string;
  read(good: string | null, next: string): string;
  /** Timetables whose changes of today and tomorrow somebody waits for, and minutes until 95 % of those are told; null: not known yet. */
  delay(near: number, minutes: number | null): string;
  more(count: number): string;
  held(why: string, since: string): string;
  fails(why: string, since: string, times: number): string;
  well(): string;
  kept(at: string, why: string, pages: number, kilobytes: number): string;
  replayed(at: string, lessons: number, skipped: number, doubt: string | null): string;
  replayFailed(at: string, why: string): string;
  readonly deeds: Readonly<
    Record<'accepted' | 'not-held' | 'held' | 'still' | 'busy' | 'same' | 'changed' | 'gone' | 'none', string>
  >;
  retryFailed(why: string): string;
  readonly wanted: WantedWords;
};

/** What a language says of sources. */
export type SourceTexts = {
  /** «источники»: the worst first. `all` and `troubled` count those of other parts too. */
  sources(part: Part<SourceState>, facts: SourcesFacts, at: At): Message;
  /** «источники новые»: sites people brought that are no universities of ours yet, with what to add. */
  wantedSites(part: Part<Wanted & Tried>, at: At): Message;
  /** «источники ruz:hse»: its feeds in trouble, the worst first. */
  sourceFeeds(state: SourceState, part: Part<FeedState>, at: At): Message;
  /** «источник 15», with what was just done to it. */
  sourceFeed(feed: FeedState, kept: KeptState | null, deed: Deed, at: At): Message;
  noSource(): Message;
};

/** The screens of «источники» in a language's words. */
export function sourceTexts(words: SourceWords): SourceTexts {
  return {
    sources: (part, facts, at) => sources(part, facts, at, words),
    wantedSites: (part, at) => wantedText(part, (instant) => moment(instant, at, words), words),
    sourceFeeds: (state, part, at) => sourceFeeds(state, part, at, words),
    sourceFeed: (feed, kept, deed, at) => sourceFeed(feed, kept, deed, at, words),
    noSource: () => ({ text: words.deeds.none, buttons: [[{ label: words.labels.back, say: 'источники' }]] }),
  };
}

/** What is told by itself when a source or a calendar breaks, and when it is well again. */
export function sourceSaid(saying: SourceSaying, now: Instant, words: SourceWords): Message {
  const at = { now, zone: saying.zone };
  if (saying.kind === 'calendar') {
    const title = short(saying.title, NAME);
    const { problem } = saying;
    if (problem === null)
      return { text: words.readAgain(title), buttons: [[{ label: words.labels.week, say: 'неделя' }]] };
    return { text: words.failing(title, moment(problem.since, at, words), whyOf(problem, words)) };
  }
  const name = named(saying, words);
  const text =
    saying.why === null
      ? words.back(name, saying.all, moment(saying.since, at, words))
      : words.broken(name, words.sum({ ...saying, lacking: 0 }), whyOf(saying.why, words));
  return { text: fit(text), buttons: [[{ label: words.labels.more, say: `источники ${saying.key}` }]] };
}

function sources(
  { shown, page, rest }: Part<SourceState>,
  { all, troubled, wanted }: SourcesFacts,
  at: At,
  words: SourceWords,
): Message {
  const lines = shown.map((state) => `${light(state)} ${named(state, words)}\n   ${stateOf(state, at, words)}`);
  const buttons = shown.map(
    (state): Button => ({
      label: short(`${light(state)} ${named(state, words)}`, LABEL),
      say: `источники ${state.key}`,
      edit: true,
    }),
  );
  const asked = wanted > 0 && page === 1;
  const head = asked ? `${words.head(all, troubled)} ${words.wanted.head(wanted)}` : words.head(all, troubled);
  const text = [head, ...lines, ...(rest > 0 ? [words.more(rest)] : [])].join('\n\n');
  const news: Button[][] = asked ? [[{ label: words.wanted.label, say: WANTED_SAY, edit: true }]] : [];
  return { text: fit(text), buttons: [...inPairs(buttons), ...news, ...turns('источники', page, rest, words)] };
}

function sourceFeeds(state: SourceState, { shown, page, rest }: Part<FeedState>, at: At, words: SourceWords): Message {
  const lines = shown.map((feed) => `• ${feedName(feed)} – ${troubleOf(feed, at, words)}`);
  const text = [
    `${light(state)} ${named(state, words)}\n${words.timetables(state.all)}`,
    stateOf(state, at, words),
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
    ...(rest > 0 ? [words.more(rest)] : []),
  ].join('\n\n');
  const buttons = shown.map(
    (feed): Button => ({ label: short(feedName(feed), LABEL), say: `источник ${feed.id}`, edit: true }),
  );
  const back: Button[][] = [[{ label: words.labels.back, say: 'источники', edit: true }]];
  const next = turns(`источники ${state.key}`, page, rest, words);
  return { text: fit(text), buttons: [...inPairs(buttons), ...(page > 1 ? next : [...next, ...back])] };
}

function sourceFeed(feed: FeedState, kept: KeptState | null, deed: Deed, at: At, words: SourceWords): Message {
  const { labels } = words;
  const text = [
    ...(deed === null ? [] : [deedOf(deed, at, words)]),
    [
      `${feedName(feed)} · ${feed.key}`,
      capital(troubleOf(feed, at, words)),
      capital(
        words.read(feed.goodAt === null ? null : moment(feed.goodAt, at, words), moment(feed.nextCheck, at, words)),
      ),
      ...(kept === null ? [] : [keptText(kept, at, words)]),
    ].join('\n'),
  ].join('\n\n');
  const say = `источник ${feed.id}`;
  const deeds: Button[] = [
    ...(feed.held === null ? [] : [{ label: labels.accept, say: `${say} принять`, color: 'primary' } as const]),
    { label: labels.again, say: `${say} повторить` },
  ];
  const replay: Button[] = kept === null ? [] : [{ label: labels.replay, say: `${say} разобрать` }];
  const back: Button = { label: labels.back, say: `источники ${feed.key}`, edit: true };
  return { text: fit(text), buttons: [deeds, replay, [back]].filter((row) => row.length > 0) };
}

function deedOf(deed: Exclude<Deed, null>, at: At, words: SourceWords): string {
  if (typeof deed === 'string') return words.deeds[deed];
  if ('kind' in deed) return words.retryFailed(whyOf(deed, words));
  const when = moment(deed.at, at, words);
  if ('problem' in deed) return words.replayFailed(when, whyOf(deed.problem, words));
  return words.replayed(
    when,
    deed.lessons,
    deed.skipped,
    deed.verdict === 'believe' ? null : words.doubts[deed.verdict],
  );
}

function keptText({ at: when, why, pages, bytes }: KeptState, at: At, words: SourceWords): string {
  const [kind = '', ...detail] = why.split(' ');
  const reason = kind in words.doubts ? { kind: 'held', detail: kind } : { kind, detail: detail.join(' ') };
  return words.kept(moment(when, at, words), whyOf(reason, words), pages, Math.max(1, Math.round(bytes / 1024)));
}

function stateOf(state: SourceState, at: At, words: SourceWords): string {
  const good = state.goodAt === null ? null : moment(state.goodAt, at, words);
  const read = words.read(good, moment(state.nextCheck, at, words));
  const sum = state.failing + state.held + state.lacking === 0 ? '' : words.sum(state);
  return [sum, read, delayOf(state, words)].filter((part) => part !== '').join(' · ');
}

function delayOf({ delay }: SourceState, words: SourceWords): string {
  if (delay === undefined) return '';
  return words.delay(delay.near, delay.p95 === null ? null : Math.ceil(delay.p95 / 60_000));
}

function troubleOf({ held, problem, failures }: FeedState, at: At, words: SourceWords): string {
  const parts = [
    held === null ? '' : words.held(words.doubts[held.reason], moment(held.since, at, words)),
    problem === null ? '' : words.fails(whyOf(problem, words), moment(problem.since, at, words), failures),
  ].filter((part) => part !== '');
  return parts.length === 0 ? words.well() : parts.join('; ');
}

/** A doubt, or a failure with the source's own short word for it, which an operator can look for. */
function whyOf({ kind, detail }: Why, { doubts, troubles }: SourceWords): string {
  if (kind === 'held') return Object.entries(doubts).find(([doubt]) => doubt === detail)?.[1] ?? short(detail, 20);
  const said = Object.hasOwn(troubles, kind) ? (troubles[kind] ?? troubles.failed) : troubles.failed;
  return detail === '' ? said : `${said} (${short(detail, 30)})`;
}

function light({ all, failing, held, lacking }: SourceState): string {
  const troubled = failing + held;
  if (troubled === 0) return lacking === 0 ? '🟢' : '⚪';
  return troubled * 2 >= all ? '🔴' : '🟡';
}

function named({ key, name }: Pick<SourceState, 'key' | 'name'>, words: SourceWords): string {
  if (key === PASTED) return `${words.pasted} (${key})`;
  return name === '' ? key : `${short(name, NAME)} (${key})`;
}

function feedName({ name, id }: FeedState): string {
  return name === '' ? `№${id}` : `${short(name, 30)} (№${id})`;
}

function inPairs(buttons: readonly Button[]): Button[][] {
  return Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) => buttons.slice(row * 2, row * 2 + 2));
}

function turns(say: string, page: number, rest: number, { labels }: SourceWords): Button[][] {
  const row: Button[] = [
    ...(page > 1 ? [{ label: labels.back, say: page === 2 ? say : `${say} ${page - 1}`, edit: true }] : []),
    ...(rest > 0 ? [{ label: labels.next, say: `${say} ${page + 1}`, edit: true }] : []),
  ];
  return row.length === 0 ? [] : [row];
}

/** «14:05» today, «12 сентября, 14:05» another day. */
export function moment(instant: Instant, { now, zone }: At, { lesson }: SourceWords): string {
  const [{ day, clock }, today] = [wallOf(instant, zone), wallOf(now, zone).day];
  return day === today ? clock : `${dayMonth(day, today, lesson.language)}, ${clock}`;
}
