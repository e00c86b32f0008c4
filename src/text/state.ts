/** How «состояние» is laid out in any language. */
import type { BotState, Pulse } from '../domain/bot-state.ts';
import type { Saying } from '../domain/notice.ts';
import { short } from './format.ts';
import type { Message } from './message.ts';

/** The words of a language; times come in already written. */
export type StateWords = {
  readonly units: Readonly<Record<'second' | 'minute' | 'hour' | 'day', string>>;
  readonly decimal: string;
  readonly kinds: Readonly<Record<Saying['kind'], string>>;
  readonly labels: Readonly<Record<'sources' | 'again', string>>;
  readonly day: string;
  readonly week: string;
  /** What was sent in a time, and within how long half, 95 % and 99 % of it came. */
  sent(when: string, peers: string, p50: string, p95: string, p99: string): string;
  nothing(when: string): string;
  /** What a share came later than: no bucket is that wide. */
  beyond(longest: string): string;
  queue(waiting: string, leased: string, due: string): string;
  emptyQueue(): string;
  overdue(time: string): string;
  slack(time: string): string;
  tooLate(): string;
  expired(parts: string): string;
  noneExpired(): string;
  asleep(count: string): string;
  feeds(all: string, failing: string, held: string): string;
  halted(why: string): string;
  calls(aSecond: string): string;
  refused(parts: string): string;
  /** What a class of refusals is called; one without a name here goes by its own. */
  readonly refusals: Readonly<Record<string, string>>;
};

/** The screen of «состояние» in a language's words. */
export function stateText(state: BotState, words: StateWords): Message {
  const { queue, feeds, pulse } = state;
  const number = (n: number): string => String(n).replace(/\B(?=(?:\d{3})+$)/g, '\u00a0');
  const sent = ({ peers, late }: BotState['day'], when: string): string =>
    late === null
      ? words.nothing(when)
      : words.sent(when, number(peers), time(late.p50, words), time(late.p95, words), time(late.p99, words));
  const waits =
    queue.waiting + queue.leased === 0
      ? [words.emptyQueue()]
      : [
          words.queue(number(queue.waiting), number(queue.leased), number(queue.due)),
          ...(queue.overdue === null ? [] : [words.overdue(time(queue.overdue, words))]),
          ...(queue.slack === null ? [] : [queue.slack < 0 ? words.tooLate() : words.slack(time(queue.slack, words))]),
        ];
  const expired = Object.entries(state.expired).map(([kind, peers]) => `${kindName(kind, words)} ${number(peers)}`);
  return {
    text: [
      ...(pulse === null || pulse.halted === null ? [] : [words.halted(short(pulse.halted, 100))]),
      sent(state.week, words.week),
      sent(state.day, words.day),
      waits.join(' '),
      expired.length === 0 ? words.noneExpired() : words.expired(expired.join(', ')),
      words.asleep(number(state.asleep)),
      words.feeds(number(feeds.all), number(feeds.failing), number(feeds.held)),
      ...(pulse === null ? [] : [vkLine(pulse, words)]),
    ].join('\n'),
    buttons: [
      [
        { label: words.labels.again, say: 'состояние', edit: true },
        { label: words.labels.sources, say: 'источники' },
      ],
    ],
  };
}

function vkLine({ callsASecond, refused }: Pulse, words: StateWords): string {
  const parts = Object.entries(refused).map(([kind, peers]) => `${words.refusals[kind] ?? short(kind, 20)} ${peers}`);
  const calls = words.calls(decimals(Math.round(callsASecond * 10) / 10, words));
  return parts.length === 0 ? calls : `${calls} ${words.refused(parts.join(', '))}`;
}

function decimals(amount: number, { decimal }: StateWords): string {
  return String(amount).replace('.', decimal);
}

function kindName(kind: string, { kinds }: StateWords): string {
  return Object.entries(kinds).find(([known]) => known === kind)?.[1] ?? short(kind, 20);
}

/** «250 мс» is told as «0,25 с»: one unit for what is read at a glance. Infinity is more than an hour, the last bucket's bound. */
function time(ms: number, words: StateWords): string {
  const { units } = words;
  if (ms === Number.POSITIVE_INFINITY) return words.beyond(`1 ${units.hour}`);
  const [unit, size]: [keyof typeof units, number] =
    ms < 60_000
      ? ['second', 1000]
      : ms < 3_600_000
        ? ['minute', 60_000]
        : ms < 172_800_000
          ? ['hour', 3_600_000]
          : ['day', 86_400_000];
  const amount = unit === 'second' && ms < 10_000 ? Math.round(ms / 10) / 100 : Math.round(ms / size);
  return `${decimals(amount, words)} ${units[unit]}`;
}
