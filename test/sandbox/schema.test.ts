/** Every response and event against VK's official schema, where it is at hand; what the schema is known to have wrong is named here. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { keyboard, type Reply, stage, textButton, type Update } from './client.ts';

type Verdict = { readonly ok: boolean; readonly errors?: readonly string[] };
type Schema = {
  validateResponse(method: string, body: unknown): Verdict;
  validateDefinition(reference: string, value: unknown): Verdict;
  validateCall(
    method: string,
    form: Readonly<Record<string, string>>,
    token: 'group',
  ): Verdict & { readonly unknown: readonly string[] };
};

const FILE = path.resolve(import.meta.dirname, '../../../shared/tools/vk-schema/vk-schema.mjs');
const present = existsSync(FILE);
if (!present)
  process.stdout.write('schema.test.ts: the official VK schema is not beside the project, its checks are skipped\n');

/** The schema knows neither `secondary` nor keyboards without `one_time`; it calls the first `default`. */
function asSchema(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('"color":"secondary"', '"color":"default"'));
}

const EVENTS: Readonly<Record<string, string>> = {
  message_new: 'callback_message_new',
  message_reply: 'callback_message',
  message_edit: 'callback_message',
  message_event: 'callback_message_event',
  message_allow: 'callback_message_allow',
  message_deny: 'callback_message_deny',
  user_block: 'callback_user_block',
  user_unblock: 'callback_user_unblock',
};

function checkEvent(schema: Schema, update: Update): void {
  // The list of types in the schema lacks message_event, and its payload is an object in VK, not text.
  const { payload } = update.object;
  const object =
    update.type === 'message_event' ? { ...update.object, payload: JSON.stringify(payload) } : update.object;
  const type = update.type === 'message_event' ? 'message_new' : update.type;
  expect([
    update.type,
    schema.validateDefinition('callback/objects.json#/definitions/callback_base', { ...update, type }),
  ]).toEqual([update.type, { ok: true }]);
  const definition = `callback/objects.json#/definitions/${EVENTS[update.type]}`;
  expect([object, schema.validateDefinition(definition, asSchema(object))]).toEqual([object, { ok: true }]);
}

describe.runIf(present)('the official schema', () => {
  it('knows every response', async () => {
    const schema = (await import(pathToFileURL(FILE).href)) as Schema;
    const { vk, call, anya, boris, chat } = await stage();
    vk.say(anya, anya, 'привет');
    vk.inviteBot(chat, anya, { admin: true });
    const { groupId: group_id } = vk;
    const inline = keyboard([[textButton('Да', { a: 1 })]], { inline: true });
    const upload = async (url: string): Promise<Record<string, string>> => {
      const body = new FormData();
      body.set('file', new Blob(['BEGIN:VCALENDAR']), 'a.ics');
      return (await (await fetch(url, { method: 'POST', body })).json()) as Record<string, string>;
    };
    const url = (reply: Reply): string => (reply.response as { upload_url: string }).upload_url;
    const doc = await upload(url(await call('docs.getMessagesUploadServer', { peer_id: anya })));
    const photo = await upload(url(await call('photos.getMessagesUploadServer')));
    const calls: [string, Record<string, string | number>][] = [
      ['groups.getById', {}],
      ['groups.getLongPollServer', { group_id }],
      ['groups.getLongPollSettings', { group_id }],
      ['groups.setLongPollSettings', { group_id, message_new: 1, message_event: 1 }],
      ['groups.isMember', { group_id, user_id: anya }],
      ['users.get', { user_ids: `${anya},${boris}` }],
      ['messages.send', { peer_id: anya, random_id: 1, message: 'Раз', keyboard: inline }],
      ['messages.send', { peer_ids: `${anya},${boris},${chat}`, random_id: 2, message: 'Два', keyboard: inline }],
      ['messages.edit', { peer_id: anya, cmid: 2, message: 'Три' }],
      ['messages.pin', { peer_id: chat, cmid: 3 }],
      ['messages.unpin', { peer_id: chat }],
      ['messages.setActivity', { peer_id: anya, type: 'typing' }],
      ['messages.markAsRead', { peer_id: anya }],
      ['messages.isMessagesFromGroupAllowed', { group_id, user_id: anya }],
      ['messages.getConversationsById', { peer_ids: `${anya},${chat}` }],
      ['messages.getConversations', {}],
      ['messages.getConversationMembers', { peer_id: chat }],
      ['messages.getByConversationMessageId', { peer_id: anya, conversation_message_ids: '1,2,3' }],
      ['messages.getInviteLink', { peer_id: chat }],
      ['messages.createChat', { title: 'Родители' }],
      ['messages.editChat', { chat_id: 1, title: 'ПИ-22' }],
      ['messages.delete', { peer_id: anya, cmids: '1,3', delete_for_all: 1 }],
      ['docs.getMessagesUploadServer', { peer_id: anya }],
      ['docs.save', { file: doc.file ?? '' }],
      ['photos.getMessagesUploadServer', {}],
      ['photos.saveMessagesPhoto', { photo: photo.photo ?? '', server: 1, hash: photo.hash ?? '' }],
      ['messages.removeChatUser', { chat_id: 1, member_id: boris }],
    ];
    for (const [method, params] of calls) {
      const body = await call(method, params);
      expect([method, body, schema.validateResponse(method, asSchema(body)).errors]).toEqual([method, body, undefined]);
      const form = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));
      expect([method, vk.calls.at(-1)?.unknown]).toEqual([method, schema.validateCall(method, form, 'group').unknown]);
    }
  });

  it('knows every event', async () => {
    const schema = (await import(pathToFileURL(FILE).href)) as Schema;
    const { vk, call, anya, boris, chat, updates } = await stage();
    const on = { message_reply: 1, message_edit: 1, user_block: 1, user_unblock: 1 };
    await call('groups.setLongPollSettings', { group_id: vk.groupId, ...on });
    vk.allow(anya, 'class_7b');
    vk.say(anya, anya, 'Начать', { payload: { command: 'start' }, ref: 'a', ref_source: 'b' });
    vk.say(anya, anya, '', { file: { name: 'Расписание.xlsx', bytes: Buffer.from('PK') } });
    vk.inviteBot(chat, anya, { fullAccess: true });
    const buttons = keyboard([[{ type: 'callback', label: 'Да', payload: '{"a":1}' }]], { inline: true });
    await call('messages.send', { peer_ids: `${anya},${chat}`, random_id: 1, message: 'Да?', keyboard: buttons });
    vk.say(boris, chat, 'да', { replyTo: 3 });
    void vk.press(anya, anya, 3, 'Да');
    await call('messages.edit', { peer_id: anya, cmid: 3, message: 'Да!' });
    vk.renameChat(chat, 'ПИ-22', anya);
    vk.kickBot(chat, anya);
    vk.deny(anya);
    vk.block(anya);
    vk.unblock(anya);
    const seen = await updates();
    expect(new Set(seen.map((update) => update.type))).toEqual(new Set(Object.keys(EVENTS)));
    for (const update of seen) checkEvent(schema, update);
  });
});
