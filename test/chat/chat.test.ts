/** A group chat over the real flows: one greeting, silence unless asked, settings only for those who may. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

const ANYA = 11;
const BORIS = 12;
const CHAT = 2_000_000_001;
let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

describe('a group chat', () => {
  const invite = () => stage.ask(ANYA, CHAT, '', { event: 'invited' });

  test('one greeting with one question, and how to answer it', async () => {
    const { text } = await invite();
    expect(text.match(/\?/g)).toHaveLength(1);
    expect(text).toMatch(/ответь на это сообщение или напиши «\/ПИ-21»/i);
    expect(text).toContain('удалить мои данные');
  });

  test('silence unless addressed, and to what is not understood', async () => {
    await invite();
    expect(await stage.say(BORIS, CHAT, 'завтра кто идёт?', { addressed: false })).toEqual({
      message: null,
      form: null,
    });
    expect((await stage.say(BORIS, CHAT, 'ну и погода')).message).toBeNull();
  });

  test('who added the bot chooses; another member sees the day but changes nothing', async () => {
    const id = await stage.timetable('ПИ-21');
    await invite();
    const refused = await stage.ask(BORIS, CHAT, 'ПИ-21');
    expect(refused.text).toMatch(/кто меня добавил, или администратор/);
    expect(refused.text).toContain('Пара ПИ-21');
    expect((await stage.peer(CHAT)).timetableId).toBeNull();
    const chosen = await stage.ask(ANYA, CHAT, 'ПИ-21');
    expect(chosen.text).toMatch(/в 19:00 пришлю пары на завтра и сразу скажу об изменениях/);
    expect(await stage.peer(CHAT)).toMatchObject({ timetableId: id, evening: '19:00', changes: true });
    expect((await stage.ask(BORIS, CHAT, 'завтра')).text).toContain('Пара ПИ-21');
    expect((await stage.ask(BORIS, CHAT, 'настройки')).text).toContain('ПИ-21');
  });

  test.each([
    'напоминать за 5 минут',
    'не напоминать',
    'вечером в 20:00',
    'изменения выкл',
    'стоп',
    'удалить мои данные',
    'да, удалить мои данные',
    'сменить группу',
    'создать расписание ПИ-31',
    'добавить пары',
    'https://x.example/a.ics',
  ])('«%s» is for the one who added the bot and for admins', async (words) => {
    await stage.timetable('ПИ-21');
    await invite();
    await stage.ask(ANYA, CHAT, 'ПИ-21');
    const before = await stage.peer(CHAT);
    expect((await stage.ask(BORIS, CHAT, words)).text).toMatch(/администратор беседы/);
    expect((await stage.say(BORIS, CHAT, words, { event: 'press' })).snackbar).toMatch(/администратор беседы/);
    expect(await stage.peer(CHAT)).toEqual(before);
  });

  test('an admin may, too', async () => {
    await stage.timetable('ПИ-21');
    await invite();
    stage.admins.add(BORIS);
    await stage.ask(BORIS, CHAT, 'ПИ-21');
    await stage.ask(BORIS, CHAT, 'вечером в 20:00');
    expect((await stage.peer(CHAT)).evening).toBe('20:00');
  });

  test('thrown out, it sleeps; invited again, it greets', async () => {
    await invite();
    expect((await stage.say(BORIS, CHAT, '', { event: 'removed' })).message).toBeNull();
    expect((await stage.ask(BORIS, CHAT, '', { event: 'invited' })).text).toMatch(/\?/);
    expect(await stage.peer(CHAT)).toMatchObject({ asleep: null, ownerId: BORIS });
  });
});
