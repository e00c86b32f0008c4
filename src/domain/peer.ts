/** Who listens, and to what. */
import type { Clock } from './calendar.ts';

export type Language = 'ru' | 'en';

/** A VK conversation we serve: a DM (`id` = user id) or a chat (`id` ≥ 2000000000). */
export type Peer = {
  readonly id: number;
  readonly kind: 'dm' | 'chat';
  readonly language: Language;
  /** The timetable this peer follows, null before it chose one. */
  readonly timetableId: number | null;
  /** Minutes before each lesson, e.g. [15, 1]; empty = no reminders. */
  readonly leads: readonly number[];
  /** When «завтра» is sent, in the timetable's zone; null = not sent. */
  readonly evening: Clock | null;
  /** Whether change notices are wanted. */
  readonly changes: boolean;
  /** In a chat: who added the bot; that person and the chat's admins may change settings. */
  readonly ownerId: number | null;
  /** Why nothing can be sent (VK error code and word), null when all is well. */
  readonly asleep: string | null;
};

/** Peers with ids from here on are chats (VK: peer_id = 2000000000 + chat_id). */
export const FIRST_CHAT = 2_000_000_000;

export function peerKind(id: number): Peer['kind'] {
  return id >= FIRST_CHAT ? 'chat' : 'dm';
}

/** What is on from the start (product.md): a chat hears the evening digest and changes, a person changes only until reminders are asked for. */
export function newPeer(id: number, language: Language, ownerId: number | null): Peer {
  const kind = peerKind(id);
  return {
    id,
    kind,
    language,
    timetableId: null,
    leads: [],
    evening: kind === 'chat' ? '19:00' : null,
    changes: true,
    ownerId,
    asleep: null,
  };
}
