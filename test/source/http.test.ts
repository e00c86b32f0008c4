/** Fetching is polite and bounded: redirects, validators, turns, hostile bodies, the end of it all. */
import { describe, expect, test } from 'vitest';
import { bodyOf, client, rawSite, refusal, type Site, site } from './site.ts';

test('an honest page comes whole: status, address, headers in lower case, body', async () => {
  const local = await site((_, answer) => answer.writeHead(404, { ETag: '"1"' }).end('нет'));
  const request = { url: `${local.origin}/a?b=c#d` };
  const page = await client().fetch(request);
  expect(page).toMatchObject({ request, status: 404, url: `${local.origin}/a?b=c#d`, headers: { etag: '"1"' } });
  expect(bodyOf(page)).toBe('нет');
});

test('it says who it is; a source may not say otherwise nor speak for the connection', async () => {
  const local = await site((asked, answer) => answer.end(JSON.stringify(asked.headers)));
  const headers = { 'User-Agent': 'Mozilla', Host: 'evil', 'Content-Length': '9', 'X-Key': 'k', 'if-none-match': 'x' };
  const said = JSON.parse(bodyOf(await client().fetch({ url: local.origin, headers })));
  expect(said).toMatchObject({ 'user-agent': 'zvonok/test', 'accept-encoding': 'gzip', 'x-key': 'k' });
  expect(said).toMatchObject({ host: `127.0.0.1:${local.port}` });
  expect(said).not.toHaveProperty('content-length');
  expect(said).not.toHaveProperty('if-none-match');
});

describe('redirects', () => {
  /** `/3` leads to `/2` and so on; `/0` answers. */
  function countdown(): Promise<Site> {
    return site((asked, answer) => {
      const left = Number(asked.url?.slice(1));
      if (left === 0) answer.end('there');
      else answer.writeHead(302, { location: `/${left - 1}` }).end('elsewhere');
    });
  }

  test('three are followed, a fourth is not', async () => {
    const local = await countdown();
    expect(await client().fetch({ url: `${local.origin}/3` })).toMatchObject({ status: 200, url: `${local.origin}/0` });
    expect((await refusal(client().fetch({ url: `${local.origin}/4` }))).what).toBe('changed redirects');
  });

  test('a loop ends', async () => {
    const local = await site((_, answer) => answer.writeHead(301, { location: '/again' }).end());
    expect((await refusal(client().fetch({ url: `${local.origin}/again` }))).what).toBe('changed redirects');
  });

  test('two sites that lead to each other do not wait for each other', async () => {
    const there = { port: 0 };
    const leadTo = (host: string) => (answer: import('node:http').ServerResponse) =>
      answer.writeHead(302, { location: `http://${host}:${there.port}/` }).end();
    const local = await site((asked, answer) =>
      leadTo(asked.headers.host?.startsWith('a.') === true ? 'b.example' : 'a.example')(answer),
    );
    there.port = local.port;
    const http = client({ resolve: async () => ['127.0.0.1'] });
    const both = ['a', 'b'].map((name) => refusal(http.fetch({ url: `http://${name}.example:${local.port}/` })));
    expect((await Promise.all(both)).map(({ what }) => what)).toEqual(['changed redirects', 'changed redirects']);
  });

  test.each([
    ['http://10.0.0.1/admin', 'refused private-address'],
    ['http://169.254.169.254/latest/meta-data', 'refused private-address'],
    ['http://[::ffff:a00:1]/', 'refused private-address'],
    ['file:///etc/passwd', 'refused scheme'],
    ['https://me:secret@rasp.example/', 'refused credentials'],
    ['http://', 'refused address'],
  ])('each hop is checked again: %s', async (location, what) => {
    const local = await site((_, answer) => answer.writeHead(302, { location }).end());
    expect((await refusal(client().fetch({ url: local.origin }))).what).toBe(what);
  });

  test('another origin does not get the source’s headers; the same one does', async () => {
    const heard: (string | string[] | undefined)[] = [];
    const other = await site((asked, answer) => {
      heard.push(
        asked.headers['x-key'],
        asked.headers.authorization,
        asked.headers.accept,
        asked.headers['user-agent'],
      );
      answer.end();
    });
    const local = await site((asked, answer) => {
      if (asked.url === '/away') answer.writeHead(307, { location: other.origin }).end();
      else if (asked.url === '/near') answer.writeHead(307, { location: '/here' }).end();
      else answer.end(String(asked.headers['x-key']));
    });
    const headers = { 'X-Key': 'k', Authorization: 'Bearer b', Accept: 'text/calendar' };
    await client().fetch({ url: `${local.origin}/away`, headers });
    expect(heard).toEqual([undefined, undefined, 'text/calendar', 'zvonok/test']);
    expect(bodyOf(await client().fetch({ url: `${local.origin}/near`, headers }))).toBe('k');
  });

  test.each([
    [302, 'GET '],
    [303, 'GET '],
    [307, 'POST q=1'],
    [308, 'POST q=1'],
  ])('a form after %d is asked again as %s', async (status, said) => {
    const local = await site(async (asked, answer) => {
      let body = '';
      for await (const part of asked) body += String(part);
      if (asked.url === '/form') answer.writeHead(status, { location: '/found' }).end();
      else answer.end(`${asked.method} ${body}`);
    });
    const page = await client().fetch({ url: `${local.origin}/form`, method: 'POST', body: 'q=1' });
    expect(bodyOf(page)).toBe(said);
  });
});

describe('validators', () => {
  test('304 to our own validators is «not modified»; an uncalled one is a page', async () => {
    const local = await site((asked, answer) => {
      const known = asked.headers['if-none-match'] === '"1"' || asked.headers['if-modified-since'] !== undefined;
      answer.writeHead(known || asked.url === '/odd' ? 304 : 200).end();
    });
    const http = client();
    expect(await http.fetch({ url: local.origin }, { etag: '"1"' })).toBe('not-modified');
    expect(await http.fetch({ url: local.origin }, { lastModified: 'Mon, 07 Sep 2026 09:00:00 GMT' })).toBe(
      'not-modified',
    );
    expect(await http.fetch({ url: local.origin }, { etag: '"2"' })).toMatchObject({ status: 200 });
    expect(await http.fetch({ url: local.origin }, { etag: '', lastModified: '' })).toMatchObject({ status: 200 });
    expect(await http.fetch({ url: `${local.origin}/odd` })).toMatchObject({ status: 304 });
  });
});

describe('one request a host at a time', () => {
  test('two to one host never overlap, be they on two ports; two hosts do', async () => {
    let now = 0;
    const most: Record<string, number> = {};
    const running: Record<string, number> = {};
    const handle: import('node:http').RequestListener = (asked, answer) => {
      const host = asked.headers.host?.split(':')[0] ?? '';
      now += 1;
      most.all = Math.max(most.all ?? 0, now);
      running[host] = (running[host] ?? 0) + 1;
      most[host] = Math.max(most[host] ?? 0, running[host] ?? 0);
      setTimeout(() => {
        now -= 1;
        running[host] = (running[host] ?? 0) - 1;
        answer.end();
      }, 40);
    };
    const [one, two] = [await site(handle), await site(handle)];
    const http = client({ resolve: async () => ['127.0.0.1'] });
    const urls = ['a', 'b'].flatMap((name) =>
      [one, two].flatMap(({ port }) => [1, 2].map((n) => `http://${name}.example:${port}/${n}`)),
    );
    const pages = await Promise.all(urls.map((url) => http.fetch({ url })));
    expect(pages).toHaveLength(8);
    expect(most).toEqual({ all: 2, 'a.example': 1, 'b.example': 1 });
  });

  test('a failed one does not hold the next; one given up while waiting leaves the queue in order', async () => {
    const heard: string[] = [];
    let now = 0;
    let most = 0;
    const local = await site((asked, answer) => {
      heard.push(asked.url ?? '');
      most = Math.max(most, ++now);
      setTimeout(() => {
        now -= 1;
        if (asked.url === '/broken') answer.destroy();
        else answer.end();
      }, 60);
    });
    const http = client();
    const giveUp = new AbortController();
    const first = refusal(http.fetch({ url: `${local.origin}/broken` }));
    const second = refusal(http.fetch({ url: `${local.origin}/left` }, { signal: giveUp.signal }));
    setTimeout(() => giveUp.abort(), 10);
    expect((await second).what).toBe('unreachable stopped');
    const third = http.fetch({ url: `${local.origin}/third` });
    expect((await first).what).toBe('unreachable network');
    expect(await third).toMatchObject({ status: 200 });
    expect([heard, most]).toEqual([['/broken', '/third'], 1]);
  });
});

test('nobody listening is said so, without the address found', async () => {
  const http = client({ resolve: async () => ['127.0.0.1'] });
  const gone = await site(() => undefined);
  const refused = await refusal(http.fetch({ url: `http://rasp.example:${gone.port === 9 ? 10 : 9}/` }));
  expect(refused.what).toBe('unreachable refused-connection');
  expect(refused.message).not.toContain('127.0.0.1');
});

test('a certificate nobody vouches for is refused', async () => {
  // A server that answers in plain text where TLS is spoken.
  const local = await rawSite((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  expect((await refusal(client().fetch({ url: `https://127.0.0.1:${local.port}/` }))).what).toBe('unreachable tls');
});

test('close ends what runs, what waits and what comes later, and is no word against the site', async () => {
  const local = await rawSite(() => undefined);
  const http = client();
  const ends = [http.fetch({ url: local.origin }), http.fetch({ url: local.origin })].map((work) =>
    work.then(String, (error: Error) => `${error.name} ${error.message}`),
  );
  while (local.visits() === 0) await new Promise((next) => setTimeout(next, 5));
  await http.close();
  expect(await Promise.all(ends)).toEqual(['Error fetching is closed', 'Error fetching is closed']);
  await expect(http.fetch({ url: local.origin })).rejects.toThrow('fetching is closed');
});

test('the log names hosts and figures, never a path or a body', async () => {
  const lines: string[] = [];
  const log = {
    debug: (facts: object, text?: string) => lines.push(`${text} ${JSON.stringify(facts)}`),
    warn: () => undefined,
  };
  const local = await site((_, answer) => answer.end('body-text'));
  const http = client({ log, now: () => 5 });
  await http.fetch({ url: `${local.origin}/private-token?key=1` });
  await refusal(http.fetch({ url: 'http://10.0.0.1/private-token' }));
  expect(lines).toEqual([
    `fetched {"host":"127.0.0.1:${local.port}","status":200,"bytes":9,"ms":0}`,
    'not fetched {"host":"10.0.0.1","kind":"refused","detail":"private-address"}',
  ]);
});
