/** The wall around our own network: every spelling of it, names that lie, and what HTTP_ALLOW lifts. */
import { describe, expect, test } from 'vitest';
import { client, refusal, site } from './site.ts';

/** A network nobody has: with one allowed, ports are judged after addresses, so that the address alone refuses. */
const NOWHERE = ['203.0.113.0/24'];
const INSIDE = 'refused private-address';

const LOOPBACK = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '127.0.0.1.',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '%31%32%37.0.0.1',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '0.0.0.0',
  '0',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::7f00:1]',
  'localhost',
  'localhost.',
  'LOCALHOST',
];

describe('no spelling of loopback reaches a listener there', () => {
  test.each(LOOPBACK)('%s', async (host) => {
    const local = await site((_, answer) => answer.end('secret'));
    const http = client({ allow: NOWHERE });
    expect((await refusal(http.fetch({ url: `http://${host}:${local.port}/` }))).what).toBe(INSIDE);
    expect(local.visits()).toBe(0);
  });
});

const INNER = [
  ['private 10', '10.0.0.1'],
  ['private 172.16', '172.31.255.255'],
  ['private 192.168', '192.168.1.1'],
  ['link-local and the clouds’ metadata', '169.254.169.254'],
  ['metadata inside CGNAT', '100.100.100.200'],
  ['CGNAT', '100.64.0.1'],
  ['metadata with a public number', '168.63.129.16'],
  ['metadata in IPv6', '[fd00:ec2::254]'],
  ['this network', '0.1.2.3'],
  ['protocol assignments', '192.0.0.192'],
  ['benchmarks', '198.18.0.1'],
  ['documentation', '192.0.2.1'],
  ['multicast', '224.0.0.251'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['IPv4-mapped private', '[::ffff:10.0.0.1]'],
  ['IPv4-compatible', '[::10.0.0.1]'],
  ['NAT64', '[64:ff9b::10.0.0.1]'],
  ['local NAT64', '[64:ff9b:1::a00:1]'],
  ['6to4', '[2002:7f00:1::]'],
  ['Teredo', '[2001:0:4136:e378:8000:63bf:3fff:fdd2]'],
  ['link-local in IPv6', '[fe80::1]'],
  ['site-local', '[fec0::1]'],
  ['unique local', '[fc00::1]'],
  ['multicast in IPv6', '[ff02::1]'],
  ['discard', '[100::1]'],
  ['segment routing', '[5f00::1]'],
  ['documentation in IPv6', '[2001:db8::1]'],
  ['not given out by IANA', '[4000::1]'],
] as const;

describe('no inner address is connected to, be it typed or resolved', () => {
  test.each(INNER)('%s: %s', async (_name, host) => {
    const typed = client({ allow: [] });
    expect((await refusal(typed.fetch({ url: `http://${host}/` }))).what).toBe(INSIDE);
    const resolved = client({ allow: [], resolve: async () => [host.replace(/[[\]]/g, '')] });
    expect((await refusal(resolved.fetch({ url: 'https://rasp.example/' }))).what).toBe(INSIDE);
  });
});

describe('names that lie', () => {
  test.each([
    ['public, then private', ['93.184.215.14', '127.0.0.1']],
    ['private, then public', ['10.0.0.1', '93.184.215.14']],
    ['public IPv4 and loopback IPv6', ['93.184.215.14', '::1']],
    ['something that is no address', ['93.184.215.14', 'localhost']],
  ])('a mixed answer is refused: %s', async (_name, addresses) => {
    const http = client({ allow: [], resolve: async () => addresses });
    expect((await refusal(http.fetch({ url: 'http://mixed.example/' }))).what).toBe(INSIDE);
  });

  test('a name that moves inside after the first answer is refused at the second', async () => {
    const local = await site((_, answer) => answer.setHeader('connection', 'close').end('first'));
    const answers = ['127.0.0.1', '127.0.0.2'];
    // The first address is allowed and stands for a public one; the second is not.
    const resolve = async () => [answers.shift() ?? '127.0.0.2'];
    const http = client({ allow: ['127.0.0.1/32'], resolve });
    const url = `http://moving.example:${local.port}/`;
    expect(await http.fetch({ url })).toMatchObject({ status: 200 });
    expect((await refusal(http.fetch({ url }))).what).toBe(INSIDE);
    expect(local.visits()).toBe(1);
  });

  test('one look-up a connection: what was checked is what is connected to', async () => {
    const local = await site((_, answer) => answer.end('ok'));
    let asked = 0;
    // A second look-up, as a check before a plain fetch would make it, would be led elsewhere.
    const resolve = async () => (++asked === 1 ? ['127.0.0.1'] : ['169.254.169.254']);
    const http = client({ allow: ['127.0.0.1/32'], resolve });
    expect(await http.fetch({ url: `http://twice.example:${local.port}/` })).toMatchObject({ status: 200 });
    expect(asked).toBe(1);
  });

  test('a name without an answer, with none, and with one that never comes', async () => {
    const unknown = client({ resolve: () => Promise.reject(new Error('10.1.2.3 said no')) });
    const empty = client({ resolve: async () => [] });
    const silent = client({ resolve: () => new Promise(() => undefined), pasted: { ms: 60 } });
    const url = 'http://nobody.example/';
    expect(await refusal(unknown.fetch({ url }))).toMatchObject({ what: 'unreachable dns' });
    expect((await refusal(unknown.fetch({ url }))).message).not.toContain('10.1.2.3');
    expect(await refusal(empty.fetch({ url }))).toMatchObject({ what: 'unreachable dns' });
    expect(await refusal(silent.fetch({ url }))).toMatchObject({ what: 'unreachable timeout' });
  });
});

describe('HTTP_ALLOW lifts exactly what it names', () => {
  test('a host, on any port, and no other name of the same machine', async () => {
    const local = await site((_, answer) => answer.end('ok'));
    const http = client({ allow: [' Rasp.Campus '], resolve: async () => ['127.0.0.1'] });
    expect(await http.fetch({ url: `http://rasp.campus:${local.port}/` })).toMatchObject({ status: 200 });
    expect((await refusal(http.fetch({ url: `http://www.rasp.campus/` }))).what).toBe(INSIDE);
    expect((await refusal(http.fetch({ url: `http://127.0.0.1:${local.port}/` }))).what).toBe(INSIDE);
  });

  test('a port of a host, and no other port', async () => {
    const local = await site((_, answer) => answer.end('ok'));
    const http = client({ allow: [`127.0.0.1:${local.port}`] });
    expect(await http.fetch({ url: `${local.origin}/` })).toMatchObject({ status: 200 });
    expect((await refusal(http.fetch({ url: 'http://127.0.0.1/' }))).what).toBe(INSIDE);
    expect((await refusal(http.fetch({ url: `http://127.0.0.1:${local.port + 1}/` }))).what).toBe(INSIDE);
    expect((await refusal(http.fetch({ url: `http://127.0.0.2:${local.port}/` }))).what).toBe(INSIDE);
  });

  test('a network, by number and by name, and none beside it', async () => {
    const local = await site((_, answer) => answer.end('ok'));
    const http = client({ allow: ['127.0.0.0/31'], resolve: async () => ['127.0.0.1'] });
    expect(await http.fetch({ url: `${local.origin}/` })).toMatchObject({ status: 200 });
    expect(await http.fetch({ url: `http://inside.example:${local.port}/` })).toMatchObject({ status: 200 });
    expect(await http.fetch({ url: `http://[::ffff:127.0.0.1]:${local.port}/` })).toMatchObject({ status: 200 });
    expect((await refusal(http.fetch({ url: `http://127.0.0.2:${local.port}/` }))).what).toBe(INSIDE);
  });

  test('one private network does not open the odd ports of public hosts', async () => {
    const http = client({ allow: ['10.0.0.0/8'], resolve: async () => ['93.184.215.14'] });
    expect((await refusal(http.fetch({ url: 'http://public.example:22/' }))).what).toBe('refused port');
  });

  test.each(['10.0.0.0/33', 'a b', 'user@host', 'host/path', 'http://host', ''])('«%s» is no entry', (entry) => {
    if (entry === '') expect(() => client({ allow: [entry] })).not.toThrow();
    else expect(() => client({ allow: [entry] })).toThrow(/Not a (host|network)/);
  });
});

describe('refused before any look-up', () => {
  test.each([
    ['file:///etc/passwd', 'refused scheme'],
    ['ftp://rasp.example/a.ics', 'refused scheme'],
    ['data:text/calendar,BEGIN', 'refused scheme'],
    ['javascript:1', 'refused scheme'],
    ['https://me:secret@rasp.example/', 'refused credentials'],
    ['https://me@rasp.example/', 'refused credentials'],
    ['http://rasp.example:22/', 'refused port'],
    ['http://rasp.example:6379/', 'refused port'],
    ['https://rasp.example:25/', 'refused port'],
    ['ПИ-21', 'refused address'],
    ['', 'refused address'],
    ['http://', 'refused address'],
    ['http://a.example:99999/', 'refused address'],
    ['http://1.2.3.4.5/', 'refused address'],
  ])('%s: %s', async (url, what) => {
    let asked = 0;
    const http = client({
      allow: [],
      resolve: async () => {
        asked += 1;
        return [];
      },
    });
    const refused = await refusal(http.fetch({ url }));
    expect(refused.what).toBe(what);
    expect(refused.message).not.toContain('secret');
    expect(asked).toBe(0);
  });
});
