/** Peers, and the rows derived from them, written in one place: who is subscribed to which lead, and who is sent which digest. */
import type { Selectable } from 'kysely';
import type { Listener } from '../domain/announce.ts';
import type { Clock, Zone } from '../domain/calendar.ts';
import type { DigestKind } from '../domain/digest.ts';
import type { Language, Peer } from '../domain/peer.ts';
import { isFiltered, peerKind } from '../domain/peer.ts';
import { canonical, parse } from './json.ts';
import { dropFromWaiting } from './leave.ts';
import type { Db } from './schema.ts';
import type { PeerTable } from './schema-peers.ts';
import { dropSessionsOf } from './sessions.ts';
import { moveBetweenSets } from './sets.ts';

export async function getPeer(db: Db, id: number): Promise<Peer | null> {
  const row = await db.selectFrom('peer').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/**
 * Those of these peers that there are, by id, as they are now and nobody else's to write until the transaction is over: whoever
 * makes a peer's settings of what they were reads them so. Before anything else is taken, so that nobody waits for another crosswise.
 */
export async function takePeers(db: Db, ids: readonly number[]): Promise<Peer[]> {
  const peers: Peer[] = [];
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    const row = await takeRow(db, id);
    if (row !== undefined) peers.push(fromRow(row));
  }
  return peers;
}

/** Writing a value over itself locks the row on both databases; SQLite has one writer anyway. */
function takeRow(db: Db, id: number): Promise<PeerTable | undefined> {
  return db
    .updateTable('peer')
    .set((eb) => ({ id: eb.ref('id') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/**
 * The one way peers are written: the row, and the rows derived from it, which a peer asleep or without a timetable has none of.
 * Of one that is given twice the last. Call in a transaction, once for all of them.
 */
export async function savePeers(db: Db, peers: readonly Peer[]): Promise<void> {
  const rewritten: { before: PeerTable; after: PeerTable }[] = [];
  const each = new Map(peers.map((peer) => [peer.id, peer]));
  for (const peer of [...each.values()].sort((a, b) => a.id - b.id)) {
    const after = { id: peer.id, ...rowOf(peer) };
    // Takes the row, and says what it held: what was derived from that goes, whoever wrote it a moment ago.
    const before = await db
      .insertInto('peer')
      .values(after)
      .onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({ id: eb.ref('peer.id') })))
      .returningAll()
      .executeTakeFirstOrThrow();
    await db.updateTable('peer').set(after).where('id', '=', peer.id).execute();
    await db.deleteFrom('digest').where('peer_id', '=', peer.id).execute();
    await writeDigests(db, peer, after);
    rewritten.push({ before, after });
  }
  await moveBetweenSets(db, rewritten);
}

export async function savePeer(db: Db, peer: Peer): Promise<void> {
  await savePeers(db, [peer]);
}

async function writeDigests(db: Db, peer: Peer, { filtered }: Pick<PeerTable, 'filtered'>): Promise<void> {
  if (peer.timetableId === null || peer.asleep !== null) return;
  const digests = digestsOf(peer);
  if (digests.length === 0) return;
  const zone = peer.zone ?? (await zoneOf(db, peer.timetableId));
  const mine = { peer_id: peer.id, timetable_id: peer.timetableId, language: peer.language, filtered };
  await db
    .insertInto('digest')
    .values(digests.map((digest) => ({ ...mine, ...digest, zone })))
    .execute();
}

/** Kept as '': nearly everybody has them, and there are millions. */
const USUAL = { role: 'student', horizon: 'week', muted: '[]', hidden: '[]' } as const;

function short(column: keyof typeof USUAL, text: string): string {
  return text === USUAL[column] ? '' : text;
}

function rowOf(peer: Peer): Omit<PeerTable, 'id'> {
  return {
    language: peer.language,
    role: short('role', peer.role),
    timetable_id: peer.timetableId,
    leads: canonical(peer.leads),
    first_lead: peer.firstLead,
    evening: peer.evening,
    morning: peer.morning,
    week: peer.week === null ? null : canonical(peer.week),
    exams: flag(peer.exams),
    meetings: flag(peer.meetings),
    homework: peer.homework,
    changes: flag(peer.changes),
    horizon: short('horizon', peer.horizon),
    muted: short('muted', canonical(peer.muted)),
    quiet: peer.quiet === null ? null : canonical(peer.quiet),
    subgroup: peer.subgroup,
    hidden: short('hidden', canonical(peer.hidden)),
    zone: peer.zone,
    filtered: flag(isFiltered(peer)),
    owner_id: peer.ownerId,
    asleep: peer.asleep,
  };
}

function digestsOf({ evening, morning, week, homework }: Peer): { kind: DigestKind; weekday: number; at: Clock }[] {
  return [
    ...(evening === null ? [] : [{ kind: 'evening' as const, weekday: 0, at: evening }]),
    ...(homework === null || evening !== null ? [] : [{ kind: 'homework' as const, weekday: 0, at: homework }]),
    ...(morning === null ? [] : [{ kind: 'morning' as const, weekday: 0, at: morning }]),
    ...(week === null ? [] : [{ kind: 'week' as const, weekday: week.weekday, at: week.at }]),
  ];
}

async function zoneOf(db: Db, timetableId: number): Promise<Zone> {
  const { zone } = await db
    .selectFrom('timetable')
    .select('zone')
    .where('id', '=', timetableId)
    .executeTakeFirstOrThrow();
  return zone;
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

/** Forgets the peer: settings, dialogues, what it was sent, and whatever still waits to be sent to it. Call in a transaction. */
export async function deletePeer(db: Db, id: number): Promise<void> {
  const stored = await takeRow(db, id);
  await dropFromWaiting(db, id);
  await dropSessionsOf(db, id);
  await db.deleteFrom('waiting').where('peer_id', '=', id).execute();
  await db.deleteFrom('recent').where('peer_id', '=', id).execute();
  await db.deleteFrom('held').where('peer_id', '=', id).execute();
  if (stored === undefined) return;
  await db.deleteFrom('digest').where('peer_id', '=', id).execute();
  await db.deleteFrom('peer').where('id', '=', id).execute();
  await moveBetweenSets(db, [{ before: stored, after: null }]);
}

/** Peers that follow these timetables and can be reached, by id; only those planned one by one where `persons` says so. */
export async function listenersOf(db: Db, timetableIds: readonly number[], persons = false): Promise<Peer[]> {
  const rows = await db
    .selectFrom('peer')
    .selectAll()
    .where('timetable_id', 'in', timetableIds)
    .where('asleep', 'is', null)
    .$if(persons, (query) => query.where('filtered', '=', 1))
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
}

/** Who wants to hear of changes in this timetable and can be reached, by id, with what decides which of them. */
export async function followers(db: Db, timetableId: number): Promise<Listener[]> {
  const rows = await db
    .selectFrom('peer')
    .selectAll()
    .where('timetable_id', '=', timetableId)
    .where('changes', '=', 1)
    .where('asleep', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    const { id, language, horizon, muted, subgroup, hidden, quiet, zone } = fromRow(row);
    return { id, language, horizon, muted, subgroup, hidden, quiet, zone };
  });
}

export function toLanguage(text: string): Language {
  return text === 'en' ? 'en' : 'ru';
}

function fromRow(row: Selectable<PeerTable>): Peer {
  return {
    id: row.id,
    kind: peerKind(row.id),
    language: toLanguage(row.language),
    role: row.role === 'parent' || row.role === 'teacher' ? row.role : 'student',
    timetableId: row.timetable_id,
    leads: parse<number[]>(row.leads),
    firstLead: row.first_lead,
    evening: row.evening,
    morning: row.morning,
    week: row.week === null ? null : parse<Peer['week']>(row.week),
    exams: row.exams === 1,
    meetings: row.meetings === 1,
    homework: row.homework,
    changes: row.changes === 1,
    horizon: row.horizon === 'near' || row.horizon === 'all' ? row.horizon : 'week',
    muted: parse<Peer['muted']>(row.muted || USUAL.muted),
    quiet: row.quiet === null ? null : parse<Peer['quiet']>(row.quiet),
    subgroup: row.subgroup,
    hidden: parse<Peer['hidden']>(row.hidden || USUAL.hidden),
    zone: row.zone,
    ownerId: row.owner_id,
    asleep: row.asleep,
  };
}
