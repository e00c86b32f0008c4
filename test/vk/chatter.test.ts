/** Talk among people in a chat costs nothing; what is meant for the bot is marked. */
import { expect, test } from 'vitest';
import { addChat, addPerson, newDesk, newSandbox, say, until } from './desk.ts';

test('15 messages among people: no mark, no dialogue read, no place saved; the place is saved at the end', async () => {
  const sandbox = await newSandbox();
  const [anya, boris] = [addPerson(sandbox), addPerson(sandbox, 'Борис')];
  const chat = addChat(sandbox, anya, [boris], true);
  const desk = await newDesk({ sandbox });
  await until(() => desk.memory.saves.length > 0);
  const { memory, reads, turns } = desk;
  const before = { saves: memory.saves.length, seen: memory.seen.size, reads: reads.length, turns: turns.length };
  for (let i = 0; i < 15; i += 1) {
    sandbox.say(i % 2 === 0 ? anya : boris, chat, `болтаем ${i}`);
    await until(() => turns.length === before.turns + i + 1);
  }
  sandbox.removeMember(chat, boris, anya);
  sandbox.addMember(chat, boris, anya);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect({ saves: memory.saves.length, seen: memory.seen.size, reads: reads.length }).toEqual({
    saves: before.saves,
    seen: before.seen,
    reads: before.reads,
  });
  await desk.vk.quiet();
  expect(memory.saves).toHaveLength(before.saves + 1);
  const second = await newDesk({ sandbox, memory });
  sandbox.say(anya, chat, '/завтра');
  await until(() => second.turns.length === 1);
  expect(second.turns.map((turn) => turn.text)).toEqual(['завтра']);
});

test('what is meant for the bot has two marks, each time', async () => {
  const sandbox = await newSandbox();
  const anya = addPerson(sandbox);
  const chat = addChat(sandbox, anya, [], true);
  const { memory, reads } = await newDesk({
    sandbox,
    answer: (turn) => (turn.text === 'кто ты' ? say('я') : say('да')),
  });
  const marks = () => memory.seen.size;
  const before = marks();
  sandbox.say(anya, chat, `[club${sandbox.groupId}|@zvonok] кто ты`);
  const mine = await sandbox.waitFor(chat, (message) => message.text === 'я');
  await until(() => marks() === before + 2);
  sandbox.say(anya, chat, 'завтра', { replyTo: mine.cmid });
  await until(() => marks() === before + 4);
  sandbox.say(anya, chat, '/завтра');
  await until(() => marks() === before + 6);
  sandbox.say(anya, chat, 'нажал', { payload: { say: 'неделя' } });
  await until(() => marks() === before + 8);
  sandbox.say(anya, anya, 'в личке');
  await until(() => marks() === before + 10);
  sandbox.kickBot(chat, anya);
  await until(() => marks() === before + 12);
  expect(new Set(reads)).toEqual(new Set([`${chat}:${anya}`, `${anya}:${anya}`]));
});

test('a chat where nobody calls the bot for long: the place is saved now and then', async () => {
  const sandbox = await newSandbox();
  const anya = addPerson(sandbox);
  const chat = addChat(sandbox, anya, [], true);
  const { memory, turns } = await newDesk({ sandbox });
  const before = { saves: memory.saves.length, turns: turns.length };
  for (let i = 0; i < 60; i += 1) {
    sandbox.say(anya, chat, `болтаем ${i}`);
    await until(() => turns.length === before.turns + i + 1);
  }
  await until(() => memory.saves.length === before.saves + 1);
});
