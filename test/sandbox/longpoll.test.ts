/** Bots Long Poll: what it gives, how it waits, and every way it fails. */
import { describe, expect, it } from 'vitest';
import { longPoll, poll, stage } from './client.ts';

const HOUR = 3_600_000;

describe('the long poll', () => {
  it('gives what came after a ts, as a string, and the same again to the same ts', async () => {
    const { vk, call, anya } = await stage();
    const { server, key, ts } = await longPoll(call, vk.groupId);
    expect(ts).toEqual(expect.any(String));
    expect(await poll(server, key, ts, 0)).toEqual({ ts, updates: [] });
    vk.say(anya, anya, 'раз');
    vk.say(anya, anya, 'два');
    const first = await poll(server, key, ts, 25);
    expect(first).toMatchObject({
      ts: String(Number(ts) + 2),
      updates: [{ type: 'message_new' }, { type: 'message_new' }],
    });
    expect(await poll(server, key, ts, 25)).toEqual(first);
    const ids = first.updates?.map((update) => update.event_id);
    expect(new Set(ids).size).toBe(2);
  });

  it('waits for news and wakes everyone who waits', async () => {
    const { vk, call, anya } = await stage();
    const { server, key, ts } = await longPoll(call, vk.groupId);
    const both = Promise.all([poll(server, key, ts, 25), poll(server, key, ts, 25)]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    vk.say(anya, anya, 'раз');
    for (const answer of await both) expect(answer.updates).toHaveLength(1);
  });

  it('gives at most a hundred events at once and loses none', async () => {
    const { vk, call, anya } = await stage();
    const { server, key, ts } = await longPoll(call, vk.groupId);
    for (let i = 0; i < 150; i++) vk.say(anya, anya, String(i));
    const first = await poll(server, key, ts, 0);
    const second = await poll(server, key, String(first.ts), 0);
    expect([first.updates?.length, second.updates?.length]).toEqual([100, 50]);
  });

  it('fails with 2 on a key that is unknown, old or killed', async () => {
    const { vk, call, clock } = await stage();
    const { server, key, ts } = await longPoll(call, vk.groupId);
    expect(await poll(server, 'no', ts, 0)).toEqual({ failed: 2 });
    vk.faults.killKey();
    expect(await poll(server, key, ts, 0)).toEqual({ failed: 2 });
    const fresh = await longPoll(call, vk.groupId);
    expect(await poll(server, fresh.key, ts, 0)).toMatchObject({ updates: [] });
    clock.real += HOUR;
    expect(await poll(server, fresh.key, ts, 0)).toEqual({ failed: 2 });
  });

  it('fails with 2 at once though somebody waits, and loses nothing for who keeps the ts', async () => {
    const { vk, call, anya } = await stage();
    const { server, key, ts } = await longPoll(call, vk.groupId);
    const waiting = poll(server, key, ts, 25);
    await new Promise((resolve) => setTimeout(resolve, 50));
    vk.faults.killKey();
    expect(await waiting).toEqual({ failed: 2 });
    vk.say(anya, anya, 'между ключами');
    const fresh = await longPoll(call, vk.groupId);
    expect((await poll(server, fresh.key, ts, 0)).updates).toHaveLength(1);
  });

  it('fails with 3 when asked to lose everything', async () => {
    const { vk, call } = await stage();
    const { server, key, ts } = await longPoll(call, vk.groupId);
    vk.faults.killKey(3);
    expect(await poll(server, key, ts, 0)).toEqual({ failed: 3 });
  });

  it('fails with 1 and a number when history is lost, outgrown or too old, and goes on from that number', async () => {
    const { vk, call, anya, clock } = await stage({ historySize: 10, keyLife: 10 * HOUR });
    const { server, key, ts } = await longPoll(call, vk.groupId);
    for (let i = 0; i < 15; i++) vk.say(anya, anya, String(i));
    const outgrown = await poll(server, key, ts, 0);
    expect(outgrown).toEqual({ failed: 1, ts: Number(ts) + 5 });
    const rest = await poll(server, key, String(outgrown.ts), 0);
    expect(rest.updates).toHaveLength(10);
    vk.faults.loseHistory();
    const lost = await poll(server, key, String(rest.ts), 0);
    expect(lost).toEqual({ failed: 1, ts: expect.any(Number) });
    vk.say(anya, anya, 'старое');
    clock.real += HOUR + 1;
    const old = await poll(server, key, String(lost.ts), 0);
    expect(old).toEqual({ failed: 1, ts: Number(lost.ts) + 1 });
    expect(await poll(server, key, String(old.ts), 0)).toMatchObject({ updates: [] });
  });

  it('answers a ts from the future or no number with 1', async () => {
    const { vk, call } = await stage();
    const { server, key, ts } = await longPoll(call, vk.groupId);
    for (const odd of [String(Number(ts) + 9), 'x', ''])
      expect(await poll(server, key, odd, 0)).toEqual({ failed: 1, ts: Number(ts) });
  });

  it('repeats events with the ids they had', async () => {
    const { vk, anya, updates } = await stage();
    vk.say(anya, anya, 'раз');
    const [first] = await updates();
    vk.faults.repeatEvents();
    expect(await updates()).toEqual([first]);
  });

  it('sends only the events that are switched on; message_event can be switched and is not listed', async () => {
    const { vk, call, anya, updates } = await stage();
    const group_id = vk.groupId;
    await call('groups.setLongPollSettings', { group_id, message_new: 0, message_reply: 1 });
    vk.say(anya, anya, 'раз');
    await call('messages.send', { peer_id: anya, random_id: 5, message: 'два' });
    const seen = await updates();
    expect(seen.map((update) => update.type)).toEqual(['message_reply']);
    expect(seen[0]?.object).toMatchObject({ text: 'два', out: 1, random_id: 5 });
    const { response } = await call('groups.getLongPollSettings', { group_id });
    expect(response).toMatchObject({ is_enabled: true, events: { message_new: 0, message_reply: 1 } });
    await call('groups.setLongPollSettings', { group_id, enabled: 0 });
    const refused = await call('groups.getLongPollServer', { group_id });
    expect(refused.error).toMatchObject({ error_code: 100, error_msg: expect.stringContaining('longpoll') });
  });
});
