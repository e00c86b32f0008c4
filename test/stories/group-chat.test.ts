/** Group chats first: one greeting with one question, silence unless asked, settings only for those who may. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CalendarServer, calendarServer } from '../support/calendar.ts';
import { openStory, type Story } from '../support/story.ts';

let calendar: CalendarServer;
let story: Story;
let anya: number;
let boris: number;
let chat: number;

beforeEach(async () => {
  calendar = await calendarServer(
    [{ start: '20260915T100000', end: '20260915T113500', subject: 'Право', room: '305К' }],
    'ЮР-31',
  );
  story = await openStory({ at: ['2026-09-14', '12:00'], allow: [calendar.host] });
  anya = story.vk.addPerson({ firstName: 'Аня' });
  boris = story.vk.addPerson({ firstName: 'Борис' });
  chat = story.vk.createChat({ title: 'ЮР-31', members: [anya, boris], owner: boris });
  story.vk.inviteBot(chat, anya, { fullAccess: true });
  await story.vk.waitFor(chat, (message) => message.from < 0);
});
afterEach(async () => {
  await story.close();
  await calendar.close();
});

/** Lets every turn in flight end: a question in another conversation is answered only after what came before it. */
async function settled(): Promise<void> {
  await story.ask(anya, anya, 'помощь');
}

test('one greeting with one question, and no static keyboard', () => {
  const [greeting, ...more] = story.heard(chat);
  expect(more).toEqual([]);
  expect(greeting?.text.match(/\?/g)).toHaveLength(1);
  expect(story.vk.keyboard(chat)).toEqual([]);
});

test('talk among people is met with silence, even with full access', async () => {
  await story.ask(anya, chat, `/${calendar.url}`);
  const before = story.heard(chat).length;
  for (const words of ['завтра кто идёт?', 'сегодня', 'неделя была тяжёлая', 'ЮР-31']) story.vk.say(boris, chat, words);
  await settled();
  expect(story.heard(chat)).toHaveLength(before);
});

test('mentioned, commanded or answered, the bot speaks to anybody', async () => {
  await story.ask(anya, chat, `/${calendar.url}`);
  for (const words of [
    '/завтра',
    `[club${story.vk.groupId}|@zvonok] завтра`,
    `[club${story.vk.groupId}|Звонок], завтра`,
  ]) {
    const answer = await story.ask(boris, chat, words);
    expect(answer.text).toContain('Право');
  }
});

test('who added the bot and an admin may change settings, another member may not', async () => {
  const carl = story.vk.addPerson({ firstName: 'Карл' });
  story.vk.addMember(chat, carl, anya);
  await story.ask(anya, chat, `/${calendar.url}`);
  const refused = await story.ask(carl, chat, '/вечером в 20:00');
  expect(refused.text).toMatch(/администратор/);
  const shown = await story.ask(anya, chat, '/настройки');
  expect(shown.text).toContain('19:00');
  story.vk.setBotRights(chat, { admin: true });
  const allowed = await story.ask(boris, chat, '/вечером в 20:00');
  expect(allowed.text).toContain('20:00');
});

test('a chat that threw the bot out hears nothing and is woken by a new invitation', async () => {
  await story.ask(anya, chat, `/${calendar.url}`);
  story.vk.kickBot(chat, anya);
  await settled();
  const before = story.heard(chat).length;
  story.clock.move(7 * 3_600_000 + 60_000);
  await story.tick();
  expect(story.heard(chat)).toHaveLength(before);

  story.vk.inviteBot(chat, boris);
  await story.vk.waitFor(chat, () => story.heard(chat).length > before);
  const answer = await story.ask(boris, chat, '/завтра');
  expect(answer.text).toContain('Право');
});
