/** Writing down how a batch went: who has it, who gets it later, who never. */
import type { Selectable } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import { chunksOf } from '../domain/chunks.ts';
import { packPeers, unpackPeers } from './kept-peers.ts';
import { addPart, STATE } from './outbox.ts';
import { savePeers, takePeers } from './peers.ts';
import { note } from './recent.ts';
import type { Db, OutboxTable } from './schema.ts';
import { nextInLine } from './turn.ts';

/** What became of one batch; `id` is the row's. */
export type Outcome = {
  readonly id: number;
  readonly sent: readonly number[];
  /** `untouched`: this try is as good as none, the messenger has certainly nothing of it. */
  readonly later: readonly { readonly peers: readonly number[]; readonly at: Instant; readonly untouched?: true }[];
  /** Cannot be written to at all: the peer is put to sleep. */
  readonly gone: readonly { readonly peer: number; readonly why: string }[];
  /** Will not get this one saying. */
  readonly dead: readonly { readonly peer: number; readonly why: string }[];
};

/**
 * Settles batches by their outcomes; a peer the outcome says nothing of waits for another try. Settling again changes nothing,
 * and a settlement that comes after the lease ran out still counts: what was sent was sent. Call in a transaction.
 */
export async function settle(db: Db, now: Instant, outcomes: readonly Outcome[]): Promise<void> {
  // Peers before batches, as whoever changes its settings takes them; all at once, so that two workers never wait crosswise.
  const left = await takePeers(
    db,
    outcomes.flatMap(({ gone }) => gone.map(({ peer }) => peer)),
  );
  const plain = outcomes.filter(
    ({ sent, later, gone, dead }) => sent.length > 0 && later.length + gone.length + dead.length === 0,
  );
  const settled = new Map<number, number | null>();
  for (const chunk of chunksOf(plain, CHUNK))
    for (const { id, thread } of await settlePlain(db, chunk, now)) settled.set(id, thread);
  const asleep = new Map<number, string>();
  for (const outcome of outcomes) {
    if (settled.has(outcome.id)) continue;
    const one = await settleOne(db, now, outcome);
    settled.set(outcome.id, one?.thread ?? null);
    if (one !== null) for (const { peer, why } of outcome.gone) asleep.set(peer, why);
  }
  const fallen = left.filter(({ id }) => asleep.has(id));
  await savePeers(
    db,
    fallen.map((peer) => ({ ...peer, asleep: asleep.get(peer.id) ?? peer.asleep })),
  );
  const threads = [...new Set(settled.values())].filter((thread) => thread !== null);
  if (threads.length > 0) await nextInLine(db, threads, now);
}

type Settled = { readonly id: number; readonly thread: number | null };

/** Nearly all batches: everybody has it. Only where the row still says what was sent out; the others are looked at one by one. */
async function settlePlain(db: Db, outcomes: readonly Outcome[], now: Instant): Promise<Settled[]> {
  const ids = outcomes.map(({ id }) => id);
  const sizes = await db
    .selectFrom('outbox')
    .select(['id', 'peers'])
    .where('id', 'in', ids)
    .where('state', '=', STATE.leased)
    .execute();
  const peersOf = new Map(sizes.map(({ id, peers }) => [id, peers]));
  const whole = outcomes.filter(({ id, sent }) => {
    const peers = peersOf.get(id);
    return peers !== undefined && unpackPeers(peers).length === sent.length;
  });
  if (whole.length === 0) return [];
  return db
    .updateTable('outbox')
    .set({ state: STATE.done, lease_until: null, settled_at: now })
    .where(
      'id',
      'in',
      whole.map(({ id }) => id),
    )
    .where('state', '=', STATE.leased)
    .returning(['id', 'thread'])
    .execute();
}

/** Null when it was settled before. */
async function settleOne(db: Db, now: Instant, outcome: Outcome): Promise<Pick<Settled, 'thread'> | null> {
  const { id } = outcome;
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined || row.state === STATE.done || row.state === STATE.dead) return null;
  const lost = [...outcome.gone, ...outcome.dead].map(({ peer }) => peer);
  const open = row.state === STATE.waiting || row.state === STATE.leased;
  const left = open ? unpackPeers(row.peers) : [];
  const groups = waitingGroups(left, outcome, new Set([...outcome.sent, ...lost]), now);

  // The row itself keeps who has the message, since buttons name it; those tried again become parts of their own.
  if (outcome.sent.length > 0) await finish(db, id, STATE.done, outcome.sent, now);
  else if (groups[0] !== undefined) await retry(db, row, groups[0], now);
  else if (lost.length > 0) await finish(db, id, STATE.dead, lost, now);
  const { id: _id, part: _part, ...same } = row;
  for (const group of outcome.sent.length > 0 ? groups : groups.slice(1))
    await addPart(db, { ...same, ...again(row, group, now) });

  if (lost.length > 0) await note(db, id, lost);
  await writeReceipts(db, row.fire, now, outcome);
  return { thread: row.thread };
}

async function finish(db: Db, id: number, state: number, peers: readonly number[], now: Instant): Promise<void> {
  const end = { state, peers: packPeers(peers), lease_until: null, settled_at: now };
  await db.updateTable('outbox').set(end).where('id', '=', id).execute();
}

async function retry(db: Db, row: Selectable<OutboxTable>, group: Group, now: Instant): Promise<void> {
  await db
    .updateTable('outbox')
    .set(again(row, group, now))
    .where('id', '=', row.id)
    .execute();
}

/**
 * Of a first try that came to nothing for certain no trace is left: it has its whole time yet, and however late it is tried again,
 * VK does not have it. An earlier one may have arrived.
 */
function again(row: Selectable<OutboxTable>, { peers, at, untouched }: Group, now: Instant) {
  const waits = { state: STATE.waiting, not_before: at, early: at > now ? 1 : 0 } as const;
  const untried = { attempts: 0, first_try_at: null, dies_at: row.deadline ?? row.dies_at, deadline: null };
  const fresh = untouched === true && row.attempts === 1 ? untried : {};
  return { ...waits, ...fresh, peers: packPeers(peers), lease_until: null, settled_at: null };
}

const CHUNK = 100;

type Group = Outcome['later'][number];

/** Who is to be tried again and when; only those still in the batch (a change may have withdrawn some after the lease ran out). */
function waitingGroups(
  peers: readonly number[],
  outcome: Outcome,
  finished: ReadonlySet<number>,
  now: Instant,
): Group[] {
  const left = new Set(peers.filter((peer) => !finished.has(peer)));
  const groups: Group[] = [];
  for (const group of [...outcome.later, { peers, at: now }]) {
    const mine = [...new Set(group.peers)].filter((peer) => left.delete(peer));
    if (mine.length > 0) groups.push({ ...group, peers: mine });
  }
  return groups;
}

async function writeReceipts(db: Db, fire: string, at: Instant, outcome: Outcome): Promise<void> {
  const rows = [
    ...outcome.gone.map(({ peer, why }) => ({ fire, peer_id: peer, what: 'gone', why, at })),
    ...outcome.dead.map(({ peer, why }) => ({ fire, peer_id: peer, what: 'dead', why, at })),
  ];
  if (rows.length === 0) return;
  await db
    .insertInto('receipt')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['fire', 'peer_id']).doNothing())
    .execute();
}

/** This peer has had what this fire says in other words, and is never queued for it. */
export async function writeHad(db: Db, fire: string, peer: number, at: Instant): Promise<void> {
  const had = [{ peer, why: 'said in other words' }];
  await writeReceipts(db, fire, at, { id: 0, sent: [], later: [], gone: [], dead: had });
}

type Receipt = { readonly peer: number; readonly what: string; readonly why: string; readonly at: Instant };

/** Who did not get this fire, and why. */
export async function receiptsOf(db: Db, fire: string): Promise<Receipt[]> {
  const rows = await db.selectFrom('receipt').selectAll().where('fire', '=', fire).orderBy('peer_id').execute();
  return rows.map((row) => ({ peer: row.peer_id, what: row.what, why: row.why, at: row.at }));
}
