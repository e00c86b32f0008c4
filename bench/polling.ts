/** What the polling costs each second: nothing due, a usual second, everything due after a long stop; and one reading's own book-keeping. Yardstick: one indexed look-up. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { newPeer } from '../src/domain/peer.ts';
import { markLessons } from '../src/domain/sitting.ts';
import { createPolling, delays } from '../src/flows/polling.ts';
import type { World } from '../src/flows/world.ts';
import { openKept } from '../src/source/kept.ts';
import {
  addFeed,
  createTimetable,
  dueHosts,
  getTimetable,
  openStore,
  saveFeed,
  savePeer,
  writeOccurrences,
} from '../src/store/index.ts';
import type { Bench } from './run.ts';

const START = Date.UTC(2026, 8, 14, 9);
const HOUR = 3_600_000;
/** As many timetables as a large university has. */
const PER_HOST = 200;

const bench: Bench = async (size) => {
  const results: Record<string, unknown> = {};
  for (const feeds of size === 'smoke' ? [2_000] : [2_000, 20_000]) results[`feeds${feeds}`] = await measure(feeds);
  return results;
};

async function measure(feeds: number) {
  const store = await openStore('sqlite::memory:');
  const { db } = store;
  let now = START;
  for (let first = 0; first < feeds; first += 500)
    await store.transaction(async (tx) => {
      for (let n = first; n < Math.min(first + 500, feeds); n += 1) {
        const name = `Г-${n}`;
        const { id } = await createTimetable(tx, {
          ...{ name, university: '', zone: 'Europe/Moscow', kind: 'feed', ownerId: null, listed: true, term: null },
          ...{ bells: [], folded: name, digits: String(n) },
        });
        const ask = { url: `https://u${Math.floor(n / PER_HOST)}.example/${n}.ics` };
        const feed = await addFeed(tx, {
          timetableId: id,
          source: 'ics',
          ask,
          profile: 'pasted',
          nextCheck: now + HOUR,
        });
        if (n % 4 !== 0) continue;
        await savePeer(tx, { ...newPeer(n + 1, 'ru', null), timetableId: id });
        await writeOccurrences(
          tx,
          id,
          0,
          markLessons([{ startsAt: now + 6 * HOUR, endsAt: now + 7 * HOUR, line: LINE }]),
        );
        await saveFeed(tx, feed.id, { wish: { rank: 'near', every: 75_000, weight: 1 } });
      }
    });

  let reads = 0;
  const world: World = {
    store,
    now: () => now,
    log: { debug() {}, info() {}, warn() {}, error: (facts) => console.error(facts) },
    zone: 'Europe/Moscow',
    operators: [],
    wake() {},
    universities: async () => [],
    reread: () => Promise.reject(new Error('not here')),
    pages: openKept(join(tmpdir(), 'zvonok-bench-pages'), { debug() {}, warn() {} }),
    readCatalogue: () => Promise.reject(new Error('not here')),
    recognise: async () => [],
    stranger: async () => null,
    async read(_source, ask) {
      reads += 1;
      return { status: 'unchanged', host: URL.parse(ask.url ?? '')?.hostname ?? '', requests: 1 };
    },
  };
  const polling = createPolling(world);
  const [idle, lookups]: [number[], number[]] = [[], []];
  for (let second = 0; second < 200; second += 1) {
    now += 1000;
    idle.push(await time(() => polling.run()));
    lookups.push(await time(() => getTimetable(db, 1 + (second % 50))));
  }

  now = START + HOUR + 1;
  const hostsDue = (await dueHosts(db, now, 1_000)).length;
  const dueSecond = await time(() => dueHosts(db, now, 48));
  const all = await time(async () => {
    while (reads < feeds) await polling.run();
  });
  const usual: number[] = [];
  const before = reads;
  for (let second = 0; second < 300; second += 1) {
    now += 1000;
    usual.push(await time(() => polling.run()));
  }
  const usualReads = reads - before;
  const figures = await time(() => delays(world));
  await store.close();
  return {
    hostsDue,
    yardstickLookupMs: median(lookups),
    idleSecondMs: median(idle),
    everythingDueLookMs: round(dueSecond),
    perReadingMs: round(all / feeds),
    usualSecondMs: round(usual.reduce((sum, ms) => sum + ms, 0) / usual.length),
    usualReadingsPerSecond: round(usualReads / usual.length),
    figuresMs: round(figures),
  };
}

const LINE = {
  ...{ day: '2026-09-14', start: '18:00', endDay: '2026-09-14', end: '19:00', allDay: false, number: 1 },
  ...{ subject: 'Матан', teachers: [], room: '1', subgroup: '', cancelled: false },
  kind: 'lecture' as const,
  format: 'onsite' as const,
};

async function time(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function median(values: number[]): number {
  return round(values.sort((a, b) => a - b)[values.length >> 1] ?? 0);
}

function round(value: number): number {
  return Number(value.toFixed(3));
}

export default bench;
