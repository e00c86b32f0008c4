/** A peer leaves a batch, if that is still as it was read; and what a batch's saying is called. */
import type { Instant } from '../domain/calendar.ts';
import { keyOf } from '../domain/notice.ts';
import { packPeers, unpackPeers } from './kept-peers.ts';
import { STATE } from './outbox.ts';
import type { Db } from './schema.ts';

/** The key of the saying of a row of the outbox. */
export function keyOfRow({ key, fire }: { readonly key: string; readonly fire: string }): string {
  return key || keyOf(fire);
}

/** False when the batch is no longer as it was read. An emptied batch keeps its list and is marked withdrawn, or is forgotten. */
export async function takeOut(
  db: Db,
  batch: { readonly id: number; readonly state: number; readonly peers: Uint8Array },
  out: ReadonlySet<number>,
  emptied: Instant | 'forget',
): Promise<boolean> {
  const left = unpackPeers(batch.peers).filter((peer) => !out.has(peer));
  if (left.length === 0 && emptied === 'forget') {
    const { numDeletedRows } = await db
      .deleteFrom('outbox')
      .where('id', '=', batch.id)
      .where('state', '=', batch.state)
      .where('peers', '=', batch.peers)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  }
  const change =
    left.length === 0 && emptied !== 'forget'
      ? { state: STATE.withdrawn, settled_at: emptied }
      : { peers: packPeers(left) };
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set(change)
    .where('id', '=', batch.id)
    .where('state', '=', batch.state)
    .where('peers', '=', batch.peers)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
