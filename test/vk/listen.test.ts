/** Our polling loop: nothing lost, nothing twice, ended at once. */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Turn } from '../../src/chat/turn.ts';
import { openVk } from '../../src/vk/index.ts';
import { addPerson, type Memory, newDesk, newMemory, newSandbox, recordingLog, SILENCE, say, until } from './desk.ts';
import { messageNew, type ScriptedVk, scriptedVk } from './script.ts';

async function listenTo(scripted: ScriptedVk, memory: Memory = newMemory(), answer?: (turn: Turn) => Promise<void>) {
  const heard: string[] = [];
  const ids: string[] = [];
  const { log, lines } = recordingLog();
  const vk = await openVk({
    token: 'token',
    apiUrl: scripted.apiUrl,
    async answer(turn) {
      await answer?.(turn);
      heard.push(turn.text);
      ids.push(turn.id);
      return SILENCE;
    },
    render: () => ({ text: '' }),
    sessions: { get: async () => undefined, set: async () => undefined, delete: async () => undefined },
    cursor: { load: async () => memory.saves.at(-1) ?? null, save: async (ts) => void memory.saves.push(ts) },
    firstSeen: async (id) => !memory.seen.has(id) && memory.seen.add(id) === memory.seen,
    now: () => 5,
    log,
  });
  onTestFinished(() => vk.stop());
  vk.listen();
  return { vk, heard, ids, lines, memory };
}

const asked = (scripted: ScriptedVk) => scripted.polls.map((poll) => `${poll.get('key')}@${poll.get('ts')}`);

describe('failed 1, 2, 3', () => {
  test('1: goes on from the ts given, which is a number', async () => {
    const scripted = await scriptedVk(
      (_, n) => (n === 1 ? { failed: 1, ts: 30 } : n === 2 ? { ts: '31', updates: [messageNew('да')] } : 'hang'),
      () => ({ key: 'k1', ts: '4' }),
    );
    const { heard, memory } = await listenTo(scripted);
    await until(() => memory.saves.includes('31') && scripted.polls.length === 3);
    expect(heard).toEqual(['да']);
    expect(asked(scripted)).toEqual(['k1@4', 'k1@30', 'k1@31']);
  });

  test('trap 4: 2 takes a new key and keeps our ts, so nothing between them is lost', async () => {
    const scripted = await scriptedVk(
      (query, n) =>
        n === 1 ? { failed: 2 } : query.get('ts') === '4' ? { ts: '9', updates: [messageNew('между')] } : 'hang',
      (n) => ({ key: `k${n}`, ts: n === 1 ? '4' : '8' }),
    );
    const { heard, memory } = await listenTo(scripted);
    await until(() => memory.saves.includes('9') && scripted.polls.length === 3);
    expect(heard).toEqual(['между']);
    expect(asked(scripted)).toEqual(['k1@4', 'k2@4', 'k2@9']);
  });

  test('3: takes a new key and a new ts', async () => {
    const scripted = await scriptedVk(
      (_, n) => (n === 1 ? { failed: 3, more: 'ignored' } : 'hang'),
      (n) => ({ key: `k${n}`, ts: n === 1 ? '4' : '8' }),
    );
    const { memory } = await listenTo(scripted);
    await until(() => scripted.polls.length === 2 && memory.saves.at(-1) === '8');
    expect(asked(scripted)).toEqual(['k1@4', 'k2@8']);
  });

  test('a key that is always dead is not asked for in a loop', async () => {
    const scripted = await scriptedVk(
      () => ({ failed: 2 }),
      () => ({ key: 'k', ts: '4' }),
    );
    await listenTo(scripted);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(scripted.doors.length).toBeLessThanOrEqual(2);
  });

  test('the same against the faithful VK: its key dies while people write, and each is answered once', async () => {
    const { sandbox, turns } = await newDesk({ answer: (turn) => say(`эхо ${turn.text}`) });
    const anya = sandbox.addPerson({ firstName: 'Аня' });
    for (let i = 0; i < 6; i += 1) {
      sandbox.say(anya, anya, `${i}`);
      if (i % 2 === 1) sandbox.faults.killKey(2);
    }
    await sandbox.waitFor(anya, (message) => message.text === 'эхо 5');
    expect(turns.map((turn) => turn.text)).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(sandbox.messages(anya).filter((message) => message.text.startsWith('эхо'))).toHaveLength(6);
  });
});

test('error 29 on getLongPollServer is left alone for long', async () => {
  const scripted = await scriptedVk(
    () => 'hang',
    () => 29,
  );
  const { lines } = await listenTo(scripted);
  await until(() => lines.some((line) => line.text === 'polling is interrupted'));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(scripted.doors).toHaveLength(1);
});

test('a gateway that answers with a page: the poll is asked again with the same ts', async () => {
  const scripted = await scriptedVk(
    (_, n) => (n === 1 ? 'broken' : n === 2 ? { ts: '5', updates: [messageNew('после')] } : 'hang'),
    () => ({ key: 'k', ts: '4' }),
  );
  const { heard } = await listenTo(scripted);
  await until(() => heard.length === 1);
  expect(asked(scripted).slice(0, 2)).toEqual(['k@4', 'k@4']);
});

describe('the place in the stream', () => {
  test('trap 5: what was written while the bot was down is answered after the start, once', async () => {
    const memory = newMemory();
    const sandbox = await newSandbox();
    const anya = sandbox.addPerson({ firstName: 'Аня' });
    const first = await newDesk({ sandbox, memory, answer: (turn) => say(`эхо ${turn.text}`) });
    sandbox.say(anya, anya, 'до');
    await sandbox.waitFor(anya, (message) => message.text === 'эхо до');
    await first.vk.quiet();
    await first.vk.stop();
    sandbox.say(anya, anya, 'пока нет');
    const second = await newDesk({ sandbox, memory, answer: (turn) => say(`эхо ${turn.text}`) });
    await sandbox.waitFor(anya, (message) => message.text === 'эхо пока нет');
    expect(second.turns.map((turn) => turn.text)).toEqual(['пока нет']);
  });

  test('it is saved only after the turns of its batch, and polling goes on meanwhile', async () => {
    let finish: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const scripted = await scriptedVk(
      (query) =>
        query.get('ts') === '4'
          ? { ts: '5', updates: [messageNew('медленно')] }
          : query.get('ts') === '5'
            ? { ts: '6', updates: [messageNew('быстро', {}, 8)] }
            : 'hang',
      () => ({ key: 'k', ts: '4' }),
    );
    const { heard, memory } = await listenTo(scripted, newMemory(), (turn) =>
      turn.text === 'медленно' ? slow : Promise.resolve(),
    );
    await until(() => heard.includes('быстро'));
    expect(memory.saves).toEqual(['4']);
    finish();
    await until(() => memory.saves.includes('6'));
    expect(memory.saves).toEqual(['4', '5', '6']);
  });

  test('a turn that a crash cut short runs once more after the restart; one that was done does not', async () => {
    const event = messageNew('создать расписание');
    const id = String((event as { event_id: string }).event_id);
    const script = () => (query: URLSearchParams) =>
      query.get('ts') === '4' ? { ts: '5', updates: [event] } : ('hang' as const);
    const memory = newMemory();
    memory.saves.push('4');
    memory.seen.add(`${id}:begun`);
    const again = await listenTo(await scriptedVk(script(), () => ({ key: 'k', ts: '4' })), memory);
    await until(() => memory.saves.at(-1) === '5');
    expect(again.heard).toEqual(['создать расписание']);
    expect(again.ids).toEqual([id]);
    memory.saves.push('4');
    const third = await listenTo(await scriptedVk(script(), () => ({ key: 'k', ts: '4' })), memory);
    await until(() => memory.saves.at(-1) === '5');
    expect(third.heard).toEqual([]);
  });
});

test('an event delivered again is handled once', async () => {
  const { sandbox, turns, memory } = await newDesk({ answer: (turn) => say(`эхо ${turn.text}`) });
  const anya = sandbox.addPerson({ firstName: 'Аня' });
  sandbox.say(anya, anya, 'раз');
  sandbox.faults.repeatEvents(1);
  sandbox.say(anya, anya, 'два');
  await sandbox.waitFor(anya, (message) => message.text === 'эхо два');
  const saved = memory.saves.length;
  sandbox.faults.repeatEvents(2);
  await until(() => memory.saves.length > saved);
  expect(turns.map((turn) => turn.text)).toEqual(['раз', 'два']);
});

test('trap 3: one malformed update loses only its payload, the batch and the poll go on', async () => {
  const batch = [
    messageNew('первое'),
    messageNew('сломано', { payload: '{oops' }),
    { type: 'message_new' },
    'вздор',
    messageNew('последнее'),
  ];
  const scripted = await scriptedVk(
    (query) => (query.get('ts') === '4' ? { ts: '5', updates: batch } : 'hang'),
    () => ({ key: 'k', ts: '4' }),
  );
  const { heard } = await listenTo(scripted);
  await until(() => heard.length === 3 && scripted.polls.length === 2);
  expect(heard).toEqual(['первое', 'сломано', 'последнее']);
});

describe('stop', () => {
  test('trap 6: an idle poll of 25 s ends at once and nothing after it is handled', async () => {
    const { sandbox, vk, turns } = await newDesk({ waitSeconds: 25 });
    const anya = addPerson(sandbox);
    await until(() => turns.length === 1);
    const before = performance.now();
    await vk.stop();
    expect(performance.now() - before).toBeLessThan(1000);
    sandbox.say(anya, anya, 'поздно');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(turns).toHaveLength(1);
  });

  test('a running turn is waited for and its place saved; one that had not begun comes again', async () => {
    const memory = newMemory();
    const sandbox = await newSandbox();
    const anya = sandbox.addPerson({ firstName: 'Аня' });
    const first = await newDesk({
      sandbox,
      memory,
      async answer(turn) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        return say(`эхо ${turn.text}`);
      },
    });
    sandbox.say(anya, anya, 'идёт');
    sandbox.say(anya, anya, 'ждёт');
    await until(() => first.turns.length === 1);
    await first.vk.quiet();
    await first.vk.stop();
    expect(sandbox.messages(anya).map((message) => message.text)).toContain('эхо идёт');
    const second = await newDesk({ sandbox, memory, answer: (turn) => say(`эхо ${turn.text}`) });
    await sandbox.waitFor(anya, (message) => message.text === 'эхо ждёт');
    expect(second.turns.map((turn) => turn.text)).toEqual(['ждёт']);
  });
});
