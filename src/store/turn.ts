/** Whose turn it is: of the batches of one thread a peer gets the earlier first, and the later one when it has that. */
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import { chunksOf } from '../domain/chunks.ts';
import { packPeers, unpackPeers } from './kept-peers.ts';
import { addPart, STATE } from './outbox.ts';
import type { Db, OutboxTable } from './schema.ts';

type Row = Pick<Selectable<OutboxTable>, 'id' | 'thread' | 'due' | 'not_before' | 'state' | 'peers'>;

/** What is looked at of a row. */
export const TURN = ['id', 'thread', 'due', 'not_before', 'state', 'peers'] as const satisfies readonly (keyof Row)[];

const CHUNK = 100;
/** What is on its way may come back and be tried again: so long after it is looked again, if nobody said that it has arrived. */
const SOON = 1000;

/**
 * Which of these batches may be sent now. Where only some peers of one still wait for an earlier batch, it is cut in two. What
 * must wait is put off until the earlier one may be tried again (see `nextInLine`); an earlier one that is due itself is among
 * those that may be sent, whether it was asked about or not. Call in the transaction that takes them.
 */
export async function inTurn(db: Db, rows: readonly Row[], now: Instant): Promise<number[]> {
  const threads = [...new Set(rows.flatMap(({ thread }) => thread ?? []))];
  if (threads.length === 0) return rows.map(({ id }) => id);
  const firsts = await firstsOf(db, threads, now);
  const free = new Set<number>();
  const putOff = new Map<Instant, number[]>();
  const asked = new Map(rows.map((row) => [row.id, row]));
  // Grows while it is walked through: who is waited for is asked as well.
  for (const row of asked.values()) {
    const mine = Map.groupBy(unpackPeers(row.peers), (peer) => firsts.get(placeOf(row.thread, peer)) ?? row);
    const others = [...mine.keys()].filter(({ id }) => id !== row.id);
    const mayHave = [...mine].flatMap(([first, peers]) => (first.id === row.id ? peers : []));
    if (others.length === 0) {
      free.add(row.id);
      continue;
    }
    const at = Math.min(...others.map((one) => Math.max(one.state === STATE.waiting ? one.not_before : 0, now + SOON)));
    if (mayHave.length === 0) putOff.set(at, [...(putOff.get(at) ?? []), row.id]);
    else if (await cut(db, row, mayHave, at)) free.add(row.id);
    for (const one of others)
      if (one.state === STATE.waiting && one.not_before <= now && !asked.has(one.id)) asked.set(one.id, one);
  }
  for (const [at, ids] of putOff) await wait(db, ids, at);
  return [...free];
}

function placeOf(thread: number | null, peer: number): string {
  return `${thread} ${peer}`;
}

/** The first batch of each thread that each of its peers has not got yet, where more than one is on its way to them. */
async function firstsOf(db: Db, threads: readonly number[], now: Instant): Promise<Map<string, Row>> {
  const firsts = new Map<string, Row>();
  for (const some of chunksOf(threads, CHUNK)) {
    const open = await db
      .selectFrom('outbox')
      .select(TURN)
      .where('thread', 'in', some)
      .where('state', 'in', [STATE.waiting, STATE.leased])
      .where('due', '<=', now)
      .execute();
    // One alone waits for nobody, and most are.
    for (const queue of Map.groupBy(open, ({ thread }) => thread).values())
      if (queue.length > 1)
        for (const row of queue.sort((a, b) => a.due - b.due || a.id - b.id))
          for (const peer of unpackPeers(row.peers)) {
            const place = placeOf(row.thread, peer);
            if (!firsts.has(place)) firsts.set(place, row);
          }
  }
  return firsts;
}

/** The batch keeps these peers, the others get it later as a part of its own. False when it is no longer as it was read. */
async function cut(db: Db, { id, peers }: Row, kept: readonly number[], at: Instant): Promise<boolean> {
  const row = await db
    .updateTable('outbox')
    .set({ peers: packPeers(kept) })
    .where('id', '=', id)
    .where('state', '=', STATE.waiting)
    .where('peers', '=', peers)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return false;
  const { id: _id, part: _part, ...same } = row;
  const left = unpackPeers(peers).filter((peer) => !kept.includes(peer));
  await addPart(db, { ...same, peers: packPeers(left), not_before: at, early: 1 });
  return true;
}

async function wait(db: Db, ids: readonly number[], at: Instant): Promise<void> {
  for (const some of chunksOf(ids, CHUNK))
    await db
      .updateTable('outbox')
      .set({ early: 1, not_before: at })
      .where('id', 'in', some)
      .where('state', '=', STATE.waiting)
      .execute();
}

/** What waited in these threads for what has just arrived need not wait any longer: all that was never tried. */
export async function nextInLine(db: Db, threads: readonly number[], now: Instant): Promise<void> {
  for (const some of chunksOf(threads, CHUNK))
    await db
      .updateTable('outbox')
      .set((eb) => ({ early: 0, not_before: eb.ref('due') }))
      .where('thread', 'in', some)
      .where('state', '=', STATE.waiting)
      .where('early', '=', sql.lit<1>(1))
      .where('attempts', '=', 0)
      .where('due', '<=', now)
      .execute();
}
