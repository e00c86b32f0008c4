/** Answers to people: per-peer errors, presses and edits, retries that do not double, long texts. */
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/chat/turn.ts';
import { addChat, addPerson, type Desk, newDesk, newSandbox, say, until } from './desk.ts';

const fromBot = (desk: Desk, peer: number) => desk.sandbox.messages(peer).filter((message) => message.from < 0);
const callsOf = (desk: Desk, method: string) => desk.sandbox.calls.filter((call) => call.method === method);

test('trap 1: a refusal of the one recipient is seen and logged, not taken for success', async () => {
  const desk = await newDesk({ answer: () => say('привет') });
  const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
  desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', peer: anya, code: 902 });
  desk.sandbox.say(anya, anya, 'привет');
  await until(() => desk.log.some((line) => line.text === 'an answer was not delivered'));
  expect(desk.log.find((line) => line.text === 'an answer was not delivered')?.facts).toMatchObject({
    peer: anya,
    code: 902,
  });
});

describe('a peer that is closed to us', () => {
  async function refusedWith(code: number, peer?: 'chat', fault: { times?: number; whole?: boolean } = {}) {
    const long = 'слово '.repeat(2000);
    const desk = await newDesk({ answer: (turn) => say(turn.text === 'много' ? long : 'да') });
    const anya = addPerson(desk.sandbox);
    const to = peer === 'chat' ? addChat(desk.sandbox, anya, [], true) : anya;
    await until(() => desk.turns.length === (peer === 'chat' ? 2 : 1));
    if (peer === 'chat') await desk.sandbox.waitFor(to, (message) => message.text === 'да');
    else await until(() => fromBot(desk, to).length === 1);
    const where = fault.whole === true ? {} : { peer: to };
    const times = fault.times === undefined ? {} : { times: fault.times };
    desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', ...where, code, ...times });
    desk.sandbox.say(anya, to, '/много');
    await until(() => desk.log.some((line) => line.text === 'an answer was not delivered'));
    await desk.vk.quiet();
    return { desk, to };
  }

  test.each([
    [901, undefined, '901 no permission from the user'],
    [950, undefined, '950 reply timed out'],
    [917, 'chat', '917 no access to this chat'],
    [993, 'chat', '993 chat moved to MAX'],
  ] as const)('%s is told once, in the words the fan-out uses', async (code, peer, why) => {
    const { desk, to } = await refusedWith(code, peer);
    expect(desk.refusals).toEqual([`${to} ${why}`]);
  });

  test.each([
    [9, {}],
    [100, {}],
    [4242, {}],
    [912, {}],
    [7, { whole: true }],
    [15, { whole: true }],
  ] as const)('%s %j is not about the peer', async (code, fault) => {
    const { desk } = await refusedWith(code, undefined, fault);
    expect(desk.refusals).toEqual([]);
  });

  test('a listener that breaks is logged and breaks nothing', async () => {
    const desk = await newDesk({
      answer: () => say('да'),
      async refused() {
        throw new Error('boom');
      },
    });
    const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
    desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', peer: anya, code: 901, times: 1 });
    desk.sandbox.say(anya, anya, 'раз');
    desk.sandbox.say(anya, anya, 'два');
    await desk.sandbox.waitFor(anya, (message) => message.text === 'да');
    expect(desk.log.some((line) => line.level === 'error' && line.text.includes('refus'))).toBe(true);
    expect(desk.log.some((line) => line.text === 'a turn failed')).toBe(false);
  });
});

test('every answer goes with mentions off, links not unfolded, and an int32 random_id', async () => {
  const desk = await newDesk({ answer: () => say('привет, @all') });
  const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
  desk.sandbox.say(anya, anya, 'привет');
  await until(() => fromBot(desk, anya).length === 1);
  const params = callsOf(desk, 'messages.send')[0]?.params ?? {};
  expect(params).toMatchObject({ disable_mentions: '1', dont_parse_links: '1', peer_ids: `${anya}` });
  expect(Number(params.random_id)).toBeGreaterThan(0);
  expect(Number(params.random_id)).toBeLessThan(2 ** 31);
  expect(desk.sandbox.calls.flatMap((call) => call.unknown)).toEqual([]);
});

test.each(['drop-after', 'drop-before', 'bad-gateway'] as const)(
  'trap 7: %s on sending: the answer is repeated and comes once',
  async (kind) => {
    const desk = await newDesk({ answer: () => say('один раз') });
    const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
    desk.sandbox.faults.add({ kind, method: 'messages.send', times: 1 });
    desk.sandbox.say(anya, anya, 'привет');
    await until(
      () =>
        callsOf(desk, 'messages.send').some((call) => call.response !== undefined) && fromBot(desk, anya).length > 0,
    );
    await new Promise((resolve) => setTimeout(resolve, 650));
    expect(fromBot(desk, anya).map((message) => message.text)).toEqual(['один раз']);
  },
);

test('911: the words go without the keyboard', async () => {
  const desk = await newDesk({
    answer: () => ({ message: { text: 'слова', buttons: [[{ label: 'а', say: 'а' }]] }, form: null }),
  });
  const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
  desk.sandbox.faults.add({ kind: 'error', method: 'messages.send', peer: anya, code: 911, times: 1 });
  desk.sandbox.say(anya, anya, 'привет');
  await until(() => fromBot(desk, anya).length === 1);
  expect(fromBot(desk, anya)[0]).toMatchObject({ text: 'слова', keyboard: [] });
});

test('a long answer comes in parts, in order, the buttons under the last', async () => {
  const lines = Array.from({ length: 500 }, (_, i) => `${i}. Математический анализ`);
  const desk = await newDesk({
    answer: () => ({ message: { text: lines.join('\n'), buttons: [[{ label: 'Ещё', say: 'ещё' }]] }, form: null }),
  });
  const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
  desk.sandbox.say(anya, anya, 'всё');
  await until(() => fromBot(desk, anya).at(-1)?.text.endsWith('499. Математический анализ') === true);
  const parts = fromBot(desk, anya);
  expect(parts.map((part) => part.text).join('\n')).toBe(lines.join('\n'));
  expect(parts.map((part) => part.keyboard.length)).toEqual([...parts.slice(1).map(() => 0), 1]);
});

test('keyboards: under the input field in a DM only; inline in both', async () => {
  const sandbox = await newSandbox();
  const anya = addPerson(sandbox);
  const chat = addChat(sandbox, anya);
  await newDesk({
    sandbox,
    answer: () => ({ message: { text: 'вот', keyboard: [[{ label: 'Сегодня', say: 'сегодня' }]] }, form: null }),
  });
  sandbox.say(anya, anya, 'привет');
  sandbox.say(anya, chat, '/привет');
  await sandbox.waitFor(anya, (message) => message.text === 'вот');
  await sandbox.waitFor(chat, (message) => message.text === 'вот');
  expect(
    sandbox
      .keyboard(anya)
      .flat()
      .map((button) => `${button.type} ${button.label}`),
  ).toEqual(['text Сегодня']);
  expect(sandbox.keyboard(chat)).toEqual([]);
  await sandbox.press(anya, anya, 0, 'Сегодня');
  await until(() => sandbox.messages(anya).filter((message) => message.text === 'вот').length === 2);
});

describe('trap 13: a press (its context has neither a sender nor a reply of its own)', () => {
  const week = (edit: boolean): Answer => ({
    message: { text: 'неделя', buttons: [[{ label: 'Дальше', say: 'дальше', edit }]] },
    form: null,
    snackbar: 'Готово',
  });

  async function pressed(edit: boolean, prepare: (desk: Desk, peer: number, cmid: number) => void = () => undefined) {
    const desk = await newDesk({
      answer: (turn) =>
        turn.event === 'press'
          ? { ...week(edit), message: { text: `после: ${turn.text}`, buttons: [[{ label: 'Ещё', say: 'ещё' }]] } }
          : week(edit),
    });
    const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
    desk.sandbox.say(anya, anya, 'неделя');
    const { cmid } = await desk.sandbox.waitFor(anya, (message) => message.text === 'неделя' && message.from < 0);
    prepare(desk, anya, cmid);
    const result = await desk.sandbox.press(anya, anya, cmid, 'Дальше');
    await desk.sandbox.waitFor(anya, (message) => message.text === 'после: дальше');
    return { desk, anya, cmid, result };
  }

  test('is answered with the snackbar first, then with a message', async () => {
    const { desk, anya, result } = await pressed(false);
    expect(result).toMatchObject({ kind: 'answer', data: { type: 'show_snackbar', text: 'Готово' } });
    expect(fromBot(desk, anya).map((message) => message.text)).toEqual(['неделя', 'после: дальше']);
    expect(desk.turns.at(-1)).toMatchObject({
      event: 'press',
      text: 'дальше',
      addressed: true,
      sender: anya,
      peer: anya,
    });
    const methods = desk.sandbox.calls.map((call) => call.method);
    expect(methods.indexOf('messages.sendMessageEventAnswer')).toBeLessThan(methods.lastIndexOf('messages.send'));
  });

  test('trap 14: with `edit` replaces the message and its buttons', async () => {
    const { desk, anya, cmid } = await pressed(true);
    expect(fromBot(desk, anya)).toHaveLength(1);
    expect(fromBot(desk, anya)[0]).toMatchObject({ cmid, edited: true, text: 'после: дальше' });
    expect(
      fromBot(desk, anya)[0]
        ?.keyboard.flat()
        .map((button) => button.label),
    ).toEqual(['Ещё']);
    expect(desk.sandbox.calls.flatMap((call) => call.unknown)).toEqual([]);
  });

  test.each([909, 920, 100])('with `edit` and error %s the answer follows as a new message', async (code) => {
    const { desk, anya } = await pressed(true, ({ sandbox }) =>
      sandbox.faults.add({ kind: 'error', method: 'messages.edit', code }),
    );
    expect(fromBot(desk, anya).map((message) => message.text)).toEqual(['неделя', 'после: дальше']);
  });

  test('the spinner stops within seconds though the answer takes long', async () => {
    const desk = await newDesk({
      async answer(turn) {
        if (turn.event !== 'press') return week(false);
        await new Promise((resolve) => setTimeout(resolve, 5300));
        return say('наконец');
      },
    });
    const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
    desk.sandbox.say(anya, anya, 'неделя');
    const { cmid } = await desk.sandbox.waitFor(anya, (message) => message.text === 'неделя' && message.from < 0);
    const result = await desk.sandbox.press(anya, anya, cmid, 'Дальше');
    expect(result).toEqual({ kind: 'answer', data: undefined });
    expect(fromBot(desk, anya)).toHaveLength(1);
    await desk.sandbox.waitFor(anya, (message) => message.text === 'наконец');
    expect(callsOf(desk, 'messages.sendMessageEventAnswer')).toHaveLength(1);
  });

  test('a press whose turn breaks stops spinning too', async () => {
    const desk = await newDesk({
      answer(turn) {
        if (turn.event === 'press') throw new Error('boom');
        return week(false);
      },
    });
    const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
    desk.sandbox.say(anya, anya, 'неделя');
    const { cmid } = await desk.sandbox.waitFor(anya, (message) => message.text === 'неделя' && message.from < 0);
    expect(await desk.sandbox.press(anya, anya, cmid, 'Дальше')).toMatchObject({ kind: 'answer' });
    await desk.sandbox.waitFor(anya, (message) => message.text.startsWith('Что-то сломалось'));
  });
});
