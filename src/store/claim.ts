/** The outbox is emptied: batches are taken under a lease, the nearest to their end first, and put away when they are worth nothing any more. */
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import { type Entry, keyOf, randomIdOf } from '../domain/notice.ts';
import { countExpired } from './expired.ts';
import { unpackPeers } from './kept-peers.ts';
import { unpackSaying } from './kept-saying.ts';
import { STATE } from './outbox.ts';
import type { Db, OutboxTable } from './schema.ts';
import { inTurn, TURN } from './turn.ts';

/** `attempts` counts this try too. */
export type Batch = Entry & {
  readonly id: number;
  /** VK's, the same for every part and every try. */
  readonly randomId: number;
  readonly attempts: number;
  readonly firstTryAt: Instant;
};

/** VK forgets a `random_id` after an hour; a later retry could be a second message. Five minutes are left for slow clocks. */
export const RETRY_FOR = 55 * 60_000;
/** What came due at one moment is taken over so many at a time. */
const RIPE_AT_ONCE = 400;
/** So often it is looked for something to send where all that was found must wait for its turn. */
const LOOKS = 25;

/**
 * Takes at most `limit` batches that are due for `leaseMs`, the nearest to their end first, each peer's of one thread in turn. Each
 * is marked as tried before it is handed out, so that a crash during the call is a try too. Leases that ran out come back first;
 * the dead are put away.
 */
export async function claim(db: Db, now: Instant, limit: number, leaseMs: number): Promise<Batch[]> {
  await db
    .updateTable('outbox')
    .set({ state: STATE.waiting, lease_until: null })
    .where('state', '=', sql.lit(STATE.leased))
    .where('lease_until', '<=', now)
    .execute();
  await ripen(db, now);
  await expire(db, now);
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const next = await ripe(db, now, limit);
    if (next.length === 0) return [];
    const ids = (await inTurn(db, next, now)).slice(0, limit);
    if (ids.length > 0) return lease(db, ids, now, leaseMs);
  }
  return [];
}

/** What waited for its time and may be sent now joins what is due: so much of a crowd at once that nobody else waits for it. */
async function ripen(db: Db, now: Instant): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ early: 0 })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', sql.lit(STATE.waiting))
        .where('early', '=', sql.lit<1>(1))
        .where('not_before', '<=', now)
        .orderBy('not_before')
        .orderBy('dies_at')
        .limit(RIPE_AT_ONCE),
    )
    .execute();
}

function ripe(db: Db, now: Instant, limit: number) {
  return (
    db
      .selectFrom('outbox')
      .select(TURN)
      .where('state', '=', sql.lit(STATE.waiting))
      .where('early', '=', sql.lit<0>(0))
      // The clock may have gone back since it was ripe. With a sign in front no index is taken for this.
      .where(sql<number>`+not_before`, '<=', now)
      .orderBy('dies_at')
      .orderBy('id')
      .limit(limit)
      .execute()
  );
}

async function lease(db: Db, ids: readonly number[], now: Instant, leaseMs: number): Promise<Batch[]> {
  const lastTry = now + RETRY_FOR;
  const taken = await db
    .updateTable('outbox')
    .set({
      state: STATE.leased,
      lease_until: now + leaseMs,
      attempts: sql<number>`attempts + 1`,
      first_try_at: sql<number>`coalesce(first_try_at, cast(${now} as bigint))`,
      deadline: sql<
        number | null
      >`case when first_try_at is null and dies_at > ${lastTry} then coalesce(deadline, dies_at) else deadline end`,
      dies_at: sql<number>`case when first_try_at is null and dies_at > ${lastTry} then ${lastTry} else dies_at end`,
    })
    .where('id', 'in', ids)
    // With a sign in front, so that they are found by their ids: without statistics the index of all that waits is preferred.
    .where(sql<number>`+state`, '=', STATE.waiting)
    .returningAll()
    .execute();
  const place = new Map(ids.map((id, index) => [id, index]));
  return taken.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)).map((row) => toBatch(row, now));
}

/** Puts away, and counts, what waits in vain: past its deadline, or first tried 55 minutes ago. Returns how many batches. `claim` does it too. */
export async function expire(db: Db, now: Instant): Promise<number> {
  const late = await db
    .updateTable('outbox')
    .set({ state: STATE.expired, settled_at: now })
    .where('state', '=', sql.lit(STATE.waiting))
    .where('early', 'in', [sql.lit<0>(0), sql.lit<1>(1)])
    .where('dies_at', '<=', now)
    .returning(['saying', 'peers'])
    .execute();
  await countExpired(db, late, now);
  return late.length;
}

/** Puts every leased batch back: for whoever knows that nobody else is sending, at start and at stop. */
export async function releaseLeases(db: Db): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: STATE.waiting, lease_until: null })
    .where('state', '=', sql.lit(STATE.leased))
    .execute();
}

function toBatch(row: Selectable<OutboxTable>, now: Instant): Batch {
  return {
    id: row.id,
    fire: row.fire,
    key: row.key || keyOf(row.fire),
    randomId: row.random_id ?? randomIdOf(row.fire),
    saying: unpackSaying(row.saying),
    due: row.due,
    deadline: row.deadline ?? row.dies_at,
    peers: unpackPeers(row.peers),
    attempts: row.attempts,
    firstTryAt: row.first_try_at ?? now,
  };
}
