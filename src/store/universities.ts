/** Universities whose catalogues are read: when next, and how the last readings went. */
import type { Selectable, Updateable } from 'kysely';
import type { Instant, Zone } from '../domain/calendar.ts';
import { type Feed, fromRow as feedFrom } from './feed.ts';
import { canonical, parse } from './json.ts';
import type { Db, UniversityTable } from './schema.ts';

export type UniversityRow = {
  /** `asu`, `ruz:hse`. */
  readonly key: string;
  readonly name: string;
  readonly zone: Zone;
  /** Switched on: what it lists is found. */
  readonly listed: boolean;
  /** null: its catalogue is not read, somebody else keeps it. */
  readonly nextCheck: Instant | null;
  readonly checkedAt: Instant | null;
  readonly goodAt: Instant | null;
  readonly failures: number;
  readonly problem: { readonly kind: string; readonly detail: string; readonly since: Instant } | null;
  /** The kinds of entries that shrank too much to be believed («group,room»). */
  readonly held: string | null;
  readonly heldSince: Instant | null;
  readonly fingerprint: string;
};

type Patch = Partial<Omit<UniversityRow, 'key' | 'name' | 'zone' | 'listed'>>;

/** Makes the university known, or known by its new name; it is switched on, and read next at `nextCheck` unless it was known. */
export async function keepUniversity(
  db: Db,
  { key, name, zone, nextCheck }: Pick<UniversityRow, 'key' | 'name' | 'zone' | 'nextCheck'>,
): Promise<void> {
  const fresh = { checked_at: null, good_at: null, failures: 0, problem: null, held: null, held_since: null };
  await db
    .insertInto('university')
    .values({ key, name, zone, listed: 1, next_check: nextCheck, fingerprint: '', ...fresh })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ name, zone, listed: 1 }))
    .execute();
}

/** Switches off those whose catalogues are read and that are not among these. */
export async function switchOffOthers(db: Db, keys: readonly string[]): Promise<void> {
  let query = db.updateTable('university').set({ listed: 0 }).where('next_check', 'is not', null);
  if (keys.length > 0) query = query.where('key', 'not in', keys);
  await query.execute();
}

/** Those that are switched on and whose catalogue is read, by key. */
export async function readUniversities(db: Db): Promise<Pick<UniversityRow, 'key' | 'name'>[]> {
  return db
    .selectFrom('university')
    .select(['key', 'name'])
    .where('listed', '=', 1)
    .where('next_check', 'is not', null)
    .orderBy('key')
    .execute();
}

export async function getUniversity(db: Db, key: string): Promise<UniversityRow | null> {
  const row = await db.selectFrom('university').selectAll().where('key', '=', key).executeTakeFirst();
  return row === undefined ? null : fromRow(row);
}

/** Those whose catalogue is to be read now, the longest overdue first. */
export async function dueUniversities(db: Db, now: Instant, limit: number): Promise<UniversityRow[]> {
  const rows = await db
    .selectFrom('university')
    .selectAll()
    .where('next_check', '<=', now)
    .where('listed', '=', 1)
    .orderBy('next_check')
    .limit(limit)
    .execute();
  return rows.map(fromRow);
}

/** Takes a university for oneself by moving its next check to `until`. False when somebody else did so first. */
export async function claimUniversity(
  db: Db,
  { key, nextCheck }: Pick<UniversityRow, 'key' | 'nextCheck'>,
  until: Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('university')
    .set({ next_check: until })
    .where('key', '=', key)
    .where('next_check', '=', nextCheck)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Its catalogue may be out of date: it is read at `now`, unless it was read since `since`. */
export async function hurryUniversity(db: Db, key: string, now: Instant, since: Instant): Promise<void> {
  await db
    .updateTable('university')
    .set({ next_check: now })
    .where('key', '=', key)
    .where('next_check', '>', now)
    .where((eb) => eb.or([eb('checked_at', 'is', null), eb('checked_at', '<', since)]))
    .execute();
}

/** Changes what the patch names and nothing else. */
export async function saveUniversity(db: Db, key: string, patch: Patch): Promise<void> {
  const row: Updateable<UniversityTable> = {};
  if (patch.nextCheck !== undefined) row.next_check = patch.nextCheck;
  if (patch.checkedAt !== undefined) row.checked_at = patch.checkedAt;
  if (patch.goodAt !== undefined) row.good_at = patch.goodAt;
  if (patch.failures !== undefined) row.failures = patch.failures;
  if (patch.problem !== undefined) row.problem = patch.problem === null ? null : canonical(patch.problem);
  if (patch.held !== undefined) row.held = patch.held;
  if (patch.heldSince !== undefined) row.held_since = patch.heldSince;
  if (patch.fingerprint !== undefined) row.fingerprint = patch.fingerprint;
  if (Object.keys(row).length > 0) await db.updateTable('university').set(row).where('key', '=', key).execute();
}

/** The feeds of all timetables of a university's catalogue, by what they are bound to. */
export async function boundFeeds(
  db: Db,
  origin: string,
): Promise<{ readonly category: string; readonly name: string; readonly feed: Feed }[]> {
  const rows = await db
    .selectFrom('timetable')
    .innerJoin('feed', 'feed.timetable_id', 'timetable.id')
    .selectAll('feed')
    .select(['timetable.category as boundCategory', 'timetable.name as boundName'])
    .where('timetable.origin', '=', origin)
    .execute();
  return rows.map((row) => ({ category: row.boundCategory, name: row.boundName, feed: feedFrom(row) }));
}

function fromRow(row: Selectable<UniversityTable>): UniversityRow {
  return {
    key: row.key,
    name: row.name,
    zone: row.zone,
    listed: row.listed === 1,
    nextCheck: row.next_check,
    checkedAt: row.checked_at,
    goodAt: row.good_at,
    failures: row.failures,
    problem: row.problem === null ? null : parse<NonNullable<UniversityRow['problem']>>(row.problem),
    held: row.held,
    heldSince: row.held_since,
    fingerprint: row.fingerprint,
  };
}
