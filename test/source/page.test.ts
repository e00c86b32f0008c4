/** What sites print in single fields, read by tables; and texts made to harm, by properties. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCall, withoutLinks } from '../../src/source/door.ts';
import { isDistance, knownKind } from '../../src/source/kind.ts';
import { clean, clock, clockRange, visible, weekday, weeks } from '../../src/source/page.ts';

test.each([
  ['9:00', '09:00'],
  ['09.00', '09:00'],
  ['9-00', '09:00'],
  ['9–00', '09:00'],
  ['0900', '09:00'],
  ['900', '09:00'],
  [' 18:45 ', '18:45'],
  ['09:00:00', '09:00'],
  ['9⁰⁰', '09:00'],
  ['13³⁵', '13:35'],
  ['９：００', '09:00'],
  ['00:00', '00:00'],
  ['23:59', '23:59'],
  ['24:00', null],
  ['9:60', null],
  ['9', null],
  ['', null],
  ['9:00–10:35', null],
  ['2 пара', null],
  ['1:2:3', null],
  ['-9:00', null],
])('clock «%s» is %s', (text, wanted) => expect(clock(text)).toBe(wanted));

test.each([
  ['9:00–10:35', '09:00 10:35'],
  ['9.00-10.35', '09:00 10:35'],
  ['09:00 — 10:35', '09:00 10:35'],
  ['9-00 - 10-35', '09:00 10:35'],
  ['8-30-10-05', '08:30 10:05'],
  ['0830-1005', '08:30 10:05'],
  ['9⁰⁰–10³⁵', '09:00 10:35'],
  ['с 9:00 до 10:35', '09:00 10:35'],
  ['С 9.00 по 10.35', '09:00 10:35'],
  ['08:00:00-09:35:00', '08:00 09:35'],
  ['9:00\n10:35', '09:00 10:35'],
  ['9:00', null],
  ['9:00–', null],
  ['9:00–25:00', null],
  ['9–10', null],
  ['14.09-15.09.2026', null],
])('range «%s» is %s', (text, wanted) => {
  const range = clockRange(text);
  expect(range === null ? null : `${range.start} ${range.end}`).toBe(wanted);
});

test.each([
  ['Пн', 1],
  ['пн.', 1],
  ['ПОНЕДЕЛЬНИК', 1],
  ['Вторник', 2],
  ['ср', 3],
  ['Чтв', 4],
  ['четверг', 4],
  ['Пт, 18.09', 5],
  ['Суббота 19.09.2026', 6],
  ['суббота (19.09)', 6],
  ['воскресенье', 7],
  ['Mon', 1],
  ['tuesday', 2],
  ['th', 4],
  ['1', 1],
  ['7', 7],
  ['П\u0301н', null],
  ['п\u200bн', 1],
  ['0', null],
  ['8', null],
  ['', null],
  ['чтение', null],
  ['Чётная', null],
  ['сборы', null],
  ['средняя', null],
  ['mother', null],
  ['понедельник вторник', null],
])('weekday «%s» is %s', (text, wanted) => expect(weekday(text)).toBe(wanted));

test.each([
  ['', 'every'],
  ['каждая неделя', 'every'],
  ['еженедельно', 'every'],
  ['все', 'every'],
  ['Все недели', 'every'],
  ['чёт', 'even'],
  ['чет.', 'even'],
  ['Чётная неделя', 'even'],
  ['знаменатель', 'even'],
  ['знам.', 'even'],
  ['нижняя', 'even'],
  ['нечёт', 'odd'],
  ['неч', 'odd'],
  ['нечетная нед.', 'odd'],
  ['Числитель', 'odd'],
  ['числ.', 'odd'],
  ['верхняя неделя', 'odd'],
  ['odd weeks', 'odd'],
  ['1-5,9', [1, 2, 3, 4, 5, 9]],
  ['1–3, 9 нед.', [1, 2, 3, 9]],
  ['нед. 2, 4', [2, 4]],
  ['недели: 9;7;7', [7, 9]],
  ['1 3 5', [1, 3, 5]],
  ['2, 4 и 6', [2, 4, 6]],
  ['с 2 по 4 неделю', [2, 3, 4]],
  ['5 н', [5]],
  ['1-8 неч.', [1, 3, 5, 7]],
  ['1-8 чётные', [2, 4, 6, 8]],
  ['5-1', null],
  ['0', null],
  ['99', null],
  ['четверг', null],
  ['четыре', null],
  ['по согласованию', null],
  ['1-5,x', null],
  ['1,,2', null],
  ['2 чёт нечёт', null],
])('weeks «%s» are %j', (text, wanted) => expect(weeks(text)).toEqual(wanted));

describe('clean', () => {
  test.each([
    ['  a \t b\r\nc ', 'a b c'],
    ['a\u0000b\u001b[31mc', 'ab[31mc'],
    ['\u202eкивд\u202c', 'кивд'],
    ['за\u00adчёт', 'зачёт'],
    ['Фи\u200bзи\u2060ка\ufeff', 'Физика'],
    ['и\u0306', 'й'],
    ['a\u2028b\u2029c\u0085d', 'a b c d'],
    ['\ud800x', '\ufffdx'],
    ['a\u00a0b', 'a b'],
  ])('%j is %j', (text, wanted) => expect(clean(text)).toBe(wanted));

  test('is cut at the limit, never inside a character', () => {
    expect(clean('абвгд', 3)).toBe('аб…');
    expect(clean('аб гд', 4)).toBe('аб…');
    expect(clean('a😀b', 3)).toBe('a…');
    expect(clean('😀'.repeat(10_000), 300).length).toBeLessThanOrEqual(300);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom('\u200b', '\u202e', '\n', ' ', '(', ')', '-', '.', ',', '1', 'а', '/', ':', 'w'),
    maxLength: 200,
  }),
);

test('any text: clean is one line within its limit, and clean again is the same', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 300 }), (text, max) => {
      const once = clean(text, max);
      expect(once.length).toBeLessThanOrEqual(max);
      expect(once).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(once.isWellFormed()).toBe(true);
      expect(clean(once, max)).toBe(once);
    }),
    { numRuns: 500 },
  );
});

test('any text is read or not, and never throws', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const read of [clock, clockRange, weekday, weeks, knownKind, isDistance, isCall, visible]) read(text);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['blanks', ' '.repeat(60_000)],
  ['lines', '\n'.repeat(60_000)],
  ['letters', 'a'.repeat(60_000)],
  ['dots', 'a.'.repeat(30_000)],
  ['brackets', '('.repeat(60_000)],
  ['slashes', 'https://'.repeat(8_000)],
  ['numbers', '1,'.repeat(30_000)],
  ['dashes', '1-'.repeat(30_000)],
])('60,000 %s cost no more than their length', { timeout: 4_000 }, (_name, text) => {
  for (const read of [clean, clock, clockRange, weekday, weeks, knownKind, isDistance, isCall, withoutLinks]) {
    for (let times = 0; times < 20; times++) read(text);
  }
  expect(clean(text).length).toBeLessThanOrEqual(300);
});
