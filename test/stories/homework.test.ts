/** Homework: written down once, shown beside its lesson, told the evening before, and kept whatever the site does to the lessons. */
import { expect, test } from 'vitest';
import { eachOnStage, HOUR, lesson, MINUTE } from './peers/stage.ts';

const stage = eachOnStage(['2026-09-14', '12:00']);
const others = ['16', '17', '18', '21', '22', '23', '24', '25'].map((day) =>
  lesson(`${day}.09 14:00`, `Предмет ${day}`),
);
const maths = lesson('15.09 10:00', 'Математический анализ', '404Л', { uid: 'maths' });

/** Аня brings the calendar, so it is hers to write in; Борис follows it in his dialogue, a chat in the evening. */
async function follow(): Promise<{ boris: number; chat: number }> {
  const { calendar, story, anya } = stage;
  calendar.events = [maths, ...others];
  await story.ask(anya, anya, calendar.url);
  const boris = story.vk.addPerson({ firstName: 'Борис' });
  await story.ask(boris, boris, calendar.url);
  const chat = story.vk.createChat({ title: 'ИВТ-11', members: [anya, boris], owner: anya });
  story.vk.inviteBot(chat, anya);
  await story.vk.waitFor(chat, (message) => message.from < 0);
  await story.ask(anya, chat, `/${calendar.url}`);
  for (const peer of [anya, boris, chat]) stage.news(peer);
  return { boris, chat };
}

test('a person without digests hears of it the evening before, a chat with the lessons, and nobody who does not want to', async () => {
  const { boris, chat } = await follow();
  const { story, anya } = stage;
  await story.ask(anya, anya, 'дз матан: №5–7');
  await story.ask(anya, anya, 'домашку не присылать');
  await story.tick();
  for (const peer of [anya, boris, chat]) stage.news(peer);
  await story.pass(7 * HOUR + MINUTE, MINUTE);
  expect(stage.news(boris)).toEqual([
    'Домашка на завтра, вт 15 сентября\n\n• 10:00 Математический анализ\n   дз: №5–7',
  ]);
  const [digest, ...more] = stage.news(chat);
  expect(more).toEqual([]);
  expect(digest).toMatch(/Завтра[\s\S]*Математический анализ\n {3}404Л.*\n {3}дз: №5–7/);
  expect(stage.news(anya)).toEqual([]);
});

test('who wants the evening digest and no homework gets the digest without it', async () => {
  await follow();
  const { story, anya } = stage;
  await story.ask(anya, anya, 'дз матан: №5–7');
  await story.ask(anya, anya, 'вечером в 19:00');
  await story.ask(anya, anya, 'домашку не присылать');
  await story.tick();
  stage.news(anya);
  await story.pass(7 * HOUR + MINUTE, MINUTE);
  const [digest, ...more] = stage.news(anya);
  expect(more).toEqual([]);
  expect(digest).toContain('Математический анализ');
  expect(digest).not.toContain('дз');
});

test('it survives a new reading and goes with a lesson that moves to another day', async () => {
  const { boris } = await follow();
  const { story, anya } = stage;
  await story.ask(anya, anya, 'дз матан: №5–7');
  await stage.publish([{ ...maths, room: '510М' }, ...others]);
  expect((await story.ask(boris, boris, 'завтра')).text).toMatch(/510М.*\n {3}дз: №5–7/);
  await stage.publish([{ ...maths, start: '20260916T100000', end: '20260916T113000', room: '510М' }, ...others]);
  expect((await story.ask(boris, boris, 'завтра')).text).not.toContain('дз');
  expect((await story.ask(boris, boris, '16.09')).text).toMatch(/510М.*\n {3}дз: №5–7/);
});

test('written down after its hour, by an elder, it reaches those who were told of tomorrow; taken away, it is said to be gone', async () => {
  const { boris, chat } = await follow();
  const { story, anya } = stage;
  await story.ask(anya, anya, `назначить старостой [id${boris}|Борис]`);
  await story.tick();
  await story.pass(8 * HOUR, MINUTE);
  for (const peer of [anya, boris, chat]) stage.news(peer);
  expect((await story.ask(boris, boris, 'дз матан: №5–7')).text).toMatch(
    /^Записал: Математический анализ, завтра, вт 15 сентября\. Покажу рядом с парой и через три минуты допишу/,
  );
  await story.pass(5 * MINUTE, MINUTE);
  const late = 'Новая домашка на завтра, вт 15 сентября\n\n• 10:00 Математический анализ\n   дз: №5–7';
  expect([stage.news(anya), stage.news(chat)]).toEqual([[late], [late]]);
  await story.ask(boris, chat, '/убрать дз матан');
  stage.news(chat);
  await story.pass(5 * MINUTE, MINUTE);
  expect(stage.news(anya)).toEqual(['Домашки на завтра, вт 15 сентября, больше нет:\n\n• 10:00 Математический анализ']);
  // The chat saw it taken away; whoever wrote it knows.
  expect(stage.news(chat)).toEqual([]);
  expect(stage.news(boris)).toHaveLength(1);
});

test('a digest told before a change is put right with its homework', async () => {
  const { chat } = await follow();
  const { story, anya } = stage;
  await story.ask(anya, anya, 'дз матан: №5–7');
  await story.tick();
  stage.news(chat);
  // VK is away at seven: the digest waits, and the change takes it back.
  const away = story.vk.faults.add({ kind: 'error', method: 'messages.send', peer: chat, code: 10 });
  await story.pass(7 * HOUR + MINUTE, MINUTE);
  stage.calendar.events = [{ ...maths, room: '510М' }, ...others];
  await story.ask(anya, anya, 'обновить');
  await story.believe();
  story.vk.faults.clear(away);
  await story.pass(10 * MINUTE, MINUTE);
  const digests = stage.news(chat).filter((text) => text.startsWith('Завтра'));
  expect(digests).toHaveLength(1);
  expect(digests[0]).toMatch(/510М.*\n {3}дз: №5–7/);
});
