/** Who asked for a timetable that was not read yet: answered when it is. */
import type { Instant } from '../domain/calendar.ts';
import { type Given, once } from './once.ts';
import type { Db } from './schema.ts';

/** Asking again while waiting changes nothing but the time. */
export async function startWaiting(db: Db, timetableId: number, peerId: number, at: Instant): Promise<void> {
  await db
    .insertInto('waiting')
    .values({ timetable_id: timetableId, peer_id: peerId, at })
    .onConflict((conflict) => conflict.columns(['timetable_id', 'peer_id']).doUpdateSet({ at }))
    .execute();
}

const waiting = once((db, given: Given<{ id: number }>) =>
  db.selectFrom('waiting').select(['peer_id as peer', 'at']).where('timetable_id', '=', given('id')),
);

/** Everybody who waits for this timetable, since when, by id. */
export async function waitingFor(
  db: Db,
  timetableId: number,
): Promise<{ readonly peer: number; readonly at: Instant }[]> {
  return (await waiting(db, { id: timetableId })).rows.toSorted((a, b) => a.peer - b.peer);
}

/** They were answered; `peerId`: this one only. */
export async function stopWaiting(db: Db, timetableId: number, peerId?: number): Promise<void> {
  const all = db.deleteFrom('waiting').where('timetable_id', '=', timetableId);
  await (peerId === undefined ? all : all.where('peer_id', '=', peerId)).execute();
}
