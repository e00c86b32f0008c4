/** messages.send: one text for one peer or for a hundred, with VK's rules of who may be written to. */
import type { MessagesSendUserIdsResponseItem } from '@vkontakte/api-schema-typescript';
import { messageObject } from '../events.ts';
import { type Keyboard, readKeyboard } from '../keyboard.ts';
import { flag, int, ints, method, text } from '../params.ts';
import { type Answer, isRefusal, type Refusal, refuse, wordsOf } from '../refusal.ts';
import type { Attachment } from '../seen.ts';
import { append, CHATS_FROM, changed, dialogOf, type World } from '../world.ts';
import { mayWrite } from './permission.ts';
import { readAttachments } from './uploads.ts';

const MOST_PEERS = 100;
const MOST_TEXT = 4096;
const HOUR = 3_600_000;
const DEDUP_DEPTH = 100;

/** What is written to each recipient. */
type Letter = {
  readonly text: string;
  readonly keyboard: Keyboard | undefined;
  readonly attachments: readonly Attachment[];
  readonly randomId: number;
  /** A cmid. */
  readonly replyTo: number | undefined;
  /** A message's global id, which each dialog has under a cmid of its own. */
  readonly replyToId: number | undefined;
  readonly payload: string | undefined;
};
type Content = {
  readonly message?: string | undefined;
  readonly sticker_id?: number | undefined;
  readonly forward_messages?: readonly number[] | undefined;
  readonly forward?: string | undefined;
  readonly lat?: string | undefined;
  readonly long?: string | undefined;
};
type Sent = { readonly cmid: number; readonly id: number };

export const send = method(
  {
    user_id: int.optional(),
    random_id: text.regex(/^-?\d{1,19}$/, 'not integer'),
    peer_id: int.optional(),
    peer_ids: ints.optional(),
    user_ids: ints.optional(),
    domain: text.optional(),
    chat_id: int.optional(),
    message: text.optional(),
    lat: text.optional(),
    long: text.optional(),
    attachment: text.optional(),
    reply_to: int.optional(),
    forward_messages: ints.optional(),
    forward: text.optional(),
    sticker_id: int.optional(),
    group_id: int.optional(),
    keyboard: text.optional(),
    template: text.optional(),
    payload: text.max(1000).optional(),
    content_source: text.optional(),
    dont_parse_links: flag.optional(),
    disable_mentions: flag.optional(),
    intent: text.optional(),
    subscribe_id: int.optional(),
  },
  (world, params) => {
    const list = params.peer_ids ?? params.user_ids;
    const one =
      params.peer_id ??
      params.user_id ??
      (params.chat_id === undefined ? undefined : CHATS_FROM + params.chat_id) ??
      peerOfDomain(params.domain);
    if (list === undefined && one === undefined)
      return refuse(100, 'you should specify peer_id, user_id, domain, chat_id or peer_ids param');
    if (list !== undefined && list.length > MOST_PEERS)
      return refuse(100, `peer_ids should contain at most ${MOST_PEERS} ids`);
    if ([...(params.message ?? '')].length > MOST_TEXT) return refuse(914);
    const keyboard = params.keyboard === undefined ? undefined : readKeyboard(params.keyboard);
    if (keyboard && 'wrong' in keyboard) return refuse(911, keyboard.wrong);
    if (params.keyboard !== undefined && params.template !== undefined)
      return refuse(100, 'keyboard and template can not be used together');
    const attachments = readAttachments(world, params.attachment);
    if (isRefusal(attachments)) return attachments;
    if (!hasContent(params) && attachments.length === 0) return refuse(100, 'message is empty or invalid');
    const letter: Letter = {
      text: params.message ?? '',
      keyboard: keyboard?.keyboard,
      attachments,
      // Libraries send numbers far beyond int32 and VK takes them, so they are folded rather than refused.
      randomId: Number(BigInt.asIntN(32, BigInt(params.random_id))),
      replyTo: replyOf(params.forward),
      replyToId: params.reply_to,
      payload: params.payload,
    };
    return list === undefined
      ? toOne(world, one ?? 0, letter)
      : { response: list.map((peer) => toMany(world, peer, letter)) };
  },
);

function toOne(world: World, peer: number, letter: Letter): Answer {
  const sent = post(world, peer, letter);
  return isRefusal(sent) ? sent : { response: sent.id };
}

function toMany(world: World, peer: number, letter: Letter): MessagesSendUserIdsResponseItem {
  const sent = post(world, peer, letter);
  if (!isRefusal(sent)) return { peer_id: peer, message_id: sent.id, conversation_message_id: sent.cmid };
  const error = { code: sent.refused, description: wordsOf(sent) };
  return { peer_id: peer, message_id: 0, conversation_message_id: 0, error };
}

function post(world: World, peer: number, letter: Letter): Sent | Refusal {
  const fault = world.faults.take('error', 'messages.send', peer);
  if (fault) return refuse(fault.code ?? 10);
  const no = mayWrite(world, peer);
  if (no) return no;
  const dialog = dialogOf(world, peer);
  const twin = letter.randomId === 0 ? undefined : findTwin(world, peer, letter.randomId);
  if (twin) return twin;
  const { replyToId, ...draft } = letter;
  const answered = replyToId ? dialog.messages.find(({ id, gone }) => id === replyToId && gone !== 'all') : undefined;
  if (replyToId && answered === undefined) return refuse(100, 'reply_to is invalid');
  const message = append(world, {
    peer,
    from: -world.groupId,
    ...draft,
    replyTo: answered?.cmid ?? letter.replyTo,
  });
  if (letter.keyboard && letter.keyboard.inline !== true)
    dialog.keyboard = letter.keyboard.buttons.length > 0 ? letter.keyboard : undefined;
  dialog.typingUntil = 0;
  changed(world);
  world.poll.emit('message_reply', messageObject(world, message));
  return { cmid: message.cmid, id: message.id };
}

/** The message already sent with this `random_id`: checked in this dialog, for an hour, among the last hundred messages. */
function findTwin(world: World, peer: number, randomId: number): Sent | undefined {
  const since = world.real() - HOUR;
  const recent = dialogOf(world, peer).messages.slice(-DEDUP_DEPTH);
  return recent.find((m) => m.from === -world.groupId && m.randomId === randomId && m.at > since);
}

/** Is there something to send beside attachments: a text, a sticker, what is forwarded, a place. */
function hasContent({ message, sticker_id, forward_messages, forward, lat, long }: Content): boolean {
  if (message !== undefined || (sticker_id ?? 0) > 0) return true;
  // An answer to a message is not yet something said.
  const forwards = forward !== undefined && !/"is_reply"\s*:\s*(?:1|true)/.test(forward);
  return forwards || (forward_messages?.length ?? 0) > 0 || (lat !== undefined && long !== undefined);
}

function peerOfDomain(domain: string | undefined): number | undefined {
  const id = /^id(\d+)$/.exec(domain ?? '')?.[1];
  return id === undefined ? undefined : Number(id);
}

/** The cmid a `forward` with `is_reply` answers to. */
function replyOf(forward: string | undefined): number | undefined {
  if (forward === undefined) return undefined;
  const found = /"(?:conversation_message_ids|cmids)"\s*:\s*\[\s*(\d+)/.exec(forward)?.[1];
  return found === undefined ? undefined : Number(found);
}
