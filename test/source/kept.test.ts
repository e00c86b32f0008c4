/** Pages that were not believed: kept once, within bounds, whole or not at all, without anybody's secret. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Page } from '../../src/source/contract.ts';
import { type KeptLimits, openKept } from '../../src/source/kept.ts';
import { loadPages } from '../../src/source/saved.ts';
import { keptPages } from '../support/pages.ts';

const SPAN = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };
const HOUR = 3_600_000;
const LIMITS: KeptLimits = { readings: 3, alike: 2, renew: 4 * HOUR, bytes: 1000, age: 10 * HOUR, pause: HOUR };
const quiet = { debug() {}, warn() {} };

function page(body: string, url = 'https://uni.example/group/1', status = 200): Page {
  return {
    request: { url },
    url,
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'set-cookie': 'session=hunter2hunter2' },
    body: new TextEncoder().encode(body),
  };
}

function reading(
  id: number,
  pages: readonly Page[],
  more: { at?: number; why?: string; ask?: object; university?: string } = {},
) {
  const { at = 0, why = 'shrunk', ask = { group: 'ПИ-21' }, university = 'one' } = more;
  return { feed: { source: 'ruz', id, university }, at, why, ask: { ...ask }, span: SPAN, pages };
}

test('a kept reading has the shape of a fixture and can be read back', async () => {
  const kept = keptPages();
  expect(await kept.keep(reading(7, [page('<p>раз</p>'), page('два', undefined, 502)]))).toBe(true);
  const folder = join(kept.folder, 'ruz', '7');
  expect(JSON.parse(readFileSync(join(folder, 'ask.json'), 'utf8'))).toEqual({
    ask: { group: 'ПИ-21' },
    span: SPAN,
    pages: [
      { file: '01.html', status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } },
      { file: '02.html', status: 502, headers: { 'content-type': 'text/html; charset=utf-8' } },
    ],
  });
  expect(readdirSync(join(folder, 'pages'))).toEqual(['01.html', '02.html']);
  const loaded = await kept.load({ source: 'ruz', id: 7 });
  expect(loaded?.pages.map(({ body }) => new TextDecoder().decode(body))).toEqual(['<p>раз</p>', 'два']);
  expect(await loadPages(folder)).toEqual(loaded);
  expect(await kept.find({ source: 'ruz', id: 7 })).toMatchObject({ why: 'shrunk', pages: 2, at: 0 });
  expect(await kept.find({ source: 'ruz', id: 8 })).toBeNull();
});

test('the same bytes are not written again, and a page that always differs not at every reading', async () => {
  const kept = keptPages(LIMITS);
  expect(await kept.keep(reading(1, [page('a')]))).toBe(true);
  expect(await kept.keep(reading(1, [page('a')], { at: 5 * HOUR }))).toBe(false);
  expect(await kept.keep(reading(1, [page('b')], { at: HOUR / 2 }))).toBe(false);
  expect(await kept.keep(reading(1, [page('b')], { at: HOUR / 2, why: 'empty' }))).toBe(true);
  expect(await kept.keep(reading(1, [page('c')], { at: 3 * HOUR, why: 'empty' }))).toBe(true);
  expect(readdirSync(join(kept.folder, 'ruz'))).toEqual(['1']);
  expect(await kept.keep(reading(2, []))).toBe(false);
});

test('the oldest make room for new ones, by number and by bytes', async () => {
  const kept = keptPages(LIMITS);
  for (const id of [1, 2, 3, 4]) await kept.keep(reading(id, [page('x'.repeat(100))], { at: id, university: `${id}` }));
  expect(readdirSync(join(kept.folder, 'ruz')).sort()).toEqual(['2', '3', '4']);
  await kept.keep(reading(5, [page('x'.repeat(850))], { at: 5, university: '5' }));
  expect(readdirSync(join(kept.folder, 'ruz')).sort()).toEqual(['4', '5']);
  expect(await kept.keep(reading(6, [page('x'.repeat(1001))], { at: 6, university: '6' }))).toBe(false);
});

test('of many groups of a university in the same trouble a few are kept', async () => {
  const kept = keptPages(LIMITS);
  const results = [];
  for (const id of [1, 2, 3]) results.push(await kept.keep(reading(id, [page(`${id}`)])));
  expect(results).toEqual([true, true, false]);
});

test('a trouble of last week does not keep out the same trouble of today', async () => {
  const kept = keptPages(LIMITS);
  for (const id of [1, 2]) await kept.keep(reading(id, [page(`${id}`)], { at: id * HOUR }));
  expect(await kept.keep(reading(3, [page('3')], { at: 4.9 * HOUR }))).toBe(false);
  expect(await kept.keep(reading(3, [page('3')], { at: 5 * HOUR }))).toBe(true);
  expect(await kept.keep(reading(4, [page('4')], { at: 5 * HOUR }))).toBe(false);
  expect(readdirSync(join(kept.folder, 'ruz')).sort()).toEqual(['2', '3']);
});

test('what is old, and what belongs to a feed that is no more, is forgotten', async () => {
  const kept = keptPages(LIMITS);
  await kept.keep(reading(1, [page('a')], { at: 0 }));
  await kept.keep(reading(2, [page('b')], { at: 5 * HOUR }));
  await kept.keep(reading(3, [page('c')], { at: 6 * HOUR, why: 'empty' }));
  await kept.sweep(11 * HOUR, async (ids) => new Set(ids.filter((id) => id !== 3)));
  expect(readdirSync(join(kept.folder, 'ruz'))).toEqual(['2']);
  await kept.drop({ source: 'ruz', id: 2 });
  expect(await kept.load({ source: 'ruz', id: 2 })).toBeNull();
});

test('a restart finds what was kept, and clears what a crash left half written', async () => {
  const first = keptPages(LIMITS);
  await first.keep(reading(1, [page('a')]));
  mkdirSync(join(first.folder, '.new-crashed', 'pages'), { recursive: true });
  mkdirSync(join(first.folder, 'ruz', '9'), { recursive: true });
  writeFileSync(join(first.folder, 'ruz', '9', 'kept.json'), '{"half');
  const second = openKept(first.folder, quiet, LIMITS);
  expect(await second.find({ source: 'ruz', id: 1 })).toMatchObject({ why: 'shrunk' });
  expect(await second.keep(reading(1, [page('a')], { at: 9 * HOUR }))).toBe(false);
  expect(existsSync(join(first.folder, '.new-crashed'))).toBe(false);
  expect(existsSync(join(first.folder, 'ruz', '9'))).toBe(false);
});

test('no name leads out of the folder, and a disk that refuses does not stop the import', async () => {
  const warned: string[] = [];
  const kept = openKept('/dev/null/pages', { debug() {}, warn: (_, text = '') => void warned.push(text) }, LIMITS);
  expect(await kept.keep(reading(1, [page('a')]))).toBe(false);
  const other = keptPages(LIMITS);
  const sly = reading(1, [page('a')]);
  expect(await other.keep({ ...sly, feed: { ...sly.feed, source: '../../etc' } })).toBe(false);
  expect(warned).toEqual(['pages could not be kept']);
});

test('addresses, tokens and cookies are nowhere on the disk', async () => {
  const kept = keptPages();
  const secret = 'https://calendar.example/private-0123456789abcdef/basic.ics?magic=open-sesame';
  const token = 'https://uni.example/list.json?token=0123456789abcdefTOKEN&group=1';
  await kept.keep(
    reading(
      1,
      [page(`X-SOURCE:${secret}\nгруппа 1`, secret), page(`<a href="${token.replace('&', '&amp;')}">ещё</a>`, token)],
      {
        ask: { url: secret, group: 'ПИ-21', api_key: 'verysecretkey' },
      },
    ),
  );
  const files = ['ask.json', 'kept.json', 'pages/01.html', 'pages/02.html'];
  const all = files.map((file) => readFileSync(join(kept.folder, 'ruz', '1', file), 'utf8')).join('\n');
  expect(all).not.toMatch(/0123456789abcdef|open-sesame|verysecretkey|hunter2/);
  expect(all).toContain('"url": "https://calendar.example/kept.ics"');
  expect(all).toContain('группа 1');
  const [first] = (await kept.load({ source: 'ruz', id: 1 }))?.pages ?? [];
  expect(first?.body.length).toBe(new TextEncoder().encode(`X-SOURCE:${secret}\nгруппа 1`).length);
});
