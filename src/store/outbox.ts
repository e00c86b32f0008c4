/** The outbox: sayings that wait to be sent, one row a batch, taken under a lease, dead when they are worth nothing any more. */
import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import type { Saying } from '../domain/notice.ts';
import { countExpired } from './expired.ts';
import { chunksOf, parse } from './json.ts';
import { packSaying, unpackSaying } from './kept-saying.ts';
import type { Db, OutboxTable } from './schema.ts';

/** A saying addressed. `fire` names this saying at this minute: a peer is sent one fire once, whatever happens in between. */
export type Entry = {
  readonly fire: string;
  /** Hash of the saying: what a change withdraws by. */
  readonly key: string;
  /** VK's `random_id`, the same for every part and every try. */
  readonly randomId: number;
  readonly saying: Saying;
  readonly due: Instant;
  readonly deadline: Instant;
  readonly peers: readonly number[];
};

/** `attempts` counts this try too. */
export type Batch = Entry & { readonly id: number; readonly attempts: number; readonly firstTryAt: Instant };

/** In a condition as `sql.lit`: partial indexes are found by the number itself, not by a parameter. */
export const STATE = { waiting: 0, leased: 1, done: 2, expired: 3, withdrawn: 4, dead: 5 } as const;

/** VK forgets a `random_id` after an hour; a later retry could be a second message. Five minutes are left for slow clocks. */
const RETRY_FOR = 55 * 60_000;

/** VK: `peer_ids` of messages.send takes at most a hundred. */
const BATCH = 100;
const CHUNK = 50;

/**
 * Queues each saying for those of its peers who have not had this fire yet: planning the same minute twice changes nothing.
 * A withdrawn batch was never sent and does not count. One past its deadline is kept as expired, and counted. Call in a
 * transaction.
 * @returns how many peers were queued, those who will get something
 */
export async function enqueue(db: Db, entries: readonly Entry[], now: Instant): Promise<number> {
  let queued = 0;
  const late: Pick<OutboxTable, 'saying' | 'peers'>[] = [];
  for (const chunk of chunksOf(mergeByFire(entries), CHUNK)) {
    let open = chunk;
    while (open.length > 0) {
      const known = await knownOf(
        db,
        open.map((entry) => entry.fire),
      );
      const rows = open.flatMap((entry) => rowsFor(entry, known.get(entry.fire), now));
      const written = await insertRows(db, rows);
      for (const row of rows.filter((one) => written.has(partName(one)))) {
        if (row.state === STATE.waiting) queued += parse<number[]>(row.peers).length;
        else late.push(row);
      }
      // A part that was not written was written by somebody else a moment ago: look again, and queue what is still missing.
      const missed = new Set(rows.filter((row) => !written.has(partName(row))).map((row) => row.fire));
      open = open.filter((entry) => missed.has(entry.fire));
    }
  }
  await countExpired(db, late, now);
  return queued;
}

function mergeByFire(entries: readonly Entry[]): Entry[] {
  const merged = Map.groupBy(entries, ({ fire }) => fire);
  // In one order for everybody, so that two servers' workers never wait for each other's rows crosswise.
  return [...merged]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, some]) => {
      const last = some.at(-1);
      return last === undefined ? [] : [{ ...last, peers: [...new Set(some.flatMap(({ peers }) => peers))] }];
    });
}

/** `peers` have it or will; `late` came too late for it, and are owed it only if the clock goes back. */
type Known = { readonly peers: Set<number>; readonly late: Set<number>; parts: number };

async function knownOf(db: Db, fires: readonly string[]): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  function at(fire: string): Known {
    const found = known.get(fire) ?? { peers: new Set<number>(), late: new Set<number>(), parts: 0 };
    known.set(fire, found);
    return found;
  }
  const batches = await db
    .selectFrom('outbox')
    .select(['fire', 'part', 'state', 'attempts', 'peers'])
    .where('fire', 'in', fires)
    .execute();
  for (const batch of batches) {
    const fire = at(batch.fire);
    fire.parts = Math.max(fire.parts, batch.part + 1);
    if (batch.state === STATE.withdrawn) continue;
    // Never tried means never sent: a clock that jumped ahead and came back owes it still.
    const unsaid = batch.state === STATE.expired && batch.attempts === 0;
    for (const peer of parse<number[]>(batch.peers)) (unsaid ? fire.late : fire.peers).add(peer);
  }
  const receipts = await db.selectFrom('receipt').select(['fire', 'peer_id']).where('fire', 'in', fires).execute();
  for (const receipt of receipts) at(receipt.fire).peers.add(receipt.peer_id);
  return known;
}

function rowsFor(entry: Entry, known: Known | undefined, now: Instant): Insertable<OutboxTable>[] {
  const late = entry.deadline <= now;
  const peers = entry.peers.filter((peer) => !known?.peers.has(peer) && !(late && known?.late.has(peer)));
  return chunksOf(peers, BATCH).map((some, index) => ({
    fire: entry.fire,
    part: (known?.parts ?? 0) + index,
    key: entry.key,
    random_id: entry.randomId,
    saying: packSaying(entry.saying),
    due: entry.due,
    deadline: entry.deadline,
    not_before: entry.due,
    dies_at: entry.deadline,
    state: late ? STATE.expired : STATE.waiting,
    attempts: 0,
    peers: JSON.stringify(some),
    settled_at: late ? now : null,
  }));
}

/** Writes what nobody has written yet and says which parts those were. */
async function insertRows(db: Db, rows: readonly Insertable<OutboxTable>[]): Promise<Set<string>> {
  const written = new Set<string>();
  for (const chunk of chunksOf(rows, CHUNK)) {
    const parts = await db
      .insertInto('outbox')
      .values(chunk)
      .onConflict((conflict) => conflict.columns(['fire', 'part']).doNothing())
      .returning(['fire', 'part'])
      .execute();
    for (const part of parts) written.add(partName(part));
  }
  return written;
}

function partName(row: { readonly fire: string; readonly part: number }): string {
  return `${row.fire}/${row.part}`;
}

/** Writes one more part of a fire that has some, whatever others write meanwhile. */
export async function addPart(db: Db, row: Omit<Insertable<OutboxTable>, 'part'>): Promise<void> {
  for (;;) {
    const { last } = await db
      .selectFrom('outbox')
      .select((eb) => eb.fn.max('part').as('last'))
      .where('fire', '=', row.fire)
      .executeTakeFirstOrThrow();
    const written = await insertRows(db, [{ ...row, part: (last ?? -1) + 1 }]);
    if (written.size > 0) return;
  }
}

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
