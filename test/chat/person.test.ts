/** A person in a DM over the real flows: what is answered and what is kept. */
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../../src/chat/commands/index.ts';
import { openStage, type Stage } from './stage.ts';

const ANYA = 11;
const BORIS = 12;
let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

test('the index lists the folder', () => {
  const files = readdirSync(new URL('../../src/chat/commands', import.meta.url)).map((file) => file.replace('.ts', ''));
  expect(Object.keys(commands).sort()).toEqual(files.filter((file) => file !== 'index').sort());
});

describe('a person', () => {
  test('gets the first timetable in two messages, and the keyboard with it', async () => {
    await stage.timetable('ПИ-21');
    const hello = await stage.ask(ANYA, ANYA, 'Начать');
    expect(hello.text).toMatch(/групп/);
    expect(hello.text).toMatch(/Храню.*удалить мои данные/);
    const shown = await stage.ask(ANYA, ANYA, 'пи 21');
    expect(shown.text).toMatch(/Пара ПИ-21/);
    expect(shown.text).not.toContain('Храню');
    expect(shown.keyboard?.map((row) => row.map(({ label }) => label))).toEqual([
      ['Сегодня', 'Завтра'],
      ['Неделя', 'Настройки'],
    ]);
  });

  test('who begins with a group hears what is stored all the same, once', async () => {
    await stage.timetable('ПИ-21');
    expect((await stage.ask(ANYA, ANYA, 'ПИ-21')).text).toContain('Храню');
    expect((await stage.ask(ANYA, ANYA, 'ПИ-21')).text).not.toContain('Храню');
  });

  test('a near name is asked about, and «да» or the button chooses it', async () => {
    const id = await stage.timetable('ПИ-21');
    expect((await stage.ask(ANYA, ANYA, 'ПК-21')).text).toMatch(/^Ты про «ПИ-21»\?\n/);
    expect((await stage.ask(ANYA, ANYA, 'спасибо')).text).toContain('Пожалуйста');
    expect((await stage.ask(ANYA, ANYA, 'ПК-21')).text).toBe('Ты про «ПИ-21»?');
    expect((await stage.peer(ANYA)).timetableId).toBeNull();
    expect((await stage.ask(ANYA, ANYA, 'да')).text).toContain('Пара ПИ-21');
    expect((await stage.peer(ANYA)).timetableId).toBe(id);
    await stage.ask(BORIS, BORIS, 'ПК-21');
    expect((await stage.press(BORIS, BORIS, 'ПИ-21')).text).toContain('Пара ПИ-21');
  });

  test('several near names are all named', async () => {
    for (const name of ['ПИ-21', 'ЭК-21']) await stage.timetable(name);
    expect((await stage.ask(ANYA, ANYA, 'ПК-21')).text).toMatch(/«(ПИ|ЭК)-21» или «(ПИ|ЭК)-21»\?\n/);
  });

  test('several groups of one name stand as buttons', async () => {
    await stage.timetable('ПИ-21', 98);
    await stage.timetable('пи 21', 99);
    const asked = await stage.ask(ANYA, ANYA, 'ПИ-21');
    expect(
      asked.buttons
        ?.flat()
        .map(({ label }) => label)
        .sort(),
    ).toEqual(['ПИ-21', 'пи 21']);
    expect((await stage.press(ANYA, ANYA, 'пи 21')).text).toContain('Пара пи 21');
  });

  test('an unknown group: make it or paste a calendar', async () => {
    const answer = await stage.ask(ANYA, ANYA, 'ЭК-77');
    expect(answer.text).toMatch(/ics.*создать расписание ЭК-77/);
    expect((await stage.press(ANYA, ANYA, 'Создать расписание ЭК-77')).text).toContain('Расписание «ЭК-77»');
  });

  test('another group is shown once, and its buttons stay with it', async () => {
    await stage.timetable('ПИ-21');
    const other = await stage.timetable('ПИ-22');
    await stage.ask(ANYA, ANYA, 'ПИ-21');
    expect((await stage.ask(ANYA, ANYA, 'ПИ-22 завтра')).text).toContain('Пара ПИ-22');
    expect((await stage.press(ANYA, ANYA, 'Неделя')).text).toContain('Пара ПИ-22');
    expect((await stage.peer(ANYA)).timetableId).not.toBe(other);
    expect((await stage.ask(ANYA, ANYA, 'завтра')).text).toContain('Пара ПИ-21');
    expect((await stage.ask(ANYA, ANYA, 'завтра контрольная?')).text).toContain('Пара ПИ-21');
  });

  test.each(['сегодня', 'неделя', 'обновить', 'напоминать за 5 минут', 'вечером в 19:00', 'расписание'])(
    '«%s» before a group is chosen asks which',
    async (words) => {
      expect((await stage.ask(ANYA, ANYA, words)).text).toMatch(/^Какая группа\?/);
      await stage.timetable('Очень странное имя');
      expect((await stage.ask(ANYA, ANYA, 'очень странное имя')).text).toContain('Пара Очень странное имя');
    },
  );

  test('an empty day names the next one', async () => {
    await stage.timetable('ПИ-21');
    await stage.ask(ANYA, ANYA, 'ПИ-21');
    expect((await stage.ask(ANYA, ANYA, 'сегодня')).text).toMatch(/Занятий нет\. Ближайшие: завтра/);
  });

  test('settings are kept and shown', async () => {
    await stage.timetable('ПИ-21');
    await stage.ask(ANYA, ANYA, 'ПИ-21');
    expect((await stage.ask(ANYA, ANYA, 'напоминать за 1 и 15 минут')).text).toContain('за 15 минут и за 1 минуту');
    await stage.ask(ANYA, ANYA, 'вечером в 20:30');
    await stage.ask(ANYA, ANYA, 'не присылать изменения');
    expect(await stage.peer(ANYA)).toMatchObject({ leads: [15, 1], evening: '20:30', changes: false });
    expect((await stage.ask(ANYA, ANYA, 'настройки')).text).toMatch(
      /ПИ-21[\s\S]*15 минут[\s\S]*20:30[\s\S]*не присылаю/,
    );
    await stage.press(ANYA, ANYA, 'Изменения');
    await stage.press(ANYA, ANYA, 'Присылать изменения');
    await stage.ask(ANYA, ANYA, 'не напоминать');
    expect(await stage.peer(ANYA)).toMatchObject({ leads: [], changes: true });
    expect((await stage.ask(ANYA, ANYA, 'вечером')).text).toContain('20:30');
    expect((await stage.ask(ANYA, ANYA, 'напоминать')).text).toMatch(/\?/);
  });

  test.each(['напоминать за 0 минут', 'напоминать за 25 часов', 'напоминать за 1, 2, 3, 4 и 5 минут'])(
    '«%s» is out of bounds',
    async (words) => {
      await stage.timetable('ПИ-21');
      await stage.ask(ANYA, ANYA, 'ПИ-21');
      expect((await stage.ask(ANYA, ANYA, words)).text).toMatch(/от 1 минуты до 24 часов/);
      expect((await stage.peer(ANYA)).leads).toEqual([]);
    },
  );

  test('«стоп» silences and keeps the group, «удалить мои данные» asks and forgets', async () => {
    await stage.timetable('ПИ-21');
    await stage.ask(ANYA, ANYA, 'ПИ-21');
    await stage.ask(ANYA, ANYA, 'напоминать за 5 минут');
    await stage.ask(ANYA, ANYA, 'стоп');
    expect(await stage.peer(ANYA)).toMatchObject({ leads: [], evening: null, changes: false });
    expect((await stage.ask(ANYA, ANYA, 'завтра')).text).toContain('Пара ПИ-21');
    // A limit that a deletion lifted would be none: that it stays for a while is said before.
    expect((await stage.ask(ANYA, ANYA, 'удалить мои данные')).text).toMatch(
      /Счёт просьб .* не позже чем через два часа/,
    );
    expect((await stage.peer(ANYA)).timetableId).not.toBeNull();
    const done = await stage.press(ANYA, ANYA, 'Да, удалить мои данные');
    expect(done.keyboard).toEqual([]);
    expect((await stage.peer(ANYA)).timetableId).toBeNull();
  });

  test('words we do not understand are met with three near commands', async () => {
    const answer = await stage.ask(ANYA, ANYA, 'недля');
    expect(answer.buttons?.flat()).toHaveLength(3);
    expect(answer.buttons?.flat()[0]?.label).toBe('Неделя');
    expect((await stage.ask(ANYA, ANYA, 'а'.repeat(3000))).text).toContain('Не понял');
  });

  test('denying puts to sleep, speaking again wakes', async () => {
    await stage.timetable('ПИ-21');
    await stage.ask(ANYA, ANYA, 'ПИ-21');
    expect((await stage.say(ANYA, ANYA, '', { event: 'denied' })).message).toBeNull();
    expect((await stage.say(ANYA, ANYA, '', { event: 'allowed' })).message).toBeNull();
    expect((await stage.peer(ANYA)).asleep).toBeNull();
  });
});
