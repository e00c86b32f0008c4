/** Lessons as people type them: every form we promise to read, and what is said of those we can not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeRows, parseLines } from '../../src/chat/lesson-lines.ts';
import type { DraftRow } from '../../src/text/draft.ts';

const EMPTY: DraftRow = {
  weekday: 1,
  number: null,
  start: null,
  end: null,
  subject: '',
  kind: '',
  teachers: [],
  room: '',
  link: '',
  format: 'onsite',
  subgroup: '',
  weeks: 'every',
};

/** What a line must give; what is not named must be empty. */
const READ: readonly (readonly [line: string, ...rows: readonly Partial<DraftRow>[]])[] = [
  // The client's own examples.
  ['Пн 1 матан лек Иванов 404Л', { number: 1, subject: 'матан', kind: 'lecture', teachers: ['Иванов'], room: '404Л' }],
  ['Вт 2 физика лаб', { weekday: 2, number: 2, subject: 'физика', kind: 'lab' }],
  ['Ср 3 англ нечёт', { weekday: 3, number: 3, subject: 'англ', weeks: 'odd' }],
  ['Чт 10:00-11:30 право', { weekday: 4, start: '10:00', end: '11:30', subject: 'право' }],
  // Days, numbers and times.
  ['понедельник, 1 пара: матан', { number: 1, subject: 'матан' }],
  ['ВТ. 2) физика', { weekday: 2, number: 2, subject: 'физика' }],
  ['в среду 3-я пара химия', { weekday: 3, number: 3, subject: 'химия' }],
  ['2 чт история', { weekday: 4, number: 2, subject: 'история' }],
  ['8.30–10.00 пт право', { weekday: 5, start: '08:30', end: '10:00', subject: 'право' }],
  ['Сб с 9:00 до 10:30 химия', { weekday: 6, start: '09:00', end: '10:30', subject: 'химия' }],
  ['Пн 1 8:00-9:30 матан', { number: 1, start: '08:00', end: '09:30', subject: 'матан' }],
  [
    'Пт 1-2 физра спортзал',
    { weekday: 5, number: 1, subject: 'физра', room: 'спортзал' },
    { weekday: 5, number: 2, subject: 'физра', room: 'спортзал' },
  ],
  ['• Вс 1 дежурство', { weekday: 7, number: 1, subject: 'дежурство' }],
  [
    'Пн\t1\tматан\tлек\tИванов\t404Л',
    { number: 1, subject: 'матан', kind: 'lecture', teachers: ['Иванов'], room: '404Л' },
  ],
  ['Пн | 1 | матан | 404', { number: 1, subject: 'матан', room: '404' }],
  // Teachers.
  [
    'Пн 1 Математический анализ (лек.) Иванов И.И. 404Л',
    { number: 1, subject: 'Математический анализ', kind: 'lecture', teachers: ['Иванов И.И.'], room: '404Л' },
  ],
  ['Пн 1 матан Иванов И. И.', { number: 1, subject: 'матан', teachers: ['Иванов И. И.'] }],
  ['Пн 1 И.И. Иванов матан', { number: 1, subject: 'матан', teachers: ['И.И. Иванов'] }],
  ['Пн 1 матан доц. Петров', { number: 1, subject: 'матан', teachers: ['доц. Петров'] }],
  [
    'вт 3 Английский язык пр доц. Петрова А. А. ауд. 5',
    {
      weekday: 2,
      number: 3,
      subject: 'Английский язык',
      kind: 'practice',
      teachers: ['доц. Петрова А. А.'],
      room: 'ауд. 5',
    },
  ],
  [
    'Пн 1 Матан лек Иванов И.И., Петров П.П.',
    { number: 1, subject: 'Матан', kind: 'lecture', teachers: ['Иванов И.И.', 'Петров П.П.'] },
  ],
  ['Пн 1 физика лаб Шварц 3-12', { number: 1, subject: 'физика', kind: 'lab', teachers: ['Шварц'], room: '3-12' }],
  [
    'Пн 1 История Смирнов Пётр Ильич 12',
    { number: 1, subject: 'История', teachers: ['Смирнов Пётр Ильич'], room: '12' },
  ],
  ['пн 1 матан лек иванов 404л', { number: 1, subject: 'матан', kind: 'lecture', teachers: ['Иванов'], room: '404л' }],
  [
    'Пн 1 Программирование, лек., Козлов, 101',
    { number: 1, subject: 'Программирование', kind: 'lecture', teachers: ['Козлов'], room: '101' },
  ],
  // In doubt the word stays in the subject.
  ['Пн 2 История России 301', { number: 2, subject: 'История России', room: '301' }],
  ['Пн 2 Технический английский 101', { number: 2, subject: 'Технический английский', room: '101' }],
  ['Пн 2 Иванов', { number: 2, subject: 'Иванов' }],
  ['Пн 2 учебная практика', { number: 2, subject: 'учебная практика' }],
  ['Пн 2 практика', { number: 2, subject: 'практика' }],
  ['Пн 2 Лекция по праву', { number: 2, subject: 'Лекция по праву' }],
  // Rooms and what only looks like one.
  ['Пн 2 404Л матан лек Иванов', { number: 2, subject: 'матан', kind: 'lecture', teachers: ['Иванов'], room: '404Л' }],
  ['Пн 2 матан аудитория 404', { number: 2, subject: 'матан', room: 'аудитория 404' }],
  ['Пн 2 матан (каб. 12)', { number: 2, subject: 'матан', room: 'каб. 12' }],
  ['Пн 2 физика Г-301', { number: 2, subject: 'физика', room: 'Г-301' }],
  ['Пн 2 Математика 2', { number: 2, subject: 'Математика 2' }],
  ['Пн 2 Математика 2 лек 404', { number: 2, subject: 'Математика 2', kind: 'lecture', room: '404' }],
  ['Пн 2 1С программирование 205', { number: 2, subject: '1С программирование', room: '205' }],
  // Weeks, subgroups, kinds, distance.
  ['Пн 3 Химия знаменатель', { number: 3, subject: 'Химия', weeks: 'even' }],
  ['Пн 3 Химия числ. лаб', { number: 3, subject: 'Химия', kind: 'lab', weeks: 'odd' }],
  ['Пн 3 по чётным неделям Химия', { number: 3, subject: 'Химия', weeks: 'even' }],
  ['Пн 3 Химия 1,3,5 нед', { number: 3, subject: 'Химия', weeks: [1, 3, 5] }],
  [
    'Пн 3 Химия 1-4 нед. лаб. работа 210',
    { number: 3, subject: 'Химия', kind: 'lab', room: '210', weeks: [1, 2, 3, 4] },
  ],
  ['Пн 3 Химия лаб п/г 1', { number: 3, subject: 'Химия', kind: 'lab', subgroup: '1' }],
  ['Пн 3 Химия 2 подгр', { number: 3, subject: 'Химия', subgroup: '2' }],
  ['Пн 3 2-я подгруппа Химия', { number: 3, subject: 'Химия', subgroup: '2' }],
  ['Пн 3 зачёт с оценкой Химия', { number: 3, subject: 'Химия', kind: 'graded-test' }],
  ['Пн 3 Химия сем', { number: 3, subject: 'Химия', kind: 'seminar' }],
  ['Пн 3 Химия дистанционно', { number: 3, subject: 'Химия', format: 'remote' }],
  ['Пн 3 Химия онлайн 404', { number: 3, subject: 'Химия', room: '404', format: 'hybrid' }],
  [
    'Пн 3 Химия https://call.example/abc',
    { number: 3, subject: 'Химия', link: 'https://call.example/abc', format: 'remote' },
  ],
  ['Пн 3 вебинар', { number: 3, subject: 'вебинар', format: 'remote' }],
];

describe('a line read', () => {
  test.each(READ.map(([line, ...rows]) => ({ line, rows })))('$line', ({ line, rows }) => {
    expect(parseLines(line)).toMatchObject({ rows: rows.map((row) => ({ ...EMPTY, ...row })), bad: [] });
  });

  test('there are at least forty of them', () => expect(READ.length).toBeGreaterThanOrEqual(40));
});

test.each([
  ['матан', 'no-day'],
  ['1 матан', 'no-day'],
  ['Чт право', 'no-time'],
  ['Чт 10:00 право', 'no-end'],
  ['Чт 25:00-26:00 право', 'bad-time'],
  ['Чт 11:30-10:00 право', 'bad-time'],
  ['Чт 1', 'no-subject'],
  [`Чт 1 ${'очень '.repeat(60)}длинный предмет`, 'too-long'],
])('«%s» is no lesson: %s', (line, why) => {
  expect(parseLines(line)).toMatchObject({ rows: [], bad: [{ line, why }] });
});

test('the day may stand once, as a heading or in the line above', () => {
  const { rows, bad } = parseLines('Понедельник\n1 матан\n2 физика\n\nСреда:\n1 англ\nПт 1 право; 2 химия');
  expect(bad).toEqual([]);
  expect(rows.map(({ weekday, number, subject }) => [weekday, number, subject])).toEqual([
    [1, 1, 'матан'],
    [1, 2, 'физика'],
    [3, 1, 'англ'],
    [5, 1, 'право'],
    [5, 2, 'химия'],
  ]);
});

test('good lines are kept beside bad ones', () => {
  const { rows, bad } = parseLines('Пн 1 матан\nчто-то странное\nВт 10:00 право\nСр 2 химия');
  expect(rows.map(({ subject }) => subject)).toEqual(['матан', 'химия']);
  expect(bad.map(({ why }) => why)).toEqual(['no-time', 'no-end']);
});

test('a later line of the same slot corrects the earlier; other subgroups and weeks stand beside it', () => {
  const before = parseLines('Вт 2 физика; Пн 1 матан; Пн 3 хим лаб п/г 1; Пн 3 био лаб п/г 2').rows;
  const merged = mergeRows(before, parseLines('Пн 1 Алгебра 12; Вт 2 химия чёт').rows);
  expect(merged.map(({ subject }) => subject)).toEqual(['Алгебра', 'хим', 'био', 'физика', 'химия']);
});

test('no word is ever lost, whatever is typed', () => {
  const word = fc.constantFrom(
    'матан',
    'Иванов',
    'История',
    'лек',
    'лаб',
    'по',
    '404Л',
    '2',
    'онлайн',
    'доц.',
    'Пётр',
    'Ильич',
    'России',
    'язык',
    '(пр)',
    'А.А.',
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 7 }), (words) => {
      const { rows, bad } = parseLines(`Пн 1 ${words.join(' ')}`);
      expect(rows.length + bad.length).toBe(1);
      const [row] = rows;
      if (row === undefined) return;
      const kept = [row.subject, ...row.teachers, row.room].join(' ').toLowerCase();
      const said: Record<string, string> = { лек: 'lecture', лаб: 'lab', '(пр)': 'practice' };
      for (const typed of words) {
        const claimed = said[typed] === row.kind || (typed === 'онлайн' && row.format !== 'onsite');
        expect(claimed || kept.includes(typed.replace(/[()]/g, '').toLowerCase())).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

test('any text at all ends in rows or reasons, quickly', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      for (const row of parseLines(text).rows) expect(row.subject.trim()).not.toBe('');
    }),
    { numRuns: 500 },
  );
});
