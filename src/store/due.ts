/** What falls due from dated lessons, joined when asked, never stored ahead: as sets of equal listeners, or whose persons to ask. */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { dayOfNumber, type Instant } from '../domain/calendar.ts';
import { type DueLesson, isAlert, type What } from '../domain/remind.ts';
import { lineOf } from './facts.ts';
import { unpackPeers } from './kept-peers.ts';
import { type Given, once } from './once.ts';
import { toLanguage } from './peers.ts';
import type { Db, Schema } from './schema.ts';
import { MARK, MARKS } from './schema-due.ts';

type Span = { readonly from: Instant; readonly to: Instant };

/** Where a chunk ended: the next one goes on behind it. */
export type Place = { readonly startsAt: Instant; readonly timetableId: number };

/** `lead` minutes before what? `row` is the lead its subscriptions are kept under (0 for exams and meetings). */
export type DueLead = { readonly what: What; readonly lead: number; readonly row: number };

const MINUTE = 60_000;

/**
 * Sittings to be reminded of within the span, one row a sitting and language, in order of start, then timetable: about `limit` of
 * them behind `after`, those of one timetable and minute never parted. `next` is null after the last. Peers with filters are not
 * among the listeners. One call a lead: joining all at once makes PostgreSQL walk the whole table.
 */
export async function dueSittings(
  db: Db,
  due: DueLead,
  span: Span,
  { after, limit }: { readonly after: Place | null; readonly limit: number },
): Promise<{ rows: DueLesson[]; next: Place | null }> {
  const { begun, behind, at } = SITTINGS[due.what];
  // One more than asked for shows whether more follow.
  const asked = { row: due.row, to: span.to + due.lead * MINUTE, limit: limit + 1 };
  const { rows: found } =
    after === null
      ? await begun(db, { ...asked, from: span.from + due.lead * MINUTE })
      : await behind(db, { ...asked, ...after });
  const last = found.at(-1);
  if (last === undefined || found.length <= limit) return { rows: found.map(toDue), next: null };
  // Where the chunk was cut more may follow: that timetable and minute is for the next one, unless it is all there is.
  const whole = found.filter((row) => !isSamePlace(row, last));
  const rows = whole.length > 0 ? whole : (await at(db, { row: due.row, ...placeOf(last) })).rows;
  return { rows: rows.map(toDue), next: placeOf(whole.at(-1) ?? last) };
}

type Found = Awaited<ReturnType<ReturnType<typeof sittings>['execute']>>[number];

function toDue({ timetable_id, starts_at, day, facts, zone, language, peers }: Found): DueLesson {
  const { line, lasts } = lineOf(facts, dayOfNumber(day));
  return {
    timetableId: timetable_id,
    zone,
    startsAt: starts_at,
    endsAt: starts_at + lasts,
    line,
    language: toLanguage(language),
    peers: unpackPeers(peers),
  };
}

type Placed = Pick<Found, 'starts_at' | 'timetable_id'>;

function isSamePlace(a: Placed, b: Placed): boolean {
  return a.starts_at === b.starts_at && a.timetable_id === b.timetable_id;
}

function placeOf({ starts_at, timetable_id }: Placed): Place {
  return { startsAt: starts_at, timetableId: timetable_id };
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
    .where(heardByPersons({ what, row }))
    .execute();
  return rows.map((one) => one.timetable_id);
}

type Asked = { readonly row: number };
type Some = Asked & { readonly to: Instant; readonly limit: number };

/** All lessons that leads of this sort count to, and every set that hears of them. */
function sittings(db: Db, what: What, given: Given<Asked>) {
  return (
    db
      .selectFrom('occurrence')
      // Crossed, not joined: what SQLite knows nothing of yet it would begin with, and sort all of it for every chunk.
      .crossJoin('subscription')
      .innerJoin('timetable', 'timetable.id', 'occurrence.timetable_id')
      .innerJoin('occurrence_line', (on) =>
        on
          .onRef('occurrence_line.timetable_id', '=', 'occurrence.timetable_id')
          .on('occurrence_line.n', '=', (eb) => eb.fn.coalesce('told', 'line')),
      )
      .select(['starts_at', 'occurrence.timetable_id', 'day', 'facts', 'zone', 'subscription.language', 'peers'])
      .where(marked({ off: false, joins: false, ...(what === 'each' ? {} : { [what]: true }) }))
      .whereRef('subscription.timetable_id', '=', 'occurrence.timetable_id')
      .where('what', '=', what)
      .where('filtered', '=', 0)
      .where('subscription.lead', '=', given('row'))
      .orderBy('starts_at')
      .orderBy('occurrence.timetable_id')
      .orderBy('occurrence.n')
      .orderBy('subscription.language')
  );
}

/** The first of them, those behind a place, those at one. */
function sittingsOf(what: What) {
  return {
    begun: once((db, given: Given<Some & { from: Instant }>) =>
      sittings(db, what, given)
        .where('starts_at', '>=', given('from'))
        .where('starts_at', '<', given('to'))
        .limit(given('limit')),
    ),
    behind: once((db, given: Given<Some & Place>) =>
      sittings(db, what, given)
        // One place in the index and no other lower bound: SQLite would take that and read the minute from its start for each chunk.
        .where(({ eb, refTuple, tuple }) =>
          eb(refTuple('starts_at', 'occurrence.timetable_id'), '>', tuple(given('startsAt'), given('timetableId'))),
        )
        .where('starts_at', '<', given('to'))
        .limit(given('limit')),
    ),
    at: once((db, given: Given<Asked & Place>) =>
      sittings(db, what, given)
        .where('starts_at', '=', given('startsAt'))
        .where('occurrence.timetable_id', '=', given('timetableId')),
    ),
  };
}

const SITTINGS = {
  ...{ each: sittingsOf('each'), first: sittingsOf('first') },
  ...{ exam: sittingsOf('exam'), meeting: sittingsOf('meeting') },
} satisfies Record<What, unknown>;

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

/** Whether anybody who is planned one by one hears of this lesson by a lead of this sort. */
function heardByPersons({ what, row }: Pick<DueLead, 'what' | 'row'>) {
  return ({ exists, selectFrom }: ExpressionBuilder<Schema, 'occurrence'>) =>
    exists(
      selectFrom('subscription')
        .select('language')
        .whereRef('subscription.timetable_id', '=', 'occurrence.timetable_id')
        .where('what', '=', what)
        .where('filtered', '=', 1)
        .where('lead', '=', row),
    );
}
