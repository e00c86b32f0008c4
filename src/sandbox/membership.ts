/** Who is where: people, chats, the community's coming and going, permissions and black list. */
import { deliver } from './events.ts';
import { personOf } from './people.ts';
import type { Action } from './seen.ts';
import { append, CHATS_FROM, type Chat, changed, type Person, type World } from './world.ts';

export type NewPerson = { readonly id?: number; readonly firstName: string; readonly lastName?: string };
export type NewChat = {
  readonly title: string;
  readonly members: readonly number[];
  readonly owner: number;
  /** «Доступ ко всей переписке», once the community is in. */
  readonly fullAccess?: boolean;
};
export type BotRights = { readonly admin?: boolean; readonly fullAccess?: boolean };

const FIRST_PERSON = 1001;

/** Adds a person, by the next free id where none is given. Throws where the id is taken or is no person's: 1…1999999999. */
export function addPerson(world: World, { id, firstName, lastName = '' }: NewPerson): number {
  const number = id ?? Math.max(FIRST_PERSON - 1, ...world.people.keys()) + 1;
  if (!Number.isInteger(number) || number < 1 || number >= CHATS_FROM)
    throw new RangeError(`a person's id is 1…${CHATS_FROM - 1}, not ${number}`);
  if (world.people.has(number)) throw new Error(`person ${number} is there already`);
  const person: Person = { id: number, firstName, lastName, allows: false, blocked: false };
  world.people.set(number, person);
  changed(world);
  return number;
}

/** Makes a chat without the community; gives its peer id. The owner is a member and an admin. */
export function createChat(world: World, { title, members, owner, fullAccess = false }: NewChat): number {
  const peer = CHATS_FROM + world.chats.size + 1;
  const all = new Set([owner, ...members]);
  const joined = world.now();
  const roll = [...all].map(
    (id) => [personOf(world, id).id, { invitedBy: owner, joined, admin: id === owner }] as const,
  );
  world.chats.set(peer, {
    peer,
    title,
    owner,
    members: new Map(roll),
    botIn: false,
    botAdmin: false,
    fullAccess,
    link: '',
    pinned: 0,
  });
  append(world, { peer, from: owner, text: '', action: { type: 'chat_create', text: title } });
  return peer;
}

function chatOf(world: World, peer: number): Chat {
  const chat = world.chats.get(peer);
  if (chat === undefined) throw new Error(`no chat ${peer} in the sandbox`);
  return chat;
}

function happen(world: World, peer: number, by: number, action: Action): void {
  deliver(world, append(world, { peer, from: by, text: '', action }));
}

export function inviteBot(world: World, peer: number, by: number, rights: BotRights = {}): void {
  const chat = chatOf(world, peer);
  if (!chat.members.has(by)) throw new Error(`person ${by} is not in chat ${peer}`);
  if (chat.botIn) throw new Error(`the community is in chat ${peer} already`);
  chat.botIn = true;
  setBotRights(world, peer, rights);
  happen(world, peer, by, { type: 'chat_invite_user', member_id: -world.groupId });
}

/** Takes the community out; its rights go with it. */
export function kickBot(world: World, peer: number, by: number): void {
  const chat = chatOf(world, peer);
  if (!chat.botIn) throw new Error(`the community is not in chat ${peer}`);
  chat.botIn = false;
  chat.botAdmin = false;
  happen(world, peer, by, { type: 'chat_kick_user', member_id: -world.groupId });
}

export function setBotRights(world: World, peer: number, { admin, fullAccess }: BotRights): void {
  const chat = chatOf(world, peer);
  chat.botAdmin = admin ?? chat.botAdmin;
  chat.fullAccess = fullAccess ?? chat.fullAccess;
  changed(world);
}

export function setAdmin(world: World, peer: number, user: number, admin: boolean): void {
  const member = chatOf(world, peer).members.get(user);
  if (member === undefined) throw new Error(`person ${user} is not in chat ${peer}`);
  member.admin = admin;
  changed(world);
}

export function addMember(world: World, peer: number, user: number, by: number): void {
  const joined = world.now();
  chatOf(world, peer).members.set(personOf(world, user).id, { invitedBy: by, joined, admin: false });
  happen(world, peer, by, { type: 'chat_invite_user', member_id: user });
}

/** Somebody leaves (`by` the same person) or is put out. */
export function removeMember(world: World, peer: number, user: number, by: number): void {
  chatOf(world, peer).members.delete(user);
  happen(world, peer, by, { type: 'chat_kick_user', member_id: user });
}

export function renameChat(world: World, peer: number, title: string, by: number): void {
  chatOf(world, peer).title = title;
  happen(world, peer, by, { type: 'chat_title_update', text: title });
}

export function allow(world: World, user: number, key?: string): void {
  personOf(world, user).allows = true;
  world.poll.emit('message_allow', key === undefined ? { user_id: user } : { user_id: user, key });
  changed(world);
}

export function deny(world: World, user: number): void {
  personOf(world, user).allows = false;
  world.poll.emit('message_deny', { user_id: user });
  changed(world);
}

/** The community's black list. */
export function block(world: World, user: number, blocked: boolean): void {
  personOf(world, user).blocked = blocked;
  if (blocked) world.poll.emit('user_block', { admin_id: 1, user_id: user, unblock_date: 0, reason: 0, comment: '' });
  else world.poll.emit('user_unblock', { admin_id: 1, user_id: user, by_end_date: 0 });
  changed(world);
}
