/** The client's sentence: create a group, enter the lessons by hand, add the bot to the group chat, and it sends the timetable. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStory, type Story } from '../support/story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let story: Story;
let anya: number;
let boris: number;

beforeEach(async () => {
  story = await openStory({ at: ['2026-09-14', '12:00'] });
  anya = story.vk.addPerson({ firstName: 'Аня' });
  boris = story.vk.addPerson({ firstName: 'Борис' });
});
afterEach(() => story.close());

/** Goes through the dialogue, pressing the first (expected) button until the timetable is saved. */
async function createByHand(user: number, peer: number, slash = ''): Promise<void> {
  await story.ask(user, peer, `${slash}создать расписание ПИ-21`);
  let answer = await story.ask(user, peer, `${slash}Пн 1 матан лек Иванов 404Л; Вт 2 физика лаб; Ср 3 англ нечёт`);
  expect(answer.text).toContain('матан');
  expect(answer.text).toContain('404Л');
  expect(answer.text).toContain('физика');
  for (let step = 0; step < 6 && !/сохран[её]н|готово/i.test(answer.text); step += 1) {
    const before = story.vk.messages(peer).at(-1)!.cmid;
    const label = answer.keyboard[0]?.[0]?.label ?? '';
    await story.vk.press(user, peer, answer.cmid, label);
    answer = await story.vk.waitFor(peer, (message) => message.from < 0, 5000, before);
  }
  expect(answer.text).toMatch(/сохран[её]н|готово/i);
}

test('create a group, enter the lessons by hand, add the bot to the group chat, and it sends the timetable', async () => {
  await createByHand(anya, anya);

  const chat = story.vk.createChat({ title: 'ПИ-21', members: [anya, boris], owner: anya });
  story.vk.inviteBot(chat, anya);
  const greeting = await story.vk.waitFor(chat, (message) => message.from < 0);
  expect(greeting.text).toContain('/ПИ-21');
  const shown = await story.ask(anya, chat, '/ПИ-21');
  expect(shown.text).toContain('физика');
  expect(shown.text).toContain('09:45–11:20');

  const before = story.heard(chat).length;
  await story.pass(7 * HOUR + MINUTE, 30_000); // 19:01: the evening digest of a chat
  const digest = story.heard(chat).slice(before);
  expect(digest).toHaveLength(1);
  expect(digest[0]?.text).toContain('физика');
});

test('in the chat itself, by commands', async () => {
  const chat = story.vk.createChat({ title: 'ПИ-21', members: [anya, boris], owner: anya });
  story.vk.inviteBot(chat, anya);
  await story.vk.waitFor(chat, (message) => message.from < 0);
  await createByHand(anya, chat, '/');
  const week = await story.ask(boris, chat, '/неделя');
  expect(week.text).toContain('матан');
});

test('odd weeks are odd weeks: the lesson of Wednesday comes every other week', async () => {
  await createByHand(anya, anya);
  const first = await story.ask(anya, anya, '16.09');
  const second = await story.ask(anya, anya, '23.09');
  const third = await story.ask(anya, anya, '30.09');
  expect([first, second, third].map(({ text }) => text.includes('англ'))).toSatisfy(
    (seen: boolean[]) => seen[0] === seen[2] && seen[0] !== seen[1],
  );
});

test('one lesson is cancelled by who made the timetable: the chat hears of it once, and is not reminded of it', async () => {
  await createByHand(anya, anya);
  const chat = story.vk.createChat({ title: 'ПИ-21', members: [anya, boris], owner: anya });
  story.vk.inviteBot(chat, anya);
  await story.vk.waitFor(chat, (message) => message.from < 0);
  await story.ask(anya, chat, '/ПИ-21');
  await story.ask(anya, chat, '/напоминать за 15 минут');
  await story.tick();

  expect((await story.ask(boris, chat, '/отмени физику завтра')).text).toMatch(/может тот, кто составил/);
  const asked = await story.ask(anya, anya, 'отмени физику завтра');
  expect(asked.text).toMatch(/^Отменить: завтра, вт 15 сентября, 09:45–11:20 физика/);
  const heard = story.heard(chat).length;
  await story.vk.press(anya, anya, asked.cmid, 'Да, отменить');
  await story.vk.waitFor(anya, ({ from, text }) => from < 0 && text.startsWith('Отменил'), 5000, asked.cmid);

  const news = () =>
    story
      .heard(chat)
      .slice(heard)
      .map(({ text }) => text);
  await story.pass(4 * MINUTE, 30_000);
  expect(news()).toEqual([expect.stringMatching(/вт 15 сентября[\s\S]*физика[\s\S]*отмен/)]);
  // Through the evening digest and the next morning.
  await story.pass(22 * HOUR, 5 * MINUTE);
  expect(news().slice(1).join('\n')).not.toMatch(/Через 15 минут[\s\S]*физика/);
  expect(news().slice(1)[0]).toMatch(/^Завтра, вт 15 сентября/);
  expect(news()).toHaveLength(2);
});
