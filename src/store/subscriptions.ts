/** The rows derived from peers, read: who is reminded how many minutes before, and who is sent which digest when. */
import { sql } from 'kysely';
import type { Clock, Weekday, Zone } from '../domain/calendar.ts';
import type { DigestKind } from '../domain/digest.ts';
import type { Language } from '../domain/peer.ts';
import type { What } from '../domain/remind.ts';
import { unpackPeers } from './kept-peers.ts';
import { leadsInUse } from './leads.ts';
import { toLanguage } from './peers.ts';
import type { Db } from './schema.ts';

type Subscription = {
  readonly peer: number;
  readonly what: What;
  readonly lead: number;
  readonly language: Language;
  /** What this peer hears is decided lesson by lesson (see `isFiltered`). */
  readonly filtered: boolean;
};

/** Who is reminded of the lessons of this timetable, and how many minutes before; by lead, then peer. */
export async function subscriptionsOf(db: Db, timetableId: number): Promise<Subscription[]> {
  const found: Subscription[] = [];
  for (const { what, filtered, lead } of await leadsInUse(db)) {
    const rows = await db
      .selectFrom('subscription')
      .select(['language', 'peers'])
      .where('what', '=', what)
      .where('filtered', '=', filtered ? 1 : 0)
      .where('lead', '=', lead)
      .where('timetable_id', '=', timetableId)
      .execute();
    for (const { language, peers } of rows)
      for (const peer of unpackPeers(peers)) found.push({ peer, what, lead, language: toLanguage(language), filtered });
  }
  return found.sort((a, b) => a.lead - b.lead || a.peer - b.peer || (a.what < b.what ? -1 : 1));
}

export type Digest = {
  readonly timetableId: number;
  readonly at: Clock;
  readonly language: Language;
  readonly filtered: boolean;
  readonly peers: readonly number[];
};

/**
 * Whom to send this digest by a wall time of [from, to) in this zone, in order of it; `to` may be '24:00', the end of the day.
 * `weekday` is that of the day on which it is sent and matters to the week ahead only. At most `limit` rows behind `after`.
 */
export async function dueDigests(
  db: Db,
  kind: DigestKind,
  { zone, weekday, from, to }: { zone: Zone; weekday: Weekday; from: Clock; to: Clock },
  { after, limit }: { readonly after: Digest | null; readonly limit: number } = { after: null, limit: 1000 },
): Promise<Digest[]> {
  let query = db.selectFrom('digest');
  if (after !== null) {
    const behind = [after.at, after.timetableId, after.language, after.filtered ? 1 : 0] as const;
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('at', 'timetable_id', 'language', 'filtered'), '>', tuple(...behind)),
    );
  }
  const rows = await query
    .select(['at', 'timetable_id', 'language', 'filtered', joinedPeers()])
    .where('kind', '=', kind)
    .where('zone', '=', zone)
    .where('weekday', '=', kind === 'week' ? weekday : 0)
    .where('at', '>=', from)
    .where('at', '<', to)
    .groupBy(['at', 'timetable_id', 'language', 'filtered'])
    .orderBy('at')
    .orderBy('timetable_id')
    .orderBy('language')
    .orderBy('filtered')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    timetableId: row.timetable_id,
    at: row.at,
    language: toLanguage(row.language),
    filtered: row.filtered === 1,
    peers: splitPeers(row.peers),
  }));
}

/** The zones by whose clocks anybody is sent this digest. */
export async function digestZones(db: Db, kind: DigestKind): Promise<Zone[]> {
  const zones: Zone[] = [];
  for (;;) {
    const { next } = await db
      .selectFrom('digest')
      .select((eb) => eb.fn.min('zone').as('next'))
      .where('kind', '=', kind)
      .where('zone', '>', zones.at(-1) ?? '')
      .executeTakeFirstOrThrow();
    if (next === null) return zones;
    zones.push(next);
  }
}

/** All peers of a group as one text: a row a group instead of a row a peer is twice as fast at the evening peak. */
function joinedPeers() {
  return sql<string>`string_agg(cast(peer_id as text), ',')`.as('peers');
}

function splitPeers(text: string): number[] {
  return text
    .split(',')
    .map(Number)
    .sort((a, b) => a - b);
}
