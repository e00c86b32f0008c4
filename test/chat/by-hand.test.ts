/** A timetable typed by a person, over the real flows. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

const ANYA = 11;
const BORIS = 12;
const CHAT = 2_000_000_001;
const LINES = 'Пн 1 матан лек Иванов 404Л; Вт 2 физика лаб; Ср 3 англ нечёт';
let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

describe('by hand', () => {
  test('create a group, enter the lessons by hand, add the bot to the group chat, and it sends the timetable', async () => {
    await stage.ask(ANYA, ANYA, 'создать расписание ПИ-21');
    const shown = await stage.ask(ANYA, ANYA, LINES);
    expect(shown.text).toMatch(
      /Понедельник\n1\) 1 пара: матан \(лек\.\) · Иванов · 404Л\n\nВторник\n2\) 2 пара: физика \(лаб\.\)\n\nСреда\n3\) 3 пара: англ · нечётные недели/,
    );
    await stage.press(ANYA, ANYA, 'Звонки как обычно');
    const sure = await stage.press(ANYA, ANYA, 'С 1 сентября по 31 января');
    expect(sure.text).toContain('Сейчас чётная неделя');
    const saved = await stage.press(ANYA, ANYA, 'Сохранить');
    expect(saved.text).toMatch(/сохранено.*в беседу.*«\/ПИ-21»/);
    expect((await stage.ask(ANYA, ANYA, '23.11')).text).toMatch(/1\. 08:00–09:35 {2}матан \(лек\.\)\n.*404Л · Иванов/);
    expect((await stage.ask(ANYA, ANYA, '25.11')).text).toContain('англ');
    expect((await stage.ask(ANYA, ANYA, '18.11')).text).not.toContain('англ');

    await stage.ask(ANYA, CHAT, '', { event: 'invited' });
    expect((await stage.ask(ANYA, CHAT, 'ПИ-21')).text).toContain('матан');
    expect((await stage.ask(BORIS, CHAT, 'неделя')).text).toContain('физика');
  });

  test('a question in the middle is answered and the dialogue waits; «стоп» and «отмена» end it', async () => {
    await stage.ask(ANYA, ANYA, 'создать расписание ПИ-21');
    const aside = await stage.ask(ANYA, ANYA, 'помощь');
    expect(aside.text).toMatch(/«ПИ-21» ждёт/);
    expect((await stage.ask(ANYA, ANYA, LINES)).text).toContain('Понял так, 3 пары');
    expect((await stage.ask(ANYA, ANYA, 'отмена')).text).toContain('ничего не сохранил');
    expect((await stage.ask(ANYA, ANYA, 'сохранить')).text).toContain('ничего не заполняем');
  });

  test('in a chat a dialogue belongs to its person and hears only what is addressed', async () => {
    await stage.ask(ANYA, CHAT, '', { event: 'invited' });
    await stage.ask(ANYA, CHAT, 'создать расписание ПИ-21');
    const overheard = await stage.say(ANYA, CHAT, 'Пн 1 матан', { addressed: false });
    expect(overheard.message).toBeNull();
    expect(overheard.form?.kind).toBe('lessons');
    expect((await stage.ask(BORIS, CHAT, 'отмена')).text).toBe('Хорошо.');
    expect((await stage.ask(ANYA, CHAT, LINES)).text).toContain('Понял так');
  });

  test('only who made a timetable adds to it', async () => {
    await stage.timetable('ПИ-21', ANYA);
    await stage.ask(ANYA, ANYA, 'добавить пары\nСб 10:00-11:30 право');
    expect((await stage.press(ANYA, ANYA, 'Сохранить')).text).toContain('1 пару');
    expect((await stage.ask(ANYA, ANYA, '21.11')).text).toContain('право');
    expect((await stage.ask(BORIS, BORIS, 'добавить пары в ПИ-21')).text).toMatch(/только тот, кто создал/);
    expect((await stage.ask(BORIS, BORIS, 'добавить пары')).text).toMatch(/пока нет/);
    expect((await stage.ask(BORIS, BORIS, 'добавить пары в ЮР-1')).text).toMatch(/«ЮР-1» у меня нет/);
    expect((await stage.ask(ANYA, ANYA, 'обновить')).text).toMatch(/вручную/);
  });

  test('names and lines from people can not mention anybody', async () => {
    await stage.ask(ANYA, ANYA, 'создать расписание [id1|ПИ] @all');
    const shown = await stage.ask(ANYA, ANYA, 'Пн 1 [id1|матан] @all *id2\nчушь [id3|x]');
    expect(shown.text).not.toMatch(/\[id|@all|\*id/);
  });

  test('who follows another group is offered their own timetables; its bells are known', async () => {
    await stage.ask(ANYA, ANYA, `создать расписание ПИ-21\n${LINES}`);
    await stage.ask(ANYA, ANYA, '1 8:30-10:00, 2 10:10-11:40, 3 12:00-13:30');
    await stage.ask(ANYA, ANYA, 'да');
    await stage.ask(ANYA, ANYA, 'сохранить');
    await stage.timetable('ЭК-11', BORIS);
    await stage.ask(ANYA, ANYA, 'ЭК-11');
    const offered = await stage.ask(ANYA, ANYA, 'добавить пары');
    expect(offered.text).toMatch(/тот, кто его создал.*из своих/);
    expect((await stage.press(ANYA, ANYA, 'ПИ-21')).text).toContain('Расписание «ПИ-21»');
    const shown = await stage.ask(ANYA, ANYA, 'Сб 2 право');
    expect(shown.text).toMatch(/2\) 10:10–11:40[\s\S]*Сохранить\?/);
    expect((await stage.press(ANYA, ANYA, 'Сохранить')).text).toContain('1 пару');
    await stage.ask(ANYA, ANYA, 'ПИ-21');
    expect((await stage.ask(ANYA, ANYA, '21.11')).text).toMatch(/10:10–11:40 {2}право/);
  });

  test('«удалить расписание» asks, deletes for everybody, and only for its owner', async () => {
    const id = await stage.timetable('ПИ-21', ANYA);
    await stage.ask(BORIS, BORIS, 'ПИ-21');
    expect((await stage.ask(BORIS, BORIS, 'удалить расписание ПИ-21')).text).toMatch(/только тот, кто его создал/);
    expect((await stage.ask(BORIS, BORIS, `да, удалить расписание ${id}`)).text).toMatch(/только тот, кто его создал/);
    expect((await stage.ask(BORIS, BORIS, 'удалить расписание')).text).toMatch(/пока нет/);
    await stage.ask(ANYA, ANYA, 'удалить расписание пи 21');
    expect((await stage.press(ANYA, ANYA, 'Отмена')).text).toBe('Хорошо.');
    expect((await stage.ask(BORIS, BORIS, 'завтра')).text).toContain('Пара ПИ-21');
    expect((await stage.ask(ANYA, ANYA, 'удалить расписание')).text).toMatch(/«ПИ-21» для всех.*Точно\?/);
    expect((await stage.press(ANYA, ANYA, 'Да, удалить расписание')).text).toContain('больше нет');
    expect((await stage.ask(ANYA, ANYA, `да, удалить расписание ${id}`)).text).toContain('уже нет');
    expect((await stage.ask(BORIS, BORIS, 'ПИ-21')).text).not.toContain('Пара');
  });

  test('the button that deletes can be typed as it reads; of several it asks which', async () => {
    await stage.timetable('ПИ-21', ANYA);
    expect((await stage.ask(BORIS, BORIS, 'да, удалить расписание')).text).toMatch(/пока нет/);
    expect((await stage.ask(ANYA, ANYA, 'Да, удалить расписание')).text).toContain('«ПИ-21» больше нет');
    for (const name of ['ПИ-22', 'ПИ-23']) await stage.timetable(name, ANYA);
    expect((await stage.ask(ANYA, ANYA, 'да, удалить расписание')).text).toMatch(/Какое/);
  });

  test('of several own timetables one is asked for', async () => {
    for (const name of ['ПИ-21', 'ПИ-22']) await stage.timetable(name, ANYA);
    await stage.ask(ANYA, ANYA, 'удалить расписание');
    expect((await stage.press(ANYA, ANYA, 'ПИ-22')).text).toContain('Удалю «ПИ-22»');
  });

  test('«/» is no name, and what waits without a name says so', async () => {
    await stage.ask(ANYA, ANYA, 'создать расписание');
    expect((await stage.ask(ANYA, ANYA, '/')).text).toMatch(/Как назвать/);
    const aside = await stage.ask(ANYA, ANYA, 'помощь');
    expect(aside.text).not.toContain('«»');
    expect(aside.text).toContain('Жду название');
    const named = await stage.ask(ANYA, ANYA, '[club1|ПИ] @all');
    expect(named.text).toMatch(/club1.*ПИ/);
  });
});
