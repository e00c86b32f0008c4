/** Taking back what was queued and not sent yet: the lesson changed, the peer wishes otherwise or left. */
import type { Instant } from '../domain/calendar.ts';
import { chunksOf } from '../domain/chunks.ts';
import type { Entry } from '../domain/notice.ts';
import { packPeers, unpackPeers } from './kept-peers.ts';
import { unpackSaying } from './kept-saying.ts';
import { addPart, STATE, slotOf } from './outbox.ts';
import type { Db } from './schema.ts';
import { keyOfRow, takeOut } from './take-out.ts';

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
      .select(['id', 'fire', 'key', 'state', 'peers'])
      .where('slot', '=', slotOf(key))
      .where('state', 'in', [STATE.waiting, STATE.leased, STATE.done])
      .execute();
    for (const batch of batches.filter((one) => keyOfRow(one) === key)) {
      const concerned = unpackPeers(batch.peers).filter((peer) => asked.has(peer));
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
 * timetable they come of. Homework that waits stays: it is made only once.
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
      .select(['id', 'state', 'peers', 'saying'])
      .where('thread', '=', thread)
      .where('state', '=', STATE.waiting)
      // What tells changes as such says since when.
      .where('since', 'is', null)
      .where('due', '>', now)
      .execute();
    for (const batch of batches.filter(({ saying }) => unpackSaying(saying).kind !== 'homework'))
      if (unpackPeers(batch.peers).some((peer) => asked.has(peer)) && !(await takeOut(db, batch, asked, 'forget')))
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
      .select(['fire', 'key', 'peers'])
      .where('slot', 'in', some.map(slotOf))
      .where('state', 'in', [STATE.leased, STATE.done])
      .execute();
    for (const batch of batches) {
      const key = keyOfRow(batch);
      const mine = some.includes(key) ? unpackPeers(batch.peers).filter((peer) => asked.has(peer)) : [];
      if (mine.length > 0) heard.set(key, [...(heard.get(key) ?? []), ...mine]);
    }
  }
  return heard;
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
  readonly peers: Uint8Array;
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
      .select([
        'id',
        'state',
        'fire',
        'key',
        'due',
        'deadline',
        'dies_at',
        'saying',
        'thread',
        'since',
        'peers',
        'settled_at',
      ])
      .where('state', 'in', 'keys' in one ? [...OPEN, STATE.leased, STATE.done] : OPEN);
    const rows = await ('keys' in one
      ? all.where('slot', 'in', one.keys.map(slotOf))
      : all.where('thread', '=', one.thread)
    )
      .orderBy('id')
      .execute();
    for (const row of rows) {
      const key = keyOfRow(row);
      const isAsked = !('keys' in one) || one.keys.includes(key);
      if (isAsked && unpackPeers(row.peers).includes(peer))
        found.push({
          ...row,
          key,
          deadline: row.deadline ?? row.dies_at,
          saying: unpackSaying(row.saying),
          fate: row.state === STATE.waiting ? 'waits' : row.state === STATE.withdrawn ? 'withdrawn' : 'sent',
          thread: row.thread ?? undefined,
          settledAt: row.settled_at,
        });
    }
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
  return rows.some(({ peers }) => unpackPeers(peers).includes(peer));
}

/**
 * Takes the batch back from this peer: it is kept that it was (`trace`: in which thread, due when), or forgotten. False when the
 * batch is no longer as it was read, on its way for one.
 */
export async function unqueue(
  db: Db,
  batch: Queued,
  peer: number,
  how: Instant | 'forget',
  trace: { readonly thread?: number; readonly due?: Instant } = {},
): Promise<boolean> {
  if (!(await takeOut(db, batch, new Set([peer]), how))) return false;
  if (how === 'forget') return true;
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', batch.id).executeTakeFirstOrThrow();
  const { id, part: _, ...same } = row;
  const kept = { ...trace, settled_at: how };
  if (row.state === STATE.withdrawn) await db.updateTable('outbox').set(kept).where('id', '=', id).execute();
  else await addPart(db, { ...same, ...kept, state: STATE.withdrawn, peers: packPeers([peer]) });
  return true;
}

function inOrder(peers: ReadonlySet<number>): number[] {
  return [...peers].sort((a, b) => a - b);
}
