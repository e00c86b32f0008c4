/** Who is reminded, written: peers that hear of the same lessons as many minutes before are one row, however many. */
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import { parse } from './json.ts';
import { packPeers, unpackPeers } from './kept-peers.ts';
import { leadsInUse } from './leads.ts';
import type { Db, Schema } from './schema.ts';
import type { SubscriptionTable } from './schema-due.ts';
import type { PeerTable } from './schema-peers.ts';

/** What names a set. */
type Key = Omit<SubscriptionTable, 'peers'>;

/** A row as it was and as it is; null: there is none any more. */
type Rewritten = { readonly before: PeerTable; readonly after: PeerTable | null };

/**
 * Puts peers into the sets that their rows ask for and takes them out of the others, each set once. Sets are taken in one order by
 * everybody, so that two servers' workers never wait for each other crosswise: take the peers' rows first. Call in a transaction.
 */
export async function moveBetweenSets(db: Db, rewritten: readonly Rewritten[]): Promise<void> {
  const moves = new Map<string, { readonly key: Key; readonly join: number[]; readonly leave: number[] }>();
  function of(key: Key) {
    const move = moves.get(nameOf(key)) ?? { key, join: [], leave: [] };
    moves.set(nameOf(key), move);
    return move;
  }
  for (const { before, after } of rewritten) {
    const wanted = after === null ? [] : setsOf(after);
    for (const key of wanted) of(key).join.push(before.id);
    const stays = new Set(wanted.map(nameOf));
    for (const key of setsOf(before)) if (!stays.has(nameOf(key))) of(key).leave.push(before.id);
  }
  for (const { key, join, leave } of [...moves.values()].sort((a, b) => compare(a.key, b.key))) {
    if (join.length > 0) await joinSet(db, key, join);
    if (leave.length > 0) await leaveSet(db, key, leave);
  }
}

/** Nobody is reminded of this timetable any more. */
export async function dropSubscriptionsTo(db: Db, timetableId: number): Promise<void> {
  for (const { what, filtered, lead } of await leadsInUse(db))
    await db
      .deleteFrom('subscription')
      .where('what', '=', what)
      .where('filtered', '=', filtered ? 1 : 0)
      .where('lead', '=', lead)
      .where('timetable_id', '=', timetableId)
      .execute();
}

/** The sets that a row's peer is in while it is awake and follows something. */
function setsOf({ timetable_id, language, filtered, leads, first_lead, exams, meetings, asleep }: PeerTable): Key[] {
  if (timetable_id === null || asleep !== null) return [];
  const mine = { filtered, timetable_id, language };
  return [
    ...[...new Set(parse<number[]>(leads))].map((lead) => ({ ...mine, what: 'each', lead })),
    ...(first_lead === null ? [] : [{ ...mine, what: 'first', lead: first_lead }]),
    ...(exams === 1 ? [{ ...mine, what: 'exam', lead: 0 }] : []),
    ...(meetings === 1 ? [{ ...mine, what: 'meeting', lead: 0 }] : []),
  ];
}

async function joinSet(db: Db, key: Key, peers: readonly number[]): Promise<void> {
  const row = await db
    .insertInto('subscription')
    .values({ ...key, peers: packPeers(peers) })
    // Takes the row where there is one, and says what it holds.
    .onConflict((conflict) => conflict.columns(KEY).doUpdateSet((eb) => ({ peers: eb.ref('subscription.peers') })))
    .returning('peers')
    .executeTakeFirstOrThrow();
  const there = new Set(unpackPeers(row.peers));
  if (peers.every((peer) => there.has(peer))) return;
  await writeSet(db, key, [...new Set([...there, ...peers])]);
}

async function leaveSet(db: Db, key: Key, peers: readonly number[]): Promise<void> {
  const row = await db
    .updateTable('subscription')
    .set((eb) => ({ peers: eb.ref('peers') }))
    .where(isSet(key))
    .returning('peers')
    .executeTakeFirst();
  if (row === undefined) return;
  const gone = new Set(peers);
  const left = unpackPeers(row.peers).filter((peer) => !gone.has(peer));
  if (left.length > 0) await writeSet(db, key, left);
  else await db.deleteFrom('subscription').where(isSet(key)).execute();
}

async function writeSet(db: Db, key: Key, peers: readonly number[]): Promise<void> {
  await db
    .updateTable('subscription')
    .set({ peers: packPeers(peers) })
    .where(isSet(key))
    .execute();
}

const KEY = ['what', 'filtered', 'lead', 'timetable_id', 'language'] as const satisfies readonly (keyof Key)[];

function isSet(key: Key) {
  return ({ and }: ExpressionBuilder<Schema, 'subscription'>): ExpressionWrapper<Schema, 'subscription', SqlBool> =>
    and(key);
}

function nameOf(key: Key): string {
  return KEY.map((name) => key[name]).join(' ');
}

function compare(a: Key, b: Key): number {
  for (const name of KEY) if (a[name] !== b[name]) return a[name] < b[name] ? -1 : 1;
  return 0;
}
