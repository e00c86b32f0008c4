/** Forgetting by age, a chunk at a time, so that nobody waits long for the one who forgets. */
import { setImmediate } from 'node:timers/promises';
import type { DeleteResult } from 'kysely';
import { type Day, type Instant, wallOf } from '../domain/calendar.ts';
import type { Db } from './schema.ts';

const DAY = 24 * 60 * 60_000;
/** Changes are shown for 14 days; a day more for every zone. */
const TOLD_DAYS = 15;

/** How many rows of each sort went. */
type Swept = {
  readonly outbox: number;
  readonly receipts: number;
  readonly events: number;
  readonly occurrences: number;
  readonly sessions: number;
  readonly allowances: number;
  readonly audit: number;
  readonly waiting: number;
  readonly lateness: number;
  readonly told: number;
  readonly homework: number;
};

/** Deletes what is past its time, at most `chunk` rows a statement. Takes the store's own handle: others get their turn in between. */
export async function sweep(db: Db, now: Instant, chunk: number): Promise<Swept> {
  if (db.isTransaction) throw new Error('sweep takes turns with others, so it cannot run inside a transaction');
  return {
    outbox: await untilFew(chunk, () => sweepOutbox(db, now - 14 * DAY, chunk)),
    receipts: await untilFew(chunk, () => sweepReceipts(db, now - 14 * DAY, chunk)),
    events: await untilFew(chunk, () => sweepEvents(db, now - 2 * DAY, chunk)),
    occurrences: await untilFew(chunk, () => sweepOccurrences(db, now - 2 * DAY, chunk)),
    sessions: await untilFew(chunk, () => sweepSessions(db, now, chunk)),
    allowances: await untilFew(chunk, () => sweepAllowances(db, now, chunk)),
    audit: await untilFew(chunk, () => sweepAudit(db, now - 400 * DAY, chunk)),
    waiting: await untilFew(chunk, () => sweepWaiting(db, now - 7 * DAY, chunk)),
    lateness: await untilFew(chunk, () => sweepLateness(db, now - 35 * DAY, chunk)),
    told: await untilFew(chunk, () => sweepTold(db, now - TOLD_DAYS * DAY, chunk)),
    homework: await untilFew(chunk, () => sweepHomework(db, wallOf(now - 30 * DAY, 'UTC').day, chunk)),
  };
}

async function untilFew(chunk: number, remove: () => Promise<DeleteResult>): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = Number((await remove()).numDeletedRows);
    total += removed;
    if (removed < chunk) return total;
    await setImmediate();
  }
}

function sweepOutbox(db: Db, before: Instant, chunk: number): Promise<DeleteResult> {
  // Only settled batches have this date.
  const old = db.selectFrom('outbox').select('id').where('settled_at', '<', before).limit(chunk);
  return db.deleteFrom('outbox').where('id', 'in', old).executeTakeFirst();
}

function sweepReceipts(db: Db, before: Instant, chunk: number): Promise<DeleteResult> {
  const old = db.selectFrom('receipt').select(['fire', 'peer_id']).where('at', '<', before).limit(chunk);
  return db
    .deleteFrom('receipt')
    .where(({ eb, refTuple }) => eb(refTuple('fire', 'peer_id'), 'in', old.$asTuple('fire', 'peer_id')))
    .executeTakeFirst();
}

function sweepEvents(db: Db, before: Instant, chunk: number): Promise<DeleteResult> {
  const old = db.selectFrom('event').select('id').where('at', '<', before).limit(chunk);
  return db.deleteFrom('event').where('id', 'in', old).executeTakeFirst();
}

function sweepOccurrences(db: Db, before: Instant, chunk: number): Promise<DeleteResult> {
  const old = db
    .selectFrom('occurrence')
    .select(['starts_at', 'timetable_id', 'n'])
    .where('starts_at', '<', before)
    .limit(chunk);
  return db
    .deleteFrom('occurrence')
    .where(({ eb, refTuple }) =>
      eb(refTuple('starts_at', 'timetable_id', 'n'), 'in', old.$asTuple('starts_at', 'timetable_id', 'n')),
    )
    .executeTakeFirst();
}

function sweepSessions(db: Db, now: Instant, chunk: number): Promise<DeleteResult> {
  const old = db.selectFrom('session').select('key').where('expires_at', '<=', now).limit(chunk);
  return db.deleteFrom('session').where('key', 'in', old).executeTakeFirst();
}

/** Whoever may ask for everything again needs no number. */
function sweepAllowances(db: Db, now: Instant, chunk: number): Promise<DeleteResult> {
  const old = db.selectFrom('allowance').select(['what', 'person_id']).where('full_at', '<=', now).limit(chunk);
  return db
    .deleteFrom('allowance')
    .where(({ eb, refTuple }) => eb(refTuple('what', 'person_id'), 'in', old.$asTuple('what', 'person_id')))
    .executeTakeFirst();
}

function sweepAudit(db: Db, before: Instant, chunk: number): Promise<DeleteResult> {
  const old = db.selectFrom('audit').select('id').where('at', '<', before).limit(chunk);
  return db.deleteFrom('audit').where('id', 'in', old).executeTakeFirst();
}

/** A timetable that could not be read for a week is waited for no longer. */
function sweepWaiting(db: Db, before: Instant, chunk: number): Promise<DeleteResult> {
  const old = db.selectFrom('waiting').select(['timetable_id', 'peer_id']).where('at', '<', before).limit(chunk);
  return db
    .deleteFrom('waiting')
    .where(({ eb, refTuple }) => eb(refTuple('timetable_id', 'peer_id'), 'in', old.$asTuple('timetable_id', 'peer_id')))
    .executeTakeFirst();
}

function sweepLateness(db: Db, before: Instant, chunk: number): Promise<DeleteResult> {
  const old = db.selectFrom('lateness').select(['hour', 'bucket']).where('hour', '<', before).limit(chunk);
  return db
    .deleteFrom('lateness')
    .where(({ eb, refTuple }) => eb(refTuple('hour', 'bucket'), 'in', old.$asTuple('hour', 'bucket')))
    .executeTakeFirst();
}

function sweepTold(db: Db, before: Instant, chunk: number): Promise<DeleteResult> {
  const old = db.selectFrom('told').select('id').where('at', '<', before).limit(chunk);
  return db.deleteFrom('told').where('id', 'in', old).executeTakeFirst();
}

function sweepHomework(db: Db, before: Day, chunk: number): Promise<DeleteResult> {
  const key = ['timetable_id', 'day', 'subject', 'subgroup'] as const;
  const old = db.selectFrom('homework').select(key).where('day', '<', before).limit(chunk);
  return db
    .deleteFrom('homework')
    .where(({ eb, refTuple }) => eb(refTuple(...key), 'in', old.$asTuple(...key)))
    .executeTakeFirst();
}

/** Forgets everything, for a toy whose other half begins anew at each start. Call in a transaction. */
export async function empty(db: Db): Promise<void> {
  const tables = [
    'subscription',
    'digest',
    'occurrence',
    'occurrence_line',
    'printed',
    'lesson',
    'feed',
    'outage',
    'outbox',
    'receipt',
    'recent',
    'waiting',
    'listing',
    'university',
    'expired',
    'lateness',
    'untold_day',
    'untold',
    'told',
    'held',
    'wanted',
    'homework',
    'editor',
    'peer',
    'timetable',
  ] as const;
  for (const table of [...tables, 'host', 'allowance', 'session', 'state', 'event', 'audit'] as const)
    await db.deleteFrom(table).execute();
}
