/** One complete reading: nothing is read twice for nothing, and nothing new is missed. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { printsOf } from '../../src/domain/prints.ts';
import { type Ask, type Page, type Request, SourceError, type Span } from '../../src/source/contract.ts';
import type { FetchOptions, Http } from '../../src/source/http.ts';
import type { Reader } from '../../src/source/isolate.ts';
import { normalize } from '../../src/source/normalize.ts';
import { type Previous, type Reading, readSource } from '../../src/source/read.ts';
import { refusal } from './site.ts';

const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };
const TOMORROW: Span = { ...SPAN, from: '2026-09-02', to: '2027-02-02' };

type Answer = { readonly body: string; readonly etag?: string; readonly modified?: string; readonly status?: number };

/** A site in memory that honours validators, and a source that asks for the pages of `rounds`, one round after another. */
function stage(pages: Record<string, Answer>, rounds: readonly (readonly string[])[] = [['/a']]) {
  const heard: string[] = [];
  const http: Http = {
    async fetch(request: Request, options: FetchOptions = {}) {
      const { pathname } = new URL(request.url);
      const { body, etag, modified, status = 200 } = pages[pathname] ?? { body: '', status: 404 };
      const known = etag !== undefined && options.etag === etag;
      heard.push(`${known ? '304' : status} ${pathname} ${options.profile}`);
      if (known || (modified !== undefined && options.lastModified === modified)) return 'not-modified';
      const headers = {
        ...(etag === undefined ? {} : { etag }),
        ...(modified === undefined ? {} : { 'last-modified': modified }),
      };
      return { request, url: request.url, status, headers, body: new TextEncoder().encode(body) };
    },
    close: async () => undefined,
  };
  const reader: Pick<Reader, 'plan' | 'parse'> = {
    async plan(source, ask, got) {
      heard.push(`plan ${source} ${ask.profile} ${got.length}`);
      const before = rounds.map((_, n) => rounds.slice(0, n).flat().length);
      const round = rounds[before.indexOf(got.length)];
      return round === undefined ? 'done' : round.map((path) => ({ url: `https://a.example${path}` }));
    },
    async parse(_source, ask: Ask, got: readonly Page[], span) {
      heard.push(`parse ${ask.profile}`);
      const bad = got.find(({ status }) => status !== 200);
      if (bad !== undefined) throw new SourceError('unknown-param', `http-${bad.status}`, 'no', ['ПИ-22']);
      const lessons = got.map(({ body }) => ({
        ...{ day: '2026-09-07', start: '9:00', end: '10:35' },
        subject: new TextDecoder().decode(body).split('\n')[0] ?? '',
      }));
      // A line after the lesson is nothing of it: the hour of the download.
      const read = normalize({ lessons, skipped: [] }, span.zone);
      const print = createHash('sha256').update(JSON.stringify(read)).digest('hex');
      return { ...read, print, prints: printsOf(read.lessons) };
    },
  };
  return {
    heard,
    read: (previous?: Previous, span = SPAN) =>
      readSource({ reader, http }, { id: 'test', ask: { group: 'ПИ-21' }, span, profile: 'pasted', previous }),
  };
}

function whole(reading: Reading): Extract<Reading, { status: 'read' }> {
  if (reading.status !== 'read') throw new Error('unchanged');
  return reading;
}

test('plans, fetches, plans again, reads; keeps the validators, the fingerprint and the page', async () => {
  const { read, heard } = stage({ '/a': { body: 'Физика', etag: '"1"', modified: 'Mon' } });
  const reading = whole(await read());
  expect(heard).toEqual(['plan test pasted 0', '200 /a pasted', 'plan test pasted 1', 'parse pasted']);
  expect(reading).toMatchObject({
    zone: 'Europe/Moscow',
    lessons: [{ subject: 'Физика' }],
    etag: '"1"',
    lastModified: 'Mon',
  });
  expect(reading.pages).toHaveLength(1);
  const bytes = createHash('sha256').update('200 12\n').update('Физика').digest('hex');
  expect(reading.fingerprint).toMatch(new RegExp(`^${bytes} [0-9a-f]{64} 2026-09-01…2027-02-01$`));
});

describe('unchanged', () => {
  test('by 304: nothing is parsed', async () => {
    const { read, heard } = stage({ '/a': { body: 'Физика', etag: '"1"' } });
    const first = whole(await read());
    heard.length = 0;
    expect(await read(first)).toEqual({ status: 'unchanged', host: 'a.example', requests: 1 });
    expect(heard).toEqual(['plan test pasted 0', '304 /a pasted']);
  });

  test('by Last-Modified', async () => {
    const { read } = stage({ '/a': { body: 'Физика', modified: 'Mon' } });
    expect(await read(whole(await read()))).toEqual({ status: 'unchanged', host: 'a.example', requests: 1 });
  });

  test('by the same bytes, though the site knows no validators or changes them each time', async () => {
    const pages = { '/a': { body: 'Физика', etag: '"1"' } };
    const { read, heard } = stage(pages);
    const first = whole(await read());
    pages['/a'] = { body: 'Физика', etag: '"2"' };
    heard.length = 0;
    expect(await read(first)).toEqual({ status: 'unchanged', host: 'a.example', requests: 1 });
    // Not even planned again: that would hand the page to the child for nothing.
    expect(heard).toEqual(['plan test pasted 0', '200 /a pasted']);
  });

  test('by the same lessons in other bytes, which are known from then on', async () => {
    const pages = { '/a': { body: 'Физика\nв 10:00', etag: '"1"' } };
    const { read, heard } = stage(pages);
    const first = whole(await read());
    pages['/a'] = { body: 'Физика\nв 10:15', etag: '"2"' };
    const again = await read(first);
    expect(again).toMatchObject({ status: 'unchanged', requests: 1, anew: { etag: '"2"' } });
    if (again.status !== 'unchanged' || again.anew === undefined) throw new Error('nothing is left of it');
    heard.length = 0;
    expect(await read(again.anew)).toEqual({ status: 'unchanged', host: 'a.example', requests: 1 });
    expect(heard).toEqual(['plan test pasted 0', '304 /a pasted']);
    // For other days it is read whole: what it says of those is news.
    expect(whole(await read(again.anew, TOMORROW)).lessons).toMatchObject([{ subject: 'Физика' }]);
  });

  test('not when a byte of what is said differs, nor when only the status does', async () => {
    const pages: Record<string, Answer> = { '/a': { body: 'Физика' } };
    const { read } = stage(pages);
    const first = whole(await read());
    pages['/a'] = { body: 'Химия' };
    expect(whole(await read(first)).lessons).toMatchObject([{ subject: 'Химия' }]);
    pages['/a'] = { body: 'Физика', status: 404 };
    expect((await refusal(read(first))).what).toBe('unknown-param http-404');
  });

  test('not when the window slid: the same page is read again for other days, validators unsaid', async () => {
    const { read, heard } = stage({ '/a': { body: 'Физика', etag: '"1"', modified: 'Mon' } });
    const first = whole(await read());
    heard.length = 0;
    const slid = whole(await read(first, TOMORROW));
    expect(heard).toContain('200 /a pasted');
    expect(slid.fingerprint).not.toBe(first.fingerprint);
    expect(await read(slid, TOMORROW)).toEqual({ status: 'unchanged', host: 'a.example', requests: 1 });
  });
});

describe('several pages', () => {
  const rounds = [['/list'], ['/a', '/b']];
  const pages = () => ({ '/list': { body: '1', etag: '"l"' }, '/a': { body: '2', etag: '"a"' }, '/b': { body: '3' } });

  test('are fetched in order, round after round, and leave no validators', async () => {
    const { read } = stage(pages(), rounds);
    const reading = whole(await read());
    expect(reading.lessons.map(({ subject }) => subject)).toEqual(['1', '2', '3']);
    expect([reading.etag, reading.lastModified]).toEqual(['', '']);
  });

  test('are unchanged only together: the first alone says nothing', async () => {
    const site: Record<string, Answer> = pages();
    const { read } = stage(site, rounds);
    const first = whole(await read());
    expect(await read(first)).toEqual({ status: 'unchanged', host: 'a.example', requests: 3 });
    site['/b'] = { body: '4' };
    expect(whole(await read(first)).lessons.map(({ subject }) => subject)).toEqual(['1', '2', '4']);
  });

  test('that swap a byte between them are not the same reading', async () => {
    const one = whole(await stage({ '/a': { body: 'ab' }, '/b': { body: 'c' } }, [['/a', '/b']]).read());
    const two = whole(await stage({ '/a': { body: 'a' }, '/b': { body: 'bc' } }, [['/a', '/b']]).read());
    expect(one.fingerprint).not.toBe(two.fingerprint);
  });
});

describe('bounds', () => {
  const paths = (count: number): string[] => Array.from({ length: count }, (_, n) => `/${n}`);
  const all = Object.fromEntries(paths(60).map((path) => [path, { body: path }]));

  test('fifty requests are made, a fifty-first is not', async () => {
    expect(whole(await stage(all, [paths(50)]).read()).pages).toHaveLength(50);
    const { read, heard } = stage(all, [paths(51)]);
    expect((await refusal(read())).what).toBe('too-big requests');
    expect(heard).toHaveLength(1);
  });

  test('a plan of nothing, and one that never ends, end', async () => {
    expect((await refusal(stage(all, [[]]).read())).what).toBe('too-big requests');
    expect(
      (
        await refusal(
          stage(
            all,
            paths(60).map((path) => [path]),
          ).read(),
        )
      ).what,
    ).toBe('too-big requests');
  });

  test('pages weigh no more together than one may', async () => {
    const heavy = { body: 'x'.repeat(2_000_000) };
    const many = Object.fromEntries(paths(40).map((path) => [path, heavy]));
    const { read, heard } = stage(many, [paths(40)]);
    expect((await refusal(read())).what).toBe('too-big body');
    expect(heard.length).toBeLessThan(40);
  });
});

test('a failed fetch or plan passes as it is, with its suggestions', async () => {
  const { read } = stage({});
  await expect(read()).rejects.toMatchObject({ kind: 'unknown-param', detail: 'http-404', suggestions: ['ПИ-22'] });
});
