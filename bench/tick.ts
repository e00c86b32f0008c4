/** What a second costs: the tick with many subscriptions, when nothing is due and when everybody's lesson is. Yardsticks: one indexed look-up, the same join in plain SQL (in PostgreSQL too where one is installed), and the same batches into a table without an index. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Instant } from '../src/domain/calendar.ts';
import { createPlanner, type Planner } from '../src/flows/planner.ts';
import { remind } from '../src/flows/remind.ts';
import type { World } from '../src/flows/world.ts';
import { openKept } from '../src/source/kept.ts';
import { getTimetable, openStore, type Store, setState } from '../src/store/index.ts';
import type { Bench } from './run.ts';
import { bareInsert, bareJoin } from './support/bare.ts';
import { seedCrowd } from './support/crowd.ts';
import { dueInPostgres } from './support/postgres.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** 14 September 2026, a Monday, 08:30 in Moscow. */
const START = Date.UTC(2026, 8, 14, 5, 30);
const LEAD = 10;

/** Two lessons a day on the six days of each of two weeks, the first at the cruel minute. */
const STARTS: readonly Instant[] = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12].flatMap((day) =>
  [0, 4 * HOUR].map((later) => START + day * 24 * HOUR + later),
);

const bench: Bench = async (size) => {
  const crowds = size === 'smoke' ? [5_000] : [158_000, 4_100_000];
  const figures: Record<string, unknown> = {};
  for (const count of crowds) figures[`of${count}`] = await measure(count);
  return figures;
};

async function measure(count: number): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-bench-'));
  const file = join(folder, 'bench.db');
  const store = await openStore(`sqlite:${file}`);
  try {
    const { timetables } = await seedCrowd(store, count, STARTS);
    const databaseMb = sizeMb(file);
    const clock = { now: START - 3 * HOUR };
    const planner = createPlanner(file);
    const world = worldOf(store, folder, planner, () => clock.now);
    await setState(store.db, 'tick', String(clock.now));
    const quiet = await quietTicks(world, clock);
    const joined = bareJoin(file, { startsAt: START, lead: LEAD });
    clock.now = START - LEAD * MINUTE - 1000;
    await setState(store.db, 'tick', String(clock.now));
    clock.now += 2000;
    const peak = await watched(() => remind(world));
    await planner.close();
    const nothing = await watched(() => sleep(peak.wholeMs));
    const written = bareInsert(file, join(folder, 'bare.db'));
    const postgres = await dueInPostgres(file, { startsAt: START, lead: LEAD });
    return {
      timetables,
      databaseMb,
      ...quiet,
      peak: { ...peak, batches: written.rows },
      yardstickWatching: nothing,
      yardstickJoin: { ...joined, ms: round(joined.ms) },
      yardstickInsert: { ...written, ms: round(written.ms) },
      yardstickPostgres: postgres,
    };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

async function quietTicks(world: World, clock: { now: Instant }): Promise<Record<string, number>> {
  const [seconds, minutes, lookups]: number[][] = [[], [], []];
  for (let n = 0; n < 200; n += 1) {
    clock.now += 1000;
    seconds?.push(await time(() => remind(world)));
    lookups?.push(await time(() => getTimetable(world.store.db, 1 + (n % 50))));
  }
  for (let n = 0; n < 60; n += 1) {
    clock.now += MINUTE;
    minutes?.push(await time(() => remind(world)));
  }
  return { idleMs: median(seconds), idleMinuteMs: median(minutes), yardstickLookupMs: median(lookups) };
}

/**
 * How long it took, how much of that the main loop was busy (also without what other programs took of it), and the longest it let
 * nobody else have a turn. Watching has a cost of its own, a timer a millisecond: see what it says of a loop that does nothing.
 */
async function watched(work: () => Promise<unknown>) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await sleep(20);
  delay.reset();
  const before = performance.eventLoopUtilization();
  const cpu = process.threadCpuUsage();
  const wholeMs = round(await time(work));
  const { user, system } = process.threadCpuUsage(cpu);
  const { active } = performance.eventLoopUtilization(before);
  await sleep(20);
  delay.disable();
  return {
    wholeMs,
    mainLoopMs: round(active),
    mainCpuMs: round((user + system) / 1000),
    longestHoldMs: round(delay.max / 1e6),
  };
}

function worldOf(store: Store, folder: string, planner: Planner, now: () => Instant): World {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return {
    store,
    planner,
    now,
    log,
    zone: 'Europe/Moscow',
    operators: [],
    universities: async () => [],
    readCatalogue: async () => ({ status: 'unchanged' }),
    recognise: async () => [],
    stranger: async () => null,
    wake() {},
    read: () => Promise.reject(new Error('not here')),
    reread: () => Promise.reject(new Error('not here')),
    pages: openKept(join(folder, 'pages'), log),
  };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function sizeMb(file: string): number {
  const database = new Database(file);
  database.pragma('wal_checkpoint(truncate)');
  database.close();
  return round(statSync(file).size / 1e6);
}

function median(values: number[] = []): number {
  return Number(values.sort((a, b) => a - b)[values.length >> 1]?.toFixed(3));
}

function round(value: number): number {
  return Number(value.toFixed(1));
}

export default bench;
