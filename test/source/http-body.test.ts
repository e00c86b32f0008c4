/** Bodies made to exhaust, to lie or never to end: each is left in time, and little of it is ever held. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bodyOf, client, rawSite, refusal, site } from './site.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n';
const PACKED = 'Content-Encoding: gzip\r\n';
const CASES: readonly (readonly [string, string, string | Buffer, string])[] = [
  ['a declared length over the limit', `${HEAD}Content-Length: 999999999\r\n\r\n`, 'x', 'too-big body'],
  ['shorter than declared', `${HEAD}Content-Length: 50\r\n\r\n`, 'BEGIN', 'changed cut'],
  ['a chunk that is cut', `${HEAD}Transfer-Encoding: chunked\r\n\r\n`, '50\r\nBEGIN', 'changed cut'],
  [
    'packed and cut',
    `${HEAD}${PACKED}Connection: close\r\n\r\n`,
    gzipSync('a'.repeat(9_000)).subarray(0, 30),
    'changed cut',
  ],
  ['packed and broken', `${HEAD}${PACKED}Connection: close\r\n\r\n`, 'not gzip at all', 'changed encoding'],
  ['packed twice', `${HEAD}Content-Encoding: gzip, gzip\r\n\r\n`, 'x', 'changed encoding'],
  ['packed otherwise', `${HEAD}Content-Encoding: br\r\n\r\n`, 'x', 'changed encoding'],
  ['endless headers', `${HEAD}X-A: ${'a'.repeat(800_000)}\r\n\r\n`, '', 'too-big headers'],
  ['no HTTP at all', 'SSH-2.0-OpenSSH\r\n', 'hello', 'unreachable network'],
  ['nothing', '', '', 'unreachable network'],
];

test.each(CASES)('%s', async (_name, head, body, what) => {
  const local = await rawSite((socket) => {
    socket.write(head);
    socket.end(body);
  });
  const refused = await refusal(client().fetch({ url: local.origin }));
  expect(refused.what).toBe(what);
  expect(refused.message).not.toMatch(/BEGIN|not gzip at all|hello/);
});

test('a packed page is unpacked, an empty one is empty', async () => {
  const local = await site((asked, answer) => {
    answer.setHeader('content-encoding', 'gzip').end(asked.url === '/empty' ? '' : gzipSync('BEGIN:VCALENDAR'));
  });
  expect(bodyOf(await client().fetch({ url: local.origin }))).toBe('BEGIN:VCALENDAR');
  expect(bodyOf(await client().fetch({ url: `${local.origin}/empty` }))).toBe('');
});

test('an endless body is left at the limit', async () => {
  const local = await rawSite((socket) => {
    socket.write(`${HEAD}\r\n`);
    const pour = (): boolean => !socket.destroyed && socket.write(Buffer.alloc(60_000, 'x')) && pour();
    socket.on('drain', pour);
    pour();
  });
  expect((await refusal(client().fetch({ url: local.origin }))).what).toBe('too-big body');
});

test('a gzip bomb is left at the limit, never held whole', async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000));
  const local = await site((_, answer) => answer.setHeader('content-encoding', 'gzip').end(bomb));
  const http = client({ pasted: { bytes: 5_000_000 } });
  const before = process.memoryUsage().rss;
  expect(bomb.length).toBeLessThan(5_000_000);
  expect((await refusal(http.fetch({ url: local.origin }))).what).toBe('too-big body');
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
});

test('drops that never end, headers that never end and silence are left when the time is over', async () => {
  const drip = await rawSite((socket) => {
    socket.write(`${HEAD}\r\n`);
    const timer = setInterval(() => socket.write('x'), 20);
    socket.on('close', () => clearInterval(timer));
  });
  const headers = await rawSite((socket) => {
    const timer = setInterval(() => socket.write('X: y\r\n'), 20);
    socket.write('HTTP/1.1 200 OK\r\n');
    socket.on('close', () => clearInterval(timer));
  });
  const silence = await rawSite(() => undefined);
  for (const { origin } of [drip, headers, silence]) {
    const refused = await refusal(client({ pasted: { ms: 150 } }).fetch({ url: origin }));
    expect(refused).toEqual({
      what: 'unreachable timeout',
      message: expect.stringContaining('did not answer in time'),
    });
  }
});

test('the time is for the whole trip, redirects included', async () => {
  const local = await site((_, answer) => {
    setTimeout(() => answer.writeHead(302, { location: '/on' }).end(), 100);
  });
  expect((await refusal(client({ pasted: { ms: 250 } }).fetch({ url: local.origin }))).what).toBe(
    'unreachable timeout',
  );
});
