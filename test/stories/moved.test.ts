/** A chat that moved to MAX: whoever added the bot there hears of it once, in their own dialogue, and can go on there. */
import { expect, test } from 'vitest';
import { calendarServer } from '../support/calendar.ts';
import { openStory } from '../support/story.ts';

const HOUR = 3_600_000;

test('993: the owner is told once, the chat is left alone, the name is enough to go on', async () => {
  const calendar = await calendarServer([
    { start: '20260915T100000', end: '20260915T113500', subject: 'Физика', room: '1' },
    { start: '20260916T100000', end: '20260916T113500', subject: 'Химия', room: '1' },
    { start: '20260917T100000', end: '20260917T113500', subject: 'История', room: '1' },
  ]);
  const story = await openStory({ at: ['2026-09-14', '18:30'], allow: [calendar.host] });
  const { vk } = story;
  const anya = vk.addPerson({ firstName: 'Аня' });
  await story.ask(anya, anya, calendar.url);
  await story.ask(anya, anya, 'стоп');
  const chat = vk.createChat({ title: 'ПИ-21', members: [anya], owner: anya });
  vk.inviteBot(chat, anya);
  await vk.waitFor(chat, (message) => message.from < 0);
  await story.ask(anya, chat, `/${calendar.url}`);
  const before = story.heard(anya).length;
  const inChat = story.heard(chat).length;

  vk.faults.add({ kind: 'error', method: 'messages.send', peer: chat, code: 993 });
  await story.pass(48 * HOUR, HOUR / 2);
  const told = story.heard(anya).slice(before);
  expect(told.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Беседа, куда я присылал расписание «.+», переехала в MAX/),
  ]);
  expect(story.heard(chat)).toHaveLength(inChat);

  const button = told[0]?.keyboard.flat()[0];
  const cmid = told[0]?.cmid ?? 0;
  await vk.press(anya, anya, cmid, button?.label ?? '');
  expect((await vk.waitFor(anya, (message) => message.from < 0, 5000, cmid)).text).toMatch(/^Готово: «|^Теперь: «/);
  await story.close();
  await calendar.close();
});
