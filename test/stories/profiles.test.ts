/** What is on from the start, for a student, a chat, a parent and a teacher; and that nobody gets more rights by saying who they are. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStory, type Story } from '../support/story.ts';
import { openUniversities, type Universities } from '../support/university.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let site: Universities;
let story: Story;
let anya: number;

beforeEach(async () => {
  site = await openUniversities();
  site.fa.groups = [
    { id: 1, name: 'ПИ-21' },
    { id: 2, name: 'ПИ-22' },
  ];
  site.fa.teachers = [
    { id: 50, name: 'Иванов Иван Иванович' },
    { id: 51, name: 'Петров Пётр Петрович' },
  ];
  const [monday, tuesday] = ['2026-09-14', '2026-09-15'];
  site.fa.lessons = {
    'group/1': [
      { day: monday, subject: 'Физика', start: '18:00' },
      { day: tuesday, subject: 'Математический анализ' },
      { day: tuesday, subject: 'Физика', start: '14:00' },
      { day: '2026-09-16', subject: 'Родительское собрание', start: '18:00', work: 'Собрание' },
    ],
    'lecturer/50': [
      { day: tuesday, subject: 'Математический анализ' },
      { day: '2026-09-17', subject: 'Математический анализ' },
    ],
    'lecturer/51': [{ day: '2026-09-17', subject: 'Физика', start: '14:00' }],
  };
  const { host, scrapers } = site;
  story = await openStory({ at: [monday, '12:00'], allow: [host], sources: 'ruz:fa', scrapers });
  await story.app.refreshCatalogues();
  anya = story.vk.addPerson({ firstName: 'Аня' });
});
afterEach(async () => {
  await story.close();
  await site.close();
});

/** What came by itself while so many hours passed, the first line of each with the hour it came in. */
async function heardIn(peer: number, hours: number): Promise<string[]> {
  const lines: string[] = [];
  for (let minute = 0; minute < hours * 60; minute += 10) {
    const before = story.heard(peer).length;
    await story.pass(10 * MINUTE, 10 * MINUTE);
    const clock = new Date(story.clock.now() + 3 * HOUR).toISOString().slice(11, 16);
    for (const { text } of story.heard(peer).slice(before)) lines.push(`${clock} ${text.split('\n')[0]}`);
  }
  return lines;
}

/** Another lesson where one was, read and believed. */
async function publish(path: string, lessons: Universities['fa']['lessons'][string]): Promise<void> {
  site.fa.lessons[path] = lessons;
  story.clock.move(16 * MINUTE);
  await story.app.importNow();
  await story.believe();
}

test('a student in a dialogue: the first lesson half an hour before, changes for seven days, no digests', async () => {
  const chosen = await story.ask(anya, anya, 'ПИ-21');
  expect(chosen.text).toContain('за 30 минут до первой пары напомню');
  const settings = (await story.ask(anya, anya, 'настройки')).text;
  expect(settings).toMatch(/Изменения: сообщаю сразу, на 7 дней вперёд/);
  expect(settings).toMatch(/Вечером: не присылаю/);
  await story.tick();
  story.clock.move(1000);
  expect(await heardIn(anya, 26)).toEqual([
    '17:30 В 18:00 — Физика (лек.)',
    '09:40 В 10:10 — Математический анализ (лек.)',
  ]);
});

test('a chat of a group: the evening digest at seven and changes, no lesson by itself', async () => {
  const chat = story.vk.createChat({ title: 'ПИ-21', members: [anya], owner: anya });
  story.vk.inviteBot(chat, anya);
  await story.vk.waitFor(chat, (message) => message.from < 0);
  await story.ask(anya, chat, '/ПИ-21');
  expect((await story.ask(anya, chat, '/настройки')).text).toMatch(/на 7 дней вперёд/);
  await story.tick();
  story.clock.move(1000);
  expect(await heardIn(chat, 24)).toEqual(['19:00 Завтра, вт 15 сентября: 2 пары, первая в 10:10']);
});

test('a parent, by the button at the start: the evening digest and meetings, nothing before lessons and no changes', async () => {
  const hello = await story.ask(anya, anya, 'Начать');
  await story.vk.press(anya, anya, hello.cmid, 'Я родитель');
  const asked = await story.vk.waitFor(anya, (message) => message.from < 0, 5000, hello.cmid);
  expect(asked.text).toMatch(/Какая группа или класс у ребёнка\?/);
  const chosen = await story.ask(anya, anya, 'ПИ-21');
  expect(chosen.text).toMatch(/в 19:00 пришлю пары на завтра.* о собраниях напомню за день и за час/);
  expect((await story.ask(anya, anya, 'настройки')).text).toMatch(/Для родителей[\s\S]*Изменения: не присылаю/);
  await story.tick();
  story.clock.move(1000);
  const before = story.heard(anya).length;
  expect(await heardIn(anya, 53)).toEqual([
    '19:00 Завтра, вт 15 сентября: 2 пары, первая в 10:10',
    '18:00 Завтра, ср 16 сентября, в 18:00 — Родительское собрание',
    '19:00 Завтра, ср 16 сентября: собрание в 18:00',
    '17:00 В 18:00 — Родительское собрание',
  ]);
  // Whatever a pupil joins by is no parent's.
  const labels = story
    .heard(anya)
    .slice(before)
    .flatMap(({ keyboard }) => keyboard.flat().map(({ label }) => label));
  expect(labels.filter((label) => /подключ|войти|звонок/i.test(label))).toEqual([]);
});

test('a chat of parents, by words of who set it up; others may not', async () => {
  const boris = story.vk.addPerson({ firstName: 'Борис' });
  const chat = story.vk.createChat({ title: 'Родители', members: [anya, boris], owner: anya });
  story.vk.inviteBot(chat, anya);
  await story.vk.waitFor(chat, (message) => message.from < 0);
  expect((await story.ask(boris, chat, '/мы родители')).text).toMatch(/администратор/);
  expect((await story.ask(anya, chat, '/мы родители')).text).toMatch(/Какая группа/);
  await story.ask(anya, chat, '/ПИ-21');
  expect((await story.ask(anya, chat, '/настройки')).text).toMatch(
    /Собрания: за день и за час[\s\S]*19:00[\s\S]*Изменения: не присылаю/,
  );
});

test('a teacher, by words: asked for a name, found among teachers, told of changes and no lesson; nothing more may be done', async () => {
  expect((await story.ask(anya, anya, 'Я преподаватель')).text).toMatch(/Чьё расписание показывать\?/);
  const chosen = await story.ask(anya, anya, 'Иванов Иван Иванович');
  expect(chosen.text).toMatch(/«Иванов Иван Иванович».*сразу скажу об изменениях/);
  expect(chosen.text).not.toMatch(/до первой пары/);
  await story.tick();
  story.clock.move(1000);
  expect(await heardIn(anya, 26)).toEqual([]);
  // It is a word, no proof: nothing of the timetable is theirs.
  expect((await story.ask(anya, anya, 'дз математический анализ: №1')).text).toMatch(/^Домашку записывает тот/);
  expect((await story.ask(anya, anya, 'добавить пары')).text).toMatch(/Своего расписания у тебя пока нет/);
});

test("a teacher's own timetable chosen makes a teacher of who set nothing, and leaves alone what was set", async () => {
  const chosen = await story.ask(anya, anya, 'следить за преподавателем Иванов Иван Иванович');
  expect(chosen.text).not.toMatch(/до первой пары/);
  expect((await story.ask(anya, anya, 'настройки')).text).toMatch(/Для преподавателя/);
  const boris = story.vk.addPerson({ firstName: 'Борис' });
  await story.ask(boris, boris, 'ПИ-21');
  await story.ask(boris, boris, 'к первой паре за 45 минут');
  await story.ask(boris, boris, 'следить за преподавателем Иванов Иван Иванович');
  expect((await story.ask(boris, boris, 'настройки')).text).toMatch(/Перед первой парой: за 45 минут/);
});

test('a substitution is told to the teacher who lost the lesson, to the one who got it and to the group, and to no other', async () => {
  const [vera, gleb, dina] = ['Вера', 'Глеб', 'Дина'].map((firstName) => story.vk.addPerson({ firstName }));
  if (vera === undefined || gleb === undefined || dina === undefined) throw new Error('three people');
  await story.ask(vera, vera, 'я преподаватель Иванов Иван Иванович');
  await story.ask(gleb, gleb, 'я преподаватель Петров Пётр Петрович');
  await story.ask(dina, dina, 'преподаватель Петров Пётр Петрович');
  await story.ask(anya, anya, 'ПИ-21');
  await story.ask(anya, anya, 'к первой паре не напоминать');
  const before = new Map([anya, vera, gleb, dina].map((peer) => [peer, story.heard(peer).length]));
  const [monday, tuesday] = ['2026-09-14', '2026-09-15'];
  site.fa.lessons['lecturer/50'] = [{ day: '2026-09-17', subject: 'Математический анализ' }];
  site.fa.lessons['lecturer/51'] = [
    { day: tuesday, subject: 'Математический анализ', lecturer: 'Петров П. П.' },
    { day: '2026-09-17', subject: 'Физика', start: '14:00' },
  ];
  await publish('group/1', [
    { day: monday, subject: 'Физика', start: '18:00' },
    { day: tuesday, subject: 'Математический анализ', lecturer: 'Петров П. П.' },
    { day: tuesday, subject: 'Физика', start: '14:00' },
    { day: '2026-09-16', subject: 'Родительское собрание', start: '18:00', work: 'Собрание' },
  ]);
  const news = (peer: number) =>
    story
      .heard(peer)
      .slice(before.get(peer))
      .map(({ text }) => text);
  expect(news(vera)).toEqual([expect.stringMatching(/вт 15 сентября[\s\S]*10:10 Математический анализ.*отменен/)]);
  expect(news(gleb)).toEqual([
    expect.stringMatching(/вт 15 сентября[\s\S]*нов.*10:10|10:10.*Математический анализ[\s\S]*нов/i),
  ]);
  expect(news(anya)).toEqual([expect.stringMatching(/Математический анализ[\s\S]*Иванов И\. И\. → Петров П\. П\./)]);
  expect(news(dina)).toEqual([]);
});
