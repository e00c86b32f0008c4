/** How much waits in the outbox, since when, and until when; and who can not be written to. */
import { sql } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import { STATE } from './outbox.ts';
import type { Db } from './schema.ts';

type Pending = {
  readonly waiting: number;
  readonly leased: number;
  /** Waiting, though their time has come. */
  readonly due: number;
  /** When the longest overdue waiting batch was due; null when nothing is late. */
  readonly oldestDue: Instant | null;
};

export async function pending(db: Db, now: Instant): Promise<Pending> {
  const { waiting } = await inState(db, STATE.waiting)
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow();
  const { leased } = await inState(db, STATE.leased)
    .select((eb) => eb.fn.countAll<number>().as('leased'))
    .executeTakeFirstOrThrow();
  const { oldest, due } = await inState(db, STATE.waiting)
    .select((eb) => [eb.fn.min('due').as('oldest'), eb.fn.countAll<number>().as('due')])
    .where('due', '<=', now)
    .executeTakeFirstOrThrow();
  return { waiting: Number(waiting), leased: Number(leased), due: Number(due), oldestDue: oldest };
}

function inState(db: Db, state: number) {
  return db.selectFrom('outbox').where('state', '=', sql.lit(state));
}

/** When the first of what waits will be too late; null when nothing waits. */
export async function nextDeadline(db: Db): Promise<Instant | null> {
  const ends: Instant[] = [];
  // The index has what is due and what waits for its time in an order of their own.
  for (const early of [0, 1] as const) {
    const { next } = await inState(db, STATE.waiting)
      .where('early', '=', sql.lit(early))
      .select((eb) => eb.fn.min('dies_at').as('next'))
      .executeTakeFirstOrThrow();
    if (next !== null) ends.push(next);
  }
  return ends.length === 0 ? null : Math.min(...ends);
}

/** How many peers can not be written to until they write again. */
export async function asleepCount(db: Db): Promise<number> {
  const { asleep } = await db
    .selectFrom('peer')
    .select((eb) => eb.fn.countAll<number>().as('asleep'))
    .where('asleep', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(asleep);
}
