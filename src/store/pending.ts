/** How much waits in the outbox, since when, and until when; and who can not be written to. */
import { sql } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import { STATE } from './outbox.ts';
import type { Db } from './schema.ts';

type Pending = {
  readonly waiting: number;
  readonly leased: number;
  /** Waiting, though they may be sent by now. */
  readonly due: number;
  /** When the longest overdue waiting batch was due, told by those that were queued first; null when nothing is late. */
  readonly oldestDue: Instant | null;
};

/** Batches that were queued first: among them is the one that waits longest. */
const FIRST = 500;

/** Counted in the indexes alone: in a cruel minute this is asked about a hundred thousand batches, whose rows would take ten times as long. */
export async function pending(db: Db, now: Instant): Promise<Pending> {
  const early = (is: 0 | 1) => inState(db, STATE.waiting).where('early', '=', sql.lit(is));
  const ripe = await counted(early(0));
  const ripening = await counted(early(1).where('not_before', '<=', now));
  const waiting = ripe + (await counted(early(1)));
  const leased = await counted(inState(db, STATE.leased));
  return { waiting, leased, due: ripe + ripening, oldestDue: waiting === 0 ? null : await oldestDue(db, now) };
}

async function counted(rows: ReturnType<typeof inState>): Promise<number> {
  const { count } = await rows.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return Number(count);
}

async function oldestDue(db: Db, now: Instant): Promise<Instant | null> {
  const { first } = await inState(db, STATE.waiting)
    .select((eb) => eb.fn.min('id').as('first'))
    .executeTakeFirstOrThrow();
  if (first === null) return null;
  const { oldest } = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('outbox')
        .select('due')
        .where('id', '>=', first)
        .where(sql<number>`+state`, '=', STATE.waiting)
        .where('due', '<=', now)
        .orderBy('id')
        .limit(FIRST)
        .as('first'),
    )
    .select((eb) => eb.fn.min('due').as('oldest'))
    .executeTakeFirstOrThrow();
  return oldest;
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
