/** Reads what is due, every host in its own queue: a slow or dead one holds up nobody else. */
import { delayP95 } from '../domain/polling.ts';
import type { Delay } from '../domain/source-state.ts';
import { QUIET } from '../domain/untold.ts';
import {
  dropHost,
  dueHosts,
  type Feed,
  getHost,
  idleHosts,
  lookAgain,
  nearFeeds,
  nextFeed,
  saveHost,
} from '../store/index.ts';
import { readOnce } from './import.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** Hosts asked at the same time. */
const AT_ONCE = 48;
/** One reading in so many goes to the longest overdue feed of a host, however unimportant: nobody starves. */
const FAIR = 4;
/** After so many readings a host's queue lets others have its place, when there are more hosts than places. */
const SERVED_AT_ONCE = 24;
/** What is known of a host – how quick it is, that it wants peace – is of use for so long after the last feed of it is gone. */
const REMEMBERED = 7 * 24 * 60 * MINUTE;

export type Polling = {
  /** Begins with the hosts where something is due and nothing runs; resolves when what runs now is read. Costs what is due, not what there is. */
  run(): Promise<void>;
  /** Readings since the program began, by what came of them: same, changed, held, or what kind of trouble it was. */
  outcomes(): Readonly<Record<string, number>>;
};

/** One for a program: it alone knows which hosts are being read. After `stopping` nothing more is begun. */
export function createPolling(world: World, stopping?: AbortSignal): Polling {
  const { db } = world.store;
  const queues = new Map<string, Promise<void>>();
  const outcomes = new Map<string, number>();

  async function read(feed: Feed): Promise<void> {
    const outcome = await readOnce(world, feed);
    if (outcome === null) return;
    const what = outcome.status === 'failed' ? outcome.problem.kind : outcome.status;
    outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
  }

  /** Once the program stops, its store and its client are closed under what still runs: that is no fault. */
  function fault(facts: object, said: string): void {
    if (stopping?.aborted !== true) world.log.error(facts, said);
  }

  async function serve(host: string): Promise<void> {
    await saveHost(db, host, { lookAt: world.now() + MINUTE });
    for (let served = 1; served <= SERVED_AT_ONCE && stopping?.aborted !== true; served += 1) {
      const feed = await nextFeed(db, host, world.now(), served % FAIR === 0);
      if (feed === null) break;
      await read(feed).catch((error: unknown) => fault({ err: error, feed: feed.id }, 'a feed could not be read'));
      if (((await getHost(db, host))?.waitUntil ?? 0) > world.now()) break;
    }
    await lookAgain(db, host, world.now());
  }

  return {
    outcomes: () => Object.fromEntries(outcomes),
    async run() {
      if (stopping?.aborted === true) return;
      for (const host of await dueHosts(db, world.now(), AT_ONCE + queues.size)) {
        if (queues.has(host)) continue;
        if (queues.size >= AT_ONCE) break;
        const queue = serve(host)
          .catch((error: unknown) => fault({ err: error, host }, 'a queue broke off'))
          .finally(() => queues.delete(host));
        queues.set(host, queue);
      }
      await Promise.all(queues.values());
    },
  };
}

/** Lets go of hosts that nothing is read from any more: each pasted address may have left one. Returns how many went. */
export async function dropIdleHosts(world: World, chunk = 100): Promise<number> {
  const { store } = world;
  let count = 0;
  for (;;) {
    const names = await idleHosts(store.db, world.now() - REMEMBERED, chunk);
    let gone = 0;
    for (const name of names) if (await store.transaction((tx) => dropHost(tx, name))) gone += 1;
    count += gone;
    if (names.length < chunk || gone === 0) return count;
  }
}

/** By `keyOf` a source, or PASTED: how soon changes of today and tomorrow reach people, by the last readings and what is overdue now. */
export async function delays(world: World): Promise<Map<string, Delay>> {
  const now = world.now();
  const bySource = Map.groupBy(await nearFeeds(world.store.db), ({ key }) => key);
  return new Map(
    [...bySource].map(([key, feeds]) => {
      const gaps = feeds.flatMap(({ gaps, goodAt, every }) => {
        const open = goodAt === null ? 0 : now - goodAt;
        // A gap that is open for longer than usual is no gap to come, it is there.
        return open > 2 * every ? [...gaps, open] : gaps;
      });
      const read = delayP95(gaps);
      return [key, { near: feeds.length, p95: read === null ? null : read + QUIET }];
    }),
  );
}
