/** The methods of a message's later life: edit, delete, pin, answer a press, typing, read. */
import { messageObject, pinnedObject } from '../events.ts';
import { readKeyboard } from '../keyboard.ts';
import { flag, int, ints, method, text } from '../params.ts';
import { isRefusal, refuse } from '../refusal.ts';
import { changed, dialogOf, isChat, type Message, messageOf, type World } from '../world.ts';
import { mayWrite } from './permission.ts';
import { readAttachments } from './uploads.ts';

const DAY = 86_400_000;
const TYPING = 6_000;
const MOST_TEXT = 4096;

type Which = {
  readonly cmid?: number | undefined;
  readonly conversation_message_id?: number | undefined;
  readonly message_id?: number | undefined;
};

/** VK takes a message's number by three names; the global id works in a DM only. */
const which = { cmid: int.optional(), conversation_message_id: int.optional(), message_id: int.optional() };

function find(world: World, peer: number, { cmid, conversation_message_id, message_id }: Which): Message | undefined {
  const number = cmid ?? conversation_message_id;
  if (number !== undefined) return messageOf(world, peer, number);
  if (message_id === undefined || message_id === 0) return undefined;
  return world.dialogs.get(peer)?.messages.find((message) => message.id === message_id);
}

export const edit = method(
  {
    peer_id: int,
    ...which,
    message: text.optional(),
    attachment: text.optional(),
    keyboard: text.optional(),
    template: text.optional(),
    lat: text.optional(),
    long: text.optional(),
    keep_forward_messages: flag.optional(),
    keep_snippets: flag.optional(),
    group_id: int.optional(),
    dont_parse_links: flag.optional(),
    disable_mentions: flag.optional(),
  },
  (world, params) => {
    const no = mayWrite(world, params.peer_id);
    if (no) return no;
    const message = find(world, params.peer_id, params);
    if (message === undefined) return refuse(100, 'cmid is invalid');
    if (message.from !== -world.groupId || message.action !== undefined) return refuse(920);
    if (world.real() - message.at > DAY) return refuse(909);
    if ([...(params.message ?? '')].length > MOST_TEXT) return refuse(914);
    const keyboard = params.keyboard === undefined ? undefined : readKeyboard(params.keyboard);
    if (keyboard && 'wrong' in keyboard) return refuse(911, keyboard.wrong);
    const attachments = readAttachments(world, params.attachment);
    if (isRefusal(attachments)) return attachments;
    if (params.message === undefined && attachments.length === 0) return refuse(100, 'message is empty or invalid');
    // What is not sent again is gone: the text, the keyboard and the attachments are replaced together.
    message.text = params.message ?? '';
    message.keyboard = keyboard?.keyboard;
    message.attachments = attachments;
    message.edited = true;
    changed(world);
    world.poll.emit('message_edit', messageObject(world, message));
    return { response: 1 };
  },
);

export const remove = method(
  {
    message_ids: ints.optional(),
    spam: flag.optional(),
    reason: int.optional(),
    group_id: int.optional(),
    delete_for_all: flag.optional(),
    peer_id: int.optional(),
    cmids: ints.optional(),
  },
  (world, params) => {
    const { peer_id: peer, cmids, message_ids: ids } = params;
    if (cmids !== undefined && peer === undefined) return refuse(100, 'peer_id is a required parameter');
    // A DM's messages may go even where nothing may be written; a chat is closed to those who are out of it.
    const no = peer !== undefined && isChat(peer) ? mayWrite(world, peer) : undefined;
    if (no) return no;
    const numbers = cmids ?? ids;
    if (numbers === undefined) return refuse(100, 'message_ids or cmids is a required parameter');
    if (numbers.length > 100) return refuse(100, 'cmids should contain at most 100 ids');
    const all = [...world.dialogs.values()].flatMap((dialog) => dialog.messages);
    const response = numbers.map((number) => {
      const message = cmids ? messageOf(world, peer ?? 0, number) : all.find((m) => m.id === number && number !== 0);
      const name = cmids ? { peer_id: peer, conversation_message_id: number } : { message_id: number };
      if (message === undefined) return { ...name, response: 0 };
      const chat = world.chats.get(message.peer);
      const own = message.from === -world.groupId && world.real() - message.at <= DAY;
      if (params.delete_for_all === true && !own && chat?.botAdmin !== true)
        return { ...name, response: 0, error: { code: 924, description: "Can't delete this message for everybody" } };
      message.gone = params.delete_for_all === true ? 'all' : 'bot';
      return { ...name, response: 1 };
    });
    changed(world);
    return { response };
  },
);

export const pin = method({ peer_id: int, ...which }, (world, params) => {
  const chat = world.chats.get(params.peer_id);
  if (chat === undefined) return isChat(params.peer_id) ? refuse(927) : refuse(100, 'peer_id is invalid');
  if (!chat.botIn) return refuse(917);
  if (!chat.botAdmin) return refuse(925);
  const message = find(world, params.peer_id, params);
  if (message === undefined) return refuse(100, 'cmid is invalid');
  chat.pinned = message.cmid;
  changed(world);
  return { response: pinnedObject(world, message) };
});

export const unpin = method({ peer_id: int, group_id: int.optional() }, (world, params) => {
  const chat = world.chats.get(params.peer_id);
  if (chat === undefined) return isChat(params.peer_id) ? refuse(927) : refuse(100, 'peer_id is invalid');
  if (!chat.botIn) return refuse(917);
  if (!chat.botAdmin) return refuse(925);
  chat.pinned = 0;
  changed(world);
  return { response: 1 };
});

/** The answer to a press: its event id lives a minute of real time and takes one answer. */
export const answerPress = method(
  { event_id: text, user_id: int, peer_id: int, event_data: text.max(1000).optional() },
  (world, params) => {
    const press = world.presses.get(params.event_id);
    const mine = press?.user === params.user_id && press.peer === params.peer_id;
    if (!press || !mine || press.answered || world.real() - press.at >= world.pressLife)
      return refuse(100, 'event_id is invalid');
    const data = readJson(params.event_data);
    if (data === BROKEN || !isAnswerData(data)) return refuse(100, 'event_data is invalid');
    press.answered = true;
    press.answer(data);
    return { response: 1 };
  },
);

const BROKEN = Symbol('not JSON');

function readJson(source: string | undefined): unknown {
  if (source === undefined) return undefined;
  try {
    return JSON.parse(source);
  } catch {
    return BROKEN;
  }
}

function isAnswerData(data: unknown): boolean {
  if (data === undefined) return true;
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  if (data.type === 'show_snackbar')
    return 'text' in data && typeof data.text === 'string' && [...data.text].length <= 90;
  if (data.type === 'open_link') return 'link' in data && typeof data.link === 'string' && URL.canParse(data.link);
  return data.type === 'open_app' && 'app_id' in data && Number.isInteger(Number(data.app_id));
}

export const setActivity = method(
  { user_id: int.optional(), type: text.optional(), peer_id: int.optional(), group_id: int.optional() },
  (world, params) => {
    const peer = params.peer_id ?? params.user_id;
    if (peer === undefined) return refuse(100, 'peer_id is a required parameter');
    const no = mayWrite(world, peer);
    if (no) return no;
    dialogOf(world, peer).typingUntil = world.real() + TYPING;
    changed(world);
    return { response: 1 };
  },
);

export const markAsRead = method(
  { peer_id: int.optional(), start_message_id: int.optional(), message_ids: ints.optional(), group_id: int.optional() },
  (world, params) => {
    const dialog = dialogOf(world, params.peer_id ?? 0);
    dialog.read.set(-world.groupId, dialog.lastCmid);
    return { response: 1 };
  },
);

export const isAllowed = method({ group_id: int, user_id: int }, (world, params) => ({
  response: { is_allowed: mayWrite(world, params.user_id) === undefined ? 1 : 0 },
}));

export const byCmid = method(
  {
    peer_id: int,
    conversation_message_ids: ints,
    extended: flag.optional(),
    fields: text.optional(),
    group_id: int.optional(),
  },
  (world, params) => {
    const chat = world.chats.get(params.peer_id);
    if (isChat(params.peer_id) && chat?.botIn !== true) return refuse(917);
    const items = params.conversation_message_ids.flatMap((cmid) => messageOf(world, params.peer_id, cmid) ?? []);
    return { response: { count: items.length, items: items.map((message) => messageObject(world, message)) } };
  },
);
