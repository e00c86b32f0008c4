/** Faults on demand, by the object and by the control API; and who may reach either. */
import http from 'node:http';
import { describe, expect, it } from 'vitest';
import { longPoll, poll, stage } from './client.ts';

describe('a fault', () => {
  it('drops the request before or after it is done', async () => {
    const { vk, call, anya } = await stage();
    vk.allow(anya);
    const send = () => call('messages.send', { peer_id: anya, random_id: 0, message: 'а' });
    vk.faults.add({ kind: 'drop-before', method: 'messages.send', times: 1 });
    await expect(send()).rejects.toThrow();
    expect(vk.messages(anya)).toHaveLength(0);
    vk.faults.add({ kind: 'drop-after', method: 'messages.send', times: 1 });
    await expect(send()).rejects.toThrow();
    expect(vk.messages(anya)).toHaveLength(1);
    expect(await send()).toHaveProperty('response');
  });

  it.each([
    [
      'a method inside execute',
      { method: 'messages.send' },
      'execute',
      { code: 'return [API.users.get({}),API.messages.send({peer_id:1001})];' },
    ],
    ['a peer inside execute', { peer: 1001 }, 'execute', { code: 'return API.messages.send({peer_ids:[1002,1001]});' }],
    ['a peer among many', { peer: 1002 }, 'messages.send', { peer_ids: '1001,1002', random_id: 0, message: 'а' }],
  ])('of the transport hits %s, once', async (_name, aim, method, params) => {
    const { vk, call } = await stage();
    for (const kind of ['drop-before', 'drop-after', 'bad-gateway'] as const) {
      vk.faults.add({ kind, ...aim, times: 1 });
      await expect(call(method, params)).rejects.toThrow();
      expect(vk.faults.list()).toEqual([]);
    }
    vk.faults.add({ kind: 'drop-before', method: 'messages.edit' });
    vk.faults.add({ kind: 'drop-before', method: 'messages.send', peer: 1003 });
    expect(await call(method, params)).toHaveProperty('response');
  });

  it('answers with a 502 page, any method', async () => {
    const { vk, call } = await stage();
    vk.faults.add({ kind: 'bad-gateway', times: 2 });
    const answer = await fetch(`${vk.apiUrl}/users.get`);
    expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining('<h1>502 Bad Gateway</h1>')]);
    await expect(call('groups.getById')).rejects.toThrow('HTTP 502');
    expect(await call('groups.getById')).toHaveProperty('response');
  });

  it('comes late', async () => {
    const { vk, call } = await stage();
    const id = vk.faults.add({ kind: 'latency', ms: 80 });
    const began = performance.now();
    await call('groups.getById');
    expect(performance.now() - began).toBeGreaterThanOrEqual(79);
    vk.faults.clear(id);
    expect(vk.faults.list()).toEqual([]);
  });

  it('refuses a method so many times, also inside execute', async () => {
    const { vk, code, call } = await stage();
    vk.faults.add({ kind: 'error', method: 'users.get', code: 29, times: 2 });
    expect(await code('groups.getById')).toBe(0);
    expect(await code('users.get')).toBe(29);
    const inside = await call('execute', { code: 'return [API.users.get({}),API.users.get({})];' });
    expect(inside).toMatchObject({ response: [false, []], execute_errors: [{ error_code: 29 }] });
  });

  it('refuses one peer of many', async () => {
    const { vk, call, anya, boris } = await stage();
    vk.allow(anya);
    vk.allow(boris);
    vk.faults.add({ kind: 'error', peer: boris, code: 9 });
    const { response } = await call('messages.send', { peer_ids: `${anya},${boris}`, random_id: 0, message: 'а' });
    expect(response).toMatchObject([
      { peer_id: anya },
      { peer_id: boris, error: { code: 9, description: 'Flood control' } },
    ]);
    vk.faults.clear();
    vk.faults.add({ kind: 'error', code: 10, times: 1 });
    expect((await call('messages.send', { peer_ids: anya, random_id: 0, message: 'а' })).error).toMatchObject({
      error_code: 10,
    });
  });

  it('hits the poll only when it is named', async () => {
    const { vk, call } = await stage();
    const { server, key, ts } = await longPoll(call, vk.groupId);
    vk.faults.add({ kind: 'bad-gateway' });
    expect(await poll(server, key, ts, 0)).toMatchObject({ updates: [] });
    vk.faults.add({ kind: 'drop-before', method: 'longpoll' });
    await expect(poll(server, key, ts, 0)).rejects.toThrow();
  });
});

describe('the control API', () => {
  it('does what the object does', async () => {
    const { vk, anya, chat, code } = await stage();
    const control = async (name: string, body: unknown) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${vk.address}/control/${name}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return [answer.status, await answer.json()];
    };
    expect(await control('say', { user: anya, peer: anya, text: 'привет' })).toEqual([200, { cmid: 1 }]);
    expect(await control('invite-bot', { peer: chat, by: anya })).toEqual([200, { ok: true }]);
    expect(await control('invite-bot', { peer: chat, by: anya })).toEqual([
      400,
      { error: expect.stringContaining('already') },
    ]);
    expect(await control('fault', { kind: 'error', code: 10, times: 1 })).toEqual([200, { id: 1 }]);
    expect(await code('users.get')).toBe(10);
    for (const id of [0, -1, 2_000_000_000, 9e15])
      expect(await control('person', { id, firstName: 'Вера' })).toEqual([
        400,
        { error: expect.stringContaining('1…1999999999') },
      ]);
    expect(await control('person', { id: 1_999_999_999, firstName: 'Вера' })).toEqual([200, { user: 1_999_999_999 }]);
    expect(await control('say', { user: anya })).toEqual([400, { error: expect.stringContaining('peer') }]);
    expect(await control('nonsense', {})).toEqual([404, expect.anything()]);
    const view = await fetch(`${vk.address}/control/view?as=${anya}&peer=${chat}&log=1`);
    expect(await view.json()).toMatchObject({
      me: anya,
      open: { chat: { botIn: true } },
      dialogs: [{ peer: anya }, { peer: chat }],
    });
  });

  it('takes JSON only', async () => {
    const { vk } = await stage();
    const body = new URLSearchParams({ user: '1' });
    expect((await fetch(`${vk.address}/control/deny`, { method: 'POST', body })).status).toBe(415);
  });
});

describe('the door', () => {
  it.each<[string, string, Record<string, string>, number]>([
    ['its own name', '/', {}, 200],
    ['localhost', '/', { host: 'localhost:PORT' }, 200],
    ['a foreign Host', '/', { host: 'evil.example:PORT' }, 403],
    ['another port in Host', '/', { host: '127.0.0.1:1' }, 403],
    ['its own Origin', '/control/view', { origin: 'http://localhost:PORT' }, 200],
    ['a foreign Origin', '/control/view', { origin: 'http://evil.example' }, 403],
    ['Origin null', '/method/users.get', { origin: 'null' }, 403],
    [
      'a picture on a foreign page',
      '/control/view',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      403,
    ],
    ['a link on a foreign page', '/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 200],
    ['another port of this machine', '/control/view', { 'sec-fetch-site': 'same-site' }, 403],
  ])('%s', async (_name, path, headers, status) => {
    const { vk } = await stage();
    const { port } = new URL(vk.address);
    const sent = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, value.replace('PORT', port)]));
    const got = await new Promise<number | undefined>((resolve, reject) => {
      const request = http.get({ host: '127.0.0.1', port, path, headers: sent }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      request.on('error', reject);
    });
    expect(got).toBe(status);
  });

  it('opens on loopback only', async () => {
    for (const host of ['0.0.0.0', '192.168.0.5', 'example.org'])
      await expect(stage({ host })).rejects.toThrow('loopback only');
  });

  it('gives the page a strict policy, and the files it was handed', async () => {
    const read = () => new TextEncoder().encode('BEGIN:VCALENDAR');
    const { vk } = await stage({ files: [{ path: '/sample/pi-21.ics', read, type: 'text/calendar' }] });
    const page = await fetch(vk.address);
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    const html = await page.text();
    for (const [, url] of html.matchAll(/(?:src|href)="(\/[^"]*)"/g))
      expect((await fetch(`${vk.address}${url}`)).status).toBe(200);
    const file = await fetch(`${vk.address}/sample/pi-21.ics`);
    expect([file.headers.get('content-type'), await file.text()]).toEqual(['text/calendar', 'BEGIN:VCALENDAR']);
  });
});
