/** The outbox is filled: sayings that wait to be sent, one row a batch, each fire once a peer. */
import type { Selectable } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import type { Saying } from '../domain/notice.ts';
import { byHand } from './by-hand.ts';
import { countExpired } from './expired.ts';
import { chunksOf, parse } from './json.ts';
import { packSaying } from './kept-saying.ts';
import type { Db, OutboxTable } from './schema.ts';

/** A saying addressed. `fire` names this saying at this minute: a peer is sent one fire once, whatever happens in between. */
export type Entry = {
  readonly fire: string;
  /** Hash of the saying: what a change withdraws by. */
  readonly key: string;
  /** VK's `random_id`, the same for every part and every try. */
  readonly randomId: number;
  readonly saying: Saying;
  readonly due: Instant;
  readonly deadline: Instant;
  readonly peers: readonly number[];
  /** Of entries with the same one a peer gets the earlier (by `due`) first. */
  readonly thread?: number;
  /** See OutboxTable. */
  readonly since?: Instant;
};

/** In a condition as `sql.lit`: partial indexes are found by the number itself, not by a parameter. */
export const STATE = { waiting: 0, leased: 1, done: 2, expired: 3, withdrawn: 4, dead: 5 } as const;

/** VK: `peer_ids` of messages.send takes at most a hundred. */
const BATCH = 100;
const CHUNK = 50;

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
      const known = await knownOf(
        db,
        open.map((entry) => entry.fire),
      );
      const rows = open.flatMap((entry) => rowsFor(entry, known.get(entry.fire), now));
      const written = await insertRows(db, rows);
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

function mergeByFire(entries: readonly Entry[]): Entry[] {
  const merged = Map.groupBy(entries, ({ fire }) => fire);
  // In one order for everybody, so that two servers' workers never wait for each other's rows crosswise.
  return [...merged]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, some]) => {
      const last = some.at(-1);
      return last === undefined ? [] : [{ ...last, peers: [...new Set(some.flatMap(({ peers }) => peers))] }];
    });
}

/** `peers` have it or will; `late` came too late for it, and are owed it only if the clock goes back. */
type Known = { readonly peers: Set<number>; readonly late: Set<number>; parts: number };

async function knownOf(db: Db, fires: readonly string[]): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  function at(fire: string): Known {
    const found = known.get(fire) ?? { peers: new Set<number>(), late: new Set<number>(), parts: 0 };
    known.set(fire, found);
    return found;
  }
  const batches = await db.executeQuery(
    byHand<Pick<OutboxTable, 'fire' | 'part' | 'state' | 'attempts' | 'peers'>>(
      db,
      'select fire, part, state, attempts, peers from outbox where fire in ¤',
      [fires],
    ),
  );
  for (const batch of batches.rows) {
    const fire = at(batch.fire);
    fire.parts = Math.max(fire.parts, batch.part + 1);
    if (batch.state === STATE.withdrawn) continue;
    // Never tried means never sent: a clock that jumped ahead and came back owes it still.
    const unsaid = batch.state === STATE.expired && batch.attempts === 0;
    for (const peer of parse<number[]>(batch.peers)) (unsaid ? fire.late : fire.peers).add(peer);
  }
  const receipts = await db.executeQuery(
    byHand<{ fire: string; peer_id: number }>(db, 'select fire, peer_id from receipt where fire in ¤', [fires]),
  );
  for (const receipt of receipts.rows) at(receipt.fire).peers.add(receipt.peer_id);
  return known;
}

/** What is written, in the order of `COLUMNS`, and how many peers it is for. */
type Row = { readonly fire: string; readonly part: number; readonly saying: string; readonly peers: string } & {
  readonly state: number;
  readonly count: number;
  readonly values: readonly (string | number | null)[];
};

const COLUMNS = [
  ...(['fire', 'part', 'key', 'random_id', 'saying', 'due', 'deadline', 'not_before', 'dies_at'] as const),
  ...(['state', 'attempts', 'peers', 'settled_at', 'first_try_at', 'lease_until'] as const),
  ...(['thread', 'since', 'early'] as const),
] satisfies readonly (keyof OutboxTable)[];

function rowsFor(entry: Entry, known: Known | undefined, now: Instant): Row[] {
  const late = entry.deadline <= now;
  const peers =
    known === undefined
      ? entry.peers
      : entry.peers.filter((peer) => !known.peers.has(peer) && !(late && known.late.has(peer)));
  return chunksOf(peers, BATCH).map((some, index) =>
    rowOf(
      {
        fire: entry.fire,
        part: (known?.parts ?? 0) + index,
        key: entry.key,
        random_id: entry.randomId,
        saying: packSaying(entry.saying),
        due: entry.due,
        deadline: entry.deadline,
        not_before: entry.due,
        dies_at: entry.deadline,
        state: late ? STATE.expired : STATE.waiting,
        attempts: 0,
        peers: JSON.stringify(some),
        settled_at: late ? now : null,
        first_try_at: null,
        lease_until: null,
        thread: entry.thread ?? null,
        since: entry.since ?? null,
        early: entry.due > now ? 1 : 0,
      },
      some.length,
    ),
  );
}

type Whole = Omit<Selectable<OutboxTable>, 'id'>;

function rowOf(row: Whole, count: number): Row {
  const { fire, part, saying, peers, state } = row;
  return { fire, part, saying, peers, state, count, values: COLUMNS.map((name) => row[name]) };
}

/** Writes what nobody has written yet and says which parts those were. */
async function insertRows(db: Db, rows: readonly Row[]): Promise<Set<string>> {
  const written = new Set<string>();
  for (const chunk of chunksOf(rows, CHUNK)) {
    const query = byHand<{ fire: string; part: number }>(
      db,
      `insert into outbox (${COLUMNS.join(', ')}) values ¤ on conflict (fire, part) do nothing returning fire, part`,
      chunk.map(({ values }) => values),
    );
    for (const part of (await db.executeQuery(query)).rows) written.add(partName(part));
  }
  return written;
}

function partName(row: { readonly fire: string; readonly part: number }): string {
  return `${row.fire}/${row.part}`;
}

/** Writes one more part of a fire that has some, whatever others write meanwhile. */
export async function addPart(db: Db, row: Omit<Whole, 'part'>): Promise<void> {
  for (;;) {
    const { last } = await db
      .selectFrom('outbox')
      .select((eb) => eb.fn.max('part').as('last'))
      .where('fire', '=', row.fire)
      .executeTakeFirstOrThrow();
    const written = await insertRows(db, [rowOf({ ...row, part: (last ?? -1) + 1 }, 0)]);
    if (written.size > 0) return;
  }
}
