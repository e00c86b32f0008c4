/** What a web page leads to: links, what it embeds, and addresses that it only mentions. */
import { expect, test } from 'vitest';
import { pageLinks, timetableLinks } from './html.ts';

const BASE = 'https://portal.example/faculty/page';
const html = (body: string) => `<!doctype html><html><body>${body}</body></html>`;
const RUZ = 'https://ruz.example/api/schedule/group/3?start=1&lng=1';
const ENTITIES = RUZ.replace('&', '&amp;');

test.each([
  ['a link with its words', `<a class="x" href="${ENTITIES}"> Наше\n расписание</a>`, RUZ, 'Наше расписание'],
  ['a link of the same site', '<a href="/WebApp/#/Rasp">Пары</a>', 'https://portal.example/WebApp/#/Rasp', 'Пары'],
  ['a link whose words are in another tag', `<a href='${ENTITIES}'><b>Пары</b></a>`, RUZ, ''],
  ['a frame', `<iframe loading=lazy src="${ENTITIES}"></iframe>`, RUZ, ''],
  ['a script', '<script src="../ruz/main.js"></script>', 'https://portal.example/ruz/main.js', ''],
  ['an attribute for a script', `<div data-schedule-url="${ENTITIES}"></div>`, RUZ, ''],
  ['an attribute with a path', '<div data-url="/ruz/main"></div>', 'https://portal.example/ruz/main', ''],
  ['the canonical address', `<link rel="canonical" href="${ENTITIES}">`, RUZ, ''],
  ['a form', '<form action="/ruz/main"></form>', 'https://portal.example/ruz/main', ''],
  ['an address within a script', `<script>open({"a":"${RUZ.replaceAll('/', '\\/')}"})</script>`, RUZ, ''],
  ['an address in the text', `<p>Расписание: ${RUZ} с сентября</p>`, RUZ, ''],
  ['a page that turns to another', `<meta http-equiv="refresh" content="0;url=${ENTITIES}">`, RUZ, ''],
])('%s', (_, body, address, words) => {
  expect(pageLinks(html(body), BASE)).toEqual([{ address, words }]);
});

test('what leads nowhere is none', () => {
  const body =
    '<a href="javascript:alert(1)">x</a><a href="mailto:a@b.c">y</a><img data-id="7"><a name="z">z</a><p data-x="a/b">';
  expect(pageLinks(html(body), BASE)).toEqual([]);
});

test('one address is one link, with the words that are said of it somewhere', () => {
  const body = `<a href="${RUZ}"><img></a><a href="${RUZ}">Пары</a><a href="${RUZ}">Ещё</a>`;
  expect(pageLinks(html(body), BASE)).toEqual([{ address: RUZ, words: 'Пары' }]);
});

test('of a page without end five hundred are told, those with words first', () => {
  const many = Array.from({ length: 30_000 }, (_, n) => `<img src="/i/${n}.png">`).join('');
  const links = pageLinks(html(`<a href="/first">Первая</a>${many}`), BASE);
  expect(links).toHaveLength(500);
  expect(links[0]).toEqual({ address: 'https://portal.example/first', words: 'Первая' });
});

test.each([
  ['tags that never end', '<a href="'.repeat(200_000)],
  ['an endless name', `<${'a'.repeat(1_900_000)} href=x>`],
  ['an attribute of blanks', `<a href${' '.repeat(1_900)}`.repeat(1_000)],
  ['nested tags', '<a href="/x">'.repeat(100_000)],
  ['addresses without end', 'https://'.repeat(200_000)],
])('%s: read to its end', (_, body) => {
  expect(pageLinks(html(body), BASE).length).toBeLessThanOrEqual(500);
  expect(timetableLinks(html(body), BASE)).toEqual([]);
});
