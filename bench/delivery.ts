/** How fast what is due reaches VK: the whole bot against an emulator of VK's own pace. Yardsticks: what 19 calls a second could carry. */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, openApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { entryOf, type Saying } from '../src/domain/notice.ts';
import { enqueue, openStore, savePeer, setState } from '../src/store/index.ts';
import type { Bench } from './run.ts';
import { everybodyAt, listener, seedCrowd, timetable } from './support/crowd.ts';
import type { Order, Report } from './support/messages.ts';

const MINUTE = 60_000;
/** 14 September 2026, 08:30 in Moscow. */
const FIRST = Date.UTC(2026, 8, 14, 5, 30);
const SECOND = FIRST + MINUTE;
/** Long after, so that a bot that slept owes all of it at once. */
const OVERDUE = FIRST + 12 * 60 * MINUTE;
const TALKERS = 20;
/** What the fan-out may take of VK's twenty calls a second. */
const CALLS = 19;
const log = { debug() {}, info() {}, warn() {}, error() {} };

const bench: Bench = async (size) => {
  const count = size === 'smoke' ? 3_000 : 158_000;
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-bench-'));
  const database = `sqlite:${join(folder, 'bench.db')}`;
  const store = await openStore(database);
  const crowd = await seedCrowd(store, count, [FIRST, SECOND, OVERDUE]);
  await store.transaction(async (tx) => {
    const id = await timetable(tx, 'Говорящие');
    for (let peer = count + 1; peer <= count + TALKERS; peer += 1) await savePeer(tx, listener(peer, id, []));
    await setState(tx, 'tick', String(FIRST - 10 * MINUTE - 5_000));
  });
  await store.close();
  const vk = await startEmulator(count);
  const atTen = crowd.leads.get(10) ?? 0;

  let bot = await startBot(vk, database, FIRST - 10 * MINUTE - 12_000);
  // What is said before the first poll is heard by nobody.
  await sleep(2_000);
  await vk.order('talk');
  await sleep(6_000);
  const idle = await vk.order('report');
  const cold = await measured(vk, bot, atTen, FIRST - 10 * MINUTE);
  const warm = await measured(vk, bot, atTen, SECOND - 10 * MINUTE);
  await vk.order('hush');

  await bot.stop();
  // Then all of them are overdue at once after a sleep of minutes.
  const asleep = await openStore(database);
  await everybodyAt(asleep, 10);
  await asleep.close();
  bot = await startBot(vk, database, OVERDUE - 4 * MINUTE);
  const recovery = await measured(vk, bot, count, bot.now());
  const announced = await say(bot, [sayingOf('Объявление')], everyone(count));
  const announcement = await measured(vk, bot, count, announced);
  const many = size === 'smoke' ? 500 : 9_000;
  const spoken = await say(
    bot,
    Array.from({ length: many }, (_, n) => sayingOf(`Личное ${n}`)),
    null,
  );
  const personal = await measured(vk, bot, many, spoken);
  await bot.stop();
  vk.stop();
  rmSync(folder, { recursive: true });
  return {
    subscriptions: count,
    latencyMs: 80,
    peakCold: against(cold, atTen, cold.peersACall),
    peakWarm: against(warm, atTen, warm.peersACall),
    recovery: against(recovery, count, recovery.peersACall),
    announcement: against(announcement, count, 100),
    personal: { ...against(personal, many, 1), share: round(personal.peers / personal.seconds / (25 * CALLS)) },
    todayMs: { idle: spread(idle.waits), duringPeaks: spread([...cold.waits, ...warm.waits]) },
  };
};

export default bench;

type Measured = Report & { readonly seconds: number; readonly peersACall: number; readonly loopMs: object };

/** What was reached, beside what 25 sends a call and 19 calls a second would need. */
function against({ waits: _, lastAt: __, ...figures }: Measured, peers: number, peersACall: number): object {
  return { ...figures, yardstickSeconds: round(peers / (25 * CALLS * Math.max(1, peersACall))) };
}

/** From the product moment `due` until all these peers have it. */
async function measured(vk: Emulator, bot: Bot, peers: number, due: number): Promise<Measured> {
  await vk.order('report');
  const startsAt = performance.timeOrigin + bot.realOf(due);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  while (performance.timeOrigin + performance.now() < startsAt - 20) await sleep(10);
  delay.enable();
  let report = await vk.order('look');
  const patience = startsAt + (peers > 10_000 ? 120_000 : 20_000);
  while (report.peers < peers && performance.timeOrigin + performance.now() < patience) {
    await sleep(50);
    report = await vk.order('look');
  }
  delay.disable();
  await bot.idle();
  const done = await vk.order('report');
  return {
    ...done,
    seconds: round((done.lastAt - startsAt) / 1000),
    peersACall: round(done.peers / Math.max(1, done.sends)),
    loopMs: { p99: round(delay.percentile(99) / 1e6), max: round(delay.max / 1e6) },
  };
}

type Emulator = {
  readonly apiUrl: string;
  readonly token: string;
  order(order: Order['order']): Promise<Report>;
  stop(): void;
};

async function startEmulator(people: number): Promise<Emulator> {
  const child = fork(join(import.meta.dirname, 'support/emulator.ts'), [String(people), String(TALKERS)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = <T>() => new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)));
  const { apiUrl, token } = await answer<{ apiUrl: string; token: string }>();
  return {
    apiUrl,
    token,
    order(order) {
      const answered = answer<Report>();
      child.send({ order });
      return answered;
    },
    stop: () => void child.kill(),
  };
}

type Bot = {
  readonly app: App;
  now(): number;
  realOf(product: number): number;
  idle(): Promise<void>;
  stop(): Promise<void>;
};

/** The bot as it runs in production, on a product clock that goes with the real one from `begins` on. */
async function startBot(vk: Emulator, database: string, begins: number): Promise<Bot> {
  const read = readConfig({ VK_TOKEN: vk.token, VK_API_URL: vk.apiUrl, DATABASE_URL: database, PORT: '0' });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const started = performance.now();
  const now = () => Math.round(begins + performance.now() - started);
  const app = await openApp(read.config, { log, now });
  const second = setInterval(() => void app.tick(), 1000);
  return {
    app,
    now,
    realOf: (product) => started + product - begins,
    async idle() {
      await app.tick();
    },
    async stop() {
      clearInterval(second);
      await app.stop();
    },
  };
}

const everyone = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

/** Queues sayings for these peers, or each for a peer of its own; gives the product time. */
async function say(bot: Bot, sayings: readonly Saying[], peers: readonly number[] | null): Promise<number> {
  const due = bot.now();
  const entries = sayings.map((saying, n) =>
    entryOf({ saying, peers: peers ?? [n + 1], due, deadline: due + 60 * MINUTE }),
  );
  await bot.app.world.store.transaction((tx) => enqueue(tx, entries, due));
  bot.app.world.wake();
  return due;
}

function sayingOf(title: string): Saying {
  return { kind: 'held', reason: 'empty', title, zone: 'Europe/Moscow', language: 'ru' } as Saying;
}

function spread(values: readonly number[]): object {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { asked: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
