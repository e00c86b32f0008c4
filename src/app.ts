/** Wires the program together: store, sources, VK (or the sandbox), the clock's tick. Knows everybody, decides nothing. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer } from './chat/answer.ts';
import type { Config } from './config.ts';
import { openDemo } from './demo.ts';
import type { Instant } from './domain/calendar.ts';
import { createRefresh, dropForgotten } from './flows/catalogue.ts';
import { createDelivery } from './flows/deliver.ts';
import { putToSleep } from './flows/follow.ts';
import { reviewOutages } from './flows/outage.ts';
import { createPlanner } from './flows/planner.ts';
import { createPolling, dropIdleHosts } from './flows/polling.ts';
import { remind } from './flows/remind.ts';
import { botState } from './flows/state.ts';
import { tellDue } from './flows/tell.ts';
import { createNoting } from './flows/why.ts';
import type { Log, World } from './flows/world.ts';
import { createHealth, tellOnce } from './health.ts';
import { type Single, single } from './runner/single.ts';
import type { Clock, Sandbox } from './sandbox/index.ts';
import { becomeSender } from './sender.ts';
import { openSources } from './source/host.ts';
import { openKept } from './source/kept.ts';
import {
  dropSession,
  empty,
  firstSeen,
  getState,
  livingFeeds,
  openStore,
  readSession,
  releaseLeases,
  setState,
  sweep,
  writeSession,
} from './store/index.ts';
import { TEMPLATES, templateAt } from './template.ts';
import { texts } from './text/index.ts';
import { openVk, type Vk } from './vk/index.ts';
import { type Facts, openWeb } from './web/index.ts';

/** A dialogue left in the middle is forgotten after a day. */
const FORM_LIFE = 86_400_000;
/** What is being sent when the program stops may take this long to be settled; cut later, it is sent again with the same id. */
const LAST_SENDS = 3_000;

export type App = {
  readonly world: World;
  readonly vk: Vk;
  /** Present when no token was given. */
  readonly sandbox: Sandbox | null;
  /** Where the sandbox's page or /health is. */
  readonly address: string;
  /** Does what the clock owes: reminders, then delivery. Resolves when both are done; rejects when another bot sends by now. */
  tick(): Promise<void>;
  /** Reads the sources whose check is due; called again meanwhile it begins with those that became due. */
  importNow(): Promise<void>;
  /** Reads the catalogues of universities that are due. */
  refreshCatalogues(): Promise<void>;
  housekeep(): Promise<void>;
  stop(): Promise<void>;
};

/** Opens everything in order; what was opened is closed again when a later step fails, or at `stop`. `clock` is the one behind `now` where the page may move it, `scrapers` where sources lie elsewhere. */
export async function openApp(
  config: Config,
  { log: plainLog, now, clock, scrapers }: { log: Log; now: () => Instant; clock?: Clock; scrapers?: string },
): Promise<App> {
  const log = tellOnce(plainLog);
  const closers: (() => Promise<unknown>)[] = [];
  const stopping = new AbortController();
  async function stop(): Promise<void> {
    stopping.abort();
    for (const close of closers.splice(0).reverse())
      await close().catch((error: unknown) => log.error({ err: error }, 'closing failed'));
  }
  function keep<T>(value: T, close: (value: T) => Promise<unknown>): T {
    closers.push(() => close(value));
    return value;
  }
  function task(name: string, run: () => Promise<unknown>): Single {
    return single(run, (error) => log.error({ err: error, task: name }, 'task failed'));
  }

  try {
    const warn = (err: Error) => log.warn({ err }, 'a connection to the database broke');
    const store = keep(await openStore(config.databaseUrl, { warn }), (it) => it.close());
    if (config.throwaway) await store.transaction((tx) => empty(tx));
    const demo =
      config.vkToken === undefined
        ? await openDemo({ host: config.host, port: config.port, now, ...(clock === undefined ? {} : { clock }) })
        : null;
    if (demo !== null) keep(demo.sandbox, (it) => it.close());
    const own = demo === null ? [] : [new URL(demo.sandbox.address).host];
    const sources = keep(
      openSources({
        allow: config.httpAllow,
        own,
        only: demo === null || config.sources.length === 0 ? config.sources : [...config.sources, ...demo.sources],
        env: config.sourceOptions,
        ca: config.extraCa,
        scrapers,
        log,
      }),
      (it) => it.close(),
    );
    // A toy leaves the sites of universities alone until somebody names one; who names one that is not there hears it at once.
    const toy = demo !== null && config.sources.length === 0;
    if (config.sources.some((key) => key.includes(':'))) await sources.universities();
    const world: World = {
      store,
      operators: config.adminIds,
      now,
      log,
      zone: config.timeZone,
      read: sources.read,
      universities: toy ? async () => [] : sources.universities,
      readCatalogue: sources.readCatalogue,
      recognise: sources.recognise,
      stranger: sources.stranger,
      templateUrl: templateAt(demo?.sandbox.address ?? config.publicUrl),
      reread: sources.reread,
      pages: openKept(join(config.dataDir, 'pages'), log),
      pulse: () => {
        const { refused, lastMinute } = vk.counts();
        return { callsASecond: lastMinute / 60, refused, halted: delivery.halted() };
      },
      wake,
      stopping: stopping.signal,
      planner: store.file === null ? undefined : keep(createPlanner(store.file), (it) => it.close()),
    };

    function wake(): void {
      void deliver();
    }

    const vk = keep(
      await openVk({
        token: config.vkToken ?? demo?.sandbox.token ?? '',
        groupId: config.vkGroupId,
        apiUrl: demo?.sandbox.apiUrl ?? config.vkApiUrl,
        answer: (turn) => answer(turn, world),
        render: (saying, at) => texts(saying.language).say(saying, at),
        sessions: {
          get: async (key) => (await readSession(store.db, key, now())) ?? undefined,
          set: (key, value) => writeSession(store.db, key, value, now() + FORM_LIFE),
          delete: (key) => dropSession(store.db, key),
        },
        cursor: {
          load: () => getState(store.db, 'poll'),
          save: (ts) => setState(store.db, 'poll', ts),
        },
        firstSeen: (eventId) => firstSeen(store.db, eventId, now()),
        refused: (peer, why) => putToSleep(world, peer, why),
        now,
        log,
      }),
      (it) => it.stop(),
    );
    const sender = keep(await becomeSender(store, vk, demo?.sandbox.apiUrl ?? config.vkApiUrl, log), (it) =>
      it.letGo(),
    );
    // Nobody else sends for this community: what a crash left leased is ours to send.
    await store.transaction((tx) => releaseLeases(tx));
    const delivery = createDelivery(world, vk.post, stopping.signal);
    const deliver = task('deliver', delivery.run);
    // What people know of lessons is what they are reminded by: it comes first.
    const derive = task('remind', async () => {
      await tellDue(world);
      await remind(world);
    });
    const noteDown = task('note', createNoting(world));
    const polling = createPolling(world, stopping.signal);
    const refreshCatalogues = task('catalogues', createRefresh(world));
    // Closed in this order: no more events, what is being sent is settled, then VK. An import is not waited for: it is repeated.
    keep([derive, deliver, noteDown], (tasks) =>
      Promise.race([Promise.all(tasks.map((one) => one.idle())), sleep(LAST_SENDS, undefined, { ref: false })]),
    );
    keep(vk, (it) => it.quiet());

    const web =
      demo === null
        ? keep(
            await openWeb({
              host: config.host,
              port: config.port,
              metricsToken: config.metricsToken,
              downloads: TEMPLATES,
              health: createHealth({ store, now, heard: vk.health, halted: delivery.halted }),
              facts,
            }),
            (it) => it.close(),
          )
        : null;
    if (demo !== null) await demo.keep(world);
    vk.listen();
    // What waits already goes out at once, while the first tick finds what came due meanwhile: after a long sleep that takes seconds.
    wake();

    /** Whoever met trouble with the database goes on by itself at its next run, once it is over. */
    async function heal(): Promise<void> {
      if (store.trouble() !== null && (await store.probe())) log.over();
    }

    async function facts(): Promise<Facts> {
      const { calls } = vk.counts();
      return { state: await botState(world), sent: delivery.sent(), calls, readings: polling.outcomes() };
    }

    return {
      world,
      vk,
      sandbox: demo?.sandbox ?? null,
      address: demo?.sandbox.address ?? web?.address ?? '',
      async tick() {
        await sender.check();
        await derive();
        await deliver();
        await noteDown();
        await heal();
      },
      importNow: () =>
        polling.run().catch((error: unknown) => log.error({ err: error, task: 'import' }, 'task failed')),
      refreshCatalogues,
      housekeep: task('housekeep', async () => {
        await sweep(store.db, now(), 500);
        await dropForgotten(world);
        await dropIdleHosts(world);
        await reviewOutages(world);
        await world.pages.sweep(now(), (ids) => livingFeeds(store.db, ids));
      }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
