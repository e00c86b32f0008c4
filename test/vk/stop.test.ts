/** Ending: quiet first, then stop; nothing hangs, nothing is lost. */
import { expect, onTestFinished, test } from 'vitest';
import type { Answer, Turn } from '../../src/chat/turn.ts';
import { openVk } from '../../src/vk/index.ts';
import { type Memory, newMemory, recordingLog, SAYING, say, until } from './desk.ts';
import { messageNew, type ScriptedApi, type ScriptedVk, scriptedVk } from './script.ts';

async function open(
  scripted: ScriptedVk,
  memory: Memory,
  answer: (turn: Turn) => Promise<Answer> = async () => say('эхо'),
) {
  const { log, lines } = recordingLog();
  const vk = await openVk({
    token: 't',
    apiUrl: scripted.apiUrl,
    answer,
    render: () => ({ text: 'завтра' }),
    sessions: {
      get: async (key) => structuredClone(memory.sessions.get(key)),
      set: async (key, value) => void memory.sessions.set(key, structuredClone(value)),
      delete: async (key) => void memory.sessions.delete(key),
    },
    cursor: { load: async () => memory.saves.at(-1) ?? null, save: async (ts) => void memory.saves.push(ts) },
    firstSeen: async (id) => !memory.seen.has(id) && memory.seen.add(id) === memory.seen,
    now: () => 5,
    log,
  });
  onTestFinished(() => vk.stop());
  return { vk, lines };
}

/** A VK with one event in its stream, at 5. */
async function oneEvent(event: object, api: ScriptedApi): Promise<ScriptedVk> {
  return scriptedVk(
    (query) => (query.get('ts') === '4' ? { ts: '5', updates: [event] } : 'hang'),
    () => ({ key: 'k', ts: '4' }),
    api,
  );
}
const sendHangs: ScriptedApi = (method) => (method === 'messages.send' || method === 'execute' ? 'hang' : undefined);
const batches = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ id, saying: SAYING, randomId: id + 1, peers: [id + 1] }));

test('an event without an id of VK’s has the same one of ours whenever it comes', async () => {
  const { event_id: _, ...event } = messageNew('завтра') as Record<string, unknown>;
  const ids: string[] = [];
  for (const before of [0, 1]) {
    const { vk } = await open(await oneEvent(event, () => undefined), newMemory(), async (turn) => {
      ids.push(turn.id);
      return say('эхо');
    });
    vk.listen();
    await until(() => ids.length > before);
    await vk.stop();
  }
  expect(ids[0]).toMatch(/.{8,}/);
  expect(ids[1]).toBe(ids[0]);
});

test('VK hangs in the middle of a turn and of a post: quiet gives up in seconds, stop ends both at once, the turn comes again', async () => {
  const memory = newMemory();
  const event = messageNew('завтра');
  const scripted = await oneEvent(event, sendHangs);
  const { vk } = await open(scripted, memory, async () => ({ ...say('эхо'), form: { kind: 'group', guess: 1 } }));
  vk.listen();
  await until(() => scripted.calls.some((call) => call.method === 'messages.send') && scripted.polls.length === 2);
  const posting = vk.post(batches(60));
  await until(() => scripted.calls.some((call) => call.method === 'execute'));
  const from = performance.now();
  await vk.quiet();
  expect(performance.now() - from).toBeLessThan(6000);
  expect(memory.saves).toEqual(['4']);
  const cut = performance.now();
  await vk.stop();
  const outcomes = await posting;
  expect(performance.now() - cut).toBeLessThan(1500);
  expect(outcomes.map((outcome) => outcome.later.flatMap((group) => group.peers))).toEqual(
    batches(60).map((batch) => batch.peers),
  );
  expect(scripted.polls).toHaveLength(2);
  // Its answer never left: neither the place nor the dialogue may say that it did.
  expect(memory.saves).toEqual(['4']);
  expect(memory.sessions.size).toBe(0);
  const healthy = await oneEvent(event, (method, form) =>
    method === 'messages.send' ? { response: [{ peer_id: Number(form.get('peer_ids')), message_id: 1 }] } : undefined,
  );
  const again = await open(healthy, memory);
  again.vk.listen();
  await until(() => memory.saves.at(-1) === '5');
  const [first, second] = [scripted, healthy].map((each) => each.calls.find((call) => call.method === 'messages.send'));
  expect(second?.form.get('message')).toBe('эхо');
  expect(second?.form.get('random_id')).toBe(first?.form.get('random_id'));
});

test('quiet ends a poll, and a search for one, at once', async () => {
  const silent = await scriptedVk(
    () => 'hang',
    () => 'hang',
  );
  const { vk } = await open(silent, newMemory());
  vk.listen();
  await until(() => silent.doors.length === 1);
  const from = performance.now();
  await vk.quiet();
  expect(performance.now() - from).toBeLessThan(1000);
  await vk.stop();
  expect(performance.now() - from).toBeLessThan(1500);
});

test('stop alone ends everything too, and may be repeated', async () => {
  const memory = newMemory();
  const scripted = await oneEvent(messageNew('завтра'), sendHangs);
  const { vk } = await open(scripted, memory);
  vk.listen();
  await until(() => scripted.calls.some((call) => call.method === 'messages.send'));
  const posting = vk.post(batches(3));
  const from = performance.now();
  await vk.stop();
  await vk.stop();
  expect(performance.now() - from).toBeLessThan(1500);
  expect((await posting).every((outcome) => outcome.later.length === 1)).toBe(true);
  expect((await vk.post(batches(1)))[0]?.later).toHaveLength(1);
});

test('after quiet what was posted may still arrive', async () => {
  const scripted = await scriptedVk(
    () => 'hang',
    () => ({ key: 'k', ts: '4' }),
    (method) => (method === 'messages.send' ? { response: [{ peer_id: 1, message_id: 1 }] } : undefined),
  );
  const { vk } = await open(scripted, newMemory());
  vk.listen();
  await until(() => scripted.polls.length === 1);
  await vk.quiet();
  expect((await vk.post(batches(1)))[0]?.sent).toEqual([1]);
});
