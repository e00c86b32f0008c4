/** A newcomer's first minutes with the whole program: both kinds of source are read, and a reminder comes without touching the clock's hands. */
import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Log } from '../../src/flows/world.ts';
import { clockAt } from '../support/clock.ts';
import { sample } from './university.ts';

const ANYA = 1001;

test('every group of the demo answers by its name, and «Звонок в песочнице» is reminded of within two minutes', async () => {
  const clock = clockAt('2026-11-22', '12:00');
  const troubles: string[] = [];
  const trouble = (facts: object, text = '') => void troubles.push(`${text} ${JSON.stringify(facts)}`);
  const log: Log = { debug() {}, info() {}, warn: trouble, error: trouble };
  const read = readConfig({ DATABASE_URL: 'sqlite::memory:', PORT: '0', HOST: '127.0.0.1' });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const app = await openApp(read.config, { log, now: clock.now });
  onTestFinished(() => app.stop());
  const vk = app.sandbox;
  if (vk === null) throw new Error('no sandbox');
  for (let round = 0; round < 3; round++) await app.importNow();

  async function ask(words: string): Promise<string> {
    const cmid = vk?.say(ANYA, ANYA, words) ?? 0;
    return (await vk?.waitFor(ANYA, (message) => message.from < 0, 10_000, cmid))?.text ?? '';
  }
  vk.allow(ANYA);
  for (const { name } of sample.groups.toReversed()) expect(await ask(name)).toContain(name);
  expect(await ask('напоминать за 5 минут')).toContain('5');
  const last = vk.messages(ANYA).at(-1)?.cmid ?? 0;
  for (let second = 0; second < 120; second += 10) {
    clock.move(10_000);
    await app.tick();
  }
  const reminder = await vk.waitFor(ANYA, (message) => message.from < 0, 10_000, last);
  expect(reminder.text).toContain(sample.soon.subject);
  expect(reminder.text).not.toContain(sample.soon.link);
  expect(troubles).toEqual([]);
});
