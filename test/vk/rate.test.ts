/** One bucket for all calls: never more than 20 in a second, people first, and the fan-out never starves. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRate, type Lane } from '../../src/vk/rate.ts';
import { addPerson, newDesk, newSandbox, SAYING, say, until } from './desk.ts';

/** The largest number of times in any window of one second. */
function most(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));
}

test('a fan-out of 40 calls stays within 20 in any second, without error 6, and replies overtake it', async () => {
  const sandbox = await newSandbox();
  const anya = addPerson(sandbox);
  const desk = await newDesk({ sandbox, answer: (turn) => say(`эхо ${turn.text}`) });
  const batches = Array.from({ length: 1000 }, (_, id) => ({ id, saying: SAYING, randomId: id + 1, peers: [anya] }));
  const began = performance.now();
  // The log keeps 500 lines, and the calls inside an `execute` are lines too.
  const calls = new Set<(typeof sandbox.calls)[number]>();
  const watching = setInterval(() => {
    for (const call of sandbox.calls) if (!call.method.startsWith('execute ›')) calls.add(call);
  }, 50);
  const posting = desk.vk.post(batches);
  const waits: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    await sleep(400);
    const asked = performance.now();
    sandbox.say(anya, anya, `${i}`);
    await sandbox.waitFor(anya, (message) => message.text === `эхо ${i}`);
    waits.push(performance.now() - asked);
  }
  const outcomes = await posting;
  const took = performance.now() - began;
  await sleep(60);
  clearInterval(watching);
  expect(outcomes.every((outcome) => outcome.sent.length === 1)).toBe(true);
  const outer = [...calls];
  expect(outer.filter((call) => call.method === 'execute')).toHaveLength(40);
  expect(outer.filter((call) => call.error !== undefined)).toEqual([]);
  expect(most(outer.map((call) => call.at))).toBeLessThanOrEqual(20);
  // Behind the fan-out a reply would wait for the rest of it.
  expect(Math.max(...waits)).toBeLessThan(took / 3);
}, 30_000);

test.concurrent('bursts and slow answers: what VK may count never exceeds 20 in a second', async () => {
  const rate = createRate();
  const counted: number[] = [];
  const order: Lane[] = [];
  async function call(lane: Lane): Promise<void> {
    const release = await rate.take(lane);
    order.push(lane);
    // VK counts it at some moment before the answer comes.
    await sleep(Math.random() * 150);
    counted.push(performance.now());
    await sleep(Math.random() * 50);
    release?.();
  }
  const fanout = Array.from({ length: 15 }, () => call('fanout'));
  const replies = Array.from({ length: 20 }, () => call('reply'));
  await Promise.all([...fanout, ...replies]);
  rate.stop();
  expect(most(counted)).toBeLessThanOrEqual(20);
  expect(order.slice(0, 20).filter((lane) => lane === 'reply')).toHaveLength(16);
});

test.concurrent('while people talk without a pause the fan-out has its share, and no more than that', async () => {
  const rate = createRate();
  const began: Lane[] = [];
  async function call(lane: Lane): Promise<void> {
    const release = await rate.take(lane);
    if (release === null) return;
    began.push(lane);
    await sleep(50);
    release();
  }
  async function talker(): Promise<void> {
    while (began.length < 40) await call('reply');
  }
  const fanout = Array.from({ length: 60 }, () => call('fanout'));
  const talk = Array.from({ length: 30 }, talker);
  await until(() => began.length >= 40);
  rate.stop();
  await Promise.all([...talk, ...fanout]);
  const shared = began.slice(0, 40).filter((lane) => lane === 'fanout').length;
  expect(shared).toBeGreaterThanOrEqual(6);
  expect(shared).toBeLessThanOrEqual(12);
});

test.concurrent('with no fan-out people have all the slots; with nobody talking one stays free for them', async () => {
  const people = createRate();
  let replies = 0;
  for (let i = 0; i < 30; i += 1) void people.take('reply').then(() => (replies += 1));
  await sleep(20);
  expect(replies).toBe(20);
  people.stop();
  const crowd = createRate();
  let calls = 0;
  for (let i = 0; i < 30; i += 1) void crowd.take('fanout').then(() => (calls += 1));
  await until(() => calls === 19);
  await sleep(120);
  expect(calls).toBe(19);
  expect(await crowd.take('reply')).not.toBeNull();
  crowd.stop();
});

test('a slot that was not needed is free again at once', async () => {
  const rate = createRate();
  for (let i = 0; i < 50; i += 1) (await rate.take('reply'))?.(false);
  rate.stop();
});

test('stop refuses those who wait and those who come', async () => {
  const rate = createRate();
  const taken = Array.from({ length: 25 }, () => rate.take('reply'));
  rate.stop();
  const results = await Promise.all(taken);
  expect(results.filter((release) => release === null)).toHaveLength(5);
  expect(await rate.take('fanout')).toBeNull();
});

test('error 6, should it come, delays and does not lose', async () => {
  const desk = await newDesk({ listen: false });
  const peers = [addPerson(desk.sandbox), addPerson(desk.sandbox, 'Борис')];
  desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', code: 6, times: 1 });
  const batch = { id: 5, saying: SAYING, randomId: 77, peers };
  const [outcome] = await desk.vk.post([batch]);
  if ((outcome?.sent.length ?? 0) < 2) await desk.vk.post([batch]);
  await until(() => peers.every((peer) => desk.sandbox.messages(peer).length === 1));
});
