/** Words that change what is sent, and the many that only sound like them. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { minutesOf } from '../../src/chat/minutes.ts';
import { understand } from '../../src/chat/understand.ts';
import { openStage, type Stage } from './stage.ts';

const ANYA = 11;
const SETTINGS = new Set(['leads', 'evening', 'changes', 'stop']);

describe('a question changes nothing', () => {
  test.each([
    'нет изменений?',
    'нет изменений',
    'изменений нет?',
    'есть изменения?',
    'какие изменения завтра?',
    'без изменений завтра',
    'пары вечером не отменили?',
    'пары вечером не отменили',
    'вечером не будет пар',
    'вечером нет пар?',
    'вечером без пар',
    'что завтра вечером в 7?',
    'вечером 5 пар?',
    'вечером 5 пар',
    'вечером 20.11',
    'вечером 20 ноября',
    'в пятницу вечером в 7',
    'вечером в 7?',
    'напомни, какие пары завтра',
    'ты не напомнил про физику',
    'напоминаешь за 10 минут?',
    'стоп?',
    'не присылать изменения?',
    'я вечером не приду',
    'хватит пар вечером',
    'пары вечером',
    'какие пары вечером',
  ])('«%s»', (words) => {
    expect(SETTINGS.has(understand(words).kind), JSON.stringify(understand(words))).toBe(false);
  });

  test.each([
    ['вечером 20.11', 20, 11],
    ['вечером 20 ноября', 20, 11],
  ])('«%s» is a day', (words, day, month) => {
    expect(understand(words)).toMatchObject({ kind: 'day', when: { kind: 'date', day, month }, which: { of: 'own' } });
  });

  test.each(['вечером в 20.11', 'вечером 5', 'вечером в 25'])('«%s» is asked about, not set', (words) => {
    expect(understand(words)).toEqual({ kind: 'evening', at: undefined });
  });
});

describe('half of what quiet hours need', () => {
  test.each([
    'тихо с 23',
    'тихо до 7',
    'тихо после 23:00',
    'тихо ночью',
    'ночью тихо',
    'настройки тихих часов',
    'не пиши с 7 до 7',
  ])('«%s»: the rest is asked for', (words) => expect(understand(words)).toEqual({ kind: 'settings', topic: 'quiet' }));
  test.each(['не пиши с понедельника до пятницы', 'пиши с 23 до 7', 'пары с 9 до 12', 'не приду с 9 до 12'])(
    '«%s» is none',
    (words) => expect(understand(words)).not.toMatchObject({ kind: expect.stringMatching(/^(?:quiet|settings)$/) }),
  );
});

test.each([
  ['убери напоминания', 'leads'],
  ['убери тишину', 'quiet'],
  ['убери изменения', 'changes'],
  ['убрать дз матан', 'homework'],
  ['убери вечер', 'evening'],
  ['убрать 3', 'form'],
  ['убери подгруппу', 'subgroup'],
  ['убери завтра', 'day'],
  ['убрать физру?', 'group'],
])('«%s» hides nothing', (words, kind) => expect(understand(words).kind).toBe(kind));

describe('minutes', () => {
  test.each([
    ['не забудь напомнить за 10 минут', [10]],
    ['напоминать за пару минут', [2]],
    ['напоминай за 1,5 часа', [90]],
    ['напоминай за 1.5 ч', [90]],
    ['напоминай за час 30', [90]],
    ['напоминай за двадцать пять минут', [25]],
    ['напоминай о паре за 10мин. и 1мин.', [10, 1]],
    ['напоминай перед каждой парой за 15 и за 1 минуту', [15, 1]],
    ['напоминать за 100000 минут', [100_000]],
    ['напоминать за 2 дня', [2880]],
  ])('«%s»', (words, leads) => expect(understand(words)).toEqual({ kind: 'leads', leads }));

  test.each([
    'напоминай за -5 минут',
    'напоминай за −5 минут',
    'напоминай за +5 минут',
    'напоминай за 5-10 минут',
    'напоминай за 5 6 7 минут',
    'напоминай в 8:30',
    'напоминай в 8',
    'напомни завтра в 8',
    'напомни завтра',
    'напомни 20.11 сдать курсовую',
    'напоминай каждый день',
    'напоминай каждый час',
    'напомни про физкультуру',
    'не напоминай завтра',
    'напоминай за 12345678901 минут',
  ])('«%s» is refused', (words) => expect(understand(words)).toEqual({ kind: 'leads', leads: 'unclear' }));

  test('whatever is typed, values are whole and not negative, or there are none', () => {
    const word = fc.constantFrom(
      'за',
      '5',
      '15',
      '1,5',
      '-5',
      'и',
      ',',
      'час',
      'часа',
      'минут',
      'мин',
      'день',
      '8:30',
      'в',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const minutes = minutesOf(words.join(' '));
        expect(minutes?.every((value) => Number.isInteger(value) && value >= 0) ?? true).toBe(true);
      }),
    );
  });
});

describe('in a conversation', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
    await stage.timetable('ПИ-21');
    await stage.ask(ANYA, ANYA, 'ПИ-21');
    await stage.ask(ANYA, ANYA, 'напоминать за 15 минут');
    await stage.ask(ANYA, ANYA, 'вечером в 20:30');
  });
  afterEach(() => stage.close());

  test.each([
    'нет изменений?',
    'пары вечером не отменили?',
    'что завтра вечером в 7?',
    'вечером 5 пар?',
    'вечером 20.11',
    'напоминать за 100000 минут',
    'напоминай за -5 минут',
    'напоминай за 5 6 7 минут',
    'напоминай в 8:30',
    'напомни 20.11 сдать курсовую',
    'напоминай каждый день',
    'стоп?',
  ])('«%s» leaves every setting as it was', async (words) => {
    const before = await stage.peer(ANYA);
    await stage.ask(ANYA, ANYA, words);
    expect(await stage.peer(ANYA)).toEqual(before);
  });

  test.each(['напоминать за 100000 минут', 'напоминай за -5 минут', 'напоминай каждый день', 'напомни завтра в 8'])(
    '«%s»: what is allowed is said',
    async (words) => {
      expect((await stage.ask(ANYA, ANYA, words)).text).toMatch(/от 1 минуты до 24 часов/);
    },
  );

  test('a day asked for in the evening is shown', async () => {
    expect((await stage.ask(ANYA, ANYA, 'вечером 20.11')).text).toContain('Пара ПИ-21');
    expect((await stage.ask(ANYA, ANYA, 'что завтра вечером в 7?')).text).toContain('Пара ПИ-21');
  });
});
