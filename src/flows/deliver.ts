/** The outbox is emptied: claim what is due, hand it to the messenger, settle what became of it. */
import type { Instant } from '../domain/calendar.ts';
import type { Saying } from '../domain/notice.ts';
import { type Batch, claim, settle } from '../store/index.ts';
import type { World } from './world.ts';

/** How long a claimed batch is ours: longer than any send with its time-out. */
const LEASE = 60_000;
/** Four packs of 25: one is on its way while the next are made. */
const AT_ONCE = 100;
/** After the messenger said «stop everything» (a dead token, a restricted community). */
const HALT = 60_000;

/** What became of one batch. Every peer of it is in exactly one place. `halt` says why nothing more should be tried now. */
export type Posted = {
  readonly id: number;
  readonly sent: readonly number[];
  readonly later: readonly { readonly peers: readonly number[]; readonly at: Instant }[];
  readonly gone: readonly { readonly peer: number; readonly why: string }[];
  readonly dead: readonly { readonly peer: number; readonly why: string }[];
  readonly halt?: string;
};

export type Post = (
  batches: readonly { id: number; saying: Saying; randomId: number; peers: readonly number[]; attempts: number }[],
) => Promise<readonly Posted[]>;

/** Makes the function that empties the outbox; it returns how many peers were reached. Call it again whenever something is queued. */
export function createDelivery(world: World, post: Post, stopping?: AbortSignal): () => Promise<number> {
  let haltedUntil = Number.NEGATIVE_INFINITY;

  // A clock set back must not prolong the pause.
  function isHalted(): boolean {
    return world.now() < haltedUntil && world.now() >= haltedUntil - HALT;
  }

  return async function deliver(): Promise<number> {
    let reached = 0;
    while (stopping?.aborted !== true && !isHalted()) {
      const batches = await world.store.transaction((tx) => claim(tx, world.now(), AT_ONCE, LEASE));
      if (batches.length === 0) break;
      const outcomes = await post(batches);
      await settleAll(world, batches, outcomes);
      reached += outcomes.reduce((sum, outcome) => sum + outcome.sent.length, 0);
      const halt = outcomes.find((outcome) => outcome.halt !== undefined)?.halt;
      if (halt !== undefined) {
        haltedUntil = world.now() + HALT;
        world.log.error({ reason: halt }, 'sending halted for a minute');
      }
    }
    return reached;
  };
}

async function settleAll(world: World, batches: readonly Batch[], outcomes: readonly Posted[]): Promise<void> {
  const now = world.now();
  for (const batch of batches) {
    const outcome = outcomes.find((one) => one.id === batch.id);
    if (outcome === undefined) throw new Error(`no outcome for batch ${batch.id}`);
    await world.store.transaction((tx) => settle(tx, batch.id, now, outcome));
    const { sent, gone, dead } = outcome;
    world.log.info({ batch: batch.id, kind: batch.saying.kind, sent: sent.length, late: now - batch.due }, 'delivered');
    for (const { peer, why } of gone) world.log.info({ peer, why }, 'peer is asleep');
    for (const { peer, why } of dead) world.log.error({ batch: batch.id, peer, why }, 'message given up');
  }
}
