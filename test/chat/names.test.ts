/** Group names in sentences, by other letters, with other digits: found, asked about, never assumed. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { groupTokens, inCyrillic, introduces } from '../../src/chat/group-words.ts';
import { openStage, type Stage } from './stage.ts';

const ANYA = 11;
let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

test.each([
  ['я из ПИ-21', ['ПИ-21']],
  ['Привет, я из пи 21!', ['пи 21']],
  ['ПИ-21, ПИ-22', ['ПИ-21', 'ПИ-22']],
  ['ЭБ-23-1', ['ЭБ-23-1']],
  ['7Б и 1С2', ['7Б', '1С2']],
  ['в 7 за 10 минут', []],
  ['3-я пара 5мин', []],
  ['20 ноября', []],
  ['до 31.12', []],
  ['привет 5', []],
  ['каб 305', []],
])('pieces of «%s»', (words, tokens) => expect(groupTokens(words)).toEqual(tokens));

test.each([
  ['PI-21', 'пи-21'],
  ['YUR-31', 'юр-31'],
  ['ПИ-21', null],
  ['21', null],
])('«%s» in Cyrillic', (name, cyrillic) => expect(inCyrillic(name)).toBe(cyrillic));

test('a sentence introduces a group when it says nothing else', () => {
  expect(introduces('Привет, я из ПИ-21')).toBe(true);
  expect(introduces('ПИ-21 опоздает')).toBe(false);
  expect(introduces('привет')).toBe(false);
});

describe('a newcomer', () => {
  test.each(['я из ПИ-21', 'Привет, я из ПИ-21', 'ПИ-21 привет', 'Здравствуйте! моя группа ПИ-21', 'мы пи 21'])(
    '«%s» chooses it',
    async (words) => {
      const id = await stage.timetable('ПИ-21');
      expect((await stage.ask(ANYA, ANYA, words)).text).toContain('Пара ПИ-21');
      expect((await stage.peer(ANYA)).timetableId).toBe(id);
    },
  );

  test('two names: which one', async () => {
    for (const name of ['ПИ-21', 'ПИ-22']) await stage.timetable(name);
    const asked = await stage.ask(ANYA, ANYA, 'ПИ-21, ПИ-22');
    expect(asked.buttons?.flat().map(({ label }) => label)).toEqual(['ПИ-21', 'ПИ-22']);
    expect((await stage.press(ANYA, ANYA, 'ПИ-22')).text).toContain('Пара ПИ-22');
  });

  test('Latin letters are asked about', async () => {
    await stage.timetable('ПИ-21');
    expect((await stage.ask(ANYA, ANYA, 'PI-21')).text).toContain('Ты про «ПИ-21»?');
    expect((await stage.peer(ANYA)).timetableId).toBeNull();
    expect((await stage.ask(ANYA, ANYA, 'да')).text).toContain('Пара ПИ-21');
  });

  test('a day of a group in a longer question', async () => {
    await stage.timetable('ПИ-21');
    expect((await stage.ask(ANYA, ANYA, 'ПИ-21 сегодня и завтра')).text).toMatch(/^Сегодня.* · ПИ-21/);
    expect((await stage.ask(ANYA, ANYA, 'а какие завтра пары у моей ПИ-21 утром?')).text).toMatch(/^Завтра.* · ПИ-21/);
    expect((await stage.peer(ANYA)).timetableId).toBeNull();
  });

  test.each(['ПИ-23', 'ПИ-12', 'я из ПИ-23'])('«%s»: the same letters are offered, never assumed', async (words) => {
    for (const name of ['ПИ-21', 'ПИ-22', 'ЭК-11']) await stage.timetable(name);
    const answer = await stage.ask(ANYA, ANYA, words);
    expect(answer.text).toMatch(/у меня нет.*ПИ-2/);
    expect(answer.text).not.toContain('Пара');
    const labels = answer.buttons?.flat().map(({ label }) => label) ?? [];
    expect(labels).toContain('ПИ-21');
    expect(labels).not.toContain('ЭК-11');
    expect(labels.some((label) => label.startsWith('Создать расписание ПИ-'))).toBe(true);
    // «да» chooses nothing: nobody said which.
    await stage.ask(ANYA, ANYA, 'да');
    expect((await stage.peer(ANYA)).timetableId).toBeNull();
  });

  test('near digits of a day asked for', async () => {
    await stage.timetable('ПИ-21');
    await stage.ask(ANYA, ANYA, 'ПИ-23 завтра');
    expect((await stage.press(ANYA, ANYA, 'ПИ-21')).text).toMatch(/^Завтра.* · ПИ-21/);
  });
});

test('who has a group does not lose it to a name in a sentence', async () => {
  const id = await stage.timetable('ПИ-21');
  await stage.timetable('ПИ-22');
  await stage.ask(ANYA, ANYA, 'ПИ-21');
  for (const words of ['в ПИ-22 опять отменили', 'группа ПИ-22 опоздает', 'ПИ-22?', 'ПИ-22, привет']) {
    expect((await stage.ask(ANYA, ANYA, words)).text, words).toContain('Ты про «ПИ-22»?');
    expect((await stage.peer(ANYA)).timetableId).toBe(id);
  }
  expect((await stage.ask(ANYA, ANYA, 'моя группа ПИ-22')).text).toContain('Пара ПИ-22');
});

describe('after «нет такой группы»', () => {
  const words = ['почему', 'календарь', 'скрыть физру', 'когда матан', 'ну и погода'];

  test.each(words)('«%s» is no group', async (said) => {
    await stage.ask(ANYA, ANYA, 'ЭК-77');
    expect((await stage.ask(ANYA, ANYA, said)).text).not.toMatch(/создать расписание|у меня нет/i);
  });

  test.each(words)('«%s» from somebody who has a group is no group', async (said) => {
    await stage.timetable('ПИ-21');
    await stage.ask(ANYA, ANYA, 'ПИ-21');
    await stage.ask(ANYA, ANYA, 'ЭК-77');
    expect((await stage.ask(ANYA, ANYA, said)).text).not.toMatch(/создать расписание|у меня нет/i);
  });

  test('the question lives for one try, and known commands come first', async () => {
    expect((await stage.ask(ANYA, ANYA, 'завтра')).text).toMatch(/^Какая группа\?/);
    expect((await stage.ask(ANYA, ANYA, 'почему')).text).not.toContain('у меня нет');
    await stage.ask(ANYA, ANYA, 'завтра');
    expect((await stage.ask(ANYA, ANYA, 'Юристы')).text).toContain('«Юристы» у меня нет');
    expect((await stage.ask(ANYA, ANYA, 'Юристы')).text).toContain('Не понял');
    await stage.ask(ANYA, ANYA, 'завтра');
    await stage.ask(ANYA, ANYA, 'помощь');
    expect((await stage.ask(ANYA, ANYA, 'Юристы')).text).toContain('Не понял');
  });
});

describe('a title that begins with one of our words', () => {
  const TITLES = [
    'Замены 5Б',
    'Замены школы 5',
    'Изменения 21',
    'Изменения ИВТ-21',
    'Сегодня 101',
    'Завтра ПИ-21',
    'Неделя ПИ-21',
    'Почему ИВТ-21',
    'Расписание 5Б',
    'Следующая ИВТ-21',
    'Преподаватель Иванов',
    'Напоминания 5Б',
    'ДЗ 5Б',
  ];

  test.each(TITLES)('«%s» is that timetable, and chosen as any other', async (title) => {
    const id = await stage.timetable(title);
    const other = await stage.timetable('ЭК-31');
    expect((await stage.ask(ANYA, ANYA, title)).text).toContain(`Пара ${title}`);
    expect((await stage.peer(ANYA)).timetableId).toBe(id);
    await stage.ask(ANYA, ANYA, 'ЭК-31');
    expect((await stage.peer(ANYA)).timetableId).toBe(other);
    expect((await stage.ask(ANYA, ANYA, title.toUpperCase())).text).toContain(`Пара ${title}`);
    expect((await stage.peer(ANYA)).timetableId).toBe(id);
  });

  test.each(TITLES)('«%s» where nothing is so called chooses nothing', async (title) => {
    await stage.timetable('ЭК-31');
    await stage.ask(ANYA, ANYA, 'ЭК-31');
    const own = (await stage.peer(ANYA)).timetableId;
    await stage.ask(ANYA, ANYA, title);
    expect((await stage.peer(ANYA)).timetableId).toBe(own);
  });

  test.each([
    ['Замены 5Б', '5Б', /^Изменения.* · 5Б/],
    ['Завтра ПИ-21', 'ПИ-21', /^Завтра.* · ПИ-21/],
  ])(
    '«%s», where «%s» has a timetable too, is asked about: neither is taken from the other',
    async (title, name, asked) => {
      const own = await stage.timetable('ЭК-31');
      await stage.ask(ANYA, ANYA, 'ЭК-31');
      for (const one of [title, name]) await stage.timetable(one);
      const both = await stage.ask(ANYA, ANYA, title);
      expect(both.buttons?.flat().map(({ label }) => label)).toEqual([title, name]);
      expect((await stage.press(ANYA, ANYA, name)).text).toMatch(asked);
      await stage.ask(ANYA, ANYA, title);
      expect((await stage.press(ANYA, ANYA, title)).text).toContain(`Пара ${title}`);
      expect((await stage.peer(ANYA)).timetableId).toBe(own);
    },
  );

  test.each([
    ['что завтра в Замены 5Б', /^Завтра.* · Замены 5Б/],
    ['Замены школы 5 завтра', /^Завтра.* · Замены школы 5/],
    ['расписание Замены 5Б', /· Замены 5Б/],
    ['изменения Замены школы 5', /^Ты про «Замены школы 5»/],
  ])('«%s» finds it among other words', async (words, found) => {
    await stage.timetable('ЭК-31');
    await stage.ask(ANYA, ANYA, 'ЭК-31');
    for (const title of ['Замены 5Б', 'Замены школы 5']) await stage.timetable(title);
    expect((await stage.ask(ANYA, ANYA, words)).text).toMatch(found);
  });

  test.each([
    ['Замены шклы 5', 'Замены школы 5'],
    ['Замены 5Б завтар', null],
    ['Завтра студентов ИВТ-12', null],
  ])('«%s», where nothing is called exactly so, is asked about if it is a slip away', async (words, title) => {
    await stage.timetable('ЭК-31');
    await stage.ask(ANYA, ANYA, 'ЭК-31');
    await stage.timetable('Замены школы 5');
    const { text } = await stage.ask(ANYA, ANYA, words);
    if (title === null) expect(text).not.toContain('Ты про');
    else expect(text).toContain(`Ты про «${title}»?`);
  });

  test('our words alone, and what a person switches, are never a title', async () => {
    for (const title of ['Стоп', 'Сегодня', 'Подгруппа 2', 'Напоминать за 5 минут']) await stage.timetable(title);
    const own = await stage.timetable('ЭК-31');
    await stage.ask(ANYA, ANYA, 'ЭК-31');
    for (const words of ['сегодня', 'подгруппа 2', 'напоминать за 5 минут', 'стоп']) {
      await stage.ask(ANYA, ANYA, words);
      expect((await stage.peer(ANYA)).timetableId, words).toBe(own);
    }
  });

  test.each(['Подгруппа 2', 'Неделя 5', 'Вечерняя 3', 'Учительская школы 5'])(
    '«%s» is the answer to «Какая группа?», though it is a command to who has one',
    async (title) => {
      const id = await stage.timetable(title);
      expect((await stage.ask(ANYA, ANYA, 'завтра')).text).toMatch(/^Какая группа\?/);
      expect((await stage.ask(ANYA, ANYA, title)).text).toContain(`Пара ${title}`);
      expect((await stage.peer(ANYA)).timetableId).toBe(id);
    },
  );
});
