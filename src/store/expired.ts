/** How much came too late to be sent, by kind: a promise that was not kept is at least counted. */
import type { Instant } from '../domain/calendar.ts';
import { unpackPeers } from './kept-peers.ts';
import { unpackSaying } from './kept-saying.ts';
import type { Db, OutboxTable } from './schema.ts';

/** Adds batches that were put away unsent. In one order for everybody, so that two workers never wait for each other crosswise. */
export async function countExpired(
  db: Db,
  batches: readonly Pick<OutboxTable, 'saying' | 'peers'>[],
  now: Instant,
): Promise<void> {
  const counts = new Map<string, number>();
  for (const { saying, peers } of batches) {
    const { kind } = unpackSaying(saying);
    counts.set(kind, (counts.get(kind) ?? 0) + unpackPeers(peers).length);
  }
  for (const [kind, peers] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    await db
      .insertInto('expired')
      .values({ kind, peers, last_at: now })
      .onConflict((conflict) =>
        conflict.column('kind').doUpdateSet((eb) => ({ peers: eb('expired.peers', '+', peers), last_at: now })),
      )
      .execute();
}

/** How many peers each kind of saying came too late for, since the database was made; kinds in order. */
export async function expiredCounts(db: Db): Promise<Record<string, number>> {
  const rows = await db.selectFrom('expired').select(['kind', 'peers']).orderBy('kind').execute();
  return Object.fromEntries(rows.map(({ kind, peers }) => [kind, peers]));
}
