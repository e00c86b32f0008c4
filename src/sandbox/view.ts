/** The page's view: what one person sees of the dialogs, of the open one, and of the log. */
import { personOf, type SeenMessage, type SeenRows, seeMessage, seeRows } from './people.ts';
import { type ApiCall, changed, dialogOf, type Message, type Person, type World } from './world.ts';

const SHOWN_MESSAGES = 200;
const SHOWN_CALLS = 60;

type DialogLine = {
  readonly peer: number;
  readonly title: string;
  readonly chat: boolean;
  readonly unread: number;
  readonly last?: { readonly from: string; readonly text: string; readonly date: number };
};
type OpenDialog = {
  readonly peer: number;
  readonly title: string;
  readonly messages: readonly SeenMessage[];
  readonly keyboard: SeenRows;
  /** For how many ms more the bot is shown as typing. */
  readonly typing: number;
  /** The «Начать» button: nobody has written in this DM yet. */
  readonly fresh: boolean;
  readonly allows: boolean;
  readonly chat?: { readonly members: readonly string[]; readonly botIn: boolean; readonly fullAccess: boolean };
};
type View = {
  readonly me: number;
  readonly group: { readonly id: number; readonly title: string; readonly screenName: string };
  readonly people: readonly { readonly id: number; readonly name: string }[];
  readonly dialogs: readonly DialogLine[];
  readonly open?: OpenDialog;
  readonly calls?: readonly ApiCall[];
  readonly faults: number;
};

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
    people: [
      ...people.map((person) => ({ id: person.id, name: fullName(person) })),
      { id: -world.groupId, name: world.title },
    ],
    dialogs: me === undefined ? [] : peers.map((peer) => line(world, me, peer)),
    faults: world.faults.list().length,
    ...(open === undefined ? {} : { open }),
    ...(ask.log ? { calls: world.calls.slice(-SHOWN_CALLS).reverse() } : {}),
  };
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
  return {
    peer,
    title: titleOf(world, peer),
    messages: all.slice(-SHOWN_MESSAGES).map((message) => {
      const seen = seeMessage(world, message);
      return message.action ? { ...seen, text: actionWords(world, message) } : seen;
    }),
    keyboard: seeRows(dialog.keyboard?.buttons),
    typing: Math.max(0, dialog.typingUntil - world.real()),
    fresh: chat === undefined && all.length === 0,
    allows: me.allows,
    ...(chat === undefined
      ? {}
      : {
          chat: {
            members: [...chat.members.keys()].map((id) => fullName(personOf(world, id))),
            botIn: chat.botIn,
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
