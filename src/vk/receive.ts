/** vk-io's contexts -> what happened, in our words. */
import {
  type Context,
  DocumentAttachment,
  MessageContext,
  MessageEventContext,
  MessageSubscriptionContext,
} from 'vk-io';
import type { Turn } from '../chat/turn.ts';
import { peerKind } from '../domain/peer.ts';
import { field } from './call.ts';
import { hear } from './hear.ts';

/** A pressed callback button: `eventId` waits a minute for its answer. */
export type Press = {
  readonly eventId: string;
  /** The message that carries the button; absent when the button is not in a message. */
  readonly cmid: number | undefined;
  /** The answer is to replace that message. */
  readonly edit: boolean;
};
export type Incoming = Omit<Turn, 'id' | 'isAdmin' | 'form'> & {
  readonly press: Press | null;
  /** The reader's client knows callback buttons. */
  readonly callback: boolean;
};

/** `null`: nothing that concerns the bot (its own words, another community's, someone else's coming and going). */
export function receive(context: Context, groupId: number): Incoming | null {
  if (context instanceof MessageContext) return fromMessage(context, groupId);
  if (context instanceof MessageEventContext) return fromPress(context);
  if (context instanceof MessageSubscriptionContext) return fromSubscription(context);
  return null;
}

function fromMessage(context: MessageContext, groupId: number): Incoming | null {
  if (!context.is(['message_new']) && !context.isEvent) return null;
  const base = {
    peer: context.peerId,
    sender: context.senderId,
    chat: peerKind(context.peerId) === 'chat',
    ref: context.referralValue ?? '',
    files: filesOf(context),
    press: null,
    // Absent where VK does not say; every present client knows them.
    callback: context.clientInfo?.button_actions?.includes('callback') ?? true,
  };
  if (context.isEvent) {
    const event = serviceEvent(context, groupId);
    return event === null ? null : { ...base, event, text: '', addressed: true };
  }
  if (context.isOutbox || context.senderId <= 0) return null;
  const payload: unknown = context.messagePayload;
  const heard = hear(context.text ?? '', groupId);
  const said = sayOf(payload);
  // The payload is as much the person's word as the text is: it shortens typing and proves nothing.
  if (said !== null) return { ...base, event: 'press', text: hear(said, groupId).text, addressed: true };
  if (field(payload, 'command') === 'start') return { ...base, event: 'message', text: 'начать', addressed: true };
  const addressed = !base.chat || heard.addressed || context.replyMessage?.senderId === -groupId;
  return { ...base, event: 'message', text: heard.text, addressed };
}

/** Documents of the message itself; those of quoted messages were sent by somebody else, at another time. */
function filesOf(context: MessageContext): Turn['files'] {
  return context.attachments.flatMap((attachment) => {
    if (!(attachment instanceof DocumentAttachment)) return [];
    const { title, url } = attachment;
    return typeof url === 'string' && /^https?:/i.test(url) ? [{ title: String(title ?? ''), url }] : [];
  });
}

/** Service messages carry the action as their sub-type, so `message_new` does not match them. */
function serviceEvent(context: MessageContext, groupId: number): 'invited' | 'removed' | null {
  if (context.eventMemberId !== -groupId) return null;
  if (context.eventType === 'chat_invite_user') return 'invited';
  return context.eventType === 'chat_kick_user' ? 'removed' : null;
}

/** This context has no `senderId` and no reply of its own; a press without words is still answered, or its button spins on. */
function fromPress(context: MessageEventContext): Incoming {
  const raw: unknown = context.eventPayload;
  const payload = typeof raw === 'string' ? parsed(raw) : raw;
  const cmid: unknown = context.conversationMessageId;
  return {
    peer: context.peerId,
    sender: context.userId,
    chat: peerKind(context.peerId) === 'chat',
    event: 'press',
    text: sayOf(payload) ?? '',
    addressed: true,
    ref: '',
    files: [],
    press: {
      eventId: context.eventId,
      cmid: typeof cmid === 'number' && cmid > 0 ? cmid : undefined,
      edit: field(payload, 'e') === 1,
    },
    callback: true,
  };
}

function fromSubscription(context: MessageSubscriptionContext): Incoming {
  return {
    peer: context.userId,
    sender: context.userId,
    chat: false,
    event: context.isSubscribed ? 'allowed' : 'denied',
    text: '',
    addressed: true,
    ref: '',
    files: [],
    press: null,
    callback: true,
  };
}

function sayOf(payload: unknown): string | null {
  const said = field(payload, 'say');
  return typeof said === 'string' && said.trim() !== '' ? said.trim() : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Words that are no JSON say nothing.
    return null;
  }
}
