/** What other timetable bots get wrong about reminders: minutes missed, plans grown old, messages lost or said twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { eachOnStage, HOUR, lesson, MINUTE } from './stage.ts';

let folder = '';
const peers = eachOnStage(['2026-09-15', '08:00'], {
  database() {
    folder = mkdtempSync(join(tmpdir(), 'zvonok-'));
    return `sqlite:${join(folder, 'story.db')}`;
  },
});
afterEach(() => rmSync(folder, { recursive: true }));

const physics = lesson('15.09 10:00', 'Физика', '404Л');
const history = lesson('15.09 12:00', 'История', '5');

/** Reminders ten minutes before, and nothing else by itself but changes. */
async function follow(events = [physics, history]): Promise<void> {
  const { calendar, story, anya } = peers;
  calendar.events = events;
  await story.ask(anya, anya, calendar.url);
  await story.ask(anya, anya, 'напоминать за 10 минут');
  await story.ask(anya, anya, 'к первой паре не напоминать');
  await story.tick();
  peers.news(anya);
}

/** First lines of what came by itself. */
function heads(): string[] {
  return peers.news(peers.anya).map((text) => text.split('\n')[0] ?? '');
}

test.each([
  [
    'the minute itself was slept over (a reminder waits for its exact minute, and one missed tick loses it)',
    2,
    'В 10:00 — Физика',
  ],
  [
    'a pause of ten minutes (whatever is not found within a window of two is lost)',
    12,
    'Началась 1 мин назад — Физика',
  ],
])('%s', async (_, minutes, said) => {
  await follow();
  await peers.story.pass(HOUR + 49.5 * MINUTE, MINUTE / 2);
  peers.story.clock.move(minutes * MINUTE);
  await peers.story.tick();
  expect(heads()).toEqual([said]);
  await peers.story.pass(30 * MINUTE, MINUTE);
  expect(heads()).toEqual([]);
});

test('a lesson that moves on its own day is reminded of at its new hour alone (the day is planned at dawn and never again)', async () => {
  await follow();
  await peers.story.pass(30 * MINUTE, 5 * MINUTE);
  await peers.publish([{ ...physics, start: '20260915T140000', end: '20260915T153000' }, history]);
  peers.news(peers.anya);
  await peers.story.pass(6 * HOUR, MINUTE);
  expect(heads()).toEqual(['В 12:00 — История', 'В 14:00 — Физика']);
});

test('a lesson that is cancelled is not reminded of', async () => {
  await follow();
  await peers.publish([history]);
  peers.news(peers.anya);
  await peers.story.pass(6 * HOUR, MINUTE);
  expect(heads()).toEqual(['В 12:00 — История']);
});

test('what could not be sent is sent when it can be (marked as sent whatever came of it, it is lost)', async () => {
  await follow();
  const { story } = peers;
  story.vk.faults.add({ kind: 'error', method: 'messages.send', code: 10 });
  await story.pass(HOUR + 51 * MINUTE, MINUTE);
  expect(heads()).toEqual([]);
  story.vk.faults.clear();
  await story.pass(3 * MINUTE, 5000);
  expect(heads()).toEqual(['В 10:00 — Физика']);
});

test('one message that is refused costs that message (one failure ends the whole subscription)', async () => {
  await follow();
  const { story } = peers;
  story.vk.faults.add({ kind: 'error', method: 'messages.send', code: 100, times: 1 });
  await story.pass(HOUR + 55 * MINUTE, MINUTE);
  story.vk.faults.clear();
  expect(heads()).toEqual([]);
  await story.pass(2 * HOUR, MINUTE);
  expect(heads()).toEqual(['В 12:00 — История']);
});

test('a restart says nothing twice (what was sent is remembered in memory alone)', async () => {
  await follow();
  const { story } = peers;
  await story.pass(HOUR + 51 * MINUTE, MINUTE);
  expect(heads()).toEqual(['В 10:00 — Физика']);
  await story.restart();
  story.clock.move(-3 * MINUTE);
  await story.pass(10 * MINUTE, MINUTE);
  await story.restart();
  await story.pass(10 * MINUTE, MINUTE);
  expect(heads()).toEqual([]);
});

test('who forbade messages stays unwritten to after a restart, and is woken by writing (the refusal is set and never saved)', async () => {
  await follow();
  const { story, anya } = peers;
  const refused = story.vk.faults.add({ kind: 'error', method: 'messages.send', peer: anya, code: 901 });
  await story.pass(HOUR + 55 * MINUTE, MINUTE);
  story.vk.faults.clear(refused);
  await story.restart();
  const sends = () => story.vk.calls.filter(({ method }) => method === 'messages.send' || method === 'execute').length;
  const before = sends();
  await story.pass(2 * HOUR, MINUTE);
  expect(sends()).toBe(before);
  expect(heads()).toEqual([]);

  expect((await story.ask(anya, anya, 'настройки')).text).toMatch(/за 10 мин/);
});
