/** What is stored is said once whatever the first word is; courtesies; silence in chats; a press without rights. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

const ANYA = 11;
const BORIS = 12;
const CHAT = 2_000_000_001;
let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
  await stage.timetable('ПИ-21');
});
afterEach(() => stage.close());

const STORED = /Храню[^\n]*удалить мои данные/g;

test.each([
  [['завтра', 'ПИ-21', 'завтра']],
  [['ПИ-21', 'ПИ-21']],
  [['Начать', 'ПИ-21']],
  [['ЭК-77', 'ПИ-21']],
  [['ПК-21', 'да']],
  [['помощь', 'настройки', 'ПИ-21']],
  [['ПИ-21 завтра', 'завтра', 'ПИ-21']],
  [['стоп', 'ПИ-21']],
  [['спасибо', 'чушь', 'ПИ-21']],
  [['создать расписание ЭК-11', 'отмена', 'помощь', 'ПИ-21']],
  [['создать расписание ЭК-11', 'Пн 1 матан', 'звонки как обычно', 'да', 'сохранить', 'завтра']],
  [['привет', 'ПИ-21']],
])('%j: what is stored is said in the first answer and never again', async (words) => {
  const said: string[] = [];
  for (const text of words) said.push((await stage.ask(ANYA, ANYA, text)).text);
  expect(said[0]).toMatch(STORED);
  expect(said.join('\n').match(STORED)).toHaveLength(1);
});

test('who was forgotten is told again', async () => {
  await stage.ask(ANYA, ANYA, 'ПИ-21');
  const gone = await stage.say(ANYA, ANYA, 'да, удалить мои данные');
  expect(gone.form).toBeNull();
  expect((await stage.ask(ANYA, ANYA, 'завтра')).text).toMatch(STORED);
});

test('after «стоп» a chosen group says that nothing is sent, and how to begin', async () => {
  await stage.ask(ANYA, ANYA, 'ПИ-21');
  await stage.ask(ANYA, ANYA, 'стоп');
  const chosen = await stage.ask(ANYA, ANYA, 'ПИ-21');
  expect(chosen.text).toMatch(/Сам ничего не присылаю.*«присылать изменения»/);
  await stage.ask(ANYA, ANYA, 'присылать изменения');
  expect((await stage.ask(ANYA, ANYA, 'ПИ-21')).text).not.toContain('ничего не присылаю');
});

const COURTESIES = ['спасибо', 'ок', 'да', '👍', 'привет', 'пока', 'ахах', 'лол кек', 'Спасибо!!', 'ок)'];

describe('courtesies', () => {
  test.each(COURTESIES)('«%s» gets a short warm word in a DM, and no buttons', async (words) => {
    await stage.ask(ANYA, ANYA, 'ПИ-21');
    const { text, buttons } = await stage.ask(ANYA, ANYA, words);
    expect(text).not.toContain('Не понял');
    expect(text.length).toBeLessThan(80);
    expect(buttons).toBeUndefined();
  });

  test('who greets us first is asked for the group', async () => {
    expect((await stage.ask(ANYA, ANYA, 'привет')).text).toMatch(/Напиши группу/);
    expect((await stage.ask(ANYA, ANYA, 'ПИ-21')).text).toContain('Пара ПИ-21');
  });

  test('in the middle of a dialogue they are an aside', async () => {
    await stage.ask(ANYA, ANYA, 'создать расписание ЭК-11');
    expect((await stage.ask(ANYA, ANYA, 'спасибо')).text).toMatch(/Пожалуйста[\s\S]*«ЭК-11» ждёт/);
    expect((await stage.ask(ANYA, ANYA, 'Пн 1 матан')).text).toContain('Понял так');
  });
});

describe('a chat', () => {
  beforeEach(() => stage.ask(ANYA, CHAT, '', { event: 'invited' }));

  test.each([...COURTESIES, 'ну и погода', 'кто идёт?', 'сколько до конца', 'Иди нафиг'])(
    '«%s» addressed to the bot is met with silence',
    async (words) => {
      for (const person of [ANYA, BORIS]) expect((await stage.say(person, CHAT, words)).message).toBeNull();
    },
  );

  test.each(['вечером в 20:00', 'стоп', 'сменить группу', 'выбрать 1', 'ПИ-21', 'да, удалить мои данные'])(
    'a press on «%s» without rights is answered to the presser alone',
    async (words) => {
      const before = await stage.peer(CHAT);
      const pressed = await stage.say(BORIS, CHAT, words, { event: 'press' });
      expect(pressed.message).toBeNull();
      expect(pressed.snackbar).toMatch(/администратор/);
      expect(pressed.snackbar?.length).toBeLessThanOrEqual(90);
      expect(await stage.peer(CHAT)).toEqual(before);
    },
  );

  test('an admin whom VK does not name learns what to do', async () => {
    expect((await stage.ask(BORIS, CHAT, 'вечером в 20:00')).text).toMatch(/Назначь администратором и меня/);
  });
});
