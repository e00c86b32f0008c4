/** Group chats: what the bot hears there, its coming and going, members and rights. */
import { describe, expect, it } from 'vitest';
import { keyboard, stage, textButton } from './client.ts';

const texts = (updates: readonly { readonly object: Record<string, unknown> }[]): unknown[] =>
  updates.map((update) => (update.object.message as { text: string }).text);

describe('what a bot hears', () => {
  it.each([
    ['plain talk', 'завтра', {}, []],
    ['a slash', '/завтра', {}, ['/завтра']],
    ['a mention', '@zvonok завтра', {}, ['[club123456|@zvonok] завтра']],
    ['a mention by number', '@club123456 завтра', {}, ['[club123456|@club123456] завтра']],
    ['somebody else', '@anna завтра', {}, []],
    ['an answer to its message', 'да', { replyTo: 3 }, ['да']],
    ['an answer to a person', 'да', { replyTo: 4 }, []],
  ])('%s', async (_name, said, extra, heard) => {
    const { vk, call, anya, boris, chat, updates } = await stage();
    vk.inviteBot(chat, anya);
    await call('messages.send', { peer_id: chat, random_id: 0, message: 'Какая группа?' });
    vk.say(anya, chat, 'мяу');
    await updates();
    vk.say(boris, chat, said, extra);
    expect(texts(await updates())).toEqual(heard);
  });

  it('is everything with access to all messages or as an admin, nothing when it is not there', async () => {
    const { vk, anya, chat, updates } = await stage();
    vk.say(anya, chat, '/до');
    vk.inviteBot(chat, anya, { fullAccess: true });
    vk.say(anya, chat, 'с доступом');
    vk.setBotRights(chat, { fullAccess: false });
    vk.say(anya, chat, 'без доступа');
    vk.setBotRights(chat, { admin: true });
    vk.say(anya, chat, 'админу');
    vk.kickBot(chat, anya);
    vk.say(anya, chat, '/после');
    expect(texts(await updates())).toEqual(['', 'с доступом', 'админу', '']);
  });

  it('has its own numbers: cmid by the chat, id 0, text with entities, dates of the product clock', async () => {
    const { vk, anya, chat, updates } = await stage({ now: () => 1_795_300_000_999 });
    vk.inviteBot(chat, anya);
    vk.say(anya, chat, '/a <b> & "c"');
    vk.say(anya, anya, 'в личке', { payload: '{oops', ref: 'class_7b', ref_source: 'poster' });
    const [invited, said, direct] = (await updates()).map((update) => update.object.message);
    expect(invited).toMatchObject({
      action: { type: 'chat_invite_user', member_id: -vk.groupId },
      from_id: anya,
      peer_id: chat,
    });
    expect(said).toMatchObject({
      id: 0,
      conversation_message_id: 3,
      text: '/a &lt;b&gt; &amp; &quot;c&quot;',
      date: 1_795_300_000,
      out: 0,
    });
    expect(direct).toMatchObject({
      id: 1,
      conversation_message_id: 1,
      payload: '{oops',
      ref: 'class_7b',
      ref_source: 'poster',
    });
  });

  it('a pressed text button speaks with a mention and its payload', async () => {
    const { vk, call, anya, chat, updates } = await stage();
    vk.inviteBot(chat, anya);
    const inline = keyboard([[textButton('ПИ-21', { g: 1 })]], { inline: true });
    await call('messages.send', { peer_id: chat, random_id: 0, message: 'Кто вы?', keyboard: inline });
    await updates();
    expect(await vk.press(anya, chat, 3, 'ПИ-21')).toEqual({ kind: 'said', cmid: 4 });
    expect((await updates())[0]?.object.message).toMatchObject({
      text: '[club123456|@zvonok] ПИ-21',
      payload: '{"g":1}',
    });
  });
});

describe('rights', () => {
  it('members, settings, links and pins are for an admin', async () => {
    const { vk, call, code, anya, boris, chat } = await stage();
    const codes = () =>
      Promise.all([
        code('messages.getConversationMembers', { peer_id: chat }),
        code('messages.getInviteLink', { peer_id: chat }),
        code('messages.pin', { peer_id: chat, cmid: 1 }),
        code('messages.send', { peer_id: chat, random_id: 0, message: 'а' }),
      ]);
    expect(await codes()).toEqual([917, 917, 917, 917]);
    vk.inviteBot(chat, anya);
    expect(await codes()).toEqual([917, 925, 925, 0]);
    expect((await call('messages.getConversationsById', { peer_ids: chat })).response).toEqual({ count: 0, items: [] });
    vk.setBotRights(chat, { admin: true });
    expect(await codes()).toEqual([0, 0, 0, 0]);
    vk.setAdmin(chat, boris, true);
    const { response } = await call('messages.getConversationMembers', { peer_id: chat });
    expect(response).toMatchObject({
      count: 3,
      items: [
        { member_id: anya, is_owner: true, is_admin: true },
        { member_id: boris, is_admin: true },
        { member_id: -vk.groupId, is_admin: true },
      ],
    });
    expect((await call('messages.getConversationsById', { peer_ids: chat })).response).toMatchObject({
      items: [{ peer: { id: chat, type: 'chat' }, chat_settings: { title: 'ПИ-21', owner_id: anya } }],
    });
    expect(vk.messages(chat)[0]).toMatchObject({ pinned: true });
    vk.kickBot(chat, anya);
    expect(await codes()).toEqual([917, 917, 917, 917]);
  });

  it('a chat of its own begins empty, with the bot as its admin', async () => {
    const { call, code } = await stage();
    const { response } = await call('messages.createChat', { title: 'Родители' });
    expect(response).toMatchObject({ chat_id: 2, peer_ids: [] });
    const peer = 2_000_000_002;
    expect(await code('messages.send', { peer_id: peer, random_id: 0, message: 'а' })).toBe(0);
    const link = await call('messages.getInviteLink', { peer_id: peer });
    expect(link.response).toMatchObject({ link: expect.stringContaining('https://vk.me/join/') });
  });

  it('coming, going and a new name are told to a bot with access', async () => {
    const { vk, anya, boris, chat, updates } = await stage();
    vk.inviteBot(chat, anya, { fullAccess: true });
    const vika = vk.addPerson({ firstName: 'Вика' });
    vk.addMember(chat, vika, anya);
    vk.renameChat(chat, 'ПИ-22', anya);
    vk.removeMember(chat, boris, boris);
    const actions = (await updates()).map((update) => (update.object.message as { action: unknown }).action);
    expect(actions.slice(1)).toEqual([
      { type: 'chat_invite_user', member_id: vika },
      { type: 'chat_title_update', text: 'ПИ-22' },
      { type: 'chat_kick_user', member_id: boris },
    ]);
    expect(() => vk.say(boris, chat, 'пока')).toThrow('not in dialog');
  });
});
