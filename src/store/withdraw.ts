/** Taking back what was queued and not sent yet: the lesson changed, the peer wishes otherwise or left. */
import { sql } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import { chunksOf, parse } from './json.ts';
import { unpackSaying } from './kept-saying.ts';
import { addPart, type Entry, STATE } from './outbox.ts';
import type { Db } from './schema.ts';

const CHUNK = 100;
const OPEN: readonly number[] = [STATE.waiting, STATE.withdrawn];

type Withdrawal = {
  /** Will not hear the saying after all. */
  readonly withdrawn: readonly number[];
  /** Have heard it, or are being sent it at this moment: they need a follow-up. */
  readonly sent: readonly number[];
};

/** Takes the saying of this key back from these peers. Call in the transaction of the change that made it wrong. */
export async function withdraw(db: Db, key: string, peers: readonly number[], now: Instant): Promise<Withdrawal> {
  const asked = new Set(peers);
  const withdrawn = new Set<number>();
  const sent = new Set<number>();
  let raced = true;
  while (raced) {
    raced = false;
    const batches = await db
      .selectFrom('outbox')
      .select(['id', 'state', 'peers'])
      .where('key', '=', key)
      .where('state', 'in', [STATE.waiting, STATE.leased, STATE.done])
      .execute();
    for (const batch of batches) {
      const concerned = parse<number[]>(batch.peers).filter((peer) => asked.has(peer));
      if (concerned.length === 0) continue;
      // What is on its way is not tried again, should it come back.
      const isOut = batch.state === STATE.done || (await takeOut(db, batch, asked, now));
      const side = batch.state === STATE.waiting ? withdrawn : sent;
      if (isOut) for (const peer of concerned) side.add(peer);
      // Claimed or cut by somebody else since it was read: look again.
      else raced = true;
    }
  }
  return { withdrawn: inOrder(withdrawn), sent: inOrder(sent) };
}

/**
 * Takes the corrections that wait for their time back from these peers, without a trace: they are made anew. `thread` is the
 * timetable they come of.
 */
export async function withdrawCorrections(
  db: Db,
  thread: number,
  peers: readonly number[],
  now: Instant,
): Promise<void> {
  const asked = new Set(peers);
  for (let raced = true; raced; ) {
    raced = false;
    const batches = await db
      .selectFrom('outbox')
      .select(['id', 'state', 'peers'])
      .where('thread', '=', thread)
      .where('state', '=', STATE.waiting)
      // What tells changes as such says since when.
      .where('since', 'is', null)
      .where('due', '>', now)
      .execute();
    for (const batch of batches)
      if (parse<number[]>(batch.peers).some((peer) => asked.has(peer)) && !(await takeOut(db, batch, asked, 'forget')))
        raced = true;
  }
}

/** Who of these peers has been sent each of these sayings, or is being sent it; by key, without those sent to nobody. */
export async function whoHeard(
  db: Db,
  keys: readonly string[],
  peers: readonly number[],
): Promise<Map<string, number[]>> {
  const heard = new Map<string, number[]>();
  const asked = new Set(peers);
  for (const some of chunksOf(keys, CHUNK)) {
    const batches = await db
      .selectFrom('outbox')
      .select(['key', 'peers'])
      .where('key', 'in', some)
      .where('state', 'in', [STATE.leased, STATE.done])
      .execute();
    for (const batch of batches) {
      const mine = parse<number[]>(batch.peers).filter((peer) => asked.has(peer));
      if (mine.length > 0) heard.set(batch.key, [...(heard.get(batch.key) ?? []), ...mine]);
    }
  }
  return heard;
}

/** Takes a peer out of every batch that waits; a batch for nobody else goes without a trace. */
export async function dropFromWaiting(db: Db, peer: number): Promise<void> {
  let raced = true;
  while (raced) {
    raced = false;
    const batches = await db
      .selectFrom('outbox')
      .select(['id', 'state', 'peers'])
      .where('state', '=', sql.lit(STATE.waiting))
      // Narrows by text what the list itself then decides: 12 stands in 123 too.
      .where('peers', 'like', `%${peer}%`)
      .execute();
    for (const batch of batches)
      if (parse<number[]>(batch.peers).includes(peer) && !(await takeOut(db, batch, new Set([peer]), 'forget')))
        raced = true;
  }
}

/** A batch that waits for a peer, was sent to it or is on its way, or was taken back from it. */
export type Queued = Pick<Entry, 'key' | 'due' | 'deadline' | 'saying'> & {
  readonly id: number;
  readonly state: number;
  readonly fate: 'waits' | 'sent' | 'withdrawn';
  readonly thread: number | undefined;
  readonly since: Instant | null;
  /** When it was taken back. */
  readonly settledAt: Instant | null;
  /** As they are kept. */
  readonly peers: string;
};

/** What waits for this peer or was taken back from it: of these keys, with what was sent, or of this thread; by id. */
export async function queuedFor(
  db: Db,
  peer: number,
  which: { readonly keys: readonly string[] } | { readonly thread: number },
): Promise<Queued[]> {
  const found: Queued[] = [];
  const some = 'keys' in which ? chunksOf(which.keys, CHUNK).map((keys) => ({ keys })) : [which];
  for (const one of some) {
    const all = db
      .selectFrom('outbox')
      .select(['id', 'state', 'key', 'due', 'deadline', 'saying', 'thread', 'since', 'peers', 'settled_at'])
      .where('state', 'in', 'keys' in one ? [...OPEN, STATE.leased, STATE.done] : OPEN);
    const rows = await ('keys' in one ? all.where('key', 'in', one.keys) : all.where('thread', '=', one.thread))
      .orderBy('id')
      .execute();
    for (const row of rows)
      if (parse<number[]>(row.peers).includes(peer))
        found.push({
          ...row,
          saying: unpackSaying(row.saying),
          fate: row.state === STATE.waiting ? 'waits' : row.state === STATE.withdrawn ? 'withdrawn' : 'sent',
          thread: row.thread ?? undefined,
          settledAt: row.settled_at,
        });
  }
  return found;
}

/** Whether this peer was sent anything of this thread since then. */
export async function hasHeard(
  db: Db,
  peer: number,
  { thread, since }: { readonly thread: number; readonly since: Instant },
): Promise<boolean> {
  const rows = await db
    .selectFrom('outbox')
    .select('peers')
    .where('thread', '=', thread)
    .where('state', '=', STATE.done)
    .where('settled_at', '>=', since)
    .execute();
  return rows.some(({ peers }) => parse<number[]>(peers).includes(peer));
}

/**
 * Takes the batch back from this peer: it is kept that it was, or forgotten. False when the batch is no longer as it was read, on
 * its way for one.
 */
export async function unqueue(db: Db, batch: Queued, peer: number, how: Instant | 'forget'): Promise<boolean> {
  if (!(await takeOut(db, batch, new Set([peer]), how))) return false;
  if (how === 'forget' || parse<number[]>(batch.peers).length === 1) return true;
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', batch.id).executeTakeFirstOrThrow();
  const { id: _id, part: _part, ...same } = row;
  await addPart(db, { ...same, state: STATE.withdrawn, peers: JSON.stringify([peer]), settled_at: how });
  return true;
}

/** False when the batch is no longer as it was read. An emptied batch keeps its list and is marked withdrawn, or is forgotten. */
async function takeOut(
  db: Db,
  batch: { readonly id: number; readonly state: number; readonly peers: string },
  out: ReadonlySet<number>,
  emptied: Instant | 'forget',
): Promise<boolean> {
  const left = parse<number[]>(batch.peers).filter((peer) => !out.has(peer));
  if (left.length === 0 && emptied === 'forget') {
    const { numDeletedRows } = await db
      .deleteFrom('outbox')
      .where('id', '=', batch.id)
      .where('state', '=', batch.state)
      .where('peers', '=', batch.peers)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  }
  const change =
    left.length === 0 && emptied !== 'forget'
      ? { state: STATE.withdrawn, settled_at: emptied }
      : { peers: JSON.stringify(left) };
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set(change)
    .where('id', '=', batch.id)
    .where('state', '=', batch.state)
    .where('peers', '=', batch.peers)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function inOrder(peers: ReadonlySet<number>): number[] {
  return [...peers].sort((a, b) => a - b);
}
