/** The source on whole answers: each fixture with what it must read as; any table written out reads back; bounds and statuses. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Ask, type Page, SourceError, type Span } from '#source';
import { normalize } from '../../src/source/normalize.ts';
import table from './index.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };

type Asked = {
  readonly ask: Ask;
  readonly span: Span;
  readonly pages: readonly { readonly file: string; readonly status: number; readonly headers: Page['headers'] }[];
};

function page(body: string | Uint8Array, status = 200): Page {
  const url = 'https://rasp.example.edu/table.csv';
  return { request: { url }, url, status, headers: {}, body: typeof body === 'string' ? Buffer.from(body) : body };
}

function load(name: string): { readonly asked: Asked; readonly pages: readonly Page[]; readonly wanted: unknown } {
  const json = (file: string): unknown => JSON.parse(readFileSync(join(FIXTURES, name, file), 'utf8'));
  const asked = json('ask.json') as Asked;
  const pages = asked.pages.map(({ file, status, headers }) => ({
    ...page(new Uint8Array(readFileSync(join(FIXTURES, name, 'pages', file))), status),
    headers,
  }));
  return { asked, pages, wanted: json('lessons.json') };
}

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { error: { kind: error.kind, detail: error.detail, suggestions: error.suggestions } };
  }
}

describe('a fixture reads as its lessons.json says, twice, and is left as it was', () => {
  test.each(readdirSync(FIXTURES).filter((name) => !name.startsWith('.')))('%s', (name) => {
    const { asked, pages, wanted } = load(name);
    const before = pages.map(({ body }) => Buffer.from(body).toString('hex'));
    expect(outcome(() => table.parse(pages, asked.ask, asked.span))).toEqual(wanted);
    expect(outcome(() => table.parse(pages, asked.ask, asked.span))).toEqual(wanted);
    expect(pages.map(({ body }) => Buffer.from(body).toString('hex'))).toEqual(before);
  });
});

test('the template people download is the fixture, and every row of it becomes a lesson', () => {
  const template = readFileSync(join(import.meta.dirname, 'template.csv'));
  expect(readFileSync(join(FIXTURES, 'template/pages/table.csv')).equals(template)).toBe(true);
  const { lessons, skipped, term } = normalize(table.parse([page(template)], {}, SPAN), SPAN.zone);
  expect(skipped).toEqual([]);
  expect(term).toEqual({ start: '2026-09-01', end: '2027-01-31', week1: '2026-08-31' });
  expect(lessons).toHaveLength(6);
  expect(lessons[3]).toMatchObject({
    kind: 'lecture',
    place: { room: '', link: 'https://vk.com/call/join/primer', format: 'remote' },
    times: { on: 'weekly', weekday: 3, weeks: [1, 2, 3, 4, 5, 9] },
  });
  expect(lessons[5]).toMatchObject({ cancelled: true, times: { on: 'day', day: '2026-09-15' } });
});

test('columns that are missing are named by the words of the template', () => {
  expect(() => table.parse([page('группа;предмет;время\nПИ-21;Физика;9:00')], {}, SPAN)).toThrow(/: день$/);
  expect(() => table.parse([page('Отчёт за год')], {}, SPAN)).toThrow(/: день, начало, предмет$/);
});

test.each([
  ['да', true, ''],
  ['+', true, ''],
  ['Замена', true, ''],
  ['вместо химии', true, 'взять тетрадь вместо химии'],
  ['нет', false, 'взять тетрадь'],
  ['-', false, 'взять тетрадь'],
  ['', false, 'взять тетрадь'],
])('a column «изменение» with «%s»', (word, marked, told) => {
  const text = `день;время;предмет;примечание;изменение\nпн;9:00-10:00;Физика;взять тетрадь;${word}`;
  const [lesson] = normalize(table.parse([page(text)], {}, SPAN), SPAN.zone).lessons;
  expect([lesson?.changed === true, lesson?.note]).toEqual([marked, told || 'взять тетрадь']);
});

test('knows the days of its semester only, unless it has dated rows outside', () => {
  const rows = (day: string) =>
    page(`Семестр;01.09.2026;30.12.2026\nдень;начало;предмет\nпн;9:00-10:00;Физика\n${day};9:00-10:00;Физика`);
  const covers = (day: string) => table.parse([rows(day)], {}, SPAN).covers;
  expect(covers('30.12.2026')).toEqual({ from: '2026-09-01', to: '2026-12-31' });
  expect(covers('31.12.2026')).toBeUndefined();
});

describe('any table written out reads back', () => {
  const word = fc.stringMatching(/^[А-Яа-яё;,"\t «»№.]{0,20}$/).map((text) => `Предмет ${text}`.trim());
  const time = fc
    .integer({ min: 0, max: 23 * 60 })
    .map((minutes) => new Date(minutes * 60_000).toISOString().slice(11, 16));
  const row = fc.record({
    предмет: word,
    начало: time,
    день: fc.constantFrom('пн', 'Среда', 'СБ'),
    пара: fc.constantFrom('1', '2'),
  });
  const columns = fc.shuffledSubarray(['предмет', 'начало', 'конец', 'день', 'пара', 'лишнее'], { minLength: 6 });
  const form = fc.record({
    columns,
    separator: fc.constantFrom(';', ',', '\t'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    upper: fc.boolean(),
    encoding: fc.constantFrom('utf8', 'bom', 'cp1251', 'utf16'),
  });

  test('whatever the separator, the order and case of columns, the line ends and the encoding', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), form, (rows, { columns, separator, end, upper, encoding }) => {
        const quoted = (text: string) => (/[";,\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
        const cells = rows.map((one) => ({ ...one, конец: '23:59', лишнее: 'ёж' }) as Record<string, string>);
        const lines = [
          columns.map((name) => (upper ? name.toUpperCase() : name)).join(separator),
          ...cells.map((one) => columns.map((name) => quoted(one[name] ?? '')).join(separator)),
        ];
        const { lessons } = table.parse([page(encode(lines.join(end), encoding))], {}, SPAN);
        expect(lessons).toEqual(
          rows.map((one) => ({
            weekday: one.день,
            start: one.начало,
            end: '23:59',
            number: one.пара,
            subject: one.предмет,
          })),
        );
      }),
    );
  });

  function encode(text: string, encoding: string): Uint8Array {
    if (encoding === 'bom') return Buffer.from(`\uFEFF${text}`);
    if (encoding === 'utf16') return Buffer.from(`\uFEFF${text}`, 'utf16le');
    return encoding === 'cp1251' ? Uint8Array.from(text, (char) => CP1251.get(char) ?? 63) : Buffer.from(text);
  }

  const CP1251 = new Map(
    Array.from(
      { length: 256 },
      (_, byte) => [new TextDecoder('windows-1251').decode(Uint8Array.of(byte)), byte] as const,
    ),
  );
});

test('never throws anything but a SourceError, whatever the bytes are', () => {
  const start = fc.constantFrom('', 'день;начало;предмет\n', 'Семестр;\nдень;начало;предмет\nпн;9:00-10:00;', '"');
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, tail) => {
      outcome(() => table.parse([page(Buffer.concat([Buffer.from(head), tail]))], {}, SPAN));
    }),
  );
});

test('is bounded: more for the operator than for a pasted address', () => {
  const rows = `день;начало;предмет\n${'пн;9:00-10:00;Физика\n'.repeat(5_100)}`;
  expect(outcome(() => table.parse([page(rows)], {}, SPAN))).toMatchObject({
    error: { kind: 'too-big', detail: 'rows' },
  });
  expect(table.parse([page(rows)], { profile: 'configured' }, SPAN).lessons).toHaveLength(5_100);
  expect(outcome(() => table.parse([page(' '.repeat(5_000_001))], {}, SPAN))).toMatchObject({
    error: { kind: 'too-big', detail: 'bytes' },
  });
});

test('plans one request and refuses what is no address', () => {
  expect(table.plan({ url: 'https://a.example/b.csv' }, [], SPAN)).toMatchObject([{ url: 'https://a.example/b.csv' }]);
  expect(table.plan({ url: 'https://a.example/b.csv' }, load('empty').pages, SPAN)).toBe('done');
  expect(() => table.plan({ url: 'ПИ-21' }, [], SPAN)).toThrow(SourceError);
});

test.each([
  [401, 'blocked'],
  [403, 'blocked'],
  [410, 'unknown-param'],
  [429, 'unreachable'],
  [503, 'unreachable'],
])('status %d is %s', (status, kind) => {
  const pages = [page('день;начало;предмет', status)];
  expect(outcome(() => table.parse(pages, {}, SPAN))).toMatchObject({ error: { kind, detail: `http-${status}` } });
});
