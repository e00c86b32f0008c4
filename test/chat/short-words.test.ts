/** Short and unclear words: «пг 1» is a subgroup unless it is a group, «не буди до 9» is asked about. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { understand } from '../../src/chat/understand.ts';
import { lesson } from '../support/make.ts';
import { openStage, type Stage } from './stage.ts';

const ANYA = 1;

describe('a subgroup in short', () => {
  test.each([
    ['пг 1', '1'],
    ['ПГ 1', '1'],
    ['пг1', '1'],
    ['1 пг', '1'],
    ['моя пг 2', '2'],
    ['я в 1 пг', '1'],
    ['пг вторая', '2'],
    ['п/г 2', '2'],
    ['п/г2', '2'],
    ['подгр 1', '1'],
    ['подгр. 1', '1'],
    ['подгр1', '1'],
    ['1 подгр', '1'],
    ['ПОДРГУППА 1', '1'],
    ['п.г. 1', '1'],
    ['подрг 2', '2'],
    ['все пг', ''],
    ['отмени подгруппу', ''],
  ])('«%s»', (words, name) => expect(understand(words)).toEqual({ kind: 'subgroup', name }));

  test.each(['пг 21', 'ПГ-21', 'пг21', 'ПГ-1', 'пг 1 завтра', 'пг утро', 'пг физику', 'пг расписание'])(
    '«%s» is a name',
    (words) => expect(understand(words).kind).not.toBe('subgroup'),
  );
});

describe('not to be woken', () => {
  test.each([
    ['не буди', null],
    ['не буди меня', null],
    ['НЕ БУДИ МЕНЯ ДО 9', '09:00'],
    ['не буди меня до 9', '09:00'],
    ['не буди до 9 утра', '09:00'],
    ['не буди меня, пожалуйста, раньше 9:30', '09:30'],
    ['не буди по утрам', null],
    ['не будить', null],
    ['не будите меня так рано', null],
    ['не буди в выходные', null],
    ['не буди перед первой парой', null],
    ['не тревожь утром', null],
    ['не буди меня рано утром', null],
    ['не буди до обеда', '12:00'],
    ['не звони до 9', '09:00'],
    ['дай поспать', null],
  ])('«%s» is asked about', (words, until) => expect(understand(words)).toEqual({ kind: 'wake', until }));

  test.each([
    ['не буди с 23 до 9', { kind: 'quiet', quiet: { from: '23:00', to: '09:00' } }],
    ['не буди меня с 11 вечера до 8', { kind: 'quiet', quiet: { from: '23:00', to: '08:00' } }],
  ])('«%s» says it all', (words, intent) => expect(understand(words)).toEqual(intent));

  test.each(['буди меня в 7', 'разбуди меня в 7', 'буди', 'меня будит сосед'])('«%s» is not understood', (words) =>
    expect(understand(words).kind).toBe('group'),
  );
});

describe('in conversation', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await openStage();
    const half = (subgroup: string) =>
      lesson({ subgroup, times: { on: 'weekly', weekday: 5, weeks: 'every', start: '10:00', end: '11:00' } });
    await stage.timetable('ЭК-31', 9, [half('1'), half('2')]);
    await stage.ask(ANYA, ANYA, 'ЭК-31');
  });
  afterEach(() => stage.close());

  test('«пг 1» is a subgroup, and a group where there is one', async () => {
    expect((await stage.ask(ANYA, ANYA, 'пг 1')).text).toMatch(/подгруппа 1/);
    const id = await stage.timetable('ПГ-1');
    await stage.ask(ANYA, ANYA, 'пг 1');
    expect((await stage.peer(ANYA)).timetableId).toBe(id);
  });

  test('«не буди меня до 9»: which of what comes in the morning; nothing changes before a press', async () => {
    const labels = async (words: string) =>
      (await stage.ask(ANYA, ANYA, words)).buttons?.flat().map(({ label }) => label);
    const before = await stage.peer(ANYA);
    expect(await labels('не буди меня до 9')).toEqual([
      'Тихо с 23:00 до 09:00',
      'Другие тихие часы',
      'К первой паре не напоминать',
    ]);
    expect(await stage.peer(ANYA)).toEqual(before);
    await stage.press(ANYA, ANYA, 'Тихо с 23:00 до 09:00');
    expect((await stage.peer(ANYA)).quiet).toEqual({ from: '23:00', to: '09:00' });

    await stage.ask(ANYA, ANYA, 'утром в 7:30');
    await stage.ask(ANYA, ANYA, 'к первой паре не напоминать');
    expect(await labels('не буди')).toEqual(['Тихо с 23:00 до 08:00', 'Утром не присылать']);
    await stage.press(ANYA, ANYA, 'Утром не присылать');
    expect((await stage.peer(ANYA)).morning).toBeNull();
  });

  test('in a chat only who may change its settings is asked', async () => {
    const chat = 2_000_000_001;
    await stage.say(ANYA, chat, '', { event: 'invited' });
    expect((await stage.ask(5, chat, 'не буди')).text).toMatch(/Это может тот, кто меня добавил/);
    expect((await stage.ask(ANYA, chat, 'не буди')).buttons).toBeDefined();
  });
});
