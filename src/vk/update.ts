/** One event as it came from VK: checked, mended where one field is broken, before vk-io makes a context of it. */
import { createHash } from 'node:crypto';
import { peerKind } from '../domain/peer.ts';
import { field } from './call.ts';
import { hear } from './hear.ts';

export type Update = {
  /** Unique per event; VK may deliver one twice or more. */
  readonly id: string;
  /** The conversation whose turn it is. */
  readonly peer: number;
  /** Talk in a chat that is not meant for the bot: the first to go when too much waits. */
  readonly chatter: boolean;
  /** What vk-io is given. */
  readonly body: Record<string, unknown>;
};

/** `null`: not an event of a kind we know. */
export function readUpdate(raw: unknown, groupId: number): Update | null {
  const type = field(raw, 'type');
  const object = field(raw, 'object');
  if (typeof type !== 'string' || typeof object !== 'object' || object === null) return null;
  const eventId = field(raw, 'event_id');
  const id = typeof eventId === 'string' && eventId !== '' ? eventId : hashOf(raw);
  const body = { type, object, group_id: groupId };
  if (type === 'message_event' || type === 'message_allow' || type === 'message_deny') {
    const person = whole(field(object, 'user_id'));
    const peer = type === 'message_event' ? whole(field(object, 'peer_id')) : person;
    return peer === 0 || person === 0 ? null : { id, peer, chatter: false, body };
  }
  const message = field(object, 'message');
  if (type !== 'message_new' || typeof message !== 'object' || message === null) return null;
  const peer = whole(field(message, 'peer_id'));
  if (peer === 0 || whole(field(message, 'from_id')) === 0) return null;
  return {
    id,
    peer,
    chatter: peerKind(peer) === 'chat' && isChatter(message, groupId),
    // vk-io takes an object without client_info for a bare message.
    body: { ...body, object: { client_info: {}, ...object, message: mended(message) } },
  };
}

/**
 * A payload is text a person's client sends, so anything may be in it. vk-io parses it in a constructor, where broken
 * JSON throws; without the payload the message is still what the person wrote. Quoted messages are parsed too.
 */
function mended(message: object): object {
  const copy: Record<string, unknown> = { ...message };
  if ('payload' in copy && !isJson(copy.payload)) delete copy.payload;
  if ('attachments' in copy)
    copy.attachments = Array.isArray(copy.attachments) ? copy.attachments.filter(isAttachment) : [];
  if (typeof copy.reply_message === 'object' && copy.reply_message !== null)
    copy.reply_message = mended(copy.reply_message);
  if (Array.isArray(copy.fwd_messages)) {
    copy.fwd_messages = copy.fwd_messages.filter((quoted) => typeof quoted === 'object' && quoted !== null).map(mended);
  }
  return copy;
}

/** vk-io makes an object of each by its type, from the member of that name. */
function isAttachment(value: unknown): boolean {
  const type = field(value, 'type');
  const payload = typeof type === 'string' ? field(value, type) : null;
  return typeof payload === 'object' && payload !== null;
}

function isJson(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

function isChatter(message: object, groupId: number): boolean {
  if (field(message, 'action') !== undefined || field(message, 'payload') !== undefined) return false;
  if (field(field(message, 'reply_message'), 'from_id') === -groupId) return false;
  const text = field(message, 'text');
  return typeof text !== 'string' || !hear(text, groupId).addressed;
}

function whole(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : 0;
}

function hashOf(raw: unknown): string {
  return createHash('sha256').update(JSON.stringify(raw)).digest('hex').slice(0, 40);
}
