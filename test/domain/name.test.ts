import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digitsOf, distance, fold, rank } from '../../src/domain/name.ts';

describe('fold', () => {
  test.each([
    ['ПИ-21', 'пи21'],
    ['пи 21', 'пи21'],
    ['«П.И.» — 21', 'пи21'],
    ['ЭБ-23-1', 'эб231'],
    ['Учёт', 'учет'],
    // Latin P, H, B, C, A typed for Cyrillic letters.
    ['PH-21', 'рн21'],
    ['ПH-21', 'пн21'],
    ['BCA-1', 'вса1'],
    // Latin letters that look like no Russian ones: the name is Latin.
    ['CS-101', 'cs101'],
    ['PIZ-1', 'piz1'],
    ['СS-101', 'сs101'],
    ['Й1', 'й1'],
    ['И\u03061', 'й1'],
    ['- . «»', ''],
  ])('%s -> %s', (name, folded) => {
    expect(fold(name)).toBe(folded);
  });

  test('folding twice is folding once; case and dashes never count', () => {
    const anyName = fc.string({ unit: fc.constantFrom(...'ПИэбЁёй-–. «»_ABCabcxyzsq0123456789') });
    fc.assert(
      fc.property(anyName, (name) => {
        expect(fold(fold(name))).toBe(fold(name));
        expect(fold(name.toUpperCase())).toBe(fold(name.toLowerCase()));
        expect(fold([...name].join(' -'))).toBe(fold(name));
      }),
      { numRuns: 500 },
    );
  });
});

test('digits are kept apart', () => {
  expect(['ПИ-21', 'ЭБ-23-1', 'ЭБ-2-31', 'преподаватели'].map(digitsOf)).toEqual(['21', '23.1', '2.31', '']);
});

describe('distance', () => {
  test.each([
    ['', '', 0],
    ['пи', '', 2],
    ['пи', 'пи', 0],
    ['пи', 'ип', 1],
    ['пи', 'пб', 1],
    ['пи', 'пим', 1],
    ['котенок', 'скиток', 4],
  ])('%s %s = %d', (a, b, expected) => {
    expect(distance(a, b)).toBe(expected);
    expect(distance(b, a)).toBe(expected);
  });

  test('is bounded by the longer word and by the difference of lengths', () => {
    const word = fc.string({ unit: fc.constantFrom('а', 'б', 'в'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const slips = distance(a, b);
        expect(slips).toBe(distance(b, a));
        expect(slips).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(slips).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(slips === 0).toBe(a === b);
      }),
      { numRuns: 500 },
    );
  });
});

describe('rank', () => {
  const names = ['ПИ-21', 'ПИ-22', 'ПМ-21', 'ЭБ-21', 'ПИб-21', 'ПИ-2-1', 'Прикладная информатика 21'];
  test.each([
    ['пи21', ['ПИ-21', 'ПИб-21', 'ПМ-21']],
    ['ип-21', ['ПИ-21']],
    ['ПИ-23', []],
    ['прикладнаяинфарматека 21', ['Прикладная информатика 21']],
    ['', []],
  ])('%s', (query, expected) => {
    expect(rank(query, names)).toEqual(expected);
  });

  test('never forgives a digit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.constantFrom(...names), (query, name) => {
        if (digitsOf(query) !== digitsOf(name)) expect(rank(query, [name])).toEqual([]);
      }),
    );
  });
});
