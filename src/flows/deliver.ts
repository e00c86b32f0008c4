/** The outbox is emptied: claim what is due, hand it to the messenger, settle what became of it. */
import type { Instant } from '../domain/calendar.ts';
import { bucketed } from '../domain/lateness.ts';
import type { Saying } from '../domain/notice.ts';
import { type Batch, claim, countSent, settle } from '../store/index.ts';
import { tellOfMove } from './moved.ts';
import { createStops, type Stops } from './stops.ts';
import type { World } from './world.ts';

/** How long a claimed batch is ours: longer than any send with its time-out. */
const LEASE = 60_000;
/** Handed out and not answered yet: eight full calls, so that the messenger can fill each, and no more than half a second's work. */
const AHEAD = 200;
/** After the messenger said «stop everything» (a dead token, a restricted community). */
const HALT = 60_000;
/** The try after that may take as long before it is known whether all is well. */
const TRYING = 15_000;

/** What became of one batch. Every peer of it is in exactly one place. `halt` says why nothing more should be tried now. */
export type Posted = {
  readonly id: number;
  readonly sent: readonly number[];
  /** `untouched`: this try is as good as none. */
  readonly later: readonly { readonly peers: readonly number[]; readonly at: Instant; readonly untouched?: true }[];
  readonly gone: readonly { readonly peer: number; readonly why: string }[];
  readonly dead: readonly { readonly peer: number; readonly why: string }[];
  readonly halt?: string;
  /** Why nothing can be sent to group chats. */
  readonly chatsOff?: string;
};

export type Post = (
  batches: readonly { id: number; saying: Saying; randomId: number; peers: readonly number[]; attempts: number }[],
) => Promise<readonly Posted[]>;

/** `at`: when it came back. */
type Landed = { readonly batch: Batch; readonly outcome: Posted; readonly at: Instant };

export type Delivery = {
  /** Empties the outbox; gives how many peers were reached. Call it again whenever something is queued. */
  run(): Promise<number>;
  /** Why nothing is sent at the moment; null when all is well. */
  halted(): string | null;
  /** Peers reached since the program began. */
  sent(): number;
};

/** One for a program. After `stopping` nothing more is claimed. */
export function createDelivery(world: World, post: Post, stopping?: AbortSignal): Delivery {
  let halt: { readonly why: string; readonly at: Instant } | null = null;
  let sent = 0;
  // Outlives a run that broke off: what came back is written down by the next one, before anything more is sent.
  const flight = createFlight(post, world.now);
  const stops = createStops(world);

  /** Whether it is less than so long since the messenger said so. A clock set back must not prolong it. */
  function isHalted(ms: number): boolean {
    return halt !== null && world.now() < halt.at + ms && world.now() >= halt.at;
  }

  /** The next batches are claimed while the last ones are on their way: the messenger never waits for the store. */
  async function run(): Promise<number> {
    let reached = 0;
    for (;;) {
      if (stopping?.aborted !== true && !isHalted(HALT) && !flight.isBack() && flight.size() <= AHEAD / 2) {
        const batches = await world.store.transaction((tx) => claim(tx, world.now(), AHEAD - flight.size(), LEASE));
        flight.launch(batches);
      }
      if (flight.size() === 0) return reached;
      const landed = await flight.landed();
      try {
        await settleAll(world, landed, stops);
      } catch (error) {
        flight.keep(landed);
        throw error;
      }
      const now = landed.reduce((sum, { outcome }) => sum + outcome.sent.length, 0);
      reached += now;
      sent += now;
      const why = landed.find(({ outcome }) => outcome.halt !== undefined)?.outcome.halt;
      if (why !== undefined) halt = { why, at: world.now() };
      else if (now > 0) halt = null;
    }
  }

  return { run, halted: () => (isHalted(HALT + TRYING) ? (halt?.why ?? null) : null), sent: () => sent };
}

/** Batches on their way. `landed` waits for the first of them and gives all that have come back by then; `keep` takes them back. */
function createFlight(post: Post, now: () => Instant) {
  let flying = 0;
  let back: Landed[] = [];
  let failure: { readonly error: unknown } | null = null;
  let notice: () => void = () => undefined;

  async function fly(batch: Batch): Promise<void> {
    try {
      const outcome = (await post([batch])).find((one) => one.id === batch.id);
      if (outcome === undefined) throw new Error(`no outcome for batch ${batch.id}`);
      back.push({ batch, outcome, at: now() });
    } catch (error) {
      // Its lease runs out, and it is sent again.
      flying -= 1;
      failure = { error };
    }
    notice();
  }

  return {
    size: () => flying,
    isBack: () => back.length > 0,
    launch(batches: readonly Batch[]): void {
      flying += batches.length;
      for (const batch of batches) void fly(batch);
    },
    async landed(): Promise<readonly Landed[]> {
      if (back.length === 0 && failure === null)
        await new Promise<void>((resolve) => {
          notice = resolve;
        });
      // The answers of one call come one after another within this turn of the loop.
      await new Promise(setImmediate);
      if (back.length === 0 && failure !== null) {
        const { error } = failure;
        failure = null;
        throw error;
      }
      const landed = back;
      back = [];
      flying -= landed.length;
      return landed;
    },
    keep(landed: readonly Landed[]): void {
      back = [...landed, ...back];
      flying += landed.length;
    },
  };
}

async function settleAll(world: World, landed: readonly Landed[], stops: Stops): Promise<void> {
  const now = world.now();
  const noted = await world.store.transaction(async (tx) => {
    for (const { outcome } of landed) for (const { peer, why } of outcome.gone) await tellOfMove(tx, world, peer, why);
    await settle(
      tx,
      now,
      landed.map(({ outcome }) => outcome),
    );
    await countSent(
      tx,
      bucketed(landed.map(({ batch, outcome, at }) => ({ late: at - batch.due, count: outcome.sent.length }))),
      now,
    );
    return stops.note(
      tx,
      landed.map(({ outcome }) => outcome),
    );
  });
  noted();
  const sent = landed.reduce((sum, { outcome }) => sum + outcome.sent.length, 0);
  const late = landed.reduce((most, { batch, at }) => Math.max(most, at - batch.due), 0);
  world.log.info({ batches: landed.length, sent, late }, 'delivered');
  for (const { batch, outcome } of landed) {
    for (const { peer, why } of outcome.gone) world.log.info({ peer, why }, 'peer is asleep');
    for (const { peer, why } of outcome.dead) world.log.error({ batch: batch.id, peer, why }, 'message given up');
  }
}
