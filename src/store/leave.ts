/** A peer leaves all that waits: it said «стоп», follows another timetable, or is forgotten. */
import { sql } from 'kysely';
import { isNumbered } from './by-hand.ts';
import { holdsPeer } from './kept-peers.ts';
import { STATE } from './outbox.ts';
import type { Db } from './schema.ts';
import { takeOut } from './take-out.ts';

/** Batches read in one statement: some milliseconds. */
const LOOKED_AT = 2000;

/** Takes a peer out of every batch that waits; a batch for nobody else goes without a trace. */
export async function dropFromWaiting(db: Db, peer: number): Promise<void> {
  let raced = true;
  while (raced) {
    raced = false;
    for (let after = await firstWaiting(db); after !== null; ) {
      const batches = await waitingAfter(db, after);
      for (const { id, state, hex } of batches) {
        if (!holdsPeer(hex, peer)) continue;
        const batch = { id, state, peers: Buffer.from(hex, 'hex') };
        if (!(await takeOut(db, batch, new Set([peer]), 'forget'))) raced = true;
      }
      after = batches.length < LOOKED_AT ? null : (batches.at(-1)?.id ?? null);
    }
  }
}

/** The id before that of the first batch that waits; null when nothing does. */
async function firstWaiting(db: Db): Promise<number | null> {
  const { first } = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.min('id').as('first'))
    .where('state', '=', sql.lit(STATE.waiting))
    .executeTakeFirstOrThrow();
  return first === null ? null : first - 1;
}

/**
 * A crowd's batches are read some at a time, in order of ids, which a walk over what waits would have to sort. Their peers come as
 * text: a buffer for each costs three times as much as all the rest of a row.
 */
function waitingAfter(db: Db, id: number) {
  const hex = isNumbered(db) ? sql<string>`encode(peers, 'hex')` : sql<string>`hex(peers)`;
  return db
    .selectFrom('outbox')
    .select(['id', 'state', hex.as('hex')])
    .where('id', '>', id)
    .where(sql<number>`+state`, '=', STATE.waiting)
    .orderBy('id')
    .limit(LOOKED_AT)
    .execute();
}
