/** The client on a real socket: paced by the source's word, silent when asked for peace, and trusting who the operator trusts. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PAUSE, type Stopwatch } from '../../src/source/turns.ts';
import { bodyOf, client, refusal, site } from './site.ts';

/** Remembers for how long the client would have waited, and does not wait. */
function noted(): { readonly waits: number[]; readonly stopwatch: Stopwatch } {
  const waits: number[] = [];
  return { waits, stopwatch: { now: () => 0, sleep: async (ms) => void waits.push(ms) } };
}

test('a second between requests, more where the source asks for it, never less; none to ourselves', async () => {
  const local = await site((_, answer) => answer.end());
  const { waits, stopwatch } = noted();
  const http = client({ stopwatch });
  for (const pause of [undefined, 2000, 10])
    await http.fetch({ url: local.origin, ...(pause === undefined ? {} : { pause }) });
  expect(waits).toEqual([PAUSE, 2000, PAUSE]);
  const own = noted();
  await client({ stopwatch: own.stopwatch, own: [`127.0.0.1:${local.port}`] }).fetch({ url: local.origin });
  expect(own.waits).toEqual([0]);
});

test('a redirect is a request like any other: it waits its turn', async () => {
  const local = await site((asked, answer) =>
    asked.url === '/' ? answer.writeHead(302, { location: '/there' }).end() : answer.end(),
  );
  const { waits, stopwatch } = noted();
  await client({ stopwatch }).fetch({ url: local.origin });
  expect(waits).toEqual([PAUSE, PAUSE]);
});

test('«too many requests» silences us for the whole host, for as long as it says, on all its ports', async () => {
  let asked = 0;
  const local = await site((_, answer) => {
    asked += 1;
    answer.writeHead(429, { 'retry-after': '120' }).end('slow down');
  });
  const other = await site((_, answer) => answer.end('ok'));
  let now = 0;
  const http = client({ stopwatch: { now: () => now, sleep: async () => undefined } });
  const first = await http.fetch({ url: local.origin }).catch((error) => error);
  expect(first).toMatchObject({ kind: 'unreachable', detail: 'http-429', retryAfter: 120_000 });
  now = 60_000;
  const second = await http.fetch({ url: other.origin }).catch((error) => error);
  expect(second).toMatchObject({ kind: 'unreachable', detail: 'busy', retryAfter: 60_000 });
  expect([asked, other.visits()]).toEqual([1, 0]);
  now = 120_000;
  expect(bodyOf(await http.fetch({ url: other.origin }))).toBe('ok');
});

test('503 that names a time is such a word too; without one it is a page like others', async () => {
  const local = await site((asked, answer) =>
    answer.writeHead(503, asked.url === '/when' ? { 'retry-after': '600' } : {}).end('down'),
  );
  expect(await client().fetch({ url: local.origin })).toMatchObject({ status: 503 });
  const error = await client()
    .fetch({ url: `${local.origin}/when` })
    .catch((caught) => caught);
  expect(error).toMatchObject({ kind: 'unreachable', detail: 'http-503', retryAfter: 600_000 });
});

test('a site vouched for by the operator’s own authority is read; without it, and under another name, it is not', async () => {
  const file = (name: string) => readFileSync(join(import.meta.dirname, 'authority', name), 'utf8');
  const server = createServer({ key: file('site-key.pem'), cert: file('site.pem') }, (_, answer) =>
    answer.end('тайно'),
  );
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const resolve = async () => ['127.0.0.1'];
  const trusting = client({ resolve, ca: file('authority.pem') });
  expect(bodyOf(await trusting.fetch({ url: `https://rasp.example:${port}/` }))).toBe('тайно');
  expect((await refusal(trusting.fetch({ url: `https://other.example:${port}/` }))).what).toBe('unreachable tls');
  expect((await refusal(client({ resolve }).fetch({ url: `https://rasp.example:${port}/` }))).what).toBe(
    'unreachable tls',
  );
});
