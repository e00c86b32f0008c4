/** Many sayings in one `execute`: nothing is lost, doubled or blamed on the wrong peer. */
import { describe, expect, test } from 'vitest';
import { openVk, type PostBatch } from '../../src/vk/index.ts';
import { addPerson, type Desk, newDesk, newMemory, recordingLog, SAYING, SILENCE } from './desk.ts';
import { type ScriptedApi, scriptedVk } from './script.ts';

const NOW = 1_795_300_000_000;

async function quiet(setup: Parameters<typeof newDesk>[0] = {}): Promise<Desk> {
  return newDesk({ listen: false, render: () => ({ text: 'завтра' }), ...setup });
}
const people = (desk: Desk, count: number) => Array.from({ length: count }, (_, i) => addPerson(desk.sandbox, `Н${i}`));
/** One saying each. */
const each = (peers: readonly number[]): PostBatch[] =>
  peers.map((peer, id) => ({ id, saying: SAYING, randomId: id + 1, peers: [peer] }));
const sizeOf = (code: string) => code.split('API.messages.send(').length - 1;
/** How many sends each call carried; 1 is a plain call. */
const sizes = (desk: Desk) =>
  desk.sandbox.calls.flatMap((call) =>
    call.method === 'execute' ? [sizeOf(call.params.code ?? '')] : call.method === 'messages.send' ? [1] : [],
  );

test('150 different sayings are six calls', async () => {
  const desk = await quiet();
  const peers = people(desk, 150);
  const outcomes = await desk.vk.post(each(peers));
  expect(outcomes.map((outcome) => [outcome.id, outcome.sent])).toEqual(peers.map((peer, id) => [id, [peer]]));
  expect(sizes(desk)).toEqual([25, 25, 25, 25, 25, 25]);
  for (const peer of peers) expect(desk.sandbox.messages(peer)).toHaveLength(1);
});

test('a saying alone is a plain messages.send', async () => {
  const desk = await quiet();
  await desk.vk.post(each(people(desk, 1)));
  expect(sizes(desk)).toEqual([1]);
});

test('several posts at once share their calls, and each gets its own outcomes', async () => {
  const desk = await quiet();
  const peers = people(desk, 40);
  const all = each(peers);
  const posts = await Promise.all([0, 10, 20, 30].map((from) => desk.vk.post(all.slice(from, from + 10))));
  expect(posts.map((outcomes) => outcomes.flatMap((outcome) => outcome.sent))).toEqual(
    [0, 10, 20, 30].map((from) => peers.slice(from, from + 10)),
  );
  expect(sizes(desk)).toEqual([25, 15]);
});

test('equal sayings of one sending travel in one call, whatever batches they come from', async () => {
  const desk = await quiet();
  const peers = people(desk, 8);
  const batches = each(peers).map((batch) => ({ ...batch, randomId: 7 }));
  const outcomes = await desk.vk.post(batches);
  expect(outcomes.map((outcome) => [outcome.id, outcome.sent])).toEqual(peers.map((peer, id) => [id, [peer]]));
  expect(desk.sandbox.calls.map((call) => [call.method, call.params.peer_ids])).toContainEqual([
    'messages.send',
    peers.join(','),
  ]);
});

test('a call has twice as many peers each time it went full and clean, up to a hundred', async () => {
  const desk = await quiet();
  desk.sandbox.faults.rateLimit(false);
  const peers = people(desk, 100);
  const most: number[] = [];
  for (let round = 1; round <= 3; round += 1) {
    await desk.vk.post([{ id: round, saying: SAYING, randomId: round, peers }]);
    const inside = desk.sandbox.calls.filter((call) => call.params.random_id === `${round}`);
    most.push(Math.max(...inside.map((call) => call.params.peer_ids?.split(',').length ?? 0)));
  }
  expect(most).toEqual([10, 20, 40]);
});

test('while a call finds out how wide the next may be, nothing else is cut as narrow', async () => {
  const desk = await quiet();
  desk.sandbox.faults.add({ kind: 'latency', method: 'messages.send', ms: 200 });
  const peers = people(desk, 60);
  const outcomes = await desk.vk.post(
    Array.from({ length: 60 }, (_, id) => ({ id, saying: SAYING, randomId: id + 1, peers: peers.slice(0, 40) })),
  );
  expect(outcomes.every(({ sent }) => sent.length === 40)).toBe(true);
  const most = desk.sandbox.calls
    .filter((call) => call.method === 'execute › messages.send')
    .map((call) => call.params.peer_ids?.split(',').length ?? 0);
  // Six and a quarter of them by ten, eleven and a half by twenty, all others whole; the ends of two are the odd ones.
  expect([10, 20, 40].map((size) => most.filter((one) => one === size).length)).toEqual([26, 25, 41]);
});

test('100 batches with refusals of every kind among them: each peer has its own end', async () => {
  const desk = await quiet();
  const peers = people(desk, 100);
  for (const [index, peer] of peers.entries()) if (index % 3 === 0) desk.sandbox.deny(peer);
  const outcomes = await desk.vk.post(each(peers));
  for (const [index, outcome] of outcomes.entries()) {
    if (index % 3 === 0) expect(outcome.gone).toEqual([{ peer: peers[index], why: '901 no permission from the user' }]);
    else expect(outcome.sent).toEqual([peers[index]]);
  }
});

test('a call inside that is refused as a whole is told from its neighbours', async () => {
  const desk = await quiet({ render: (saying) => ({ text: saying.language === 'en' ? 'э'.repeat(5) : 'завтра' }) });
  const peers = people(desk, 6);
  // The fault has no peer, so it strikes whole calls: the first two of those inside.
  desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code: 10, times: 1 });
  desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code: 100, times: 1 });
  const outcomes = await desk.vk.post(each(peers));
  expect(outcomes.map(({ sent, later, dead }) => [sent.length, later, dead.length])).toEqual([
    [0, [{ peers: [peers[0]], at: NOW + 2000 }], 0],
    [0, [], 1],
    ...peers.slice(2).map(() => [1, [], 0]),
  ]);
});

test('a call inside that is refused for one of its peers is halved alone: the next execute is as wide as before', async () => {
  const desk = await quiet();
  const peers = people(desk, 26);
  desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code: 100, times: 1 });
  const [first, second, ...others] = peers as [number, number, ...number[]];
  const pair = { id: 99, saying: SAYING, randomId: 99, peers: [first, second] };
  const outcomes = await desk.vk.post([pair, ...each(others)]);
  expect(outcomes.flatMap(({ sent }) => sent)).toEqual(peers);
  await desk.vk.post(each(peers.slice(1)).map((batch) => ({ ...batch, randomId: batch.randomId + 100 })));
  expect(sizes(desk)).toEqual([25, 2, 25]);
});

describe('VK says that we are too fast', () => {
  const again = (peers: readonly number[]) =>
    each(peers).map((batch) => ({ ...batch, randomId: batch.randomId + 100 }));

  test('6 to one of the calls inside: the next execute has half as many', async () => {
    const desk = await quiet();
    const peers = people(desk, 25);
    desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code: 6, times: 1 });
    await desk.vk.post(each(peers));
    await desk.vk.post(again(peers));
    expect(sizes(desk).slice(0, 2)).toEqual([25, 12]);
  });

  test('9 to one peer is between VK and that peer; to several at once it is us', async () => {
    const desk = await quiet();
    const [one, two, three, ...others] = people(desk, 53) as [number, number, number, ...number[]];
    const flood = (peer: number) =>
      desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', peer, code: 9, times: 1 });
    flood(one);
    await desk.vk.post(each([one, ...others.slice(0, 24)]));
    for (const peer of [two, three, ...others.slice(0, 1)]) flood(peer);
    await desk.vk.post(again([two, three, ...others.slice(0, 23)]));
    await desk.vk.post(each(others.slice(25)).map((batch) => ({ ...batch, randomId: batch.randomId + 200 })));
    expect(sizes(desk).slice(0, 3)).toEqual([25, 25, 12]);
  });
});

test('a text in parts: the parts of many sayings travel together and in order', async () => {
  const text = Array.from({ length: 300 }, (_, i) => `${i}. Математический анализ`).join('\n');
  const desk = await quiet({ render: () => ({ text }) });
  const peers = people(desk, 10);
  const outcomes = await desk.vk.post(each(peers));
  expect(outcomes.flatMap((outcome) => outcome.sent)).toEqual(peers);
  for (const peer of peers)
    expect(
      desk.sandbox
        .messages(peer)
        .map((message) => message.text)
        .join('\n'),
    ).toBe(text);
});

describe('an execute that fails as a whole', () => {
  test.each([12, 13])('%s: the same calls go again at once, narrower, and nobody gets it twice', async (code) => {
    const desk = await quiet();
    const peers = people(desk, 25);
    desk.sandbox.faults.add({ kind: 'error', method: 'execute', code, times: 1 });
    const outcomes = await desk.vk.post(each(peers));
    expect(outcomes.flatMap((outcome) => outcome.sent)).toEqual(peers);
    expect(sizes(desk)).toEqual([25, 12, 12, 1]);
    for (const peer of peers) expect(desk.sandbox.messages(peer)).toHaveLength(1);
  });

  test('13 for ever: in the end each goes alone and arrives', async () => {
    const desk = await quiet();
    const peers = people(desk, 8);
    desk.sandbox.faults.add({ kind: 'error', method: 'execute', code: 13 });
    const outcomes = await desk.vk.post(each(peers));
    expect(outcomes.flatMap((outcome) => outcome.sent)).toEqual(peers);
    expect(sizes(desk).filter((size) => size === 1)).toHaveLength(8);
  });

  test.each(['drop-before', 'drop-after', 'bad-gateway', 10] as const)(
    '%s: nothing is known, so all is for later with the same ids; the next call is narrower, then wider again',
    async (fault) => {
      const desk = await quiet();
      const peers = people(desk, 20);
      desk.sandbox.faults.add(
        fault === 10
          ? { kind: 'error', method: 'execute', code: 10, times: 1 }
          : { kind: fault, method: 'execute', times: 1 },
      );
      const first = await desk.vk.post(each(peers));
      expect(first.map((outcome) => outcome.later)).toEqual(peers.map((peer) => [{ peers: [peer], at: NOW + 2000 }]));
      const second = await desk.vk.post(each(peers));
      expect(second.flatMap((outcome) => outcome.sent)).toEqual(peers);
      for (const peer of peers) expect(desk.sandbox.messages(peer)).toHaveLength(1);
      expect(sizes(desk).slice(-2)).toEqual([10, 10]);
      await desk.vk.post(each(peers).map((batch) => ({ ...batch, randomId: batch.randomId + 100 })));
      expect(sizes(desk).slice(-2)).toEqual([11, 9]);
    },
  );

  test('29: ten minutes for all that waits, in one call', async () => {
    const desk = await quiet();
    const peers = people(desk, 60);
    desk.sandbox.faults.add({ kind: 'error', method: 'execute', code: 29 });
    const outcomes = await desk.vk.post(each(peers));
    expect(outcomes.every((outcome) => outcome.later[0]?.at === NOW + 600_000)).toBe(true);
    expect(sizes(desk).length).toBeLessThanOrEqual(2);
  });
});

describe('a script VK will not read', () => {
  /** Answers each execute; what a hostile saying does to it is up to `api`. */
  async function postTo(api: ScriptedApi, batches: PostBatch[], render = () => ({ text: 'завтра' })) {
    const scripted = await scriptedVk(
      () => 'hang',
      () => ({ key: 'k', ts: '4' }),
      api,
    );
    const { log } = recordingLog();
    const memory = newMemory();
    const vk = await openVk({
      token: 't',
      apiUrl: scripted.apiUrl,
      answer: async () => SILENCE,
      render,
      sessions: { get: async () => undefined, set: async () => undefined, delete: async () => undefined },
      cursor: { load: async () => null, save: async (ts) => void memory.saves.push(ts) },
      firstSeen: async () => true,
      now: () => NOW,
      log,
    });
    const outcomes = await vk.post(batches);
    await vk.stop();
    return { outcomes, scripted };
  }
  const fine = (peers: string | null) =>
    (peers ?? '').split(',').map((peer) => ({ peer_id: Number(peer), message_id: 1, conversation_message_id: 1 }));
  const peersIn = (code: string) => [...code.matchAll(/"peer_ids":"([\d,]+)"/g)].map((found) => found[1] ?? '');

  test('one poisonous saying among 25 is found out and the others arrive', async () => {
    const peers = Array.from({ length: 25 }, (_, i) => i + 1);
    const { outcomes, scripted } = await postTo((method, form) => {
      const code = form.get('code') ?? '';
      if (method === 'messages.send') {
        if (form.get('peer_ids') === '7')
          return { error: { error_code: 100, error_msg: 'message is bad', request_params: [] } };
        return { response: fine(form.get('peer_ids')) };
      }
      if (peersIn(code).includes('7')) return { error: { error_code: 13, error_msg: 'time', request_params: [] } };
      return { response: peersIn(code).map(fine) };
    }, each(peers));
    expect(outcomes.flatMap((outcome) => outcome.sent)).toEqual(peers.filter((peer) => peer !== 7));
    expect(outcomes[6]?.dead).toHaveLength(1);
    expect(scripted.calls.length).toBeLessThan(20);
  });

  test('an answer that is not about our calls says nothing: all for later', async () => {
    const peers = [1, 2, 3];
    const { outcomes } = await postTo(() => ({ response: [fine('1')] }), each(peers));
    expect(outcomes.flatMap((outcome) => outcome.later.flatMap((group) => group.peers))).toEqual(peers);
  });

  test('a peer that the answer leaves out is unknown: again with the same id, after ever longer rests', async () => {
    const peers = [1, 2, 3];
    const forgetful: ScriptedApi = (method, form) =>
      method === 'messages.send' ? { response: fine(form.get('peer_ids')).filter(({ peer_id }) => peer_id !== 2) } : {};
    for (const [attempts, rest] of [
      [1, 1000],
      [2, 2000],
      [3, 4000],
      [30, 60_000],
    ] as const) {
      const { outcomes, scripted } = await postTo(forgetful, [
        { id: 5, saying: SAYING, randomId: 77, peers, attempts },
      ]);
      const nothing = { gone: [], dead: [] };
      expect(outcomes).toEqual([{ id: 5, sent: [1, 3], later: [{ peers: [2], at: NOW + rest }], ...nothing }]);
      expect(scripted.calls.at(-1)?.form.get('random_id')).toBe('77');
    }
  });

  test('long sayings: no script grows without bound', async () => {
    const peers = Array.from({ length: 40 }, (_, i) => i + 1);
    const { outcomes, scripted } = await postTo(
      (_, form) => ({ response: peersIn(form.get('code') ?? '').map(fine) }),
      each(peers),
      () => ({ text: '"'.repeat(4096) }),
    );
    expect(outcomes.flatMap((outcome) => outcome.sent)).toEqual(peers);
    for (const call of scripted.calls) expect(call.form.get('code')?.length ?? 0).toBeLessThan(120_000);
  });
});

test('words that could break a script arrive as they are, over HTTP and through the whole way', async () => {
  const spoken = [
    '"});return API.account.ban();//',
    "'];\\",
    'a\u2028b\u2029c',
    'ё\n</b>&amp;',
    '😀 $'.concat('{x} `y`'),
    '\\u0041 %41 +',
  ];
  const desk = await quiet({ render: (saying) => ({ text: saying.kind === 'evening' ? saying.day : '' }) });
  const peers = people(desk, spoken.length);
  const outcomes = await desk.vk.post(
    peers.map((peer, id) => ({
      id,
      saying: { ...SAYING, day: spoken[id] ?? '' },
      randomId: id + 1,
      peers: [peer],
    })),
  );
  expect(outcomes.flatMap((outcome) => outcome.sent)).toEqual(peers);
  expect(peers.map((peer) => desk.sandbox.messages(peer)[0]?.text)).toEqual(spoken);
  expect(sizes(desk)).toEqual([spoken.length]);
});
