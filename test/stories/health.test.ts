/** `/health` is honest: a deaf bot, a halted one and one whose disk is full say so and why, and go on by themselves. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type CalendarServer, calendarServer } from '../support/calendar.ts';
import { tinyDisk } from '../support/disk.ts';
import { openStory, type Story } from '../support/story.ts';

const MINUTE = 60_000;
let calendar: CalendarServer;
let story: Story;
let anya: number;

async function open(database?: string): Promise<void> {
  const at: [string, string] = ['2026-09-14', '09:50'];
  story = await openStory({ at, allow: [calendar.host], ...(database === undefined ? {} : { database }) });
  anya = story.vk.addPerson({ firstName: 'Аня' });
  await story.ask(anya, anya, calendar.url);
  await story.ask(anya, anya, 'напоминать за 5 минут');
  await story.tick();
}

beforeEach(async () => {
  calendar = await calendarServer([{ start: '20260914T100000', end: '20260914T113500', subject: 'Право', room: '1' }]);
});
afterEach(async () => {
  await story.close();
  await calendar.close();
});

async function health(): Promise<{ status: number; why: string[]; [fact: string]: unknown }> {
  const response = await fetch(`${story.app.address}/health`);
  const facts = (await response.json()) as { why: string[] };
  return { ...facts, status: response.status };
}

/** The clock jumps here while a poll waits: after a word the bot has heard of the new time. */
async function heard(): Promise<void> {
  story.vk.say(anya, anya, 'сегодня');
  await expect.poll(() => story.app.vk.health().lastPollAt).toBe(story.clock.now());
}

function reminders(): number {
  return story.heard(anya).filter(({ text }) => text.startsWith('В 10:00')).length;
}

test('a bot that hears and sends is well', async () => {
  await open();
  expect(await health()).toMatchObject({ status: 200, ok: true, why: [], deaf: false, halted: null, database: 'ok' });
});

test('VK gives no key to poll with: deaf, and why', async () => {
  await open();
  story.vk.faults.add({ kind: 'error', code: 5, method: 'groups.getLongPollServer' });
  story.vk.faults.killKey();
  await expect.poll(() => story.app.vk.health().trouble).toContain('groups.getLongPollServer: 5');
  expect(await health()).toMatchObject({ status: 200, deaf: false });
  story.clock.move(3 * MINUTE);
  await story.tick();
  const { status, why } = await health();
  expect(status).toBe(503);
  expect(why).toEqual([expect.stringMatching(/^VK молчит 3 мин, бот никого не слышит: groups\.getLongPollServer: 5 /)]);
});

test('VK refuses to send for this token: halted, and why; when VK is back, so is the bot', async () => {
  await open();
  story.vk.faults.add({ kind: 'error', code: 5, method: 'messages.send', times: 1 });
  story.clock.move(6 * MINUTE);
  await story.tick();
  const { status, why, halted } = await health();
  expect(status).toBe(503);
  expect(why).toContainEqual(expect.stringMatching(/^Отправка остановлена, VK отказывает во всём: 5 .*\.$/));
  expect(halted).toMatch(/^5 /);
  expect(reminders()).toBe(0);
  story.clock.move(MINUTE + 1000);
  await story.tick();
  await heard();
  expect(await health()).toMatchObject({ status: 200, why: [] });
  expect(reminders()).toBe(1);
});

test('the reminders stand still: said, however well everything else is', async () => {
  await open();
  story.clock.move(4 * MINUTE);
  expect((await health()).why).toContain('Напоминания не считаются 4 мин: причина в журнале.');
  await story.tick();
  expect((await health()).why.filter((one) => one.startsWith('Напоминания'))).toEqual([]);
});

describe('a full disk', () => {
  test('does not end the bot: it is logged once, /health says so, and with room what was owed arrives once', async (context) => {
    const disk = tinyDisk();
    if (disk === null) {
      await open();
      context.skip(
        'no small disk can be mounted here; test/flows/full-disk.test.ts has the same with a database that may not grow',
      );
      return;
    }
    onTestFinished(() => disk.close());
    await open(`sqlite:${join(disk.folder, 'zvonok.db')}`);
    disk.fill();
    story.clock.move(6 * MINUTE);
    for (let second = 0; second < 5; second += 1) {
      await story.tick();
      await story.app.importNow();
      story.clock.move(1000);
    }
    const { status, why, database } = await health();
    expect(status).toBe(503);
    expect(database).toBe('full');
    expect(why).toContain('На диске кончилось место, записать в базу не удалось.');
    const told = () => story.troubles.filter(({ facts }) => Object(facts).err?.name === 'StoreError');
    expect(told()).toHaveLength(1);
    expect(reminders()).toBe(0);

    disk.free();
    await story.tick();
    await story.tick();
    await heard();
    expect(await health()).toMatchObject({ status: 200, why: [], database: 'ok' });
    expect(told()).toHaveLength(1);
    await story.pass(2 * MINUTE, 10_000);
    expect(reminders()).toBe(1);
  });
});
