/** The outer rules of the API: tokens, versions, bodies, methods, the second of twenty calls, execute, the log. */
import { describe, expect, it } from 'vitest';
import { stage } from './client.ts';

describe('a call', () => {
  it.each([
    ['no token', { v: '5.199' }, {}, 5],
    ['a wrong token', { v: '5.199', access_token: 'x' }, {}, 5],
    ['no version', { access_token: 'TOKEN' }, {}, 8],
    ['a token in the body', { v: '5.199', access_token: 'TOKEN' }, {}, 0],
    ['a token in the header', { v: '5.199' }, { authorization: 'Bearer TOKEN' }, 0],
  ])('with %s', async (_name, form, headers, code) => {
    const { vk } = await stage({ token: 'TOKEN' });
    const ask = { method: 'POST', body: new URLSearchParams(form), headers };
    const answer = await fetch(`${vk.apiUrl}/groups.getById`, ask);
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as { error?: { error_code: number } };
    expect(body.error?.error_code ?? 0).toBe(code);
  });

  it('is read from the query, a form or multipart, never from JSON', async () => {
    const { vk, anya } = await stage();
    const url = `${vk.apiUrl}/users.get`;
    const given = { v: '5.199', access_token: vk.token, user_ids: String(anya) };
    const query = await fetch(`${url}?${new URLSearchParams(given)}`);
    const form = await fetch(url, { method: 'POST', body: new URLSearchParams(given) });
    const parts = new FormData();
    for (const [key, value] of Object.entries(given)) parts.set(key, value);
    const multipart = await fetch(url, { method: 'POST', body: parts });
    for (const answer of [query, form, multipart])
      expect(await answer.json()).toMatchObject({ response: [{ id: anya, first_name: 'Аня' }] });
    const headers = { 'content-type': 'application/json' };
    const json = await fetch(url, { method: 'POST', headers, body: JSON.stringify(given) });
    expect(await json.json()).toMatchObject({ error: { error_code: 5 } });
  });

  it.each([
    ['no.such', {}, 3],
    ['calls.start', {}, 27],
    ['messages.addChatUser', { chat_id: 1, user_id: 1 }, 27],
    ['docs.getUploadServer', {}, 27],
    ['groups.getLongPollServer', {}, 100],
    ['groups.getLongPollServer', { group_id: 'мой' }, 100],
    ['groups.getLongPollServer', { group_id: 5 }, 15],
    ['messages.getConversationMembers', { peer_id: 2_000_000_099 }, 927],
    ['users.get', { user_ids: '1', imaginary: 1 }, 0],
  ])('%s %j → %d', async (method, params, code) => {
    const { call, vk } = await stage();
    const { error } = await call(method, params);
    expect(error?.error_code ?? 0).toBe(code);
    if (error) expect(JSON.stringify(error.request_params)).not.toContain(vk.token);
  });

  it('with an unknown parameter is let through and shown in the log, without the token', async () => {
    const { call, vk } = await stage();
    await call('users.get', { user_ids: 1, imaginary: 2 });
    expect(vk.calls.at(-1)).toMatchObject({ method: 'users.get', unknown: ['imaginary'] });
    expect(JSON.stringify(vk.calls)).not.toContain(vk.token);
  });

  it('is one of at most twenty in any second', async () => {
    const { code, vk, clock } = await stage();
    vk.faults.rateLimit(true);
    const codes = await Promise.all(Array.from({ length: 22 }, () => code('users.get')));
    expect(codes.filter((each) => each === 6)).toHaveLength(2);
    clock.real += 999;
    expect(await code('users.get')).toBe(6);
    clock.real += 1;
    expect(await code('users.get')).toBe(0);
  });
});

describe('execute', () => {
  it('answers false in the place of a failed call and names it', async () => {
    const { call, anya, vk } = await stage();
    vk.say(anya, anya, 'привет');
    const send = (peer: number, text: string): string =>
      `API.messages.send(${JSON.stringify({ peer_id: peer, random_id: 0, message: text })})`;
    const code = `return [${send(anya, 'Раз: «"\n»')},${send(777, 'два')},API.users.get({user_ids:[${anya}]})];`;
    const answer = await call('execute', { code });
    expect(answer.response).toMatchObject([expect.any(Number), false, [{ id: anya }]]);
    expect(answer.execute_errors).toMatchObject([{ method: 'messages.send', error_code: 901 }]);
    expect(vk.messages(anya).at(-1)?.text).toBe('Раз: «"\n»');
  });

  it('counts as one call, holds at most 25, and does nothing at all if it cannot be read', async () => {
    const { call, code, anya, vk } = await stage();
    vk.faults.rateLimit(true);
    const many = (count: number): string =>
      `return [${Array.from({ length: count }, () => 'API.users.get()').join(',')}];`;
    const full = await call('execute', { code: many(25) });
    expect(full.response).toHaveLength(25);
    expect(await code('execute', { code: many(26) })).toBe(13);
    vk.allow(anya);
    const broken = `return [API.messages.send({peer_id:${anya},random_id:0,message:"a"}), API.b];`;
    expect(await code('execute', { code: broken })).toBe(12);
    expect(vk.messages(anya)).toHaveLength(0);
  });
});
