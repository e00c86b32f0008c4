/** Sayings to many peers: an outcome for every peer, whatever VK answers. */
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/vk/index.ts';
import { addChat, addPerson, type Desk, newDesk, SAYING } from './desk.ts';

const NOW = 1_795_300_000_000;
const MINUTE = 60_000;

async function quiet(setup: Parameters<typeof newDesk>[0] = {}): Promise<Desk> {
  return newDesk({ listen: false, render: () => ({ text: 'завтра' }), ...setup });
}
const people = (desk: Desk, count: number) => Array.from({ length: count }, (_, i) => addPerson(desk.sandbox, `Н${i}`));
async function postTo(desk: Desk, peers: number[], randomId = 77): Promise<Outcome> {
  const [outcome] = await desk.vk.post([{ id: 5, saying: SAYING, randomId, peers }]);
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
}
const sends = (desk: Desk) => desk.sandbox.calls.filter((call) => call.method === 'messages.send');
const nothing = { id: 5, sent: [], later: [], gone: [], dead: [] };

test('250 peers are sends of ten at first, with one random_id in one call, and all have it', async () => {
  const desk = await quiet();
  const peers = people(desk, 250);
  const outcome = await postTo(desk, peers);
  expect(outcome).toEqual({ ...nothing, sent: peers });
  const inside = desk.sandbox.calls.filter((call) => call.method === 'execute › messages.send');
  expect(desk.sandbox.calls.filter((call) => call.method === 'execute')).toHaveLength(1);
  expect(inside.map((call) => [call.params.peer_ids?.split(',').length, call.params.random_id])).toEqual(
    Array.from({ length: 25 }, () => [10, '77']),
  );
});

test('posted again with the same random_id nobody gets it twice', async () => {
  const desk = await quiet();
  const peers = people(desk, 3);
  await postTo(desk, peers);
  expect(await postTo(desk, peers)).toEqual({ ...nothing, sent: peers });
  for (const peer of peers) expect(desk.sandbox.messages(peer)).toHaveLength(1);
});

test('trap 1: refusals of single peers are read by peer, each has its own end', async () => {
  const desk = await quiet();
  const [fine, silent, shy, flooded, blocked, strange] = people(desk, 6) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const away = addChat(desk.sandbox, fine);
  desk.sandbox.kickBot(away, fine);
  desk.sandbox.deny(silent);
  desk.sandbox.block(blocked);
  for (const [peer, code] of [
    [shy, 950],
    [flooded, 9],
    [strange, 4242],
  ] as const)
    desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', peer, code });
  expect(await postTo(desk, [silent, shy, flooded, fine, blocked, away, strange])).toEqual({
    id: 5,
    sent: [fine],
    later: [{ peers: [flooded], at: NOW + 60 * MINUTE, untouched: true }],
    gone: [
      { peer: silent, why: '901 no permission from the user' },
      { peer: shy, why: '950 reply timed out' },
      { peer: blocked, why: '900 in the blacklist' },
      { peer: away, why: '917 no access to this chat' },
    ],
    dead: [{ peer: strange, why: '4242 undocumented error' }],
  });
});

describe('a call that fails as a whole', () => {
  test.each(['drop-before', 'drop-after', 'bad-gateway'] as const)(
    '%s: later, with growing rests, and once for each peer in the end',
    async (kind) => {
      const desk = await quiet();
      const peers = people(desk, 3);
      desk.sandbox.faults.add({ kind, method: 'messages.send', times: 2 });
      expect(await postTo(desk, peers)).toEqual({ ...nothing, later: [{ peers, at: NOW + 2000 }] });
      expect(await postTo(desk, peers)).toEqual({ ...nothing, later: [{ peers, at: NOW + 4000 }] });
      expect(await postTo(desk, peers)).toEqual({ ...nothing, sent: peers });
      for (const peer of peers) expect(desk.sandbox.messages(peer)).toHaveLength(1);
    },
  );

  test.each([5, 7, 17, 27, 984])(
    '%s: everything later, and a reason to halt; what follows is not even tried',
    async (code) => {
      const desk = await quiet();
      const peers = people(desk, 2);
      desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code });
      const outcome = await postTo(desk, peers);
      expect(outcome.later).toEqual([{ peers, at: NOW + MINUTE, untouched: true }]);
      expect(outcome.halt).toMatch(new RegExp(`^${code} `));
      expect(outcome.gone).toEqual([]);
      const many = await desk.vk.post(
        Array.from({ length: 60 }, (_, id) => ({ id, saying: SAYING, randomId: id + 1, peers })),
      );
      expect(many.every((each) => each.halt !== undefined && each.sent.length === 0)).toBe(true);
      // One call tells it for all that waits; those already on their way tell it again.
      expect(desk.sandbox.calls.filter((call) => call.method === 'execute').length).toBeLessThanOrEqual(2);
      // One line for whatever was refused is the delivery's: see test/stories/sending.test.ts.
      expect(desk.log.filter((line) => line.level === 'error')).toEqual([]);
    },
  );

  test('29: ten minutes for this method, without further calls', async () => {
    const desk = await quiet();
    const peers = people(desk, 2);
    desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code: 29, times: 1 });
    const halt = expect.stringMatching(/^29 /);
    const outcome = { ...nothing, halt, later: [{ peers, at: NOW + 10 * MINUTE, untouched: true }] };
    expect(await postTo(desk, peers)).toEqual(outcome);
    expect(await postTo(desk, peers)).toEqual(outcome);
    expect(sends(desk)).toHaveLength(1);
  });

  test('29 again after its rest: twice as long each time, an hour at most, until something was taken', async () => {
    let now = NOW;
    const desk = await quiet({ now: () => now });
    const peers = people(desk, 1);
    const fault = desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code: 29 });
    const rests: number[] = [];
    async function tryOnce(): Promise<void> {
      const [later] = (await postTo(desk, peers, rests.length + 1)).later;
      rests.push(((later?.at ?? now) - now) / MINUTE);
      now = later?.at ?? now;
    }
    for (let n = 0; n < 5; n += 1) await tryOnce();
    desk.sandbox.faults.clear(fault);
    await tryOnce();
    desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code: 29, times: 1 });
    await tryOnce();
    expect(rests).toEqual([10, 20, 40, 60, 60, 0, 10]);
  });

  test('911: once more without the keyboard', async () => {
    const desk = await quiet({ render: () => ({ text: 'завтра', buttons: [[{ label: 'а', say: 'а' }]] }) });
    const peers = people(desk, 2);
    desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', peer: peers[1], code: 911, times: 1 });
    expect((await postTo(desk, peers)).sent.sort()).toEqual(peers);
    expect(peers.map((peer) => desk.sandbox.messages(peer)[0]?.keyboard.length)).toEqual([1, 0]);
  });

  test('912: chats wait for the operator, people do not wait for the chats', async () => {
    const desk = await quiet();
    const anya = addPerson(desk.sandbox);
    const chat = addChat(desk.sandbox, anya);
    desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', peer: chat, code: 912 });
    expect(await postTo(desk, [anya, chat])).toEqual({
      ...nothing,
      sent: [anya],
      later: [{ peers: [chat], at: NOW + 10 * MINUTE, untouched: true }],
      chatsOff: '912 This is a chat bot feature, change this status in settings',
    });
  });

  test('«no permission» for everyone at once is the token, and nobody is put to sleep', async () => {
    const desk = await quiet();
    const peers = people(desk, 3);
    for (const peer of peers) desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', peer, code: 7 });
    const outcome = await postTo(desk, peers);
    expect(outcome).toMatchObject({ sent: [], gone: [], later: [{ peers }] });
    expect(outcome.halt).toMatch(/^7 /);
  });

  test.each([7, 15])(
    '%s for each of two chats proves nothing of the token: they are asleep, and nobody else waits',
    async (code) => {
      const desk = await quiet();
      const anya = addPerson(desk.sandbox);
      const chats = [addChat(desk.sandbox, anya), addChat(desk.sandbox, anya)];
      for (const peer of chats) desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', peer, code });
      const outcome = await postTo(desk, chats);
      expect(outcome.halt).toBeUndefined();
      expect(outcome.gone.map(({ peer }) => peer)).toEqual(chats);
      expect((await postTo(desk, [anya])).sent).toEqual([anya]);
    },
  );

  test.each([9, 944, 988, 996])(
    '%s: VK leaves this peer an hour, and so do we: nothing else is tried before',
    async (code) => {
      const desk = await quiet();
      const [anya, boris] = people(desk, 2) as [number, number];
      desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', peer: anya, code });
      const later = [{ peers: [anya], at: NOW + 60 * MINUTE, untouched: true }];
      expect(await postTo(desk, [anya, boris])).toEqual({ ...nothing, sent: [boris], later });
      expect(await postTo(desk, [anya], 78)).toEqual({ ...nothing, later });
      expect(await postTo(desk, [anya, boris], 79)).toEqual({ ...nothing, sent: [boris], later });
      expect(sends(desk).map((call) => call.params.peer_ids)).toEqual([`${anya},${boris}`, `${boris}`]);
    },
  );

  test('whatever passes is tried again after ever longer rests, though its neighbours arrive', async () => {
    const desk = await quiet();
    const [anya, boris] = people(desk, 2) as [number, number];
    const rests: (number | undefined)[] = [];
    for (const attempts of [1, 2, 3, 9]) {
      desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code: 10, times: 1 });
      const [first] = await desk.vk.post([
        { id: 1, saying: SAYING, randomId: attempts, peers: [anya], attempts },
        { id: 2, saying: SAYING, randomId: 20 + attempts, peers: [boris] },
      ]);
      rests.push(first?.later[0] && first.later[0].at - NOW);
      expect(first?.later[0]?.untouched).toBeUndefined();
    }
    expect(rests).toEqual([2000, 4000, 8000, 60_000]);
  });

  test('a saying that breaks our own rendering is dead and does not touch its neighbours', async () => {
    const desk = await quiet({
      render(saying) {
        if (saying.language === 'en') throw new Error('boom');
        return { text: 'завтра' };
      },
    });
    const peers = people(desk, 1);
    const outcomes = await desk.vk.post([
      { id: 1, saying: { ...SAYING, language: 'en' }, randomId: 1, peers },
      { id: 2, saying: SAYING, randomId: 2, peers },
    ]);
    expect(outcomes).toMatchObject([{ dead: [{ peer: peers[0], why: 'broken' }] }, { sent: peers }]);
  });
});

test('after stop every peer is for later', async () => {
  const desk = await quiet();
  const peers = people(desk, 2);
  await desk.vk.stop();
  expect((await postTo(desk, peers)).later.flatMap((group) => group.peers)).toEqual(peers);
});
