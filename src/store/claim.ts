/** The outbox is emptied: batches are taken under a lease, the nearest to their end first, and put away when they are worth nothing any more. */
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import { countExpired } from './expired.ts';
import { parse } from './json.ts';
import { unpackSaying } from './kept-saying.ts';
import { type Entry, STATE } from './outbox.ts';
import type { Db, OutboxTable } from './schema.ts';

/** `attempts` counts this try too. */
export type Batch = Entry & { readonly id: number; readonly attempts: number; readonly firstTryAt: Instant };

/** VK forgets a `random_id` after an hour; a later retry could be a second message. Five minutes are left for slow clocks. */
export const RETRY_FOR = 55 * 60_000;

/**
 * Takes at most `limit` batches that are due, the nearest to their end first, for `leaseMs`. Each is marked as tried before it is
 * handed out, so that a crash during the call is a try too. Leases that ran out come back first; the dead are put away.
 */
export async function claim(db: Db, now: Instant, limit: number, leaseMs: number): Promise<Batch[]> {
  await db
    .updateTable('outbox')
    .set({ state: STATE.waiting, lease_until: null })
    .where('state', '=', sql.lit(STATE.leased))
    .where('lease_until', '<=', now)
    .execute();
  await expire(db, now);
  const next = await db
    .selectFrom('outbox')
    .select('id')
    .where('state', '=', sql.lit(STATE.waiting))
    // With a sign in front no index is taken for this: the one by end gives the order, and nearly all that waits is due.
    .where(sql<number>`+not_before`, '<=', now)
    .orderBy('dies_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  if (next.length === 0) return [];
  const ids = next.map((row) => row.id);
  const lastTry = now + RETRY_FOR;
  const taken = await db
    .updateTable('outbox')
    .set({
      state: STATE.leased,
      lease_until: now + leaseMs,
      attempts: sql<number>`attempts + 1`,
      first_try_at: sql<number>`coalesce(first_try_at, cast(${now} as bigint))`,
      dies_at: sql<number>`case when first_try_at is null and dies_at > ${lastTry} then ${lastTry} else dies_at end`,
    })
    .where('id', 'in', ids)
    .where('state', '=', sql.lit(STATE.waiting))
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
    key: row.key,
    randomId: row.random_id,
    saying: unpackSaying(row.saying),
    due: row.due,
    deadline: row.deadline,
    peers: parse<number[]>(row.peers),
    attempts: row.attempts,
    firstTryAt: row.first_try_at ?? now,
  };
}
