/** A chunk of what is due goes into the outbox: the same work on the main thread and on the one beside it. */
import type { Instant } from '../domain/calendar.ts';
import { entryOf, type Notice } from '../domain/notice.ts';
import { type Db, enqueue, setState } from '../store/index.ts';
import { nextPiece, type Planning } from './due.ts';
import { AHEAD, CURSOR } from './ready.ts';

/** What a chunk did, in peers; `over` when nothing is left of the planning. */
export type Chunk = { readonly queued: number; readonly late: number; readonly over: boolean };

/**
 * Plans some of what is left, about `size` rows of what is read, and queues it as it is at this moment; the cursor moves with the
 * last chunk. Call in a transaction. Where that fails the same is planned again: what is queued already is not queued twice.
 */
export async function queueChunk(tx: Db, planning: Planning, now: Instant, size: number): Promise<Chunk> {
  const notices: Notice[] = [];
  let over = false;
  for (let rows = 0; rows < size && !over; ) {
    const piece = await nextPiece(tx, planning, size);
    over = piece === null;
    rows += piece?.rows ?? 0;
    notices.push(...(piece?.notices ?? []));
  }
  // All at once: equal sayings of two pieces share a batch.
  const queued = await enqueue(tx, notices.map(entryOf), now);
  const late = notices.reduce((sum, { deadline, peers }) => sum + (deadline <= now ? peers.length : 0), 0);
  await setState(tx, over ? CURSOR : AHEAD, String(planning.span.to));
  return { queued, late, over };
}
