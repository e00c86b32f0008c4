/** Taking back what was queued and not sent yet: the lesson changed, or the peer left. */
import { sql } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import type { Saying } from '../domain/notice.ts';
import { parse } from './json.ts';
import { unpackSaying } from './kept-saying.ts';
import { STATE } from './outbox.ts';
import type { Db } from './schema.ts';

type Withdrawal = {
  /** Will not hear the saying after all. */
  readonly withdrawn: readonly number[];
  /** Have heard it, or are being sent it at this moment: they need a follow-up. */
  readonly sent: readonly number[];
};

/** Takes the saying of this key back from these peers. Call in the transaction of the change that made it wrong. */
export async function withdraw(db: Db, key: string, peers: readonly number[], now: Instant): Promise<Withdrawal> {
  const asked = new Set(peers);
  const withdrawn = new Set<number>();
  const sent = new Set<number>();
  let raced = true;
  while (raced) {
    raced = false;
    const batches = await db
      .selectFrom('outbox')
      .select(['id', 'state', 'peers'])
      .where('key', '=', key)
      .where('state', 'in', [STATE.waiting, STATE.leased, STATE.done])
      .execute();
    for (const batch of batches) {
      const concerned = parse<number[]>(batch.peers).filter((peer) => asked.has(peer));
      if (concerned.length === 0) continue;
      // What is on its way is not tried again, should it come back.
      const isOut = batch.state === STATE.done || (await takeOut(db, batch, asked, now));
      const side = batch.state === STATE.waiting ? withdrawn : sent;
      if (isOut) for (const peer of concerned) side.add(peer);
      // Claimed or cut by somebody else since it was read: look again.
      else raced = true;
    }
  }
  return { withdrawn: inOrder(withdrawn), sent: inOrder(sent) };
}

/** Takes a peer out of every batch that waits, whatever it says or only of this kind; a batch for nobody else goes without a trace. */
export async function dropFromWaiting(db: Db, peer: number, kind?: Saying['kind']): Promise<void> {
  let raced = true;
  while (raced) {
    raced = false;
    const batches = await db
      .selectFrom('outbox')
      .select(['id', 'state', 'saying', 'peers'])
      .where('state', '=', sql.lit(STATE.waiting))
      // Narrows by text what the list itself then decides: 12 stands in 123 too.
      .where('peers', 'like', `%${peer}%`)
      .execute();
    for (const batch of batches) {
      if (kind !== undefined && unpackSaying(batch.saying).kind !== kind) continue;
      if (parse<number[]>(batch.peers).includes(peer) && !(await takeOut(db, batch, new Set([peer]), 'forget')))
        raced = true;
    }
  }
}

/** False when the batch is no longer as it was read. An emptied batch keeps its list and is marked withdrawn, or is forgotten. */
async function takeOut(
  db: Db,
  batch: { readonly id: number; readonly state: number; readonly peers: string },
  out: ReadonlySet<number>,
  emptied: Instant | 'forget',
): Promise<boolean> {
  const left = parse<number[]>(batch.peers).filter((peer) => !out.has(peer));
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
      : { peers: JSON.stringify(left) };
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set(change)
    .where('id', '=', batch.id)
    .where('state', '=', batch.state)
    .where('peers', '=', batch.peers)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function inOrder(peers: ReadonlySet<number>): number[] {
  return [...peers].sort((a, b) => a - b);
}
