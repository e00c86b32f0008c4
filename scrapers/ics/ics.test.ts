/** The source on whole answers: each fixture with what it must read as, the request it plans, statuses. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Ask, type Page, SourceError, type Span } from '#source';
import { calendar } from './fixture.ts';
import ics from './index.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };

type Asked = {
  readonly ask: Ask;
  readonly span: Span;
  readonly pages: readonly { readonly file: string; readonly status: number; readonly headers: Page['headers'] }[];
};

function load(name: string): { readonly asked: Asked; readonly pages: readonly Page[]; readonly wanted: unknown } {
  const json = (file: string): unknown => JSON.parse(readFileSync(join(FIXTURES, name, file), 'utf8'));
  const asked = json('ask.json') as Asked;
  const pages = asked.pages.map(({ file, status, headers }) => ({
    request: { url: asked.ask.url ?? '' },
    url: asked.ask.url ?? '',
    status,
    headers,
    body: new Uint8Array(readFileSync(join(FIXTURES, name, 'pages', file))),
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
    const before = pages.map((page) => Buffer.from(page.body).toString('hex'));
    expect(outcome(() => ics.parse(pages, asked.ask, asked.span))).toEqual(wanted);
    expect(outcome(() => ics.parse(pages, asked.ask, asked.span))).toEqual(wanted);
    expect(pages.map((page) => Buffer.from(page.body).toString('hex'))).toEqual(before);
  });
});

test('plans one request, webcal as https, and refuses what is no address', () => {
  expect(ics.plan({ url: 'webcal://a.example/b.ics' }, [], SPAN)).toMatchObject([{ url: 'https://a.example/b.ics' }]);
  expect(ics.plan({ url: 'https://a.example/b.ics' }, load('empty').pages, SPAN)).toBe('done');
  expect(() => ics.plan({ url: 'ПИ-21' }, [], SPAN)).toThrow(SourceError);
});

test.each([
  [401, 'blocked'],
  [403, 'blocked'],
  [410, 'unknown-param'],
  [429, 'unreachable'],
  [503, 'unreachable'],
])('status %d is %s', (status, kind) => {
  const pages = load('utf16').pages.map((page) => ({ ...page, status }));
  expect(outcome(() => ics.parse(pages, {}, SPAN))).toMatchObject({ error: { kind, detail: `http-${status}` } });
});

function lessons(...events: readonly (readonly string[])[]) {
  const [page] = load('utf16').pages;
  if (page === undefined) throw new Error('the fixture is gone');
  const body = new TextEncoder().encode(calendar(...events));
  return ics.parse([{ ...page, body, headers: {} }], { url: page.url }, SPAN).lessons;
}

test.each([
  ['2 неделя', 0],
  ['12-я неделя', 0],
  ['3 учебная неделя', 0],
  ['Неделя 4', 0],
  ['Week 5', 0],
  ['5th week', 0],
  ['Неделя науки', 1],
  ['2 неделя: практика', 1],
])('a whole day called «%s»: %d lessons', (summary, count) => {
  const day = ['UID:1', 'DTSTART;VALUE=DATE:20260907', `SUMMARY:${summary}`];
  expect(lessons(day)).toHaveLength(count);
  expect(lessons(['UID:1', 'DTSTART:20260907T090000', `SUMMARY:${summary}`])).toHaveLength(1);
});

describe('a date of a series written anew', () => {
  const at = (day: string, hour: string) => [`DTSTART:${day}T${hour}0000Z`, `DTEND:${day}T${hour}4500Z`];
  const series = ['UID:1', ...at('20260907', '08'), 'RRULE:FREQ=WEEKLY;COUNT=2', 'SUMMARY:А', 'LOCATION:1'];
  const anew = (...lines: readonly string[]) => ['UID:1', 'RECURRENCE-ID:20260914T080000Z', ...lines];

  test.each([
    ['at another time', [...at('20260915', '08'), 'SUMMARY:А', 'LOCATION:1'], true],
    ['for longer', ['DTSTART:20260914T080000Z', 'DTEND:20260914T100000Z', 'SUMMARY:А', 'LOCATION:1'], true],
    ['in another room', [...at('20260914', '08'), 'SUMMARY:А', 'LOCATION:2'], true],
    ['with something else', [...at('20260914', '08'), 'SUMMARY:Б', 'LOCATION:1'], true],
    [
      'in other words of the same time',
      ['DTSTART;TZID=Europe/Moscow:20260914T110000', 'DURATION:PT45M', 'SUMMARY:А', 'LOCATION:1'],
      false,
    ],
    ['as it was', [...at('20260914', '08'), 'SUMMARY:А', 'LOCATION:1', 'DESCRIPTION:тема'], false],
  ])('%s: changed %s', (_how, lines, changed) => {
    expect(lessons(series, anew(...lines)).map((one) => one.changed === true)).toEqual([false, changed]);
  });

  test('that the series does not have is no change of it', () => {
    const [, , lone] = lessons(series, [
      'UID:1',
      'RECURRENCE-ID:20260916T080000Z',
      ...at('20260916', '09'),
      'SUMMARY:Б',
    ]);
    expect(lone?.changed).toBeUndefined();
  });
});
