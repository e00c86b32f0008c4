/** What the sandbox's VK knows: people, chats, dialogs and their messages. Plain state of one sandbox; no network here. */
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Keyboard } from './keyboard.ts';
import type { LongPoll } from './longpoll.ts';
import type { Action, ApiCall, Attachment, Fault } from './seen.ts';

/** Peer ids of group chats start here (VK: 2000000000 + chat id). */
export const CHATS_FROM = 2_000_000_000;
/** A dialog keeps so many messages, so that a soak of days does not fill the memory. */
const KEPT_MESSAGES = 5_000;

export type Person = {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  /** Wrote first or allowed messages, and has not forbidden them since. */
  allows: boolean;
  /** In the community's black list. */
  blocked: boolean;
};

type Member = { readonly invitedBy: number; readonly joined: number; admin: boolean };

export type Chat = {
  readonly peer: number;
  title: string;
  readonly owner: number;
  readonly members: Map<number, Member>;
  /** Is the community in the chat now. */
  botIn: boolean;
  botAdmin: boolean;
  /** «Доступ ко всей переписке». */
  fullAccess: boolean;
  link: string;
  pinned: number;
};

export type Message = {
  readonly cmid: number;
  /** Global id; 0 in group chats, as a community sees them. */
  readonly id: number;
  readonly peer: number;
  readonly from: number;
  text: string;
  /** Product clock, milliseconds. */
  readonly date: number;
  /** Real clock, milliseconds: rules of age are measured by it. */
  readonly at: number;
  readonly randomId: number;
  keyboard?: Keyboard | undefined;
  attachments: readonly Attachment[];
  readonly payload?: string | undefined;
  readonly replyTo?: number | undefined;
  readonly action?: Action | undefined;
  readonly ref?: string | undefined;
  readonly refSource?: string | undefined;
  edited: boolean;
  /** For whom the message is gone. */
  gone?: 'bot' | 'all' | undefined;
};

export type Dialog = {
  readonly peer: number;
  readonly messages: Message[];
  lastCmid: number;
  /** The keyboard under the input field. */
  keyboard: Keyboard | undefined;
  /** Last cmid each person has seen. */
  readonly read: Map<number, number>;
  /** Real time until which «печатает…» is shown. */
  typingUntil: number;
};

type Press = {
  readonly user: number;
  readonly peer: number;
  readonly at: number;
  answered: boolean;
  answer(data: unknown): void;
  /** Stops waiting: the sandbox closes. */
  drop(): void;
};

export type StoredFile = {
  readonly id: number;
  readonly kind: 'doc' | 'photo';
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Whose it is and how it is called, once saved. */
  owner?: number;
  title?: string;
};

export type World = {
  readonly groupId: number;
  readonly token: string;
  readonly title: string;
  readonly screenName: string;
  /** Product clock, milliseconds: dates in messages and events. */
  readonly now: () => number;
  /** The same clock, where it can be moved. */
  readonly clock: Clock | undefined;
  /** Where its people live: an IANA zone. */
  readonly zone: string;
  /** Real clock, milliseconds: rules of the protocol. */
  readonly real: () => number;
  /** How long a callback button waits for its answer, ms. */
  readonly pressLife: number;
  readonly people: Map<number, Person>;
  readonly chats: Map<number, Chat>;
  readonly dialogs: Map<number, Dialog>;
  readonly presses: Map<string, Press>;
  readonly files: Map<string, StoredFile>;
  readonly calls: ApiCall[];
  /** Requests that never got an answer of the API, newest last. */
  readonly broken: { readonly at: number; readonly method: string; readonly kind: Fault['kind'] }[];
  readonly poll: LongPoll;
  readonly faults: Faults;
  /** `http://127.0.0.1:PORT`, known once it listens. */
  address: string;
  lastMessageId: number;
  lastFileId: number;
  readonly watchers: Set<() => void>;
};

/** Tells everyone who watches (the page, waiting stories) that something is different now. */
export function changed(world: World): void {
  for (const watcher of [...world.watchers]) watcher();
}

export function isChat(peer: number): boolean {
  return peer > CHATS_FROM;
}

export function dialogOf(world: World, peer: number): Dialog {
  const found = world.dialogs.get(peer);
  if (found) return found;
  const made: Dialog = { peer, messages: [], lastCmid: 0, keyboard: undefined, read: new Map(), typingUntil: 0 };
  world.dialogs.set(peer, made);
  return made;
}

export function messageOf(world: World, peer: number, cmid: number): Message | undefined {
  return world.dialogs.get(peer)?.messages.find((message) => message.cmid === cmid && message.gone !== 'all');
}

type Draft = Pick<Message, 'peer' | 'from' | 'text'> &
  Partial<
    Pick<Message, 'keyboard' | 'attachments' | 'payload' | 'replyTo' | 'action' | 'randomId' | 'ref' | 'refSource'>
  >;

/** Writes a message down: next cmid of its dialog, next global id (0 in chats), both clocks. */
export function append(world: World, draft: Draft): Message {
  const dialog = dialogOf(world, draft.peer);
  dialog.lastCmid += 1;
  if (!isChat(draft.peer)) world.lastMessageId += 1;
  const message: Message = {
    attachments: [],
    randomId: 0,
    ...draft,
    cmid: dialog.lastCmid,
    id: isChat(draft.peer) ? 0 : world.lastMessageId,
    date: world.now(),
    at: world.real(),
    edited: false,
  };
  dialog.messages.push(message);
  if (dialog.messages.length > KEPT_MESSAGES) dialog.messages.shift();
  dialog.read.set(draft.from, message.cmid);
  changed(world);
  return message;
}
