/** A sheet whose columns are days, turned: blocks, merged cells, and what is no such sheet. */
import { describe, expect, test } from 'vitest';
import { readLayouts } from './layout.ts';
import { mergedSheet, plainSheet, type Rect } from './sheet.ts';
import { turnedSheets } from './turned.ts';

const layout = readLayouts().find(({ id }) => id === 'school-days');
if (layout === undefined) throw new Error('the layout is gone');
const SCHOOL = layout;

const ROWS = [
  ['Семестр', '01.09.2026', '30.12.2026'],
  ['Расписание занятий на 1 полугодие для 8А'],
  [],
  ['Урок', '', 'День недели'],
  ['№', 'Время', 'Понедельник', '', 'Вторник', '', 'Среда', ''],
  ['1', '8:30-9:15', 'Физика', '12', 'Химия', '7', '', ''],
  ['', '', 'Орлова В.П.', '', 'Гусев П.П.', '', '', ''],
  ['2', '9:25-10:10', 'Экскурсия', '', '', '', 'Право', '3'],
  ['', '', '', '', '', '', 'Лыков А.А.', ''],
  [],
  ['Расписание занятий на 1 полугодие для 8 Б'],
  [],
  ['Урок', '', 'День недели'],
  ['№', 'Время', 'Понедельник', '', 'Вторник', '', 'Среда', ''],
  ['1', '8:30-9:15', '', '', 'Пение', '', '', ''],
];

describe('classes below each other', () => {
  test('are sheets of their own, day by day, under what stands above all', () => {
    const [first, second, ...more] = turnedSheets(plainSheet(ROWS), SCHOOL);
    expect([first?.name, second?.name, more.length]).toEqual(['8А', '8 Б', 0]);
    expect(first?.sheet.rows.slice(0, 2)).toEqual(ROWS.slice(0, 2));
    expect(second?.sheet.rows.slice(0, 2)).toEqual([ROWS[0], ROWS[10]]);
    expect(second?.sheet.numbers.slice(0, 2)).toEqual([1, 11]);
    const { firstDay = 0, column, sheet } = first ?? {};
    expect([firstDay, column]).toEqual([4, 3]);
    expect(sheet?.rows.slice(firstDay, firstDay + 2)).toEqual([
      ['Понедельник', '1', '8:30-9:15', 'Физика', '12'],
      ['Понедельник', '', '', 'Орлова В.П.', ''],
    ]);
    // Monday's rows come again under Tuesday, with the numbers they have in the spreadsheet.
    const tuesday = sheet?.rows.findIndex(([day]) => day === 'Вторник') ?? 0;
    expect(sheet?.rows[tuesday]).toEqual(['Вторник', '1', '8:30-9:15', 'Химия', '7']);
    expect([sheet?.numbers[firstDay], sheet?.numbers[tuesday]]).toEqual([6, 6]);
    expect(second?.sheet.rows.at(-1)).toEqual(['Среда', '1', '8:30-9:15', '', '']);
  });

  test('keep their merged cells, which end where the block or the day does', () => {
    const merges: readonly Rect[] = [
      // The number of the first lesson over its two rows, the excursion over Monday and Tuesday and below the block.
      { top: 5, left: 0, bottom: 6, right: 0 },
      { top: 7, left: 2, bottom: 11, right: 5 },
    ];
    const numbers = ROWS.map((_, at) => at + 1);
    const [first] = turnedSheets(mergedSheet({ name: '', rows: ROWS, numbers }, merges, new Set()), SCHOOL);
    const { sheet, firstDay = 0 } = first ?? {};
    const height = 5;
    expect(sheet?.rect(firstDay, 1)).toEqual({ top: firstDay, left: 1, bottom: firstDay + 1, right: 1 });
    const monday = firstDay + 2;
    expect(sheet?.rect(monday, 3)).toEqual({ top: monday, left: 3, bottom: firstDay + height - 1, right: 4 });
    expect(sheet?.rows[monday + height]?.slice(3)).toEqual(['Экскурсия', 'Экскурсия']);
    expect(sheet?.rect(monday + height, 3)).toEqual({
      ...{ top: monday + height, left: 3, bottom: firstDay + 2 * height - 1, right: 4 },
    });
    expect(sheet?.rect(0, 3)).toEqual({ top: 0, left: 3, bottom: 0, right: 3 });
  });

  test('a hidden day is left out', () => {
    const numbers = ROWS.map((_, at) => at + 1);
    const [first] = turnedSheets(mergedSheet({ name: '', rows: ROWS, numbers }, [], new Set([4])), SCHOOL);
    expect(first).toBeUndefined();
    const four = ROWS.map((row) => [...row, row[2] === 'Понедельник' ? 'Четверг' : '']);
    const [shown] = turnedSheets(mergedSheet({ name: '', rows: four, numbers }, [], new Set([4])), SCHOOL);
    expect(new Set(shown?.sheet.rows.slice(shown.firstDay).map(([day]) => day))).toEqual(
      new Set(['Понедельник', 'Среда', 'Четверг']),
    );
  });
});

test.each([
  ['no days', [['№', 'Время', 'Урок']]],
  ['two days, which may be a sentence', [['для 8А'], [], [], ['', 'Понедельник', 'Вторник']]],
  ['no name above', [[], [], [], ['', '', 'Пн', 'Вт', 'Ср']]],
  ['days far to the right', [['для 8А'], [], [], [...Array(9).fill(''), 'Пн', 'Вт', 'Ср']]],
  ['days in every row', Array(9).fill(['Пн', 'Вт', 'Ср'])],
])('%s: no such sheet', (_, rows) => {
  expect(turnedSheets(plainSheet(rows as string[][]), SCHOOL)).toEqual([]);
});
