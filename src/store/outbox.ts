/** The outbox is filled: sayings that wait to be sent, one row a batch, each fire once a peer. */
import type { Selectable } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import { chunksOf } from '../domain/chunks.ts';
import { type Entry, keyOf, randomIdOf } from '../domain/notice.ts';
import { byHand, type Value } from './by-hand.ts';
import { countExpired } from './expired.ts';
import { packPeers, unpackPeers } from './kept-peers.ts';
import { packSaying } from './kept-saying.ts';
import type { Db, OutboxTable } from './schema.ts';

/** In a condition as `sql.lit`: partial indexes are found by the number itself, not by a parameter. */
export const STATE = { waiting: 0, leased: 1, done: 2, expired: 3, withdrawn: 4, dead: 5 } as const;

/** VK: `peer_ids` of messages.send takes at most a hundred. */
const BATCH = 100;
const CHUNK = 80;

/**
 * Queues each saying for those of its peers who have not had this fire yet: planning the same minute twice changes nothing.
 * A withdrawn batch was never sent and does not count. One past its deadline is kept as expired, and counted. Call in a
 * transaction.
 * @returns how many peers were queued, those who will get something
 */
export async function enqueue(db: Db, entries: readonly Entry[], now: Instant): Promise<number> {
  let queued = 0;
  const late: Pick<OutboxTable, 'saying' | 'peers'>[] = [];
  for (const chunk of chunksOf(mergeByFire(entries), CHUNK)) {
    let open = chunk;
    while (open.length > 0) {
      const known = await knownOf(db, open);
      const rows = open.flatMap((entry) => rowsFor(entry, known, now));
      const written = await insertRows(db, NEW, rows);
      for (const row of rows.filter((one) => written.has(partName(one)))) {
        if (row.state === STATE.waiting) queued += row.count;
        else late.push(row);
      }
      // A part that was not written was written by somebody else a moment ago: look again, and queue what is still missing.
      const missed = new Set(rows.filter((row) => !written.has(partName(row))).map((row) => row.fire));
      open = open.filter((entry) => missed.has(entry.fire));
    }
  }
  await countExpired(db, late, now);
  return queued;
}

/** The number that all sayings of this key are found by; others may have the same one. */
export function slotOf(key: string): number {
  return randomIdOf(key);
}

type Placed = Entry & { readonly slot: number };

function mergeByFire(entries: readonly Entry[]): Placed[] {
  const merged = [...Map.groupBy(entries, ({ fire }) => fire).values()].flatMap((equal): Placed[] => {
    const last = equal.at(-1);
    if (last === undefined) return [];
    const peers = equal.length === 1 ? last.peers : equal.flatMap((one) => one.peers);
    return [{ ...last, slot: slotOf(last.key), peers }];
  });
  // In one order for everybody, so that two servers' workers never wait for each other's rows crosswise.
  return merged.sort((a, b) => a.slot - b.slot || (a.fire < b.fire ? -1 : 1));
}

/** Of one fire: `peers` have it or will; `late` came too late for it, and are owed it only if the clock goes back. */
type Had = { readonly peers: Set<number>; readonly late: Set<number> };

type Known = {
  /** None of a fire that nobody has. */
  readonly fires: ReadonlyMap<string, Had>;
  /** How many parts each slot has; grows with what is going to be written. */
  readonly parts: Map<number, number>;
};

async function knownOf(db: Db, entries: readonly Placed[]): Promise<Known> {
  const fires = new Map<string, Had>();
  const had = (fire: string): Had => {
    const known = fires.get(fire) ?? { peers: new Set(), late: new Set() };
    fires.set(fire, known);
    return known;
  };
  const parts = new Map<number, number>();
  const batches = await db.executeQuery(
    byHand<Pick<OutboxTable, 'slot' | 'part' | 'fire' | 'state' | 'attempts' | 'peers'>>(
      db,
      'select slot, part, fire, state, attempts, peers from outbox where slot in ¤',
      [[...new Set(entries.map(({ slot }) => slot))]],
    ),
  );
  for (const batch of batches.rows) {
    parts.set(batch.slot, Math.max(parts.get(batch.slot) ?? 0, batch.part + 1));
    if (batch.state === STATE.withdrawn) continue;
    const fire = had(batch.fire);
    // Never tried means never sent: a clock that jumped ahead and came back owes it still.
    const unsaid = batch.state === STATE.expired && batch.attempts === 0;
    for (const peer of unpackPeers(batch.peers)) (unsaid ? fire.late : fire.peers).add(peer);
  }
  const receipts = await db.executeQuery(
    byHand<{ fire: string; peer_id: number }>(db, 'select fire, peer_id from receipt where fire in ¤', [
      entries.map(({ fire }) => fire),
    ]),
  );
  for (const receipt of receipts.rows) had(receipt.fire).peers.add(receipt.peer_id);
  return { fires, parts };
}

type Written = 'slot' | 'part' | 'fire' | 'saying' | 'peers' | 'state';

/** What is written, in the order of its columns, and how many peers it is for. */
type Row = Pick<OutboxTable, Written> & {
  readonly count: number;
  readonly values: readonly Value[];
};

/** Of a batch that is new the rest is null. */
const NEW = [
  ...(['slot', 'part', 'fire', 'key', 'saying', 'due', 'not_before', 'dies_at', 'state', 'attempts'] as const),
  ...(['peers', 'settled_at', 'thread', 'since', 'early'] as const),
] satisfies readonly (keyof OutboxTable)[];
const ALL = [
  ...NEW,
  ...(['random_id', 'deadline', 'first_try_at', 'lease_until'] as const),
] satisfies readonly (keyof OutboxTable)[];

function rowsFor(entry: Placed, known: Known, now: Instant): Row[] {
  const late = entry.deadline <= now;
  const owed = new Set(entry.peers);
  const had = known.fires.get(entry.fire);
  for (const peer of had?.peers ?? []) owed.delete(peer);
  if (late) for (const peer of had?.late ?? []) owed.delete(peer);
  const saying = packSaying(entry.saying);
  return chunksOf([...owed], BATCH).map((some) => {
    const part = known.parts.get(entry.slot) ?? 0;
    known.parts.set(entry.slot, part + 1);
    return rowOf(
      NEW,
      {
        slot: entry.slot,
        part,
        fire: entry.fire,
        key: keyOf(entry.fire) === entry.key ? '' : entry.key,
        saying,
        due: entry.due,
        not_before: entry.due,
        dies_at: entry.deadline,
        state: late ? STATE.expired : STATE.waiting,
        attempts: 0,
        peers: packPeers(some),
        settled_at: late ? now : null,
        thread: entry.thread ?? null,
        since: entry.since ?? null,
        early: entry.due > now ? 1 : 0,
      },
      some.length,
    );
  });
}

type Whole = Omit<Selectable<OutboxTable>, 'id'>;

function rowOf<Name extends keyof Whole>(
  names: readonly Name[],
  row: Pick<Whole, Name> & Pick<Whole, Written>,
  count: number,
): Row {
  const { slot, part, fire, saying, peers, state } = row;
  return { slot, part, fire, saying, peers, state, count, values: names.map((name) => row[name]) };
}

/** Writes what nobody has written yet and says which parts those were. */
async function insertRows(db: Db, names: readonly string[], rows: readonly Row[]): Promise<Set<string>> {
  const written = new Set<string>();
  for (const chunk of chunksOf(rows, CHUNK)) {
    const query = byHand<{ slot: number; part: number }>(
      db,
      `insert into outbox (${names.join(', ')}) values ¤ on conflict (slot, part) do nothing returning slot, part`,
      chunk.map(({ values }) => values),
    );
    for (const part of (await db.executeQuery(query)).rows) written.add(partName(part));
  }
  return written;
}

function partName(row: { readonly slot: number; readonly part: number }): string {
  return `${row.slot}/${row.part}`;
}

/** Writes one more part of a fire that has some, whatever others write meanwhile. */
export async function addPart(db: Db, row: Omit<Whole, 'part'>): Promise<void> {
  for (;;) {
    const { last } = await db
      .selectFrom('outbox')
      .select((eb) => eb.fn.max('part').as('last'))
      .where('slot', '=', row.slot)
      .executeTakeFirstOrThrow();
    const written = await insertRows(db, ALL, [rowOf(ALL, { ...row, part: (last ?? -1) + 1 }, 0)]);
    if (written.size > 0) return;
  }
}
