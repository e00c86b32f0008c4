/** What falls due from dated lessons, joined when asked, never stored ahead: as sets of equal listeners, or whose persons to ask. */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { dayOfNumber, type Instant, type Zone } from '../domain/calendar.ts';
import { type DueLesson, isAlert, type What } from '../domain/remind.ts';
import { lineOf } from './facts.ts';
import { chunksOf } from './json.ts';
import { toLanguage } from './peers.ts';
import type { Db, Schema } from './schema.ts';
import { MARK, MARKS } from './schema-due.ts';
import { joinedPeers, splitPeers } from './subscriptions.ts';
import { zonesOf } from './timetables.ts';

type Span = { readonly from: Instant; readonly to: Instant };

/** Where a chunk ended: the next one goes on behind it. */
export type Place = { readonly startsAt: Instant; readonly timetableId: number };

/** `lead` minutes before what? `row` is the lead its subscriptions are kept under (0 for exams and meetings). */
export type DueLead = { readonly what: What; readonly lead: number; readonly row: number };

const MINUTE = 60_000;
const CHUNK = 500;

/**
 * Sittings to be reminded of within the span, one row a sitting and language, in order of start, then timetable: at most about
 * `limit` sittings behind `after`, those of one timetable and minute never parted. `next` is null after the last. Peers with
 * filters are not among the listeners. One call a lead: joining all at once makes PostgreSQL walk the whole table.
 */
export async function dueSittings(
  db: Db,
  due: DueLead,
  span: Span,
  { after, limit }: { readonly after: Place | null; readonly limit: number },
): Promise<{ rows: DueLesson[]; next: Place | null }> {
  const base = sittings(db, due, span.to + due.lead * MINUTE)
    .select(['starts_at', 'occurrence.timetable_id', 'occurrence.n', 'day', 'facts'])
    .orderBy('starts_at')
    .orderBy('occurrence.timetable_id')
    .orderBy('occurrence.n');
  // One place in the index and no other lower bound: SQLite would take that and read the minute from its start for each chunk.
  const behind =
    after === null
      ? base.where('starts_at', '>=', span.from + due.lead * MINUTE)
      : base.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('starts_at', 'occurrence.timetable_id'), '>', tuple(after.startsAt, after.timetableId)),
        );
  const found = await behind.limit(limit).execute();
  const last = found.at(-1);
  const rest =
    last === undefined || found.length < limit
      ? []
      : await base
          .where('starts_at', '=', last.starts_at)
          .where('occurrence.timetable_id', '=', last.timetable_id)
          .where('occurrence.n', '>', last.n)
          .execute();
  const lessons = [...found, ...rest];
  const heard = await listeners(db, due, [...new Set(lessons.map((lesson) => lesson.timetable_id))]);
  const zones = heard.size === 0 ? new Map<number, Zone>() : await zonesOf(db, [...heard.keys()]);
  const rows = lessons.flatMap(({ timetable_id, starts_at, day, facts }) => {
    const zone = zones.get(timetable_id);
    if (zone === undefined) return [];
    const { line, lasts } = lineOf(facts, dayOfNumber(day));
    return (heard.get(timetable_id) ?? []).map(({ language, peers }) => ({
      timetableId: timetable_id,
      zone,
      startsAt: starts_at,
      endsAt: starts_at + lasts,
      line,
      language: toLanguage(language),
      peers: splitPeers(peers),
    }));
  });
  const more = last !== undefined && found.length === limit;
  return { rows, next: more ? { startsAt: last.starts_at, timetableId: last.timetable_id } : null };
}

/**
 * Timetables with a lesson in the span that these leads may count to, and with listeners who are asked one by one: which of
 * the day's lessons is their first, or whether two of them join, is known only after their filters.
 */
export async function timetablesOfPersons(db: Db, { what, lead, row }: DueLead, span: Span): Promise<number[]> {
  const rows = await db
    .selectFrom('occurrence')
    .select('timetable_id')
    .distinct()
    .where('starts_at', '>=', span.from + lead * MINUTE)
    .where('starts_at', '<', span.to + lead * MINUTE)
    .where(marked(isAlert(what) ? { [what]: true, off: false } : { off: false }))
    .where(heardBy({ what, row }, 1))
    .execute();
  return rows.map((one) => one.timetable_id);
}

/** Lessons that begin before `to`, that leads of this sort count to, and that anybody planned as a set hears of. */
function sittings(db: Db, { what, row }: DueLead, to: Instant) {
  return db
    .selectFrom('occurrence')
    .innerJoin('occurrence_line', (on) =>
      on
        .onRef('occurrence_line.timetable_id', '=', 'occurrence.timetable_id')
        .on('occurrence_line.n', '=', (eb) => eb.fn.coalesce('told', 'line')),
    )
    .where('starts_at', '<', to)
    .where(marked({ off: false, joins: false, ...(what === 'each' ? {} : { [what]: true }) }))
    .where(heardBy({ what, row }, 0));
}

/** Has each of these marks, or has it not. */
function marked(marks: { readonly [name in keyof typeof MARK]?: boolean }): Expression<SqlBool> {
  let [asked, wanted] = [0, 0];
  for (const name of MARKS) {
    if (marks[name] === undefined) continue;
    asked += MARK[name];
    if (marks[name]) wanted += MARK[name];
  }
  return sql<boolean>`marks & ${sql.lit(asked)} = ${sql.lit(wanted)}`;
}

/** Whether anybody hears of this lesson by a lead of this sort: planned one by one (1), or as a set (0). */
function heardBy({ what, row }: Pick<DueLead, 'what' | 'row'>, filtered: 0 | 1) {
  return ({ exists, selectFrom }: ExpressionBuilder<Schema, 'occurrence'>) =>
    exists(
      selectFrom('subscription')
        .select('peer_id')
        .whereRef('subscription.timetable_id', '=', 'occurrence.timetable_id')
        .where('what', '=', what)
        .where('filtered', '=', filtered)
        .where('lead', '=', row),
    );
}

type Listeners = { readonly language: string; readonly peers: string };

async function listeners(
  db: Db,
  { what, row }: DueLead,
  timetableIds: readonly number[],
): Promise<Map<number, Listeners[]>> {
  const heard = new Map<number, Listeners[]>();
  for (const ids of chunksOf(timetableIds, CHUNK)) {
    const rows = await db
      .selectFrom('subscription')
      .select(['timetable_id', 'language', joinedPeers()])
      .where('timetable_id', 'in', ids)
      .where('what', '=', what)
      .where('lead', '=', row)
      .where('filtered', '=', 0)
      .groupBy(['timetable_id', 'language'])
      .orderBy('timetable_id')
      .orderBy('language')
      .execute();
    for (const [id, some] of Map.groupBy(rows, (one) => one.timetable_id)) heard.set(id, some);
  }
  return heard;
}
