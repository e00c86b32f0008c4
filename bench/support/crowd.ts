/** The model load: who follows what, and the lessons they are reminded of; written by sets, since millions of rows are wanted. */
import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../../src/domain/calendar.ts';
import { wallOf } from '../../src/domain/calendar.ts';
import { chunksOf } from '../../src/domain/chunks.ts';
import { newPeer, type Peer } from '../../src/domain/peer.ts';
import { markLessons } from '../../src/domain/sitting.ts';
import {
  createTimetable,
  deletePeer,
  type Store,
  savePeer,
  setRolled,
  writeOccurrences,
} from '../../src/store/index.ts';
import { packPeers } from '../../src/store/kept-peers.ts';

type Db = Store['db'];

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const ZONE = 'Europe/Moscow';
const FAR = Date.UTC(2100, 0);
const GROUP = 25;
/** One peer in twenty has a calendar of its own. */
const ALONE = 0.05;
/** Of every ten groups four share their lecture, in a stream of four. */
const SHARED = 0.4;
const STREAM = 4;
/** Rows a statement. */
const ROWS = 500;
/** Seven in ten take ten minutes. */
const LEADS = [
  10, 10, 10, 10, 10, 10, 10, 5, 15, 30, 60, 10, 10, 10, 10, 10, 10, 10, 60, 30, 15, 5, 10, 10, 10, 10, 10, 10, 10, 5,
  15, 30, 60, 10, 10, 10, 10, 10, 10, 10,
];

export type Crowd = { readonly timetables: number; readonly leads: ReadonlyMap<number, number> };

/**
 * Peers 1…`count` of a fresh SQLite store; every timetable has one lesson at each of `starts`, the same ones each week. Rows are made from one timetable,
 * its lessons and one peer that the store itself has written.
 */
export async function seedCrowd(store: Store, count: number, starts: readonly Instant[]): Promise<Crowd> {
  const alone = Math.floor(count * ALONE);
  const groups = Math.ceil((count - alone) / GROUP);
  const grouped = Math.min(groups * GROUP, count);
  const timetables = groups + count - grouped;
  await store.transaction(async (tx) => {
    const first = await timetable(tx, 'Г-0');
    await lessons(tx, first, MARK, starts);
    await savePeer(tx, listener(count + 1, first, [10]));
    await copy(tx, 'timetable', { id: 'i + 1', name: `'Г-' || i`, folded: `'г-' || i`, digits: 'i' }, [1, timetables]);
    await lessonsForAll(tx, first, groups);
    await peersForAll(tx, count, { grouped, groups });
  });
  await sql`analyze`.execute(store.db);
  const leads = new Map<number, number>();
  for (let peer = 1; peer <= count; peer += 1) leads.set(leadOf(peer), (leads.get(leadOf(peer)) ?? 0) + 1);
  return { timetables, leads };
}

/** Stands for the subject in the lessons that all others are made from. */
const MARK = '§';

/** Rows like the one there is, numbered `i` in [from, to), but for the columns given as expressions of it. */
async function copy(
  db: Db,
  table: 'timetable' | 'peer',
  other: Readonly<Record<string, string>>,
  [from, to]: readonly [number, number],
): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(db);
  const columns = rows.map(({ name }) => name);
  const values = columns.map((name) => other[name] ?? `model.${name}`);
  await sql`with recursive series(i) as (select ${sql.lit(from)} union all select i + 1 from series where i + 1 < ${sql.lit(to)})
    insert into ${sql.table(table)} (${sql.raw(columns.join(', '))})
    select ${sql.raw(values.join(', '))} from series cross join (select * from ${sql.table(table)} limit 1) model`.execute(
    db,
  );
}

/** Four groups of ten, counted through, are cut into streams of four. */
async function lessonsForAll(db: Db, first: number, groups: number): Promise<void> {
  const shared = sql.lit(SHARED * 10);
  await sql`insert into occurrence_line (timetable_id, n, facts)
    select timetable.id, n, replace(facts, ${MARK}, subject) from (
      select id, case when (id - 1) % 10 < ${shared} and id - 1 < ${sql.lit(groups)}
        then 'Лекция ' || (((id - 1) / 10 * ${shared} + (id - 1) % 10) / ${sql.lit(STREAM)}) else 'Предмет ' || (id - 1) end as subject
      from timetable) timetable cross join occurrence_line
    where timetable.id <> ${first} order by 1, 2`.execute(db);
  await sql`update occurrence_line set facts = replace(facts, ${MARK}, 'Лекция 0') where timetable_id = ${first}`.execute(
    db,
  );
  await sql`insert into occurrence (starts_at, timetable_id, n, day, line, told, marks)
    select starts_at, timetable.id, n, day, line, told, marks from occurrence cross join timetable
    where timetable.id <> ${first} order by starts_at, timetable.id`.execute(db);
}

/** Peers of groups come first, then those with a calendar of their own; who follows what and its lead are found by number. */
async function peersForAll(
  db: Db,
  count: number,
  { grouped, groups }: { readonly grouped: number; readonly groups: number },
): Promise<void> {
  const timetableId = `case when i <= ${grouped} then (i - 1) / ${GROUP} + 1 else ${groups} + i - ${grouped} end`;
  const lead = `case i % ${LEADS.length} ${LEADS.map((minutes, n) => `when ${n} then ${minutes}`).join(' ')} end`;
  await copy(db, 'peer', { id: 'i', timetable_id: timetableId, leads: `'[' || ${lead} || ']'` }, [1, count + 1]);
  await deletePeer(db, count + 1);
  for (const minutes of new Set(LEADS)) await subscribe(db, minutes, sql`leads = ${`[${minutes}]`}`);
}

/** All at one lead, whatever they chose: then everybody is due at once. */
export async function everybodyAt(store: Store, minutes: number): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.deleteFrom('subscription').execute();
    await subscribe(tx, minutes, sql`leads <> '[]'`);
  });
}

/** A set a timetable, of the peers for whom this is true. */
async function subscribe(db: Db, lead: number, whom: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<{ timetable_id: number; language: string; peers: string }>`
    select timetable_id, language, string_agg(cast(id as text), ',') as peers from peer where ${whom}
    group by timetable_id, language order by timetable_id, language`.execute(db);
  const mine = { what: 'each', filtered: 0, lead } as const;
  for (const some of chunksOf(rows, ROWS))
    await db
      .insertInto('subscription')
      .values(some.map(({ peers, ...set }) => ({ ...mine, ...set, peers: packPeers(peers.split(',').map(Number)) })))
      .execute();
}

function leadOf(peer: number): number {
  return LEADS[peer % LEADS.length] ?? 10;
}

/** A peer that hears of lessons and of nothing else. */
export function listener(id: number, timetableId: number, leads: readonly number[]): Peer {
  return { ...newPeer(id, 'ru', null), timetableId, leads, firstLead: null, exams: false };
}

export async function timetable(tx: Db, name: string): Promise<number> {
  const { id } = await createTimetable(tx, {
    name,
    university: '',
    zone: ZONE,
    kind: 'feed',
    ownerId: null,
    listed: true,
    term: null,
    bells: [],
    folded: name.toLowerCase(),
    digits: name,
  });
  await setRolled(tx, id, FAR);
  return id;
}

/** Each week anew the same lessons, every one with a subject of its own. */
async function lessons(tx: Db, id: number, subject: string, starts: readonly Instant[]): Promise<void> {
  // Each marked alone: none goes on with another, however near.
  const slots = [...new Set(starts.map((startsAt) => startsAt % WEEK))];
  const rows = starts.flatMap((startsAt) => {
    const endsAt = startsAt + 95 * MINUTE;
    const [from, to] = [wallOf(startsAt, ZONE), wallOf(endsAt, ZONE)];
    const line = {
      day: from.day,
      start: from.clock,
      endDay: to.day,
      end: to.clock,
      allDay: false,
      number: 1,
      subject: `${subject}, тема ${1 + slots.indexOf(startsAt % WEEK)}`,
      kind: 'lecture',
      teachers: ['Иванов И. И.'],
      room: '404Л',
      format: 'onsite' as const,
      subgroup: '',
      cancelled: false,
    };
    return markLessons([{ startsAt, endsAt, line }]);
  });
  await writeOccurrences(tx, id, Math.min(...starts), rows);
}
