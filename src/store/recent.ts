/** What a peer was sent lately: a short list of batches a peer, written when nothing waits to be sent, so that no sending pays for it. */
import { sql } from 'kysely';
import type { Fate, Traced } from '../domain/why.ts';
import { unpackPeers } from './kept-peers.ts';
import { unpackSaying } from './kept-saying.ts';
import { STATE } from './outbox.ts';
import type { Db, OutboxTable } from './schema.ts';
import { getState, setState } from './state.ts';

/** Batches kept a peer: ten are shown, some belong to one sending tried again. */
const KEPT = 24;
/** Digits of a batch's id in base 36: 78 thousand million batches. */
const ID_WIDTH = 7;
/** Batches whose peers one call writes down: a hundred peers each. */
const AT_ONCE = 10;
/** So far back batches are looked through that nobody has written down yet (some 30 ms); more wait only in the middle of a crowd. */
const UNNOTED = 4_000;
/** Where it is kept how far batches are written down, and how far they had come the last time. */
const NOTED = 'recent';

/**
 * Writes down who was in the next batches; false when there are no more. What came since the last call that found none waits for
 * the next one: on PostgreSQL a batch may be committed after one with a later id. Who is forgotten is not written down again.
 * Call in a transaction.
 */
export async function noteRecent(db: Db): Promise<boolean> {
  const [done, seen] = await notedUntil(db);
  const batches = await db
    .selectFrom('outbox')
    .select(['id', 'peers'])
    .where('id', '>', done)
    .where('id', '<=', seen)
    .orderBy('id')
    .limit(AT_ONCE)
    .execute();
  for (const { id, peers } of batches) await note(db, id, unpackPeers(peers));
  if (batches.length === AT_ONCE) {
    await setState(db, NOTED, `${batches.at(-1)?.id ?? seen} ${seen}`);
    return true;
  }
  const last = Math.max(seen, await lastBatch(db));
  if (last > seen || done < seen) await setState(db, NOTED, `${seen} ${last}`);
  return false;
}

/** Writes down that these peers were in this batch: done at once for those that are about to leave it. */
export async function note(db: Db, batch: number, peers: readonly number[]): Promise<void> {
  await db
    .insertInto('recent')
    .columns(['peer_id', 'batches'])
    .expression(
      db
        .selectFrom('peer')
        .select(['id', sql<string>`cast(${named(batch)} as text)`.as('batches')])
        .where('id', 'in', peers),
    )
    .onConflict((conflict) =>
      conflict.column('peer_id').doUpdateSet({
        batches: sql<string>`substr(excluded.batches || recent.batches, 1, ${sql.lit(KEPT * ID_WIDTH)})`,
      }),
    )
    .execute();
}

function named(batch: number): string {
  return batch.toString(36).padStart(ID_WIDTH, '0');
}

async function notedUntil(db: Db): Promise<[done: number, seen: number]> {
  const [done = 0, seen = 0] = ((await getState(db, NOTED)) ?? '0 0').split(' ').map(Number);
  return [done, seen];
}

async function lastBatch(db: Db): Promise<number> {
  const { last } = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.max('id').as('last'))
    .executeTakeFirstOrThrow();
  return last ?? 0;
}

/**
 * What was queued for this peer lately, what waits for it included: each sending once, in no order. A peer that is no longer in
 * its batch was taken out of it, or could not be sent it.
 */
export async function traced(db: Db, peer: number): Promise<Traced[]> {
  const [done] = await notedUntil(db);
  const unnoted = Math.max(done, (await lastBatch(db)) - UNNOTED);
  const fresh = await db.selectFrom('outbox').select(['id', 'peers']).where('id', '>', unnoted).execute();
  const mine = fresh.filter((row) => holds(row, peer)).map(({ id }) => id);
  const ids = [...new Set([...(await notedOf(db, peer)), ...mine])];
  const rows = ids.length === 0 ? [] : await batches(db).where('id', 'in', ids).execute();
  const byFire = Map.groupBy(rows, ({ fire }) => fire);
  const lost = new Map<string, Lost>();
  if (byFire.size > 0)
    for (const { fire, what, at } of await receipts(db, peer, [...byFire.keys()])) lost.set(fire, { what, at });
  return [...byFire].flatMap(([fire, some]) => resolved(fire, some, peer, lost.get(fire)));
}

type Row = Pick<OutboxTable, 'fire' | 'saying' | 'due' | 'state' | 'peers' | 'settled_at'>;
type Lost = { readonly what: string; readonly at: number };

function batches(db: Db) {
  return db.selectFrom('outbox').select(['id', 'fire', 'saying', 'due', 'state', 'peers', 'settled_at']);
}

function receipts(db: Db, peer: number, fires: readonly string[]) {
  return db
    .selectFrom('receipt')
    .select(['fire', 'what', 'at'])
    .where('fire', 'in', fires)
    .where('peer_id', '=', peer)
    .execute();
}

async function notedOf(db: Db, peer: number): Promise<number[]> {
  const row = await db.selectFrom('recent').select('batches').where('peer_id', '=', peer).executeTakeFirst();
  return (row?.batches.match(new RegExp(`.{${ID_WIDTH}}`, 'g')) ?? []).map((id) => Number.parseInt(id, 36));
}

function holds({ peers }: Pick<Row, 'peers'>, peer: number): boolean {
  return unpackPeers(peers).includes(peer);
}

/** A batch that was sent counts more than what was taken back before it. */
function resolved(fire: string, rows: readonly Row[], peer: number, lost: Lost | undefined): Traced[] {
  const mine = rows.filter((row) => holds(row, peer));
  const inState = (...states: number[]) => mine.find(({ state }) => states.includes(state));
  const tell = (row: Row | undefined, fate: Fate, at: number | null): Traced[] =>
    row === undefined ? [] : [{ fire, saying: unpackSaying(row.saying), due: row.due, fate, at }];
  const [any] = rows;
  const sent = inState(STATE.done);
  if (sent !== undefined) return tell(sent, 'sent', sent.settled_at);
  if (lost !== undefined) return tell(any, lost.what === 'gone' ? 'asleep' : 'refused', lost.at);
  const open = inState(STATE.waiting, STATE.leased);
  if (open !== undefined) return tell(open, 'waiting', null);
  const late = inState(STATE.expired);
  if (late !== undefined) return tell(late, 'expired', late.settled_at);
  return tell(any, 'withdrawn', inState(STATE.withdrawn)?.settled_at ?? null);
}
