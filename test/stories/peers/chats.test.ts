/** What other timetable bots get wrong in group chats: chatter, and permissions that are asked and not answered. */
import { expect, test } from 'vitest';
import { eachOnStage, lesson } from './stage.ts';

const peers = eachOnStage(['2026-09-14', '12:00']);

/** A chat of Аня, who owns it and added the bot, and Борис. */
async function chatWith(rights: { fullAccess?: boolean; admin?: boolean }): Promise<{ chat: number; boris: number }> {
  const { calendar, story, anya } = peers;
  calendar.events = [lesson('15.09 10:00', 'Право', '305К')];
  const boris = story.vk.addPerson({ firstName: 'Борис' });
  const chat = story.vk.createChat({ title: 'ЮР-31', members: [anya, boris], owner: anya });
  story.vk.inviteBot(chat, anya, rights);
  await story.vk.waitFor(chat, (message) => message.from < 0);
  await story.ask(anya, chat, `/${calendar.url}`);
  peers.news(chat);
  return { chat, boris };
}

test('talk of people is met with silence (every message of a chat is answered)', async () => {
  const { chat, boris } = await chatWith({ fullAccess: true });
  const { story, anya } = peers;
  for (const words of ['завтра кто идёт?', 'расписание кто-нибудь видел', 'ок', 'неделя', 'стоп'])
    story.vk.say(boris, chat, words);
  await story.ask(anya, anya, 'помощь');
  expect(peers.news(chat)).toEqual([]);
});

test('who is not among the members that VK shows is refused in words (the one looked for is not found, and the handler dies)', async () => {
  const { chat, boris } = await chatWith({ admin: true, fullAccess: true });
  const { story, anya } = peers;
  const cmid = story.vk.say(boris, chat, '/вечером в 20:00');
  story.vk.removeMember(chat, boris, anya);
  const answer = await story.vk.waitFor(chat, (message) => message.from < 0, 5000, cmid);
  expect(answer.text).toMatch(/администратор/);
  expect(story.troubles).toEqual([]);
  expect((await story.ask(anya, chat, '/настройки')).text).toContain('19:00');
});

test.each([
  ['VK shows no members', {}],
  ['VK shows the members', { admin: true }],
] as const)(
  '%s: who may not is told so in the chat (the text of the refusal is made and never sent)',
  async (_, rights) => {
    const { chat, boris } = await chatWith({ ...rights, fullAccess: true });
    const { story } = peers;
    const refused = await story.ask(boris, chat, '/не присылать изменения');
    expect(refused.text).toMatch(/администратор/);
    const shown = await story.ask(boris, chat, '/настройки');
    expect(shown.text).toMatch(/на 7 дней/);
  },
);
