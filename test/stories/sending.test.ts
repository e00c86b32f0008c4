/** VK refuses everything, everything for chats, or one person: it is said once, nothing that is not too late is lost, and who comes back is heard. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { getPeer } from '../../src/store/index.ts';
import { type CalendarServer, calendarServer } from '../support/calendar.ts';
import { openStory, type Story } from '../support/story.ts';

const SECOND = 1000;
const MINUTE = 60_000;
const OPERATOR = 500;
let folder: string;
let calendar: CalendarServer;
let story: Story;
let anya: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zvonok-sending-'));
  calendar = await calendarServer([
    { start: '20260914T100000', end: '20260914T113500', subject: 'Право', room: '1' },
    { start: '20260914T121000', end: '20260914T134500', subject: 'Химия', room: '2' },
  ]);
  const database = `sqlite:${join(folder, 'zvonok.db')}`;
  story = await openStory({ at: ['2026-09-14', '09:50'], allow: [calendar.host], operators: [OPERATOR], database });
  story.vk.addPerson({ firstName: 'Оля', id: OPERATOR });
  anya = story.vk.addPerson({ firstName: 'Аня' });
  await story.ask(OPERATOR, OPERATOR, 'Начать');
  await story.ask(anya, anya, calendar.url);
  await story.ask(anya, anya, 'напоминать за 5 минут');
  await story.tick();
});
afterEach(async () => {
  await story.close();
  await calendar.close();
  rmSync(folder, { recursive: true });
});

/** A chat that follows Anya's calendar. */
async function chatOf(title: string): Promise<number> {
  const chat = story.vk.createChat({ title, members: [anya], owner: anya });
  story.vk.inviteBot(chat, anya);
  await story.vk.waitFor(chat, (message) => message.from < 0);
  await story.ask(anya, chat, `/${calendar.url}`);
  await story.ask(anya, chat, '/напоминать за 5 минут');
  return chat;
}

function reminders(peer: number): number {
  return story.heard(peer).filter(({ text }) => text.startsWith('В 10:00') || text.startsWith('В 12:10')).length;
}

function logged(text: string): number {
  return story.troubles.filter((line) => line.text.startsWith(text)).length;
}

/** What the operator heard by itself since then. */
function told(since: number): string[] {
  return story
    .heard(OPERATOR)
    .slice(since)
    .map(({ text }) => text);
}

test('a dead token: one line in the log however often it is tried, one message when it is over, the reminder once', async () => {
  const before = story.heard(OPERATOR).length;
  const fault = story.vk.faults.add({ kind: 'error', code: 5, method: 'messages.send' });
  await story.pass(8 * MINUTE, 20 * SECOND);
  expect(reminders(anya)).toBe(0);
  expect(logged('VK refuses everything')).toBe(1);
  expect(await (await fetch(`${story.app.address}/health`)).json()).toMatchObject({
    ok: false,
    halted: expect.stringMatching(/^5 /),
  });

  // An operator who mends a token starts the bot anew.
  await story.restart();
  story.vk.faults.clear(fault);
  await story.pass(2 * MINUTE, 20 * SECOND);
  expect(reminders(anya)).toBe(1);
  expect(told(before)).toEqual([
    expect.stringMatching(
      /^Отправка снова идёт, а с 09:55 VK отказывал во всём: 5 .+\. Что ещё не поздно, досылаю сейчас\.$/,
    ),
  ]);
});

test('912: the operator is told once which switch is off, people go on, and hears when chats are open again', async () => {
  const chats = [await chatOf('ПИ-21'), await chatOf('ПИ-22')];
  const before = story.heard(OPERATOR).length;
  const faults = chats.map((peer) => story.vk.faults.add({ kind: 'error', code: 912, method: 'messages.send', peer }));
  await story.pass(30 * MINUTE, 20 * SECOND);
  expect(reminders(anya)).toBe(1);
  expect(told(before)).toEqual([
    expect.stringMatching(/^⚠️ VK не пускает меня в беседы \(912 .+«Управление → Сообщения/),
  ]);
  expect(logged('group chats are closed')).toBe(1);

  for (const fault of faults) story.vk.faults.clear(fault);
  await story.pass(110 * MINUTE, 20 * SECOND);
  expect(chats.map(reminders)).toEqual([1, 1]);
  expect(told(before).slice(1)).toEqual(['VK снова пускает меня в беседы, а не пускал с 09:55.']);
});

test('901 and 900: asleep, also after a restart; woken by allowing messages, or by a word', async () => {
  const boris = story.vk.addPerson({ firstName: 'Борис' });
  await story.ask(boris, boris, calendar.url);
  await story.ask(boris, boris, 'напоминать за 5 минут');
  // Nobody tells the bot: it finds out by sending.
  for (const [peer, code] of [
    [anya, 901],
    [boris, 900],
  ] as const)
    story.vk.faults.add({ kind: 'error', code, method: 'messages.send', peer });
  await story.pass(6 * MINUTE, 20 * SECOND);
  story.vk.faults.clear();
  const asked = () => story.vk.calls.filter(({ method }) => method.endsWith('messages.send')).length;
  await story.restart();
  const before = asked();
  await story.pass(10 * MINUTE, 20 * SECOND);
  expect(asked()).toBe(before);
  expect([anya, boris].map(reminders)).toEqual([0, 0]);

  story.vk.deny(anya);
  story.vk.allow(anya);
  await story.ask(boris, boris, 'сегодня');
  await expect.poll(async () => (await getPeer(story.app.world.store.db, anya))?.asleep).toBeNull();
  await story.pass(125 * MINUTE, 20 * SECOND);
  expect([anya, boris].map(reminders)).toEqual([1, 1]);
});
