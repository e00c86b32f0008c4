/** A teacher finds their own timetable among namesakes of two universities, and hears what becomes of it; a staff room follows one made by hand. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStory, type Story } from '../support/story.ts';
import { openUniversities, type Universities } from '../support/university.ts';

const MINUTE = 60_000;
const [TUESDAY, THURSDAY] = ['2026-09-15', '2026-09-17'];

let site: Universities;
let story: Story;
let anya: number;

beforeEach(async () => {
  site = await openUniversities();
  site.fa.groups = [{ id: 1, name: 'ПИ-21' }];
  site.fa.teachers = [
    { id: 50, name: 'Иванов Иван Иванович' },
    { id: 51, name: 'Иванов Илья Игоревич' },
    { id: 52, name: 'Иванова Инна Ивановна' },
    { id: 53, name: 'Петров Пётр Петрович' },
  ];
  site.hse.groups = [{ id: 2, name: 'БПИ-21' }];
  site.hse.teachers = [{ id: 60, name: 'Иванов Иван Иванович' }];
  site.fa.lessons = {
    'lecturer/50': [
      { day: TUESDAY, subject: 'Математический анализ' },
      { day: THURSDAY, subject: 'Математический анализ' },
    ],
    'lecturer/51': [{ day: TUESDAY, subject: 'Физика' }],
    'lecturer/53': [{ day: TUESDAY, subject: 'История' }],
    'group/1': [{ day: TUESDAY, subject: 'Математический анализ' }],
  };
  site.hse.lessons = {
    'lecturer/60': [
      { day: TUESDAY, subject: 'Право' },
      { day: THURSDAY, subject: 'Право' },
    ],
  };
  const { host, scrapers } = site;
  story = await openStory({ at: ['2026-09-14', '12:00'], allow: [host], sources: 'ruz:fa,ruz:hse', scrapers });
  await story.app.refreshCatalogues();
  anya = story.vk.addPerson({ firstName: 'Аня' });
});
afterEach(async () => {
  await story.close();
  await site.close();
});

type Seen = Awaited<ReturnType<Story['ask']>>;

function labels(message: Seen): string[] {
  return message.keyboard.flat().map(({ label }) => label);
}

/** Presses the first button of the dialogue until the timetable is kept. */
async function byHand(user: number, words: string): Promise<void> {
  let answer = await story.ask(user, user, words);
  for (let step = 0; step < 6 && !/^(?:Готово|Добавил )/.test(answer.text); step += 1) {
    const { cmid } = answer;
    await story.vk.press(user, user, cmid, answer.keyboard[0]?.[0]?.label ?? '');
    answer = await story.vk.waitFor(user, (message) => message.from < 0, 5000, cmid);
  }
  expect(answer.text).toMatch(/^(?:Готово|Добавил )/);
}

test('initials that several have, in two universities, are asked about; the button is theirs, and so is what becomes of it', async () => {
  await story.ask(anya, anya, 'я преподаватель');
  const asked = await story.ask(anya, anya, 'Иванов И.И.');
  expect(asked.text).toBe('Таких преподавателей несколько. Кто нужен?');
  expect(labels(asked)).toEqual([
    'Иванов Иван Иванович · НИУ ВШЭ',
    'Иванов Иван Иванович · Финансовый униве…',
    'Иванов Илья Игоревич · Финансовый униве…',
  ]);
  await story.vk.press(anya, anya, asked.cmid, 'Иванов Иван Иванович · НИУ ВШЭ');
  const chosen = await story.vk.waitFor(anya, (message) => message.from < 0, 5000, asked.cmid);
  expect(chosen.text).toMatch(/«Иванов Иван Иванович», НИУ ВШЭ.*сразу скажу об изменениях[\s\S]*Право/);
  const boris = story.vk.addPerson({ firstName: 'Борис' });
  // The whole name without a button, too, is that of two people.
  expect(labels(await story.ask(boris, boris, 'я преподаватель Иванов Иван Иванович'))).toHaveLength(2);
  await story.ask(boris, boris, 'преподаватель Иванов Илья Игоревич');
  await story.ask(boris, boris, 'следить за преподавателем Иванов Илья Игоревич');
  const before = [anya, boris].map((peer) => story.heard(peer).length);
  site.hse.lessons['lecturer/60'] = [
    { day: TUESDAY, subject: 'Право', room: '510М' },
    { day: THURSDAY, subject: 'Право' },
  ];
  story.clock.move(16 * MINUTE);
  await story.app.importNow();
  await story.believe();
  const news = [anya, boris].map((peer, n) =>
    story
      .heard(peer)
      .slice(before[n])
      .map(({ text }) => text),
  );
  expect(news[0]).toEqual([
    expect.stringMatching(/Иванов Иван Иванович[\s\S]*вт 15 сентября[\s\S]*Право[\s\S]*404Л → 510М/),
  ]);
  expect(news[1]).toEqual([]);
});

test('a staff room follows a timetable made by hand, and hears of tomorrow and of substitutions', async () => {
  await byHand(anya, 'создать расписание Замены школы 5\nПн 1 матан Иванов 404Л; Вт 2 физика Петров 12');
  const chat = story.vk.createChat({ title: 'Учительская', members: [anya], owner: anya });
  story.vk.inviteBot(chat, anya);
  await story.vk.waitFor(chat, (message) => message.from < 0);
  expect((await story.ask(anya, chat, '/учительская')).text).toMatch(
    /Какое расписание показывать\? .*составленное вручную/,
  );
  const chosen = await story.ask(anya, chat, '/Замены школы 5');
  expect(chosen.text).toMatch(
    /^Готово: «Замены школы 5»\. Теперь в 19:00 пришлю пары на завтра, сразу скажу об изменениях и о собраниях/,
  );
  await story.tick();
  const before = story.heard(chat).length;
  const news = () =>
    story
      .heard(chat)
      .slice(before)
      .map(({ text }) => text);
  await byHand(anya, 'добавить пары в Замены школы 5\nСр 3 химия Сидоров 7');
  await story.pass(4 * MINUTE, 30_000);
  expect(news()).toEqual([expect.stringMatching(/Замены школы 5[\s\S]*химия[\s\S]*нов/i)]);
  await story.pass(7 * 60 * MINUTE, 10 * MINUTE);
  expect(news()[1]).toMatch(/^Завтра, вт 15 сентября: к 2-й паре, 09:45\n\n2\. 09:45–11:20 {2}физика/);
});
