/** messages.send and what becomes of a message: recipients, permission, duplicates, keyboards, edits. */
import { describe, expect, it } from 'vitest';
import { keyboard, stage, textButton } from './client.ts';

describe('messages.send', () => {
  it('answers a number to one peer and a list to peer_ids, an error beside each who cannot be written to', async () => {
    const { vk, call, anya, boris, chat } = await stage();
    vk.say(anya, anya, 'привет');
    const one = await call('messages.send', { peer_id: anya, random_id: 1, message: 'Раз' });
    expect(one.response).toEqual(expect.any(Number));
    const peers = [anya, boris, chat, 2_000_000_050, -5].join(',');
    const list = await call('messages.send', { peer_ids: peers, random_id: 2, message: 'Два' });
    expect(list.response).toMatchObject([
      { peer_id: anya, conversation_message_id: 3 },
      {
        peer_id: boris,
        message_id: 0,
        error: { code: 901, description: "Can't send messages for users without permission" },
      },
      { peer_id: chat, error: { code: 917 } },
      { peer_id: 2_000_000_050, error: { code: 927 } },
      { peer_id: -5, error: { code: 936 } },
    ]);
  });

  it.each([
    ['no peer', { random_id: 1, message: 'а' }, 100],
    ['no random_id', { peer_id: 'ANYA', message: 'а' }, 100],
    ['no text', { peer_id: 'ANYA', random_id: 1 }, 100],
    ['an empty text', { peer_id: 'ANYA', random_id: 1, message: '' }, 100],
    [
      '101 peers',
      { peer_ids: Array.from({ length: 101 }, (_, i) => i + 1).join(','), random_id: 1, message: 'а' },
      100,
    ],
    ['peers that are no numbers', { peer_ids: '1,x', random_id: 1, message: 'а' }, 100],
    ['4096 characters', { peer_id: 'ANYA', random_id: 1, message: 'я'.repeat(4096) }, 0],
    ['4097 characters', { peer_id: 'ANYA', random_id: 1, message: 'я'.repeat(4097) }, 914],
    ['an unknown document', { peer_id: 'ANYA', random_id: 1, message: 'а', attachment: 'doc1_2' }, 100],
    [
      'flags of every client',
      { peer_id: 'ANYA', random_id: 1, message: 'а', disable_mentions: 1, dont_parse_links: 1 },
      0,
    ],
    ['a sticker alone', { peer_id: 'ANYA', random_id: 1, sticker_id: 163 }, 0],
    ['messages forwarded alone', { peer_id: 'ANYA', random_id: 1, forward_messages: '1,2' }, 0],
    ['a forward alone', { peer_id: 'ANYA', random_id: 1, forward: '{"peer_id":1001,"cmids":[1]}' }, 0],
    ['an answer alone', { peer_id: 'ANYA', random_id: 1, forward: '{"is_reply":true,"cmids":[1]}' }, 100],
    ['a place alone', { peer_id: 'ANYA', random_id: 1, lat: '55.75', long: '37.62' }, 0],
    ['half a place', { peer_id: 'ANYA', random_id: 1, lat: '55.75' }, 100],
    ['an answer to nothing', { peer_id: 'ANYA', random_id: 1, message: 'а', reply_to: 999 }, 100],
    ['a stranger', { peer_id: 999, random_id: 1, message: 'а' }, 901],
  ])('with %s', async (_name, params, code) => {
    const it = await stage();
    it.vk.allow(it.anya);
    const real = Object.entries(params).map(([key, value]) => [key, value === 'ANYA' ? it.anya : value]);
    expect(await it.code('messages.send', Object.fromEntries(real))).toBe(code);
  });

  it('keeps one random_id apart in each dialog for an hour and gives the first number again', async () => {
    const { vk, call, anya, boris, clock } = await stage();
    vk.allow(anya);
    vk.allow(boris);
    const send = (peer: number, random_id: number) =>
      call('messages.send', { peer_ids: peer, random_id, message: 'а' });
    const first = await send(anya, 7);
    expect(await send(anya, 7)).toEqual(first);
    await send(boris, 7);
    await send(anya, 0);
    await send(anya, 0);
    expect(vk.messages(anya)).toHaveLength(3);
    expect(vk.messages(boris)).toHaveLength(1);
    clock.real += 3_600_000;
    await send(anya, 7);
    expect(vk.messages(anya)).toHaveLength(4);
  });

  it('looks for a twin among the last hundred messages only, and folds a random_id into int32', async () => {
    const { vk, call, anya } = await stage();
    vk.allow(anya);
    await call('messages.send', { peer_id: anya, random_id: 7, message: 'а' });
    await call('messages.send', { peer_id: anya, random_id: 2 ** 32 + 7, message: 'а' });
    expect(vk.messages(anya)).toHaveLength(1);
    for (let i = 0; i < 100; i++) vk.say(anya, anya, String(i));
    await call('messages.send', { peer_id: anya, random_id: 7, message: 'а' });
    expect(vk.messages(anya)).toHaveLength(102);
  });

  it('follows the person: writing or allowing lets in, forbidding and the black list keep out', async () => {
    const { vk, code, anya } = await stage();
    const send = () => code('messages.send', { peer_id: anya, random_id: 0, message: 'а' });
    const codes = [await send()];
    for (const step of [vk.allow, vk.deny, () => vk.say(anya, anya, 'я'), vk.block, vk.unblock]) {
      step(anya);
      codes.push(await send());
    }
    expect(codes).toEqual([901, 0, 901, 0, 900, 0]);
  });
});

describe('a keyboard', () => {
  const rows = (count: number, wide = 1) =>
    Array.from({ length: count }, () => Array.from({ length: wide }, () => textButton('да')));
  const payload = (bytes: number) => [[{ type: 'text', label: 'да', payload: `{"a":"${'x'.repeat(bytes - 8)}"}` }]];
  it.each<[string, string, number]>([
    ['ten rows', keyboard(rows(10)), 0],
    ['eleven rows', keyboard(rows(11)), 911],
    ['five in a row', keyboard(rows(8, 5)), 0],
    ['six in a row', keyboard(rows(1, 6)), 911],
    ['45 buttons', keyboard(rows(9, 5)), 911],
    ['six inline rows', keyboard(rows(6), { inline: true }), 0],
    ['seven inline rows', keyboard(rows(7), { inline: true }), 911],
    ['ten inline buttons', keyboard(rows(2, 5), { inline: true }), 0],
    ['twelve inline buttons', keyboard(rows(4, 3), { inline: true }), 911],
    ['inline for one time', keyboard(rows(1), { inline: true, one_time: true }), 911],
    ['a label of 40', keyboard([[textButton('я'.repeat(40))]]), 0],
    ['a label of 41', keyboard([[textButton('я'.repeat(41))]]), 911],
    ['no label', keyboard([[textButton('')]]), 911],
    ['a payload of 255 bytes', keyboard(payload(255)), 0],
    ['a payload of 256 bytes', keyboard(payload(256)), 911],
    ['a payload of 240 Cyrillic letters', keyboard([[textButton('да', { а: 'я'.repeat(232) })]]), 911],
    ['a payload that is no object', keyboard([[{ type: 'text', label: 'да', payload: '"да"' }]]), 911],
    ['an unknown type', keyboard([[{ type: 'dance', label: 'да' }]]), 911],
    ['a link', keyboard([[{ type: 'open_link', label: 'да', link: 'https://vk.com' }]], { inline: true }), 0],
    ['a link to nowhere', keyboard([[{ type: 'open_link', label: 'да', link: 'да' }]], { inline: true }), 911],
    ['an unknown colour', JSON.stringify({ buttons: [[{ action: textButton('да'), color: 'pink' }]] }), 911],
    ['no buttons', keyboard([]), 0],
    ['no JSON', '{', 911],
  ])('of %s', async (_name, sent, code) => {
    const it = await stage();
    it.vk.allow(it.anya);
    expect(await it.code('messages.send', { peer_id: it.anya, random_id: 0, message: 'а', keyboard: sent })).toBe(code);
  });

  it('under the field stays until another or an empty one comes; for one time it goes when pressed', async () => {
    const { vk, call, anya } = await stage();
    vk.allow(anya);
    const send = (more: Record<string, string>) =>
      call('messages.send', { peer_id: anya, random_id: 0, message: 'а', ...more });
    await send({ keyboard: keyboard([[textButton('Меню')]]) });
    await send({ keyboard: keyboard([[textButton('Под сообщением')]], { inline: true }) });
    await send({});
    expect(vk.keyboard(anya)).toMatchObject([[{ label: 'Меню' }]]);
    expect(vk.messages(anya).map((message) => message.keyboard.length)).toEqual([0, 1, 0]);
    await send({ keyboard: keyboard([[textButton('Раз')]], { one_time: true }) });
    await vk.press(anya, anya, 0, 'Раз');
    expect(vk.keyboard(anya)).toEqual([]);
    await send({ keyboard: keyboard([[textButton('Меню')]]) });
    await send({ keyboard: keyboard([]) });
    expect(vk.keyboard(anya)).toEqual([]);
  });
});

describe('a sent message', () => {
  it('is edited by any name of its number; what is not sent again is gone', async () => {
    const { vk, call, code, anya } = await stage();
    vk.say(anya, anya, 'привет');
    const inline = keyboard([[textButton('Да')]], { inline: true });
    const { response } = await call('messages.send', { peer_id: anya, random_id: 0, message: 'Раз', keyboard: inline });
    for (const [name, number] of Object.entries({ cmid: 2, conversation_message_id: 2, message_id: Number(response) }))
      expect(await code('messages.edit', { peer_id: anya, [name]: number, message: name })).toBe(0);
    expect(vk.messages(anya)[1]).toMatchObject({ text: 'message_id', edited: true, keyboard: [] });
    expect(await code('messages.edit', { peer_id: anya, cmid: 1, message: 'чужое' })).toBe(920);
    expect(await code('messages.edit', { peer_id: anya, message: 'какое?' })).toBe(100);
  });

  it('cannot be edited after a day', async () => {
    const { vk, code, anya, clock } = await stage();
    vk.allow(anya);
    await code('messages.send', { peer_id: anya, random_id: 0, message: 'Раз' });
    clock.real += 86_400_001;
    expect(await code('messages.edit', { peer_id: anya, cmid: 1, message: 'Два' })).toBe(909);
  });

  it('answers the message reply_to names by its global id', async () => {
    const { vk, call, anya, boris } = await stage();
    vk.say(anya, anya, 'раз');
    vk.say(boris, boris, 'два');
    vk.say(boris, boris, 'три');
    await call('messages.send', { peer_id: boris, random_id: 0, message: 'на три', reply_to: 3 });
    const sent = { peer_id: boris, conversation_message_ids: 3 };
    expect((await call('messages.getByConversationMessageId', sent)).response).toMatchObject({
      items: [{ text: 'на три', reply_message: { id: 3, conversation_message_id: 2, text: 'три' } }],
    });
  });

  it('is deleted for all, or for the bot alone', async () => {
    const { vk, call, anya } = await stage();
    vk.say(anya, anya, 'моё');
    for (const message of ['Раз', 'Два']) await call('messages.send', { peer_id: anya, random_id: 0, message });
    const gone = await call('messages.delete', { peer_id: anya, cmids: '1,2', delete_for_all: 1 });
    expect(gone.response).toMatchObject([{ conversation_message_id: 1, error: { code: 924 } }, { response: 1 }]);
    await call('messages.delete', { peer_id: anya, cmids: '3' });
    expect(vk.messages(anya).map((message) => message.text)).toEqual(['моё', 'Два']);
  });

  it('is out of reach in a chat the bot was put out of', async () => {
    const { vk, code, anya, chat } = await stage();
    vk.inviteBot(chat, anya, { admin: true });
    await code('messages.send', { peer_id: chat, random_id: 0, message: 'Раз' });
    vk.kickBot(chat, anya);
    expect(await code('messages.edit', { peer_id: chat, cmid: 3, message: 'Два' })).toBe(917);
    expect(await code('messages.delete', { peer_id: chat, cmids: 3, delete_for_all: 1 })).toBe(917);
    expect(vk.messages(chat).map((message) => message.text)).toContain('Раз');
  });
});
