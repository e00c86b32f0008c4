/** The page's view: what one person sees of the dialogs, of the open one, of the log and of the clock. */
import { personOf, seeMessage, seeRows } from './people.ts';
import type { DialogLine, OpenDialog, SeenCall, SeenPerson, View } from './seen.ts';
import { changed, dialogOf, type Message, messageOf, type Person, type World } from './world.ts';

const SHOWN_MESSAGES = 200;
const SHOWN_CALLS = 60;

const fullName = (person: Person): string => `${person.firstName} ${person.lastName}`.trim();

/** `as` and `peer` may be absent: the first person, no dialog open. */
export function viewFor(
  world: World,
  ask: { readonly as?: number | undefined; readonly peer?: number | undefined; readonly log: boolean },
): View {
  const people = [...world.people.values()];
  const me = people.find((person) => person.id === ask.as) ?? people[0];
  const peers =
    me === undefined
      ? []
      : [me.id, ...[...world.chats.values()].filter((c) => c.members.has(me.id)).map((c) => c.peer)];
  const open =
    me !== undefined && ask.peer !== undefined && peers.includes(ask.peer)
      ? openDialog(world, me, ask.peer)
      : undefined;
  return {
    me: me?.id ?? 0,
    group: { id: world.groupId, title: world.title, screenName: world.screenName },
    people: people.map(seePerson),
    dialogs: me === undefined ? [] : peers.map((peer) => line(world, me, peer)),
    faults: world.faults.list(),
    limited: world.faults.limited(),
    clock: {
      now: world.now(),
      speed: world.clock?.state().speed ?? 1,
      movable: world.clock !== undefined,
      zone: world.zone,
    },
    ...(open === undefined ? {} : { open }),
    ...(ask.log ? { calls: calls(world) } : {}),
  };
}

function seePerson(person: Person): SeenPerson {
  return { id: person.id, name: fullName(person), allows: person.allows, blocked: person.blocked };
}

/** Answered calls and those that broke on the way, newest first. */
function calls(world: World): SeenCall[] {
  const broken = world.broken.map(({ at, method, kind }) => ({ at, method, params: {}, unknown: [], broken: kind }));
  return [...world.calls.slice(-SHOWN_CALLS), ...broken].sort((a, b) => b.at - a.at).slice(0, SHOWN_CALLS);
}

function shown(world: World, peer: number): Message[] {
  return (world.dialogs.get(peer)?.messages ?? []).filter((message) => message.gone !== 'all');
}

function titleOf(world: World, peer: number): string {
  return world.chats.get(peer)?.title ?? world.title;
}

function line(world: World, me: Person, peer: number): DialogLine {
  const all = shown(world, peer);
  const last = all.at(-1);
  const read = world.dialogs.get(peer)?.read.get(me.id) ?? 0;
  // A service message names its people itself.
  const from =
    last?.action === undefined &&
    last &&
    (last.from < 0 ? world.title : (world.people.get(last.from)?.firstName ?? ''));
  return {
    peer,
    title: titleOf(world, peer),
    chat: world.chats.has(peer),
    typing: (world.dialogs.get(peer)?.typingUntil ?? 0) > world.real(),
    unread: all.filter((message) => message.cmid > read && message.from !== me.id).length,
    ...(last ? { last: { from: from || '', text: preview(world, last), date: Math.floor(last.date / 1000) } } : {}),
  };
}

function preview(world: World, message: Message): string {
  if (message.action) return actionWords(world, message);
  if (message.text !== '') return message.text.slice(0, 120);
  return message.attachments.length > 0 ? 'Вложение' : '';
}

/** A service message in words. */
function actionWords(world: World, { action, from }: Message): string {
  const name = (id: number): string => (id < 0 ? world.title : fullName(personOf(world, id)));
  const member = action?.member_id ?? 0;
  switch (action?.type) {
    case 'chat_create':
      return `${name(from)} создаёт беседу «${action.text ?? ''}»`;
    case 'chat_invite_user':
      return `${name(from)} приглашает в беседу: ${name(member)}`;
    case 'chat_kick_user':
      return member === from ? `${name(from)} выходит из беседы` : `${name(from)} исключает из беседы: ${name(member)}`;
    case 'chat_title_update':
      return `${name(from)} называет беседу «${action.text ?? ''}»`;
    default:
      return action?.type ?? '';
  }
}

function openDialog(world: World, me: Person, peer: number): OpenDialog {
  const dialog = dialogOf(world, peer);
  const all = shown(world, peer);
  const chat = world.chats.get(peer);
  const pinned = chat && chat.pinned > 0 ? messageOf(world, peer, chat.pinned) : undefined;
  return {
    peer,
    title: titleOf(world, peer),
    messages: all.slice(-SHOWN_MESSAGES).map((message) => {
      const seen = seeMessage(world, message);
      return message.action ? { ...seen, text: actionWords(world, message) } : seen;
    }),
    ...(pinned === undefined ? {} : { pinned: seeMessage(world, pinned) }),
    keyboard: seeRows(dialog.keyboard?.buttons),
    readTo: Math.max(0, ...[...dialog.read].filter(([id]) => id !== me.id).map(([, cmid]) => cmid)),
    typing: Math.max(0, dialog.typingUntil - world.real()),
    fresh: chat === undefined && all.length === 0,
    ...(chat === undefined
      ? {}
      : {
          chat: {
            members: [...chat.members.keys()].map((id) => fullName(personOf(world, id))),
            botIn: chat.botIn,
            botAdmin: chat.botAdmin,
            fullAccess: chat.fullAccess || chat.botAdmin,
          },
        }),
  };
}

export function markRead(world: World, user: number, peer: number): void {
  const dialog = dialogOf(world, peer);
  if (dialog.read.get(user) === dialog.lastCmid) return;
  dialog.read.set(user, dialog.lastCmid);
  changed(world);
}
