import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LessonLine } from '../../src/domain/notice.ts';
import { WORDS as EN } from '../../src/text/en/words.ts';
import {
  clean,
  cut,
  dayMonth,
  dotted,
  fit as fitted,
  hours,
  lessonBrief,
  lessonText,
  longDay,
  namedDay,
  plural,
  tinyDay,
} from '../../src/text/format.ts';
import { WORDS } from '../../src/text/ru/words.ts';
import { lessonLine } from './make.ts';

/** What VK turns into a mention: [id1|x], [club5|x], @name, *id1. */
const MENTION = /\[\s*(?:id|club|public|https?:)|[@*]\s*[\p{L}\p{N}_]/iu;
const hostile = fc.string({
  unit: fc.constantFrom(
    '[',
    ']',
    '|',
    '@',
    '*',
    'id1',
    'club5',
    'all',
    'durov',
    '\u2060',
    '\u200b',
    '\u202e',
    '\n',
    '\r',
    '\u0000',
    ' ',
    'x',
    '😀',
    '\ud83d',
    '\u2028',
  ),
  maxLength: 40,
});

describe('a name from outside', () => {
  test.each([
    ['Матан', 'Матан'],
    ['  Высшая \r\n математика\t', 'Высшая математика'],
    ['@all', '@\u2060all'],
    ['[id1|Иванов]', '[\u2060id1|Иванов]'],
    ['*id1 (Иванов)', '*\u2060id1 (Иванов)'],
    ['[club5|[id2|y]]', '[\u2060club5|[\u2060id2|y]]'],
    ['@\u2060all', '@\u2060all'],
    ['\u202eнатам\u202c', 'натам'],
    ['\ud83d', '\ufffd'],
  ])('%j -> %j', (name, harmless) => {
    expect(clean(name)).toBe(harmless);
  });

  test('never mentions, never breaks a line, and cleaning twice is cleaning once', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (name) => {
        const harmless = clean(name);
        expect(harmless).not.toMatch(MENTION);
        expect([...harmless].every((sign) => sign >= ' ')).toBe(true);
        expect(harmless).not.toMatch(/[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(clean(harmless)).toBe(harmless);
        expect(harmless.isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('cut never halves a character and never grows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, max) => {
        const shorter = cut(text, max);
        expect(shorter.length).toBeLessThanOrEqual(max);
        expect(shorter.isWellFormed()).toBe(true);
        if (text.length <= max) expect(shorter).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('a message is cut between lines', () => {
    const lines = Array.from({ length: 300 }, (_, index) => `строка номер ${index}`);
    const text = fitted(lines.join('\n'));
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(text.endsWith('\n…')).toBe(true);
    expect(lines).toEqual(expect.arrayContaining(text.split('\n').slice(0, -1)));
    expect(fitted('я'.repeat(5000))).toHaveLength(4096);
    expect(fitted('коротко')).toBe('коротко');
  });
});

describe('numbers and days', () => {
  test('plurals', () => {
    const forms = ['урок', 'урока', 'уроков'] as const;
    expect([0, 1, 2, 5, 11, 21, 22, 25, 111, 1.5].map((count) => `${count} ${plural(count, forms)}`)).toEqual([
      '0 уроков',
      '1 урок',
      '2 урока',
      '5 уроков',
      '11 уроков',
      '21 урок',
      '22 урока',
      '25 уроков',
      '111 уроков',
      '1.5 урока',
    ]);
    expect([1, 2, 21].map((count) => plural(count, ['lesson', 'lessons', 'lessons'], 'en'))).toEqual([
      'lesson',
      'lessons',
      'lessons',
    ]);
  });

  test('days', () => {
    const today = '2026-11-23';
    expect(longDay('2026-09-14', today, 'ru')).toBe('пн, 14 сентября');
    expect(
      ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25', '2027-01-13'].map((day) => namedDay(day, today, 'ru')),
    ).toEqual([
      'вчера, вс 22 ноября',
      'сегодня, пн 23 ноября',
      'завтра, вт 24 ноября',
      'ср, 25 ноября',
      'ср, 13 января 2027',
    ]);
    expect(namedDay('2026-11-24', today, 'en')).toBe('tomorrow, Tue 24 November');
    expect(tinyDay('2026-11-24', 'ru')).toBe('вт 24.11');
    expect(dotted('2027-01-05', today)).toBe('05.01.2027');
    expect(dayMonth('2026-05-09', today, 'ru')).toBe('9 мая');
  });
});

describe('a lesson', () => {
  const CASES: [string, Partial<LessonLine>, string][] = [
    ['as in the promise', {}, '2. 09:45–11:20  Математический анализ (лек.)\n   404Л · Иванов И. И.'],
    [
      'online',
      { format: 'remote', room: '' },
      '2. 09:45–11:20  Математический анализ (лек.)\n   💻 дистанционно · Иванов И. И.',
    ],
    [
      'in a room or online',
      { format: 'hybrid' },
      '2. 09:45–11:20  Математический анализ (лек.)\n   404Л или 💻 подключиться · Иванов И. И.',
    ],
    [
      'hybrid without a room',
      { format: 'hybrid', room: '' },
      '2. 09:45–11:20  Математический анализ (лек.)\n   💻 подключиться · Иванов И. И.',
    ],
    [
      'with nothing but its name',
      { number: null, kind: '', room: '', teachers: [] },
      '09:45–11:20  Математический анализ',
    ],
    [
      'of a subgroup by two',
      { subgroup: '1', teachers: ['А', 'Б'] },
      '2. 09:45–11:20  Математический анализ (лек.)\n   404Л · А, Б · 1 подгр.',
    ],
    [
      'of a subgroup with a name',
      { subgroup: 'нем.' },
      '2. 09:45–11:20  Математический анализ (лек.)\n   404Л · Иванов И. И. · нем.',
    ],
    ['off', { cancelled: true }, '2. 09:45–11:20  Математический анализ (лек.)\n   ❌ отменена'],
    [
      'of a kind the site made up',
      { kind: 'коллоквиум' },
      '2. 09:45–11:20  Математический анализ (коллоквиум)\n   404Л · Иванов И. И.',
    ],
    [
      'over midnight',
      { endDay: '2026-11-25', end: '00:30', start: '23:00' },
      '2. 23:00–00:30  Математический анализ (лек.)\n   404Л · Иванов И. И.',
    ],
  ];
  test.each(CASES)('%s', (_, patch, expected) => {
    expect(lessonText(lessonLine(patch), WORDS)).toBe(expected);
  });

  test('hours of long ones', () => {
    expect(hours(lessonLine({ allDay: true, endDay: '2026-11-25' }), WORDS)).toBe('весь день');
    expect(hours(lessonLine({ allDay: true, endDay: '2026-11-27' }), WORDS)).toBe('весь день – 26.11');
    expect(hours(lessonLine({ endDay: '2026-11-27', end: '18:00' }), WORDS)).toBe('09:45–27.11 18:00');
  });

  test('in English, and in one line', () => {
    expect(lessonText(lessonLine({ subgroup: '2' }), EN)).toBe(
      '2. 09:45–11:20  Математический анализ (lecture)\n   404Л · Иванов И. И. · subgroup 2',
    );
    expect(lessonBrief(lessonLine(), WORDS)).toBe('09:45 Математический анализ · 404Л');
  });

  test('takes at most two lines of a phone and mentions nobody, whatever its names are', () => {
    const anyLine = fc
      .record({
        subject: fc.oneof(hostile, fc.string({ maxLength: 300 })),
        kind: fc.oneof(hostile, fc.constantFrom('lecture', 'toString', '__proto__')),
        room: fc.string({ maxLength: 300 }),
        subgroup: hostile,
        teachers: fc.array(hostile, { maxLength: 30 }),
        format: fc.constantFrom('onsite' as const, 'remote' as const, 'hybrid' as const),
        cancelled: fc.boolean(),
      })
      .map(lessonLine);
    fc.assert(
      fc.property(anyLine, (lesson) => {
        const text = lessonText(lesson, WORDS);
        expect(text.split('\n').length).toBeLessThanOrEqual(2);
        expect(text.length).toBeLessThanOrEqual(220);
        expect(text).not.toMatch(MENTION);
      }),
      { numRuns: 500 },
    );
  });
});
