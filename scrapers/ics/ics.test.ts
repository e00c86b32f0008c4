/** The source on whole answers: each fixture with what it must read as, the request it plans, statuses. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Ask, type Page, SourceError, type Span } from '#source';
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
