/** Texts made to harm: nothing is thrown, no link stays in what people read, and no text costs more than its length. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkLesson } from '../../src/domain/lesson.ts';
import { normalize } from '../../src/source/normalize.ts';
import { COURSE, read, ZOOM } from './rows.ts';

const FRAGMENTS = [
  ...[
    ZOOM,
    COURSE,
    'zoom.us/j/2',
    'www.a.ru/b',
    'HTTP://A.RU',
    'tg://x',
    '://',
    'https:',
    '//',
    'ht',
    'tps',
    '<b>',
    '<br>',
    '&amp;',
  ],
  ...[
    '\u200b',
    '\u202e',
    '\u2066',
    '\0',
    '\n',
    '\r',
    '\ud800',
    '\udc00',
    '😀',
    '@all',
    '[id1|x]',
    '`',
    '«',
    '»',
    'и\u0306',
  ],
  ...[
    '(',
    ')',
    '[',
    ']',
    ',',
    ';',
    '.',
    '-',
    ' – ',
    ':',
    '/',
    ' ',
    '1',
    'п/г 1',
    '(лек.)',
    'лаб',
    'ДО',
    'Преподаватель: ',
    'Физика',
    'a',
  ],
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 30 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.constant('Ж'.repeat(10_000)),
);
const maybe = fc.option(hostile, { nil: undefined });
const anyRaw = fc.record({
  ...{ subject: hostile, kind: maybe, room: maybe, link: maybe, note: maybe, subgroup: maybe, id: maybe },
  number: fc.option(fc.oneof(hostile, fc.constantFrom('1', '99', '№3')), { nil: undefined }),
  teachers: fc.option(fc.array(hostile, { maxLength: 30 }), { nil: undefined }),
  day: fc.option(fc.oneof({ weight: 5, arbitrary: fc.constant('2026-09-07') }, hostile), { nil: undefined }),
  endDay: fc.option(fc.oneof({ weight: 5, arbitrary: fc.constant('2026-09-08') }, hostile), { nil: undefined }),
  weekday: fc.option(fc.oneof({ weight: 5, arbitrary: fc.constant('Пн') }, hostile), { nil: undefined }),
  weeks: fc.option(fc.oneof(fc.constantFrom('', '1-5', 'неч'), hostile), { nil: undefined }),
  start: fc.oneof({ weight: 5, arbitrary: fc.constant('9:00') }, hostile),
  end: fc.oneof({ weight: 5, arbitrary: fc.constant('10:35') }, hostile),
  allDay: fc.boolean(),
  cancelled: fc.boolean(),
  changed: fc.boolean(),
});
const LINKS = /[a-z]:\/\/|www\.|zoom\.us\/|lms\.univer\.ru\//i;

test('whatever a site prints: nothing is thrown, no link stays in what people read, an editor might have written each lesson', () => {
  let lessonsSeen = 0;
  fc.assert(
    fc.property(anyRaw, hostile, (raw, reason) => {
      const { lessons, skipped } = normalize({ name: reason, lessons: [raw], skipped: [reason] }, 'Europe/Moscow');
      expect(lessons.length + skipped.length).toBe(2);
      for (const text of skipped) expect(text).not.toMatch(LINKS);
      for (const lesson of lessons) {
        lessonsSeen += 1;
        const { subject, kind, teachers, subgroup, note, place } = lesson;
        for (const text of [subject, kind, subgroup, note, place.room, ...teachers]) {
          expect(text).not.toMatch(LINKS);
          expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
          expect(text.isWellFormed()).toBe(true);
        }
        expect(checkLesson(lesson)).toEqual(lesson);
      }
    }),
    { numRuns: 3_000 },
  );
  expect(lessonsSeen).toBeGreaterThan(300);
});

test('the order and the number of rows do not change how each is read', () => {
  fc.assert(
    fc.property(fc.array(anyRaw, { maxLength: 6 }), (rows) => {
      const together = normalize({ lessons: rows, skipped: [] }, 'Europe/Moscow').lessons;
      const alone = rows.flatMap((raw) => normalize({ lessons: [raw], skipped: [] }, 'Europe/Moscow').lessons);
      expect(together).toEqual(alone);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['lines', '\n'.repeat(60_000)],
  ['teachers', 'Преподаватель: '.repeat(4_000)],
  ['tags', '<a '.repeat(20_000)],
  ['dots', 'a.'.repeat(30_000)],
  ['kinds', ' лек'.repeat(15_000)],
])('a comment of 60,000 characters of %s costs no more than its length', { timeout: 6_000 }, (_name, text) => {
  const rows = Array.from({ length: 20 }, () => ({
    subject: text,
    note: text,
    room: text,
    kind: text,
    subgroup: text,
  }));
  expect(read(...rows).lessons.length).toBeLessThanOrEqual(20);
});
