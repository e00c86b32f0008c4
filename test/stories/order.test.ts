/** What happened first is heard first, however long VK did not answer. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pending } from '../../src/store/index.ts';
import { type CalendarServer, calendarServer, type Event } from '../support/calendar.ts';
import { openStory, type Story } from '../support/story.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let calendar: CalendarServer;
let story: Story;
let anya: number;
let boris: number;

/** The room of tomorrow's lesson is what changes. */
function inRoom(room: string): Event[] {
  return [14, 15, 16, 17, 18].map((day) => ({
    start: `202609${day}T100000`,
    end: `202609${day}T113500`,
    subject: 'Матан',
    room: day === 15 ? room : '404',
    uid: `${day}`,
  }));
}

beforeEach(async () => {
  calendar = await calendarServer(inRoom('1А'), 'ИВТ-11');
  story = await openStory({ at: ['2026-09-14', '12:00'], allow: [calendar.host] });
  anya = story.vk.addPerson({ firstName: 'Аня' });
  boris = story.vk.addPerson({ firstName: 'Борис' });
  await story.ask(anya, anya, calendar.url);
  await story.ask(boris, boris, calendar.url);
});
afterEach(async () => {
  await story.close();
  await calendar.close();
});

/** The rooms that a peer was told of, message by message. */
function roomsTold(peer: number): string[] {
  return story
    .heard(peer)
    .filter(({ text }) => text.includes('Изменения'))
    .map(({ text }) => [...text.matchAll(/\d[АБВ]/g)].join(' → '));
}

/** The calendar says so, and it is believed. */
async function becomes(room: string): Promise<void> {
  calendar.events = inRoom(room);
  story.clock.move(16 * MINUTE);
  await story.app.importNow();
  await story.believe();
}

/** How often VK was asked to send something. */
function tries(): number {
  return story.vk.calls.filter(({ method }) => method === 'messages.send' || method === 'execute').length;
}

test('VK refuses one of them for a while: both changes come to each in the order they happened', async () => {
  story.vk.faults.add({ kind: 'error', method: 'messages.send', peer: anya, code: 10 });
  await becomes('2Б');
  // Tried again later each time, at last once a minute.
  await story.pass(5 * MINUTE, 10 * SECOND);
  calendar.events = inRoom('3В');
  story.clock.move(16 * MINUTE);
  await story.app.importNow();
  await story.pass(3 * MINUTE, 10 * SECOND);
  for (let before = tries(); tries() === before; ) await story.pass(10 * SECOND, 10 * SECOND);
  expect([roomsTold(anya), roomsTold(boris)]).toEqual([[], ['1А → 2Б']]);

  // The first message has just been refused and waits for its minute; the second change becomes known now.
  story.vk.faults.clear();
  await story.app.importNow();
  await story.tick();
  expect(roomsTold(boris)).toEqual(['1А → 2Б', '2Б → 3В']);
  await story.pass(2 * MINUTE, 10 * SECOND);
  expect(roomsTold(anya)).toEqual(['1А → 2Б', '2Б → 3В']);
});

test('VK took the message, its answer was lost, and half an hour of refusals follows: each change comes once', async () => {
  story.vk.faults.add({ kind: 'drop-after', method: 'messages.send', times: 1 });
  calendar.events = inRoom('2Б');
  story.clock.move(16 * MINUTE);
  await story.app.importNow();
  story.clock.move(3 * MINUTE);
  await story.app.importNow();
  await story.tick();
  const told = [roomsTold(anya), roomsTold(boris)];
  expect(told).toContainEqual(['1А → 2Б']);
  expect(await pending(story.app.world.store.db, story.clock.now())).not.toMatchObject({ waiting: 0 });
  const faults = (['execute', 'messages.send'] as const).map((method) =>
    story.vk.faults.add({ kind: 'error', method, code: 10 }),
  );
  await story.pass(10 * MINUTE, 30 * SECOND);
  calendar.events = inRoom('3В');
  story.clock.move(16 * MINUTE);
  await story.app.importNow();
  await story.believe();
  await story.pass(5 * MINUTE, 30 * SECOND);
  for (const fault of faults) story.vk.faults.clear(fault);
  await story.pass(3 * MINUTE, 10 * SECOND);
  expect([roomsTold(anya), roomsTold(boris)]).toEqual([
    ['1А → 2Б', '2Б → 3В'],
    ['1А → 2Б', '2Б → 3В'],
  ]);
});
