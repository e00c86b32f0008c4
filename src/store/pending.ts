/** How much waits in the outbox, since when, and until when; and who can not be written to. */
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
  const counts = await db
    .selectFrom('outbox')
    .select((eb) => ['state', eb.fn.countAll<number>().as('batches')])
    .where('state', 'in', [STATE.waiting, STATE.leased])
    .groupBy('state')
    .execute();
  const { oldest, due } = await db
    .selectFrom('outbox')
    .select((eb) => [eb.fn.min('due').as('oldest'), eb.fn.countAll<number>().as('due')])
    .where('state', '=', STATE.waiting)
    .where('due', '<=', now)
    .executeTakeFirstOrThrow();
  const count = (state: number) => Number(counts.find((row) => row.state === state)?.batches ?? 0);
  return { waiting: count(STATE.waiting), leased: count(STATE.leased), due: Number(due), oldestDue: oldest };
}

/** When the first of what waits will be too late; null when nothing waits. */
export async function nextDeadline(db: Db): Promise<Instant | null> {
  const { next } = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.min('dies_at').as('next'))
    .where('state', '=', STATE.waiting)
    .executeTakeFirstOrThrow();
  return next;
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

/** When the next waiting batch may be sent; null when none waits. */
export async function nextAt(db: Db): Promise<Instant | null> {
  const { next } = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.min('not_before').as('next'))
    .where('state', '=', STATE.waiting)
    .executeTakeFirstOrThrow();
  return next;
}
