/** One bucket of calls for one community token: replies overtake, the fan-out uses what they leave and never starves. */

/** `reply`: answers to people and everything small. `fanout`: what many peers get at once. */
export type Lane = 'reply' | 'fanout';

/** Gives the slot back when the answer came; with `false` when no call was made after all. */
export type Release = (used?: boolean) => void;

export type Rate = {
  /** Resolves when a call may begin. `null`: stopped. */
  take(lane: Lane): Promise<Release | null>;
  /** The fan-out begins no call for so long, ms: VK found us too fast. */
  rest(ms: number): void;
  /** Refuses everyone who waits and everyone who comes later. */
  stop(): void;
};

/** VK: 20 calls a second with a community token, above that error 6. */
const SLOTS = 20;
/** Fan-out calls on their way at a time: when VK is slow to answer, one slot is still left to people. */
const FANOUT_FLYING = 19;
/** What replies may hold while the fan-out waits: however many people talk, reminders go out. */
const REPLY_SLOTS = 16;
/** Fan-out calls begin at least this far apart, ms: 19 a second, so that slots come free one by one and a reply waits for a moment only. */
const FANOUT_GAP = 1000 / 19;
/** A second, and what timers and the way to VK may be off. */
const HOLD = 1040;
/** What a late answer may add to that: beyond it the answer is late because VK works, not because the call was on its way. */
const SPREAD = 250;
/** Answers looked back on for the quickest trip; fewer than `ENOUGH` say nothing. */
const LOOKED_BACK = 64;
const ENOUGH = 16;

type Waiter = (release: Release | null) => void;

/**
 * VK counts a call when it comes in, and we know only when it left and when it was answered. All calls travel about as long
 * as the quickest one does; what one took longer it may have spent on its way there. So a slot is given back a second after
 * its call left, later by what the answer was late: with a steady network VK sees 20 calls in a second and never 21. No
 * slot comes back before its answer, so one that hangs slows us down by itself.
 */
export function createRate(): Rate {
  const waiting: Record<Lane, Waiter[]> = { reply: [], fanout: [] };
  const held: Record<Lane, number> = { reply: 0, fanout: 0 };
  let fanoutFlying = 0;
  const timers = new Set<NodeJS.Timeout>();
  let lastFanout = Number.NEGATIVE_INFINITY;
  let gapTimer = false;
  let stopped = false;
  const trips: number[] = [];

  /** How much longer than the quickest trip this one took, ms. */
  function lateness(trip: number): number {
    trips.push(trip);
    if (trips.length > LOOKED_BACK) trips.shift();
    return Math.min(SPREAD, trip - (trips.length < ENOUGH ? 0 : Math.min(...trips)));
  }

  function after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  }

  function grant(lane: Lane, waiter: Waiter): void {
    const left = performance.now();
    held[lane] += 1;
    if (lane === 'fanout') {
      // What a timer was late by is made up, so that the pace holds over a second.
      lastFanout = Math.max(left - FANOUT_GAP / 2, lastFanout + FANOUT_GAP);
      fanoutFlying += 1;
    }
    let open = true;
    waiter((used = true) => {
      if (!open || stopped) return;
      open = false;
      if (lane === 'fanout') fanoutFlying -= 1;
      const trip = performance.now() - left;
      after(used ? Math.max(0, HOLD + lateness(trip) - trip) : 0, () => {
        held[lane] -= 1;
        serve();
      });
    });
  }

  function free(): boolean {
    return held.reply + held.fanout < SLOTS;
  }

  function mayReply(): boolean {
    return free() && (waiting.fanout.length === 0 || held.reply < REPLY_SLOTS);
  }

  function serve(): void {
    while (waiting.reply.length > 0 && mayReply()) grant('reply', waiting.reply.shift() as Waiter);
    if (waiting.fanout.length === 0 || gapTimer || !free() || fanoutFlying >= FANOUT_FLYING) return;
    const wait = lastFanout + FANOUT_GAP - performance.now();
    if (wait <= 0) {
      grant('fanout', waiting.fanout.shift() as Waiter);
      // Nobody waits any more in the fan-out: what was kept for it is the replies' again.
      if (waiting.fanout.length === 0) {
        serve();
        return;
      }
    }
    gapTimer = true;
    after(wait <= 0 ? FANOUT_GAP : wait, () => {
      gapTimer = false;
      serve();
    });
  }

  return {
    take(lane) {
      if (stopped) return Promise.resolve(null);
      return new Promise((resolve) => {
        waiting[lane].push(resolve);
        serve();
      });
    },
    rest(ms) {
      lastFanout = Math.max(lastFanout, performance.now() + ms - FANOUT_GAP);
    },
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      for (const lane of ['reply', 'fanout'] as const) for (const waiter of waiting[lane].splice(0)) waiter(null);
    },
  };
}
