/** Conversations as a community sees them: their settings, members and invite links. */

import { randomBytes } from 'node:crypto';
import type { MessagesConversationMember } from '@vkontakte/api-schema-typescript';
import { deliver, keyboardObject } from '../events.ts';
import { flag, int, ints, method, text } from '../params.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { append, CHATS_FROM, type Chat, changed, isChat, type World } from '../world.ts';
import { groupObject, userObject } from './directory.ts';

const seconds = (ms: number): number => Math.floor(ms / 1000);

function chatOf(world: World, peer: number): Chat | Refusal {
  const chat = world.chats.get(peer);
  if (chat === undefined) return refuse(927);
  return chat.botIn ? chat : refuse(917);
}

function conversation(world: World, peer: number): Record<string, unknown> {
  const dialog = world.dialogs.get(peer);
  const chat = world.chats.get(peer);
  const last = dialog?.messages.at(-1);
  return {
    peer: { id: peer, type: chat ? 'chat' : 'user', local_id: chat ? peer - CHATS_FROM : peer },
    last_message_id: last?.id ?? 0,
    last_conversation_message_id: dialog?.lastCmid ?? 0,
    in_read: last?.id ?? 0,
    out_read: last?.id ?? 0,
    version: 10_000_000 + (dialog?.lastCmid ?? 0),
    can_write: { allowed: chat ? chat.botIn : world.people.get(peer)?.allows === true },
    ...(dialog?.keyboard === undefined ? {} : { current_keyboard: keyboardObject(world, dialog.keyboard) }),
    ...(chat === undefined ? {} : { chat_settings: settings(world, chat) }),
  };
}

function settings(world: World, chat: Chat): Record<string, unknown> {
  const admins = [...chat.members].filter(([, member]) => member.admin).map(([id]) => id);
  return {
    owner_id: chat.owner,
    title: chat.title,
    state: 'in',
    members_count: chat.members.size + 1,
    admin_ids: chat.botAdmin ? [...admins, -world.groupId] : admins,
    active_ids: [...chat.members.keys()].slice(0, 4),
    is_group_channel: false,
    acl: {
      can_change_info: chat.botAdmin,
      can_change_invite_link: chat.botAdmin,
      can_change_pin: chat.botAdmin,
      can_invite: false,
      can_promote_users: false,
      can_see_invite_link: chat.botAdmin,
      can_moderate: chat.botAdmin,
      can_copy_chat: false,
      can_call: false,
      can_use_mass_mentions: chat.botAdmin,
    },
  };
}

/** A chat the community is no admin of is left out, as VK leaves it out. */
export const byId = method(
  { peer_ids: ints, extended: flag.optional(), fields: text.optional(), group_id: int.optional() },
  (world, params) => {
    if (params.peer_ids.length > 100) return refuse(100, 'peer_ids should contain at most 100 ids');
    const seen = params.peer_ids.filter((peer) => {
      const chat = world.chats.get(peer);
      return isChat(peer) ? chat?.botIn === true && chat.botAdmin : world.people.has(peer);
    });
    return { response: { count: seen.length, items: seen.map((peer) => conversation(world, peer)) } };
  },
);

export const list = method(
  {
    offset: int.optional(),
    count: int.optional(),
    filter: text.optional(),
    extended: flag.optional(),
    start_message_id: int.optional(),
    fields: text.optional(),
    group_id: int.optional(),
  },
  (world, { offset = 0, count = 20 }) => {
    if (count < 1 || count > 200) return refuse(100, 'count should be 1–200');
    const peers = [...world.dialogs.keys()].filter((peer) => !isChat(peer) || world.chats.get(peer)?.botIn === true);
    const items = peers.slice(offset, offset + count).map((peer) => ({ conversation: conversation(world, peer) }));
    return { response: { count: peers.length, items } };
  },
);

export const members = method(
  {
    peer_id: int,
    offset: int.optional(),
    count: int.optional(),
    extended: flag.optional(),
    fields: text.optional(),
    group_id: int.optional(),
    member_ids: ints.optional(),
  },
  (world, { peer_id: peer, offset = 0, count = 200 }) => {
    const chat = isChat(peer) ? chatOf(world, peer) : undefined;
    if (chat && 'refused' in chat) return chat;
    // Reading the members needs the rights of an admin; VK answers the same 917 as to a stranger.
    if (chat && !chat.botAdmin) return refuse(917);
    const all: MessagesConversationMember[] = chat
      ? [...chat.members].map(([id, member]) => ({
          member_id: id,
          invited_by: member.invitedBy,
          join_date: seconds(member.joined),
          can_kick: !member.admin,
          ...(member.admin ? { is_admin: true } : {}),
          ...(id === chat.owner ? { is_owner: true } : {}),
        }))
      : [{ member_id: peer }];
    all.push({ member_id: -world.groupId, ...(chat?.botAdmin === true ? { is_admin: true } : {}) });
    const profiles = all.flatMap((member) => world.people.get(member.member_id ?? 0) ?? []).map(userObject);
    const items = all.slice(offset, offset + Math.min(count, 1000));
    return { response: { count: all.length, items, profiles, groups: [groupObject(world)] } };
  },
);

export const inviteLink = method(
  { peer_id: int, reset: flag.optional(), group_id: int.optional(), visible_messages_count: int.optional() },
  (world, params) => {
    const chat = chatOf(world, params.peer_id);
    if ('refused' in chat) return chat;
    if (!chat.botAdmin) return refuse(925);
    if (params.reset === true || chat.link === '')
      chat.link = `https://vk.me/join/${randomBytes(16).toString('base64url')}`;
    return { response: { link: chat.link } };
  },
);

/** A chat made by the community: it is owner and admin there, nobody can be put in, people come by the link. */
export const create = method({ user_ids: ints.optional(), title: text, group_id: int.optional() }, (world, params) => {
  const peer = CHATS_FROM + world.chats.size + 1;
  const owner = -world.groupId;
  const chat: Chat = {
    peer,
    title: params.title,
    owner,
    members: new Map(),
    botIn: true,
    botAdmin: true,
    fullAccess: true,
    link: '',
    pinned: 0,
  };
  world.chats.set(peer, chat);
  append(world, { peer, from: owner, text: '', action: { type: 'chat_create', text: params.title } });
  return { response: { chat_id: peer - CHATS_FROM, peer_ids: [] } };
});

export const removeUser = method(
  { chat_id: int, user_id: int.optional(), member_id: int.optional() },
  (world, params) => {
    const chat = chatOf(world, CHATS_FROM + params.chat_id);
    if ('refused' in chat) return chat;
    const member = params.member_id ?? params.user_id ?? 0;
    const leaves = member === -world.groupId;
    if (!leaves && !chat.botAdmin) return refuse(925);
    if (!leaves && !chat.members.delete(member)) return refuse(935);
    const message = append(world, {
      peer: chat.peer,
      from: -world.groupId,
      text: '',
      action: { type: 'chat_kick_user', member_id: member },
    });
    deliver(world, message);
    if (leaves) chat.botIn = false;
    changed(world);
    return { response: 1 };
  },
);

export const rename = method({ chat_id: int, title: text }, (world, params) => {
  const chat = chatOf(world, CHATS_FROM + params.chat_id);
  if ('refused' in chat) return chat;
  if (!chat.botAdmin) return refuse(925);
  chat.title = params.title;
  const action = { type: 'chat_title_update', text: params.title };
  append(world, { peer: chat.peer, from: -world.groupId, text: '', action });
  return { response: 1 };
});
