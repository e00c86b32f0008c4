/** Shelved answers spare a site and never tell a lie: they may say «nothing changed», and nothing else. */
import { expect, test } from 'vitest';
import { type Page, type Request, SourceError } from '../../src/source/contract.ts';
import { readFrugally } from '../../src/source/frugal.ts';
import type { Http } from '../../src/source/http.ts';
import { normalize } from '../../src/source/normalize.ts';
import type { Previous, Reading } from '../../src/source/read.ts';
import { createShelf } from '../../src/source/shelf.ts';
import { refusal } from './site.ts';

const span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };
const MINUTE = 60_000;

/** A site with a list for everybody (good for an hour) and two weeks, the later one good for a quarter of an hour. */
function stage() {
  const site: Record<string, string> = { list: 'id 7', week1: 'Физика', week2: 'Химия' };
  let now = 0;
  const heard: string[] = [];
  const shelf = createShelf(() => now);
  const http: Http = {
    async fetch(request) {
      const name = new URL(request.url).pathname.slice(1);
      heard.push(name);
      const body = site[name];
      if (body === undefined) throw new SourceError('unreachable', 'timeout', 'no answer');
      return { request, url: request.url, status: 200, headers: {}, body: new TextEncoder().encode(body) };
    },
    close: async () => undefined,
  };
  const reader = {
    async plan(_source: string, _ask: object, got: readonly Page[]): Promise<readonly Request[] | 'done'> {
      const url = (name: string) => `https://a.example/${name}`;
      if (got.length === 0) return [{ url: url('list'), goodFor: 3600 }];
      return got.length > 1 ? 'done' : [{ url: url('week1') }, { url: url('week2'), goodFor: 900 }];
    },
    async parse(_source: string, _ask: object, got: readonly Page[]) {
      const said = got.map(({ body }) => new TextDecoder().decode(body));
      if (said[0] !== 'id 7') throw new SourceError('unknown-param', 'group', 'gone');
      const times = { day: '2026-09-07', start: '9:00', end: '10:35' };
      const lessons = said.slice(1).map((subject) => ({ ...times, subject }));
      return { ...normalize({ lessons, skipped: [] }, 'Europe/Moscow'), print: said.join(), prints: [] };
    },
  };
  async function read(previous?: Previous): Promise<{ reading: Reading; asked: string }> {
    heard.length = 0;
    const wanted = { id: 'test', ask: {}, span, profile: 'configured', previous } as const;
    const reading = await readFrugally({ reader, http, shelf }, wanted);
    return { reading, asked: heard.join(' ') };
  }
  const pass = (ms: number) => {
    now += ms;
  };
  return { site, read, pass };
}

function whole({ reading }: { reading: Reading }) {
  if (reading.status !== 'read') throw new Error('unchanged');
  return { ...reading, subjects: reading.lessons.map(({ subject }) => subject) };
}

test('a first reading fetches everything; the next asks for what may have changed only, and says how little that was', async () => {
  const { read, pass } = stage();
  const first = await read();
  expect([first.asked, first.reading.requests]).toEqual(['list week1 week2', 3]);
  pass(MINUTE);
  const second = await read(whole(first));
  expect([second.asked, second.reading]).toEqual(['week1', { status: 'unchanged', host: 'a.example', requests: 1 }]);
  pass(14 * MINUTE);
  expect((await read(whole(first))).asked).toBe('week1 week2');
  pass(45 * MINUTE);
  expect((await read(whole(first))).asked).toBe('list week1 week2');
});

test('a change has everything fetched anew: a lesson that moved to a later week is seen in both', async () => {
  const { site, read, pass } = stage();
  const first = whole(await read());
  site.week1 = 'Химия';
  site.week2 = 'Физика';
  pass(MINUTE);
  const changed = await read(first);
  expect(changed.asked).toBe('week1 list week1 week2');
  expect(whole(changed)).toMatchObject({ subjects: ['Химия', 'Физика'], requests: 3 });
});

test('a change of a later week alone is found when its answer is too old', async () => {
  const { site, read, pass } = stage();
  const first = whole(await read());
  site.week2 = 'История';
  pass(10 * MINUTE);
  expect((await read(first)).reading.status).toBe('unchanged');
  pass(6 * MINUTE);
  expect(whole(await read(first)).subjects).toEqual(['Физика', 'История']);
});

test('what can not be read with shelved answers is read without them before it is called broken; silence is not', async () => {
  const { site, read, pass } = stage();
  const first = whole(await read());
  pass(61 * MINUTE);
  site.list = 'id 8';
  expect((await refusal(read(first))).what).toBe('unknown-param group');
  pass(MINUTE);
  // The shelf still says that the group is gone.
  site.list = 'id 7';
  site.week1 = 'Право';
  expect(whole(await read(first)).subjects).toEqual(['Право', 'Химия']);
  delete site.week1;
  expect((await refusal(read(first))).what).toBe('unreachable timeout');
});

test('the shelf holds so many bytes, keeps no refusal and nothing that is not asked for', () => {
  const shelf = createShelf(() => 0, 100);
  const request = (name: string): Request => ({ url: `https://a.example/${name}`, goodFor: 60 });
  const keep = (name: string, bytes: number, status = 200) =>
    shelf.keep({ request: request(name), url: '', status, headers: {}, body: new Uint8Array(bytes) });
  for (const name of ['a', 'b', 'c', 'd']) keep(name, 25);
  expect(shelf.find(request('a'))).not.toBeNull();
  keep('e', 25);
  expect(['a', 'b', 'c', 'd', 'e'].filter((name) => shelf.find(request(name)) !== null)).toEqual(['a', 'c', 'd', 'e']);
  keep('f', 26);
  keep('c', 10, 500);
  expect(['c', 'f'].filter((name) => shelf.find(request(name)) !== null)).toEqual([]);
  expect(shelf.find({ ...request('a'), body: 'other' })).toBeNull();
  const { goodFor: _, ...unshelved } = request('a');
  expect(shelf.find(unshelved)).toBeNull();
});
