/** The whole product on one stage: real vk-io over HTTP, the emulator, SQLite in memory, a clock that the test moves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Log } from '../../src/flows/world.ts';
import { type Sandbox, type SeenMessage, startSandbox } from '../../src/sandbox/index.ts';
import { clockAt, type TestClock } from './clock.ts';

export type Story = {
  readonly clock: TestClock;
  readonly vk: Sandbox;
  /** The bot's DATA_DIR, gone with the story. */
  readonly data: string;
  app: App;
  /** Everything logged at warn and above. */
  readonly troubles: { facts: object; text: string }[];
  /** Says words in a conversation and waits for the bot's next message there. */
  ask(user: number, peer: number, words: string): Promise<SeenMessage>;
  /** Messages of the bot in a conversation. */
  heard(peer: number): SeenMessage[];
  /** Does what the clock owes at the present moment. */
  tick(): Promise<void>;
  /** Moves the clock in steps, a tick after each. */
  pass(ms: number, step?: number): Promise<void>;
  /** Passes what a change waits for: its quiet period, and another reading of its source. */
  believe(): Promise<void>;
  /** Stops the bot and starts it again on the same database. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

const BELIEVED = 3.5 * 60_000;

/** Starts the bot against a fresh emulator; `allow` are hosts a calendar may be read from, `at` is Moscow wall time. */
export async function openStory(options: {
  at: [day: string, clock: string];
  allow?: string[];
  /** Files that people send may be read: the emulator keeps them on this machine. */
  files?: boolean;
  database?: string;
  /** What SOURCES says, and another folder of sources. */
  sources?: string;
  scrapers?: string;
  /** People who run the bot. */
  operators?: readonly number[];
}): Promise<Story> {
  const clock = clockAt(...options.at);
  const vk = await startSandbox({ port: 0, now: clock.now, dialogs: 'empty' });
  const troubles: Story['troubles'] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn: (facts, text = '') => void troubles.push({ facts, text }),
    error: (facts, text = '') => void troubles.push({ facts, text }),
  };
  const data = mkdtempSync(join(tmpdir(), 'zvonok-story-'));
  const read = readConfig({
    DATA_DIR: data,
    ADMIN_IDS: (options.operators ?? []).join(','),
    VK_TOKEN: vk.token,
    VK_API_URL: vk.apiUrl,
    DATABASE_URL: options.database ?? 'sqlite::memory:',
    PORT: '0',
    HTTP_ALLOW: [...(options.allow ?? []), ...(options.files === true ? [new URL(vk.address).host] : [])].join(','),
    SOURCES: options.sources,
  });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { config } = read;
  /** A bot that never polled before hears what is said after it came: the story begins then. */
  async function open(): Promise<App> {
    const asked = vk.calls.length;
    const app = await openApp(config, {
      log,
      now: clock.now,
      ...(options.scrapers === undefined ? {} : { scrapers: options.scrapers }),
    });
    while (!vk.calls.slice(asked).some((call) => call.method === 'groups.getLongPollServer' && 'response' in call))
      await sleep(5);
    return app;
  }

  const story: Story = {
    clock,
    data,
    vk,
    app: await open(),
    troubles,
    async ask(user, peer, words) {
      const cmid = vk.say(user, peer, words);
      return vk.waitFor(peer, (message) => message.from < 0, 5000, cmid);
    },
    heard: (peer) => vk.messages(peer).filter((message) => message.from < 0),
    tick: () => story.app.tick(),
    async pass(ms, step = 1000) {
      for (let passed = 0; passed < ms; passed += step) {
        clock.move(Math.min(step, ms - passed));
        await story.app.tick();
      }
    },
    async believe() {
      for (let waited = 0; waited < BELIEVED; waited += 30_000) {
        clock.move(30_000);
        await story.app.importNow();
        await story.app.tick();
      }
    },
    async restart() {
      await story.app.stop();
      story.app = await open();
    },
    async close() {
      await story.app.stop();
      await vk.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
  return story;
}
