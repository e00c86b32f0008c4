/** Two subgroups at one hour, in a chat that is both of them: one message of two short blocks, before the lesson, the evening before and when asked. */
import { expect, test } from 'vitest';
import { eachOnStage, HOUR, lesson, MINUTE } from './peers/stage.ts';

const stage = eachOnStage(['2026-09-14', '12:00']);
const others = ['16', '17', '18', '21', '22', '23', '24', '25'].map((day) =>
  lesson(`${day}.09 14:00`, `Предмет ${day}`),
);
const first = lesson('15.09 10:00', 'Информатика (лаб.), п/г 1', '101');
const second = lesson('15.09 10:00', 'Английский язык (пр.), п/г 2', '202');

test('the chat hears one message of both, a person of their own alone', async () => {
  const { calendar, story, anya } = stage;
  calendar.events = [first, second, ...others];
  const boris = story.vk.addPerson({ firstName: 'Борис' });
  const chat = story.vk.createChat({ title: 'ИВТ-11', members: [anya, boris], owner: anya });
  story.vk.inviteBot(chat, anya);
  await story.vk.waitFor(chat, (message) => message.from < 0);
  await story.ask(anya, chat, `/${calendar.url}`);
  await story.ask(anya, chat, '/напоминать за 15 минут');
  await story.ask(boris, boris, calendar.url);
  await story.ask(boris, boris, 'подгруппа 2');
  await story.ask(boris, boris, 'за 15 минут');
  await story.ask(boris, boris, 'к первой паре не напоминать');

  const day = (await story.ask(anya, chat, '/завтра')).text;
  await story.tick();
  for (const peer of [chat, boris]) stage.news(peer);
  await story.pass(7 * HOUR + MINUTE, MINUTE);
  const evening = stage.news(chat);
  await story.pass(15 * HOUR, MINUTE);
  expect({ day, evening, before: stage.news(chat), boris: stage.news(boris) }).toMatchInlineSnapshot(`
    {
      "before": [
        "В 10:00:
    • Информатика (лаб.)
       101 · 1 подгр.
    • Английский язык (пр.)
       202 · 2 подгр.",
      ],
      "boris": [
        "В 10:00 — Английский язык (пр.)
       202 · 2 подгр.",
      ],
      "day": "Завтра, вт 15 сентября · ИВТ-11

    10:00–11:30  Информатика (лаб.)
       101 · 1 подгр.
    10:00–11:30  Английский язык (пр.)
       202 · 2 подгр.",
      "evening": [
        "Завтра, вт 15 сентября: 1 пара, в 10:00

    10:00–11:30  Информатика (лаб.)
       101 · 1 подгр.
    10:00–11:30  Английский язык (пр.)
       202 · 2 подгр.",
      ],
    }
  `);
});
