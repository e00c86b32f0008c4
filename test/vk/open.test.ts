/** Opening the door: the community is found, its events are switched on, a refusal is a sentence for the operator. */
import { expect, test } from 'vitest';
import { openVk, VkRefused } from '../../src/vk/index.ts';
import { addPerson, newDesk, newMemory, newSandbox, recordingLog, SILENCE, until } from './desk.ts';
import { scriptedVk } from './script.ts';

test('the community of the token is found, with its name', async () => {
  const { vk, sandbox } = await newDesk({ listen: false });
  expect([vk.groupId, vk.name]).toEqual([sandbox.groupId, 'Звонок']);
  expect(vk.health()).toEqual({ lastPollAt: null, trouble: null });
});

test('a wrong token is a sentence, and at once', async () => {
  const sandbox = await newSandbox();
  const { log } = recordingLog();
  const memory = newMemory();
  const opening = openVk({
    token: 'wrong',
    apiUrl: sandbox.apiUrl,
    answer: async () => SILENCE,
    render: () => ({ text: '' }),
    sessions: { get: async () => undefined, set: async () => undefined, delete: async () => undefined },
    cursor: { load: async () => null, save: async (ts) => void memory.saves.push(ts) },
    firstSeen: async () => true,
    now: () => 0,
    log,
  });
  await expect(opening).rejects.toThrow(VkRefused);
  await expect(opening).rejects.toThrow(/5 User authorization failed.*VK_TOKEN/);
});

test('events that are off are switched on before the first poll', async () => {
  const sandbox = await newSandbox();
  const off = new URLSearchParams({
    access_token: sandbox.token,
    v: '5.199',
    group_id: String(sandbox.groupId),
    enabled: '0',
    message_new: '0',
    message_event: '0',
  });
  await fetch(`${sandbox.apiUrl}/groups.setLongPollSettings`, { method: 'POST', body: off });
  const { turns } = await newDesk({ sandbox });
  const anya = addPerson(sandbox);
  sandbox.say(anya, anya, 'слышно?');
  await until(() => turns.some((turn) => turn.text === 'слышно?'));
});

test('neither the token nor a message text is in the log above debug', async () => {
  const desk = await newDesk({
    answer() {
      throw new Error('boom');
    },
  });
  const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
  desk.sandbox.faults.add({ kind: 'bad-gateway', method: 'messages.send', times: 3 });
  desk.sandbox.say(anya, anya, 'тайные слова');
  await until(() => desk.log.some((line) => line.text === 'an answer was not delivered'));
  const written = JSON.stringify(desk.log);
  expect(written).not.toContain(desk.sandbox.token);
  expect(written).not.toContain('тайные слова');
});

test('health tells when VK last answered a poll', async () => {
  const scripted = await scriptedVk(
    (_, n) => (n === 1 ? { ts: '4', updates: [] } : 'hang'),
    () => ({ key: 'k', ts: '4' }),
  );
  const { log } = recordingLog();
  const vk = await openVk({
    token: 't',
    groupId: 1,
    apiUrl: `${scripted.apiUrl}/`,
    answer: async () => SILENCE,
    render: () => ({ text: '' }),
    sessions: { get: async () => undefined, set: async () => undefined, delete: async () => undefined },
    cursor: { load: async () => null, save: async () => undefined },
    firstSeen: async () => true,
    now: () => 42,
    log,
  });
  vk.listen();
  await until(() => vk.health().lastPollAt === 42);
  await vk.stop();
});
