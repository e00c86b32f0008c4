/** Messages and presses in the shape VK's events and responses have them. */
import { type Chat, isChat, type Message, messageOf, type World } from './world.ts';

/** What the sandbox's own page can show; a bot may look before it sends a keyboard. */
const CLIENT = {
  button_actions: ['text', 'callback', 'open_link', 'open_app'],
  keyboard: true,
  inline_keyboard: true,
  carousel: false,
  lang_id: 0,
};

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** VK hands texts to bots with `& < > "` as entities. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function foreign(message: Message): Record<string, unknown> {
  return {
    date: seconds(message.date),
    from_id: message.from,
    text: escapeText(message.text),
    attachments: message.attachments,
    conversation_message_id: message.cmid,
    peer_id: message.peer,
    id: message.id,
  };
}

/** A message as `message_new.message`, `message_reply` and the history methods give it. */
export function messageObject(world: World, message: Message): Record<string, unknown> {
  const reply = message.replyTo === undefined ? undefined : messageOf(world, message.peer, message.replyTo);
  return {
    ...foreign(message),
    version: 10_000_000 + message.cmid,
    out: message.from === -world.groupId ? 1 : 0,
    fwd_messages: [],
    important: false,
    is_hidden: false,
    random_id: message.randomId,
    ...(message.payload === undefined ? {} : { payload: message.payload }),
    ...(message.action === undefined ? {} : { action: message.action }),
    ...(reply === undefined ? {} : { reply_message: foreign(reply) }),
    ...(message.ref === undefined ? {} : { ref: message.ref }),
    ...(message.refSource === undefined ? {} : { ref_source: message.refSource }),
    ...(message.keyboard?.inline === true ? { keyboard: keyboardObject(world, message.keyboard) } : {}),
  };
}

export function pinnedObject(world: World, message: Message): Record<string, unknown> {
  return {
    ...foreign(message),
    fwd_messages: [],
    ...(message.keyboard?.inline === true ? { keyboard: keyboardObject(world, message.keyboard) } : {}),
  };
}

export function keyboardObject(world: World, keyboard: NonNullable<Message['keyboard']>): Record<string, unknown> {
  return {
    one_time: keyboard.one_time ?? false,
    inline: keyboard.inline ?? false,
    author_id: -world.groupId,
    buttons: keyboard.buttons,
  };
}

/**
 * Does VK show this message of a chat to the bot: with access to all messages everything, else what mentions it, what
 * begins with «/», an answer to its own message, and its own coming and going.
 */
function seenByBot(world: World, chat: Chat, message: Message): boolean {
  if (message.action?.member_id === -world.groupId) return true;
  if (!chat.botIn) return false;
  if (chat.fullAccess || chat.botAdmin) return true;
  if (message.text.startsWith('/') || message.text.includes(`[club${world.groupId}|`)) return true;
  return message.replyTo !== undefined && messageOf(world, chat.peer, message.replyTo)?.from === -world.groupId;
}

/** Hands a person's message to the bot, if VK would. */
export function deliver(world: World, message: Message): void {
  const chat = world.chats.get(message.peer);
  if (isChat(message.peer) && (chat === undefined || !seenByBot(world, chat, message))) return;
  world.poll.emit('message_new', { message: messageObject(world, message), client_info: CLIENT });
}
