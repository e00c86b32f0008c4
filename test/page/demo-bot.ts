/** The whole bot beside its demo university, as a newcomer has it, on a clock that the page moves. */
import { openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { openDemo } from '../../src/demo.ts';
import { instantOf } from '../../src/domain/calendar.ts';
import type { Log } from '../../src/flows/world.ts';
import { createClock } from '../../src/sandbox/index.ts';

const SECOND = 1000;

export type DemoBot = {
  readonly address: string;
  /** Everything logged at error. */
  readonly troubles: readonly object[];
  close(): Promise<void>;
};

/** Starts at a wall time in Moscow with the calendars read. The tick and the next readings come each second; the tick at every change of the clock too. */
export async function openDemoBot(day: string, time: string): Promise<DemoBot> {
  const clock = createClock();
  clock.jump(instantOf(day, time, 'Europe/Moscow'));
  const demo = await openDemo({ host: '127.0.0.1', port: 0, now: clock.now, clock });
  const vk = demo.sandbox;
  const troubles: object[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error: (facts) => void troubles.push(facts) };
  const read = readConfig({
    VK_TOKEN: vk.token,
    VK_API_URL: vk.apiUrl,
    DATABASE_URL: 'sqlite::memory:',
    PORT: '0',
    HTTP_ALLOW: new URL(vk.address).host,
  });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const app = await openApp(read.config, { log, now: clock.now });
  await demo.keep(app.world);
  await app.importNow();
  const timer = setInterval(() => void Promise.all([app.tick(), app.importNow()]), SECOND);
  const unwatch = clock.watch(() => void app.tick());
  return {
    address: vk.address,
    troubles,
    async close() {
      clearInterval(timer);
      unwatch();
      await app.stop();
      await vk.close();
    },
  };
}
