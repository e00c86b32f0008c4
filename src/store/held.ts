/** Who has not been told of changes yet because of quiet hours: since when, and until when. What was told meanwhile stands in `told`. */
import { sql } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import { chunksOf } from '../domain/chunks.ts';
import type { Db } from './schema.ts';

/** `peer` has not been told what was told of the timetable at `since` and later; its quiet hours end at `due`. */
type Held = { readonly peer: number; readonly since: Instant; readonly due: Instant };

const CHUNK = 100;

/** Everybody of this timetable, by id; only those who are to be looked at `now` where that is given (see `dueHeld`). */
export async function heldOf(db: Db, timetableId: number, now?: Instant): Promise<Held[]> {
  return db
    .selectFrom('held')
    .select(['peer_id as peer', 'since', 'due'])
    .where('timetable_id', '=', timetableId)
    .$if(now !== undefined, (query) =>
      query.where((eb) => eb.or([eb('due', '<=', now ?? 0), eb('since', '>', now ?? 0)])),
    )
    .orderBy('peer_id')
    .execute();
}

/** Since when this peer has not been told; null when it knows everything. */
export async function heldSince(db: Db, timetableId: number, peer: number): Promise<Instant | null> {
  const row = await db
    .selectFrom('held')
    .select('since')
    .where('timetable_id', '=', timetableId)
    .where('peer_id', '=', peer)
    .executeTakeFirst();
  return row?.since ?? null;
}

/** Remembers them; who was held before keeps the earlier `since` of both. */
export async function hold(db: Db, timetableId: number, rows: readonly Held[]): Promise<void> {
  for (const some of chunksOf(rows, CHUNK))
    await db
      .insertInto('held')
      .values(some.map(({ peer, since, due }) => ({ timetable_id: timetableId, peer_id: peer, since, due })))
      .onConflict((conflict) =>
        conflict.columns(['timetable_id', 'peer_id']).doUpdateSet((eb) => ({
          due: eb.ref('excluded.due'),
          since: sql<number>`case when held.since < excluded.since then held.since else excluded.since end`,
        })),
      )
      .execute();
}

/** They know everything. */
export async function unhold(db: Db, timetableId: number, peers: readonly number[]): Promise<void> {
  for (const some of chunksOf(peers, CHUNK))
    await db.deleteFrom('held').where('timetable_id', '=', timetableId).where('peer_id', 'in', some).execute();
}

/**
 * Timetables of those who are to be looked at now, the longest due first: of the first `limit` of them. Those who have not been
 * told since a time that is still to come are among them: the clock was set back, and their quiet hours end at another time.
 */
export async function dueHeld(db: Db, now: Instant, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('held')
    .select('timetable_id')
    .where('due', '<=', now)
    .orderBy('due')
    .orderBy('timetable_id')
    .limit(limit)
    .execute();
  const ahead = await db.selectFrom('held').select('timetable_id').where('since', '>', now).limit(limit).execute();
  return [...new Set([...rows, ...ahead].map((row) => row.timetable_id))];
}

/** Those of this timetable are looked at again at `due`. */
export async function putOffHeld(db: Db, timetableId: number, due: Instant): Promise<void> {
  await db.updateTable('held').set({ due }).where('timetable_id', '=', timetableId).where('due', '<', due).execute();
}

/**
 * What was told at times that are still to come was told just now, in the same order: the clock was set back, and what is told
 * from now on is told after it. Call in a transaction that holds the timetable.
 */
export async function bringBack(db: Db, timetableId: number, now: Instant): Promise<void> {
  const ahead = await db
    .selectFrom('told')
    .select('at')
    .distinct()
    .where('timetable_id', '=', timetableId)
    .where('at', '>', now)
    .orderBy('at')
    .execute();
  for (const [n, { at }] of ahead.entries()) {
    const just = now - (ahead.length - n);
    await db
      .updateTable('told')
      .set({ at: just })
      .where('timetable_id', '=', timetableId)
      .where('at', '=', at)
      .execute();
    await db
      .updateTable('held')
      .set({ since: just })
      .where('timetable_id', '=', timetableId)
      .where('since', '=', at)
      .execute();
  }
  const lost = db.updateTable('held').set({ since: now }).where('timetable_id', '=', timetableId);
  await lost.where('since', '>', now).execute();
}

/** This peer wants to hear of none of it. */
export async function dropHeld(db: Db, peer: number): Promise<void> {
  await db.deleteFrom('held').where('peer_id', '=', peer).execute();
}
