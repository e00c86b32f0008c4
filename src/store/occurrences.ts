/** Dated lessons of the coming days, and the reminders that fall due from them: joined when asked, never stored ahead. */
import type { Instant, Zone } from '../domain/calendar.ts';
import type { LessonLine } from '../domain/notice.ts';
import type { Language } from '../domain/peer.ts';
import { canonical, chunksOf, parse } from './json.ts';
import { toLanguage } from './peers.ts';
import type { Db } from './schema.ts';
import { joinedPeers, splitPeers } from './subscriptions.ts';

export type OccurrenceRow = { readonly startsAt: Instant; readonly endsAt: Instant; readonly line: LessonLine };

const CHUNK = 100;
const MINUTE = 60_000;

/** Replaces everything of this timetable that starts at `from` or later; earlier rows are neither touched nor written. */
export async function writeOccurrences(
  db: Db,
  timetableId: number,
  from: Instant,
  rows: readonly OccurrenceRow[],
): Promise<void> {
  await db.deleteFrom('occurrence').where('timetable_id', '=', timetableId).where('starts_at', '>=', from).execute();
  const taken = new Map<Instant, number>();
  const values = rows
    .filter((row) => row.startsAt >= from)
    .map(({ startsAt, endsAt, line }) => {
      const n = taken.get(startsAt) ?? 0;
      taken.set(startsAt, n + 1);
      return {
        starts_at: startsAt,
        timetable_id: timetableId,
        n,
        ends_at: endsAt,
        cancelled: line.cancelled ? (1 as const) : (0 as const),
        all_day: line.allDay ? (1 as const) : (0 as const),
        line: canonical(line),
      };
    });
  for (const chunk of chunksOf(values, CHUNK)) await db.insertInto('occurrence').values(chunk).execute();
}

type DueReminder = OccurrenceRow & {
  readonly timetableId: number;
  readonly zone: Zone;
  readonly language: Language;
  /** What these peers hear is decided lesson by lesson (see `isFiltered`). */
  readonly filtered: boolean;
  readonly peers: readonly number[];
};

/**
 * Lessons to be reminded of `lead` minutes ahead within [from, to), one row a lesson, language and way of planning, by start. Cancelled and all-day
 * lessons remind of nothing. One call a lead: joining all leads at once makes PostgreSQL walk the whole table.
 */
export async function dueReminders(db: Db, lead: number, from: Instant, to: Instant): Promise<DueReminder[]> {
  const lessons = await db
    .selectFrom('occurrence')
    .innerJoin('timetable', 'timetable.id', 'occurrence.timetable_id')
    .select(['starts_at', 'ends_at', 'line', 'timetable_id', 'zone'])
    .where('starts_at', '>=', from + lead * MINUTE)
    .where('starts_at', '<', to + lead * MINUTE)
    .where('cancelled', '=', 0)
    .where('all_day', '=', 0)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('subscription')
          .select('peer_id')
          .whereRef('subscription.timetable_id', '=', 'occurrence.timetable_id')
          .where('what', '=', 'each')
          .where('lead', '=', lead),
      ),
    )
    .orderBy('starts_at')
    .orderBy('timetable_id')
    .orderBy('n')
    .execute();
  const heard = await listeners(db, lead, [...new Set(lessons.map((lesson) => lesson.timetable_id))]);
  return lessons.flatMap((lesson) =>
    (heard.get(lesson.timetable_id) ?? []).map(({ language, filtered, peers }) => ({
      timetableId: lesson.timetable_id,
      zone: lesson.zone,
      startsAt: lesson.starts_at,
      endsAt: lesson.ends_at,
      line: parse<LessonLine>(lesson.line),
      language,
      filtered,
      peers,
    })),
  );
}

type Listeners = { readonly language: Language; readonly filtered: boolean; readonly peers: readonly number[] };

async function listeners(db: Db, lead: number, timetableIds: readonly number[]): Promise<Map<number, Listeners[]>> {
  const heard = new Map<number, Listeners[]>();
  for (const ids of chunksOf(timetableIds, CHUNK * 5)) {
    const rows = await db
      .selectFrom('subscription')
      .select(['timetable_id', 'language', 'filtered', joinedPeers()])
      .where('timetable_id', 'in', ids)
      .where('what', '=', 'each')
      .where('lead', '=', lead)
      .groupBy(['timetable_id', 'language', 'filtered'])
      .orderBy('timetable_id')
      .orderBy('language')
      .orderBy('filtered')
      .execute();
    for (const row of rows) {
      const group = { language: toLanguage(row.language), filtered: row.filtered === 1, peers: splitPeers(row.peers) };
      heard.set(row.timetable_id, [...(heard.get(row.timetable_id) ?? []), group]);
    }
  }
  return heard;
}

/** Timetables whose occurrences do not reach `until` yet, the most behind first. */
export async function timetablesToRoll(db: Db, until: Instant, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('timetable')
    .select('id')
    .where('rolled_until', '<', until)
    .orderBy('rolled_until')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Says that the occurrences of this timetable are written up to `until`. */
export async function setRolled(db: Db, id: number, until: Instant): Promise<void> {
  await db.updateTable('timetable').set({ rolled_until: until }).where('id', '=', id).execute();
}

/** What a timetable is to people: how many follow it and are awake, and when its nearest lesson begins that has not begun yet. */
export async function standingOf(
  db: Db,
  timetableId: number,
  now: Instant,
): Promise<{ followers: number; nextLesson: Instant | null }> {
  const { followers } = await db
    .selectFrom('peer')
    .select((eb) => eb.fn.countAll<number>().as('followers'))
    .where('timetable_id', '=', timetableId)
    .where('asleep', 'is', null)
    .executeTakeFirstOrThrow();
  const { next } = await db
    .selectFrom('occurrence')
    .select((eb) => eb.fn.min('starts_at').as('next'))
    .where('timetable_id', '=', timetableId)
    .where('starts_at', '>=', now)
    .executeTakeFirstOrThrow();
  return { followers: Number(followers), nextLesson: next };
}
