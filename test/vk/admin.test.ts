/** Whether the sender administers the chat, asked of VK. */
import { describe, expect, test } from 'vitest';
import { addChat, addPerson, newDesk, newSandbox, SILENCE, until } from './desk.ts';

describe('who administers a chat', () => {
  test('asked of VK once a turn; false in a DM, for a member, and where VK will not say', async () => {
    const sandbox = await newSandbox();
    const [anya, boris] = [addPerson(sandbox), addPerson(sandbox, 'Борис')];
    const chat = addChat(sandbox, anya, [boris], true);
    const answers: string[] = [];
    await newDesk({
      sandbox,
      async answer(turn) {
        answers.push(`${turn.text} ${await turn.isAdmin()} ${await turn.isAdmin()}`);
        return SILENCE;
      },
    });
    sandbox.say(anya, chat, '/закрыто');
    await until(() => answers.length === 1);
    sandbox.setBotRights(chat, { admin: true, fullAccess: true });
    sandbox.say(anya, chat, '/владелец');
    sandbox.say(boris, chat, '/участник');
    sandbox.say(anya, anya, 'личка');
    await until(() => answers.length === 4);
    expect(answers.sort()).toEqual([
      'владелец true true',
      'закрыто false false',
      'личка false false',
      'участник false false',
    ]);
    expect(sandbox.calls.filter((call) => call.method === 'messages.getConversationMembers')).toHaveLength(3);
  });

  test('the last of 450 members is found, page by page', async () => {
    const sandbox = await newSandbox();
    const anya = addPerson(sandbox);
    const many = Array.from({ length: 449 }, (_, i) => sandbox.addPerson({ firstName: `Н${i}` }));
    const chat = addChat(sandbox, anya, many, true);
    sandbox.setBotRights(chat, { admin: true });
    const last = many.at(-1) ?? 0;
    sandbox.setAdmin(chat, last, true);
    const answers: boolean[] = [];
    await newDesk({
      sandbox,
      async answer(turn) {
        answers.push(await turn.isAdmin());
        return SILENCE;
      },
    });
    sandbox.say(last, chat, '/я');
    await until(() => answers.length === 1);
    expect(answers).toEqual([true]);
  });
});
