/** It stops in order, even while VK hangs, and what was cut is sent once after the next start. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CalendarServer, calendarServer } from '../support/calendar.ts';
import { openStory, type Story } from '../support/story.ts';

const MINUTE = 60_000;
let folder: string;
let calendar: CalendarServer;
let story: Story;
let anya: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zvonok-'));
  calendar = await calendarServer([{ start: '20260914T100000', end: '20260914T113500', subject: 'Право', room: '1' }]);
  const database = `sqlite:${join(folder, 'test.db')}`;
  story = await openStory({ at: ['2026-09-14', '09:50'], allow: [calendar.host], database });
  anya = story.vk.addPerson({ firstName: 'Аня' });
  await story.ask(anya, anya, calendar.url);
  await story.ask(anya, anya, 'напоминать за 5 минут');
  await story.tick();
});
afterEach(async () => {
  await story.close();
  await calendar.close();
  rmSync(folder, { recursive: true });
});

function reminders(): number {
  return story.heard(anya).filter((message) => message.text.startsWith('В 10:00')).length;
}

test('VK does not answer: the bot is gone before it would have', async () => {
  story.vk.faults.add({ kind: 'latency', method: 'messages.send', ms: 30_000, times: 1 });
  story.clock.move(6 * MINUTE);
  void story.tick();
  await sleep(200);
  const stopped = story.restart().then(() => 'stopped');
  expect(await Promise.race([stopped, sleep(10_000).then(() => 'still there')])).toBe('stopped');
});

test.each(['drop-before', 'drop-after'] as const)(
  'the line is cut (%s) and the bot restarts: one reminder',
  async (kind) => {
    story.vk.faults.add({ kind, method: 'messages.send', times: 1 });
    story.clock.move(6 * MINUTE);
    await story.tick();
    await story.restart();
    await story.pass(2 * MINUTE, 10_000);
    expect(reminders()).toBe(1);
  },
);
