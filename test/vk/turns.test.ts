/** From events to turns through real vk-io: order, sessions, who is addressed, and what happens when a turn breaks. */
import { describe, expect, test } from 'vitest';
import type { Answer, Turn } from '../../src/chat/turn.ts';
import { createTurns } from '../../src/vk/turns.ts';
import { addChat, addPerson, newDesk, newSandbox, recordingLog, SILENCE, say, until } from './desk.ts';

const form = (guess: number): NonNullable<Answer['form']> => ({ kind: 'group', guess });
const spoken = (turns: readonly Turn[]) => turns.filter((turn) => turn.event === 'message' || turn.event === 'press');

describe('one turn per peer', () => {
  test('trap 2: quick messages run one after another in order and share a dialogue without a race', async () => {
    const running: string[] = [];
    const desk = await newDesk({
      async answer(turn) {
        running.push(`+${turn.text}`);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
        running.push(`-${turn.text}`);
        const count = turn.form?.kind === 'group' ? Number(turn.form.guess ?? 0) : 0;
        return { message: { text: `${count + 1}` }, form: form(count + 1) };
      },
    });
    const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
    for (let i = 0; i < 10; i += 1) desk.sandbox.say(anya, anya, `${i}`);
    await desk.sandbox.waitFor(anya, (message) => message.text === '10');
    expect(running).toEqual(Array.from({ length: 10 }, (_, i) => [`+${i}`, `-${i}`]).flat());
    // The dialogue is kept when the turn ends, just after its answer.
    await until(
      () => JSON.stringify([...desk.memory.sessions]) === JSON.stringify([[`${anya}:${anya}`, { form: form(10) }]]),
    );
  });

  test('a slow turn of one person holds up nobody else', async () => {
    const desk = await newDesk({
      async answer(turn) {
        if (turn.text === 'долго') await new Promise((resolve) => setTimeout(resolve, 700));
        return say(`эхо ${turn.text}`);
      },
    });
    const [anya, boris] = [
      desk.sandbox.addPerson({ firstName: 'Аня' }),
      desk.sandbox.addPerson({ firstName: 'Борис' }),
    ];
    desk.sandbox.say(anya, anya, 'долго');
    desk.sandbox.say(boris, boris, 'быстро');
    await desk.sandbox.waitFor(boris, (message) => message.text === 'эхо быстро');
    expect(desk.sandbox.messages(anya).some((message) => message.text === 'эхо долго')).toBe(false);
    await desk.sandbox.waitFor(anya, (message) => message.text === 'эхо долго');
  });

  test('a flood: more than 20 waiting lose chatter first, then the oldest, with a line in the log', async () => {
    const { log, lines } = recordingLog();
    const turns = createTurns(log);
    const ran: string[] = [];
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const results = [turns.run(1, false, () => gate)];
    for (let i = 0; i < 22; i += 1) results.push(turns.run(1, i === 5, async () => void ran.push(`${i}`)));
    open();
    expect(await Promise.all(results)).toEqual(Array.from({ length: 23 }, () => true));
    expect(ran).toEqual(['1', '2', '3', '4', ...Array.from({ length: 16 }, (_, i) => `${i + 6}`)]);
    expect(lines.filter((line) => line.level === 'warn')).toHaveLength(2);
  });
});

describe('dialogues', () => {
  test('trap 8: kept per person and conversation, apart in a DM and a chat', async () => {
    const sandbox = await newSandbox();
    const [anya, boris] = [addPerson(sandbox), addPerson(sandbox, 'Борис')];
    const chat = addChat(sandbox, anya, [boris], true);
    let next = 0;
    const desk = await newDesk({
      sandbox,
      answer(turn) {
        next += 1;
        return { message: { text: turn.form === null ? 'нет' : JSON.stringify(turn.form) }, form: form(next) };
      },
    });
    sandbox.say(anya, anya, 'а');
    await until(() => desk.memory.sessions.size === 1);
    sandbox.say(anya, chat, '/б');
    await until(() => desk.memory.sessions.size === 2);
    sandbox.say(boris, chat, '/в');
    await until(() => desk.memory.sessions.size === 3);
    sandbox.say(anya, anya, 'г');
    await sandbox.waitFor(anya, (message) => message.text === JSON.stringify(form(1)));
    expect([...desk.memory.sessions.keys()].sort()).toEqual(
      [`${anya}:${anya}`, `${chat}:${anya}`, `${chat}:${boris}`].sort(),
    );
  });

  test('trap 8: allowing and forbidding messages touch no dialogue', async () => {
    const desk = await newDesk({ answer: () => ({ message: null, form: form(1) }) });
    const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
    desk.sandbox.allow(anya);
    desk.sandbox.deny(anya);
    await until(() => desk.turns.length === 2);
    expect(desk.turns.map(({ event, peer, text }) => ({ event, peer, text }))).toEqual([
      { event: 'allowed', peer: anya, text: '' },
      { event: 'denied', peer: anya, text: '' },
    ]);
    expect(desk.memory.sessions.size).toBe(0);
  });

  test('trap 9: a form changed deep inside is kept, null ends it, a broken turn leaves it as it was', async () => {
    const desk = await newDesk({
      answer(turn) {
        if (turn.text === 'сломай') throw new Error('boom');
        if (turn.text === 'конец') return { message: { text: 'всё' }, form: null };
        const kept = turn.form ?? form(0);
        if (kept.kind === 'group') Object.assign(kept, { guess: Number(kept.guess ?? 0) + 1 });
        return { message: { text: JSON.stringify(kept) }, form: kept };
      },
    });
    const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
    for (const text of ['раз', 'два', 'сломай', 'три']) desk.sandbox.say(anya, anya, text);
    await desk.sandbox.waitFor(anya, (message) => message.text === JSON.stringify(form(3)));
    await until(
      () => JSON.stringify(desk.memory.sessions.get(`${anya}:${anya}`)) === JSON.stringify({ form: form(3) }),
    );
    desk.sandbox.say(anya, anya, 'конец');
    await until(() => desk.memory.sessions.size === 0);
  });
});

describe('a turn that breaks', () => {
  test('the person gets a number, the log has it, the next turn goes on', async () => {
    const desk = await newDesk({
      answer(turn) {
        if (turn.text === 'ой') throw new Error('boom');
        return say(`эхо ${turn.text}`);
      },
    });
    const anya = desk.sandbox.addPerson({ firstName: 'Аня' });
    desk.sandbox.say(anya, anya, 'ой');
    desk.sandbox.say(anya, anya, 'дальше');
    const sorry = await desk.sandbox.waitFor(anya, (message) => message.text.startsWith('Что-то сломалось, номер '));
    await desk.sandbox.waitFor(anya, (message) => message.text === 'эхо дальше');
    const number = /номер (\w{4})\./.exec(sorry.text)?.[1];
    expect(desk.log.find((line) => line.level === 'error')?.facts).toMatchObject({ number, peer: anya });
  });

  test('talk that is not meant for the bot breaks in silence', async () => {
    const sandbox = await newSandbox();
    const anya = addPerson(sandbox);
    const chat = addChat(sandbox, anya, [], true);
    const desk = await newDesk({
      sandbox,
      answer() {
        throw new Error('boom');
      },
    });
    sandbox.say(anya, chat, 'просто болтаем');
    await until(() => desk.log.some((line) => line.text === 'a turn failed'));
    expect(sandbox.messages(chat).filter((message) => message.from < 0)).toEqual([]);
  });
});

describe('who is meant', () => {
  test('in a DM everything; in a chat a mention, «/», an answer to the bot, a press', async () => {
    const sandbox = await newSandbox();
    const [anya, boris] = [addPerson(sandbox), addPerson(sandbox, 'Борис')];
    const chat = addChat(sandbox, anya, [boris], true);
    const desk = await newDesk({ sandbox, answer: (turn) => (turn.text === 'кто ты' ? say('Звонок') : SILENCE) });
    sandbox.say(anya, chat, `[club${sandbox.groupId}|@zvonok] кто ты`);
    const mine = await sandbox.waitFor(chat, (message) => message.text === 'Звонок');
    sandbox.say(boris, chat, 'завтра', { replyTo: mine.cmid });
    sandbox.say(boris, chat, '/завтра');
    sandbox.say(boris, chat, 'нажал', { payload: { say: '/неделя' } });
    sandbox.say(boris, chat, 'между собой');
    sandbox.say(boris, boris, 'в личке', { ref: 'class_7b' });
    sandbox.say(boris, boris, 'Начать', { payload: { command: 'start' } });
    sandbox.say(boris, boris, 'текст', { payload: { say: 7 } });
    sandbox.say(boris, boris, 'жёсткий <b> & "тэг"');
    await until(() => spoken(desk.turns).length === 9);
    expect(
      spoken(desk.turns)
        .map(({ event, text, addressed, ref, chat: inChat }) => [event, text, addressed, inChat, ref].join('|'))
        .sort(),
    ).toEqual(
      [
        'message|кто ты|true|true|',
        'message|завтра|true|true|',
        'message|завтра|true|true|',
        'press|неделя|true|true|',
        'message|между собой|false|true|',
        'message|в личке|true|false|class_7b',
        'message|начать|true|false|',
        'message|текст|true|false|',
        'message|жёсткий <b> & "тэг"|true|false|',
      ].sort(),
    );
  });

  test('trap 11: coming and going of the bot is heard, that of people is not', async () => {
    const sandbox = await newSandbox();
    const [anya, boris] = [addPerson(sandbox), addPerson(sandbox, 'Борис')];
    const chat = sandbox.createChat({ title: 'ПИ-21', members: [anya], owner: anya });
    const desk = await newDesk({ sandbox, answer: (turn) => say(`эхо ${turn.event}`) });
    sandbox.inviteBot(chat, anya, { fullAccess: true });
    await sandbox.waitFor(chat, (message) => message.text === 'эхо invited');
    sandbox.addMember(chat, boris, anya);
    sandbox.removeMember(chat, boris, anya);
    sandbox.kickBot(chat, anya);
    await until(() => desk.turns.length === 2);
    expect(desk.turns.map(({ event, sender, chat: inChat }) => ({ event, sender, inChat }))).toEqual([
      { event: 'invited', sender: anya, inChat: true },
      { event: 'removed', sender: anya, inChat: true },
    ]);
  });

  test('its own words and those of other communities are not heard', async () => {
    const desk = await newDesk({ answer: (turn) => say(`эхо ${turn.text}`) });
    const { vk } = desk;
    expect(vk.groupId).toBe(desk.sandbox.groupId);
    const anya = addPerson(desk.sandbox);
    await until(() => desk.turns.length === 1);
    await desk.sandbox.waitFor(anya, (message) => message.text === 'эхо ');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(desk.turns).toHaveLength(1);
  });
});
