/** Layouts are checked when they are loaded: all that is wrong with a file is said at once. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readLayouts } from './layout.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const GOOD: object = JSON.parse(readFileSync(join(import.meta.dirname, 'layouts/miet.json'), 'utf8'));

function readOne(change: object, file = 'miet.json') {
  const folder = mkdtempSync(join(tmpdir(), 'layouts-'));
  folders.push(folder);
  writeFileSync(join(folder, file), JSON.stringify({ ...GOOD, ...change }));
  return readLayouts(folder);
}

test('the layouts we have are sound, each under its own name', () => {
  const ids = readLayouts().map(({ id }) => id);
  expect(ids).toHaveLength(8);
  expect(new Set(ids).size).toBe(8);
});

test('letters of columns are counted as spreadsheets do', () => {
  expect(readOne({ day: 'AB' })[0]).toMatchObject({ day: 27, anchor: 1, time: { start: 1, end: null, minutes: null } });
});

test.each([
  [{ day: '1' }, 'day is no letter of a column'],
  [{ width: 0 }, 'width is no whole number from 1 to 12'],
  [{ rows: [] }, 'rows: none'],
  [{ rows: ['odd'] }, 'rows are lists of weeks, or "more"'],
  [{ group: '(' }, 'group is no pattern, or repeats a repetition'],
  [{ group: '^(a+)+$' }, 'group is no pattern, or repeats a repetition'],
  [{ weeksInside: 'somehow' }, 'weeksInside is none of numbers, parts'],
  [{ parity: 'odd' }, 'parity is no field of a layout'],
  [{ name: '', day: 0 }, 'day is no letter of a column; no name'],
])('%j: %s', (change, said) => {
  expect(() => readOne(change)).toThrow(`miet.json: ${said}`);
});

test('a file is called as the layout is', () => {
  expect(() => readOne({}, 'other.json')).toThrow('other.json: id is not the name of the file');
});
