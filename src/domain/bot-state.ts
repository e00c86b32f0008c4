/** How the bot does: what those who run it look at. */

/** What was accepted in a time, and within how many ms after it was due half, 95 % and 99 % of it were; null when nothing was. */
export type Sent = {
  readonly peers: number;
  readonly late: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
};

/** That VK takes nothing for group chats can be told at once; that it took nothing at all, when it is over. */
export type StopNews = 'chats-closed' | 'chats-open' | 'open';

/** How the way to VK does at this moment. */
export type Pulse = {
  /** Calls a second, over the last minute. */
  readonly callsASecond: number;
  /** Peers that a message was refused for since the program began, by the class of the refusal. */
  readonly refused: Readonly<Record<string, number>>;
  /** Why nothing is sent; null when all is well. */
  readonly halted: string | null;
};

export type BotState = {
  readonly day: Sent;
  readonly week: Sent;
  /**
   * Batches; `due` are those that wait though their time has come. How long the oldest is overdue and how long the most
   * urgent has left, ms (below 0: too late), null when there is none.
   */
  readonly queue: {
    readonly waiting: number;
    readonly due: number;
    readonly leased: number;
    readonly overdue: number | null;
    readonly slack: number | null;
  };
  /** How many peers each kind of saying came too late for, since ever. */
  readonly expired: Readonly<Record<string, number>>;
  /** Peers that can not be written to. */
  readonly asleep: number;
  readonly feeds: { readonly all: number; readonly failing: number; readonly held: number };
  /** Absent where nothing is sent. */
  readonly pulse: Pulse | null;
};
