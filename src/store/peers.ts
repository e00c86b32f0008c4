/** Peers and what follows from them: who is subscribed to which lead, and who is written to in the evening. */
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Clock, Zone } from '../domain/calendar.ts';
import type { Language, Peer } from '../domain/peer.ts';
import { peerKind } from '../domain/peer.ts';
import { canonical, parse } from './json.ts';
import type { Db, PeerTable } from './schema.ts';
import { dropSessionsOf } from './sessions.ts';
import { dropFromWaiting } from './withdraw.ts';

export async function getPeer(db: Db, id: number): Promise<Peer | null> {
  const row = await db.selectFrom('peer').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/**
 * The one way a peer is written: the row, and the rows derived from it, which a peer asleep or without a timetable has none of.
 * Call in a transaction.
 */
export async function savePeer(db: Db, peer: Peer): Promise<void> {
  const row = {
    language: peer.language,
    timetable_id: peer.timetableId,
    leads: canonical(peer.leads),
    evening: peer.evening,
    changes: peer.changes ? (1 as const) : (0 as const),
    owner_id: peer.ownerId,
    asleep: peer.asleep,
  };
  await db
    .insertInto('peer')
    .values({ id: peer.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  await dropDerived(db, peer.id);
  if (peer.timetableId === null || peer.asleep !== null) return;

  const mine = { peer_id: peer.id, timetable_id: peer.timetableId, language: peer.language };
  const leads = [...new Set(peer.leads)];
  if (leads.length > 0)
    await db
      .insertInto('subscription')
      .values(leads.map((lead) => ({ ...mine, lead })))
      .execute();
  if (peer.evening === null) return;
  const { zone } = await db
    .selectFrom('timetable')
    .select('zone')
    .where('id', '=', peer.timetableId)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('evening')
    .values({ ...mine, zone, at: peer.evening })
    .execute();
}

/** Forgets the peer: settings, dialogues, and whatever still waits to be sent to it. Call in a transaction. */
export async function deletePeer(db: Db, id: number): Promise<void> {
  await dropFromWaiting(db, id);
  await dropSessionsOf(db, id);
  await dropDerived(db, id);
  await db.deleteFrom('peer').where('id', '=', id).execute();
}

async function dropDerived(db: Db, peerId: number): Promise<void> {
  await db.deleteFrom('subscription').where('peer_id', '=', peerId).execute();
  await db.deleteFrom('evening').where('peer_id', '=', peerId).execute();
}

/** Who wants to hear of changes in this timetable and can be reached, by id. */
export async function followers(db: Db, timetableId: number): Promise<{ id: number; language: Language }[]> {
  const rows = await db
    .selectFrom('peer')
    .select(['id', 'language'])
    .where('timetable_id', '=', timetableId)
    .where('changes', '=', 1)
    .where('asleep', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id, language }) => ({ id, language: toLanguage(language) }));
}

type Subscription = { readonly peer: number; readonly lead: number; readonly language: Language };

/** Who is reminded of the lessons of this timetable, and how many minutes before; by lead, then peer. */
export async function subscriptionsOf(db: Db, timetableId: number): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscription')
    .select(['peer_id', 'lead', 'language'])
    .where('timetable_id', '=', timetableId)
    .orderBy('lead')
    .orderBy('peer_id')
    .execute();
  return rows.map(({ peer_id, lead, language }) => ({ peer: peer_id, lead, language: toLanguage(language) }));
}

/** Every lead somebody has, ascending: one step down the index for each, not a walk over all subscriptions. */
export async function leadsInUse(db: Db): Promise<number[]> {
  const leads: number[] = [];
  for (;;) {
    const after = leads.at(-1) ?? -1;
    const { next } = await db
      .selectFrom('subscription')
      .select((eb) => eb.fn.min('lead').as('next'))
      .where('lead', '>', after)
      .executeTakeFirstOrThrow();
    if (next === null) return leads;
    leads.push(next);
  }
}

type Evening = {
  readonly timetableId: number;
  readonly at: Clock;
  readonly language: Language;
  readonly peers: readonly number[];
};

/** Whom to write to in this zone at a wall time of [from, to), in order of it; `to` may be '24:00', the end of the day. */
export async function dueEvenings(db: Db, zone: Zone, from: Clock, to: Clock): Promise<Evening[]> {
  const rows = await db
    .selectFrom('evening')
    .select(['at', 'timetable_id', 'language', joinedPeers()])
    .where('zone', '=', zone)
    .where('at', '>=', from)
    .where('at', '<', to)
    .groupBy(['at', 'timetable_id', 'language'])
    .orderBy('at')
    .orderBy('timetable_id')
    .orderBy('language')
    .execute();
  return rows.map((row) => ({
    timetableId: row.timetable_id,
    at: row.at,
    language: toLanguage(row.language),
    peers: splitPeers(row.peers),
  }));
}

/** The zones in which anybody is written to in the evening. */
export async function eveningZones(db: Db): Promise<Zone[]> {
  const zones: Zone[] = [];
  for (;;) {
    const { next } = await db
      .selectFrom('evening')
      .select((eb) => eb.fn.min('zone').as('next'))
      .where('zone', '>', zones.at(-1) ?? '')
      .executeTakeFirstOrThrow();
    if (next === null) return zones;
    zones.push(next);
  }
}

/** All peers of a group as one text: a row a group instead of a row a peer is twice as fast at the morning peak. */
export function joinedPeers() {
  return sql<string>`string_agg(cast(peer_id as text), ',')`.as('peers');
}

export function splitPeers(text: string): number[] {
  return text
    .split(',')
    .map(Number)
    .sort((a, b) => a - b);
}

export function toLanguage(text: string): Language {
  return text === 'en' ? 'en' : 'ru';
}

function fromRow(row: Selectable<PeerTable>): Peer {
  return {
    id: row.id,
    kind: peerKind(row.id),
    language: toLanguage(row.language),
    timetableId: row.timetable_id,
    leads: parse<number[]>(row.leads),
    evening: row.evening,
    changes: row.changes === 1,
    ownerId: row.owner_id,
    asleep: row.asleep,
  };
}
