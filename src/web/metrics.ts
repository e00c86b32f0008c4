/** The figures of a running bot for Prometheus: no name, no id and no text of anybody is among them. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { BotState } from '../domain/bot-state.ts';

/** What there is to know at one moment; counts are since the program began. */
export type Facts = {
  readonly state: BotState;
  /** Peers that got what was sent to them. */
  readonly sent: number;
  readonly calls: readonly { readonly method: string; readonly answer: string; readonly count: number }[];
  /** Readings of sources by what came of them. */
  readonly readings: Readonly<Record<string, number>>;
};

type Value = readonly [labels: Readonly<Record<string, string>>, value: number];
type Figure = {
  /** What only grows ends with `_total`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  read(facts: Facts): readonly Value[];
};

const FIGURES: readonly Figure[] = [
  {
    name: 'zvonok_sent_peers_total',
    help: 'Peers that VK accepted a message for',
    read: ({ sent }) => [[{}, sent]],
  },
  {
    name: 'zvonok_late_seconds',
    help: 'From due to accepted: within how many seconds this share of the messages of a window came',
    labels: ['window', 'quantile'],
    read: ({ state }) => [...latenessOf('day', state.day), ...latenessOf('week', state.week)],
  },
  {
    name: 'zvonok_window_sent_peers',
    help: 'Peers reached in a window that ends now',
    labels: ['window'],
    read: ({ state }) => [
      [{ window: 'day' }, state.day.peers],
      [{ window: 'week' }, state.week.peers],
    ],
  },
  {
    name: 'zvonok_expired_peers_total',
    help: 'Peers that something came too late for and was not sent, since the database was made',
    labels: ['kind'],
    read: ({ state }) => byName('kind', state.expired),
  },
  {
    name: 'zvonok_asleep_peers',
    help: 'Peers that can not be written to until they write',
    read: ({ state }) => [[{}, state.asleep]],
  },
  {
    name: 'zvonok_queue_batches',
    help: 'Batches in the outbox: waiting (those due among them) and leased, that is on their way',
    labels: ['state'],
    read: ({ state: { queue } }) => byName('state', { waiting: queue.waiting, due: queue.due, leased: queue.leased }),
  },
  {
    name: 'zvonok_queue_overdue_seconds',
    help: 'How long the oldest waiting batch is overdue; 0 when none is',
    read: ({ state }) => [[{}, (state.queue.overdue ?? 0) / 1000]],
  },
  {
    name: 'zvonok_queue_slack_seconds',
    help: 'How long the most urgent waiting batch has until it is too late; absent when nothing waits',
    read: ({ state: { queue } }) => (queue.slack === null ? [] : [[{}, queue.slack / 1000]]),
  },
  {
    name: 'zvonok_vk_calls_total',
    help: 'Calls of the VK API by method and answer: ok, or the class of the refusal',
    labels: ['method', 'answer'],
    read: ({ calls }) => calls.map(({ method, answer, count }) => [{ method, answer }, count]),
  },
  {
    name: 'zvonok_vk_calls_per_second',
    help: 'Calls of the VK API a second over the last minute',
    read: ({ state: { pulse } }) => (pulse === null ? [] : [[{}, pulse.callsASecond]]),
  },
  {
    name: 'zvonok_vk_refused_peers_total',
    help: 'Peers that VK refused a message for, by the class of the refusal',
    labels: ['class'],
    read: ({ state: { pulse } }) => byName('class', pulse?.refused ?? {}),
  },
  {
    name: 'zvonok_halted',
    help: '1 while nothing is sent because VK refuses the token or the community',
    read: ({ state: { pulse } }) => [[{}, pulse === null || pulse.halted === null ? 0 : 1]],
  },
  {
    name: 'zvonok_feeds',
    help: 'Timetables that are read from sources: all, and of them failing and held',
    labels: ['state'],
    read: ({ state }) => byName('state', state.feeds),
  },
  {
    name: 'zvonok_readings_total',
    help: 'Readings of sources by what came of them: same, changed, held, or the kind of trouble',
    labels: ['outcome'],
    read: ({ readings }) => byName('outcome', readings),
  },
];

export type Metrics = {
  readonly type: string;
  /** The page as of now. */
  text(): Promise<string>;
};

/** Ours, and what prom-client knows of the process itself (event-loop lag, garbage, memory, open files). */
export function createMetrics(facts: () => Promise<Facts>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const figures = FIGURES.map((figure) => ({ figure, metric: metricOf(figure, registry) }));
  return {
    type: registry.contentType,
    async text() {
      const now = await facts();
      // Everything is set from one look, with nothing awaited between: two who ask at once never see half of each other's.
      for (const { figure, metric } of figures) {
        const values = figure.read(now);
        metric.reset();
        // prom-client begins a figure without labels at 0, which is not what «nothing to tell» means.
        if (values.length === 0) metric.remove({});
        for (const [labels, value] of values) metric.inc(labels, value);
      }
      return registry.metrics();
    },
  };
}

function metricOf({ name, help, labels = [] }: Figure, registry: Registry): Counter | Gauge {
  const options = { name, help, labelNames: [...labels], registers: [registry] };
  return name.endsWith('_total') ? new Counter(options) : new Gauge(options);
}

function byName(label: string, counts: Readonly<Record<string, number>>): Value[] {
  return Object.entries(counts).map(([name, count]) => [{ [label]: name }, count]);
}

/** Infinity, later than the last bucket, is a value that Prometheus knows. */
function latenessOf(window: string, { late }: BotState['day']): Value[] {
  if (late === null) return [];
  const { p50, p95, p99 } = late;
  return Object.entries({ '0.5': p50, '0.95': p95, '0.99': p99 }).map(([quantile, ms]) => [
    { window, quantile },
    ms / 1000,
  ]);
}
