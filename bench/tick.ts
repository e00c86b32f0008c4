/** What a second costs: the tick with many subscriptions, when nothing is due and when everybody's lesson is. Yardstick: one indexed look-up. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { newPeer } from '../src/domain/peer.ts';
import { markLessons } from '../src/domain/sitting.ts';
import { remind } from '../src/flows/remind.ts';
import type { World } from '../src/flows/world.ts';
import { openKept } from '../src/source/kept.ts';
import {
  createTimetable,
  getTimetable,
  openStore,
  savePeer,
  setRolled,
  setState,
  writeOccurrences,
} from '../src/store/index.ts';
import type { Bench } from './run.ts';

const START = Date.UTC(2026, 8, 14, 5, 30);
const MINUTE = 60_000;
const GROUP = 25;

const bench: Bench = async (size) => {
  const subscriptions = size === 'smoke' ? 5_000 : 158_000;
  const store = await openStore('sqlite::memory:');
  const { db } = store;
  for (let first = 0; first < subscriptions; first += GROUP * 40)
    await store.transaction(async (tx) => {
      for (let at = first; at < Math.min(first + GROUP * 40, subscriptions); at += GROUP) {
        const name = `Г-${at / GROUP}`;
        const { id } = await createTimetable(tx, {
          name,
          university: '',
          zone: 'Europe/Moscow',
          kind: 'feed',
          ownerId: null,
          listed: true,
          term: null,
          bells: [],
          folded: name,
          digits: name,
        });
        await setRolled(tx, id, START + 30 * 24 * 60 * MINUTE);
        const startsAt = START;
        const line = {
          day: '2026-09-14',
          start: '08:30',
          endDay: '2026-09-14',
          end: '10:05',
          allDay: false,
          number: 1,
          subject: `Предмет ${at % 400}`,
          kind: 'lecture',
          teachers: ['Иванов И. И.'],
          room: `${at % 400}`,
          format: 'onsite' as const,
          subgroup: '',
          cancelled: false,
        };
        await writeOccurrences(tx, id, START, markLessons([{ startsAt, endsAt: startsAt + 95 * MINUTE, line }]));
        for (let peer = at + 1; peer <= at + GROUP; peer += 1)
          await savePeer(tx, { ...newPeer(peer, 'ru', null), timetableId: id, leads: [peer % 10 < 7 ? 10 : 5] });
      }
    });
  let now = START - 3 * 60 * MINUTE;
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const world: World = {
    store,
    now: () => now,
    log,
    zone: 'Europe/Moscow',
    operators: [],
    universities: async () => [],
    readCatalogue: async () => ({ status: 'unchanged' }),
    recognise: async () => [],
    wake() {},
    read: () => Promise.reject(new Error('not here')),
    reread: () => Promise.reject(new Error('not here')),
    pages: openKept(join(tmpdir(), 'zvonok-bench-pages'), log),
  };
  await setState(db, 'tick', String(now));

  async function time(work: () => Promise<unknown>): Promise<number> {
    const from = performance.now();
    await work();
    return performance.now() - from;
  }
  const idle: number[] = [];
  const minutes: number[] = [];
  const lookups: number[] = [];
  for (let n = 0; n < 200; n += 1) {
    now += 1000;
    idle.push(await time(() => remind(world)));
    lookups.push(await time(() => getTimetable(db, 1 + (n % 50))));
  }
  for (let n = 0; n < 60; n += 1) {
    now += MINUTE;
    minutes.push(await time(() => remind(world)));
  }
  now = START - 10 * MINUTE - 1000;
  await setState(db, 'tick', String(now));
  now += 2000;
  const held = watchLoop();
  const peak = await time(() => remind(world));
  const longest = await held();
  const queued = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  await store.close();
  return {
    subscriptions,
    idleTickMs: median(idle),
    idleMinuteMs: median(minutes),
    yardstickLookupMs: median(lookups),
    peakTickMs: Math.round(peak),
    peakLongestHoldMs: Math.round(longest),
    peakBatches: Number(queued.n),
  };
};

/** Watches for how long the main loop lets nobody else have a turn; the function handed back stops, and says the longest. */
function watchLoop(): () => Promise<number> {
  let [longest, last, watching] = [0, performance.now(), true];
  function look(): void {
    const now = performance.now();
    [longest, last] = [Math.max(longest, now - last), now];
    if (watching) setImmediate(look);
  }
  setImmediate(look);
  return async () => {
    watching = false;
    await new Promise((resolve) => setImmediate(resolve));
    return longest;
  };
}

function median(values: number[]): number {
  return Number(values.sort((a, b) => a - b)[values.length >> 1]?.toFixed(3));
}

export default bench;
