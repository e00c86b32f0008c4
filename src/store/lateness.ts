/** How late messages came, kept by the hour. */
import type { Instant } from '../domain/calendar.ts';
import type { Lateness } from '../domain/lateness.ts';
import type { Db } from './schema.ts';

const HOUR = 3_600_000;

/** Adds what was just accepted to the hour of `now`: one statement, whatever was sent. Call in the transaction that settles it. */
export async function countSent(db: Db, lateness: Lateness, now: Instant): Promise<void> {
  if (lateness.size === 0) return;
  const hour = hourOf(now);
  // In one order for everybody, so that two workers never wait for each other crosswise.
  const rows = [...lateness].sort(([a], [b]) => a - b).map(([bucket, peers]) => ({ hour, bucket, peers }));
  await db
    .insertInto('lateness')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['hour', 'bucket'])
        .doUpdateSet((eb) => ({ peers: eb('lateness.peers', '+', eb.ref('excluded.peers')) })),
    )
    .execute();
}

/** What was accepted in the hours that began after `since`. Hours a clock put into the future count as well: they were sent. */
export async function latenessSince(db: Db, since: Instant): Promise<Lateness> {
  const rows = await db
    .selectFrom('lateness')
    .select((eb) => ['bucket', eb.fn.sum<number | string>('peers').as('peers')])
    .where('hour', '>', since)
    .groupBy('bucket')
    .orderBy('bucket')
    .execute();
  // PostgreSQL sums bigint to numeric, which comes as text.
  return new Map(rows.map(({ bucket, peers }) => [bucket, Number(peers)]));
}

function hourOf(now: Instant): Instant {
  return Math.floor(now / HOUR) * HOUR;
}
