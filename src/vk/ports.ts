/** What the house hands to VK's folder, and what it gets back. */
import type { Answer, Turn } from '../chat/turn.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Saying } from '../domain/notice.ts';
import type { Message } from '../text/message.ts';
import type { VkCounts } from './counts.ts';

/** The part of a logger used here: facts first, then a short sentence. */
export type Log = {
  debug(facts: object, text?: string): void;
  info(facts: object, text?: string): void;
  warn(facts: object, text?: string): void;
  error(facts: object, text?: string): void;
};

/** Keeps the running dialogue of one person in one conversation. */
export type Sessions = {
  get(key: string): Promise<object | undefined>;
  set(key: string, value: object): Promise<void>;
  delete(key: string): Promise<void>;
};

/** Keeps `ts`, the place up to which events were taken in. */
export type Cursor = { load(): Promise<string | null>; save(ts: string): Promise<void> };

export type VkOptions = {
  readonly token: string;
  /** Asked of `groups.getById` when absent. */
  readonly groupId?: number | undefined;
  /** e.g. `https://api.vk.ru/method`; http is for a sandbox. */
  readonly apiUrl: string;
  answer(turn: Turn): Promise<Answer>;
  render(saying: Saying, now: Instant): Message;
  readonly sessions: Sessions;
  readonly cursor: Cursor;
  /** Remembers an id (any short text) for at least a day; true when it was not known. */
  firstSeen(id: string): Promise<boolean>;
  /**
   * An answer was refused because this peer is closed to us (it forbade messages, removed the bot, …): nothing can
   * reach it until it writes again. `why` reads as in Outcome's `gone`. Once for each refused answer.
   */
  refused?(peer: number, why: string): Promise<void>;
  now(): Instant;
  readonly log: Log;
  /** How long one poll waits for events, seconds (VK: ≤ 90; 25 when absent). */
  readonly poll?: { readonly waitSeconds?: number } | undefined;
};

/** One saying for many peers. `randomId` is the same in every retry, so that VK drops what it already has. */
export type PostBatch = {
  readonly id: number;
  readonly saying: Saying;
  readonly randomId: number;
  readonly peers: readonly number[];
  /** How often it is tried by now, this time included; 1 when absent. */
  readonly attempts?: number;
};

/** What became of a batch: every peer is in exactly one list. */
export type Outcome = {
  readonly id: number;
  readonly sent: number[];
  /**
   * Not sent, or not known to be: again at `at`, with the same `randomId`. `untouched`: this try is as good as none, VK has
   * certainly nothing of it.
   */
  readonly later: { peers: number[]; at: Instant; untouched?: true }[];
  /** Nothing can reach this peer until it writes, allows messages or invites the bot again. */
  readonly gone: { peer: number; why: string }[];
  /** This message can never be sent to this peer; the next one may be. */
  readonly dead: { peer: number; why: string }[];
  /** Why nothing at all can be sent now: token or community refused, or a quantity limit. */
  readonly halt?: string;
  /** Why nothing can be sent to group chats now. */
  readonly chatsOff?: string;
};

export type Vk = {
  readonly groupId: number;
  readonly name: string;
  /** Begins to poll. */
  listen(): void;
  /** Never rejects for what VK says; every batch gets its outcome, in the order given. May run several at a time. */
  post(batches: readonly PostBatch[]): Promise<Outcome[]>;
  /** First step of an end: the poll ends at once, nothing new begins, running turns are waited for, at most 5 s. Posts go on. */
  quiet(): Promise<void>;
  /**
   * Last step: what is on its way is cut at once and posts resolve with `later`. A turn that was cut comes again at the
   * next start. Resolves within a second.
   */
  stop(): Promise<void>;
  /** When VK last answered a poll, and why the last try came to nothing, if it did. */
  health(): { readonly lastPollAt: Instant | null; readonly trouble: string | null };
  counts(): VkCounts;
};
