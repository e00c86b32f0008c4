/** The lessons of a timetable as its source states them, each with a hash, so that an unchanged one is never written again. */
import { hash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import type { Day } from '../domain/calendar.ts';
import { addDays } from '../domain/calendar.ts';
import { chunksOf } from '../domain/chunks.ts';
import type { Known } from '../domain/identity.ts';
import type { Lesson } from '../domain/lesson.ts';
import { byHand } from './by-hand.ts';
import { parse } from './json.ts';
import { type Given, once } from './once.ts';
import type { Db, LessonTable } from './schema.ts';

/** `id` is that of the row; `uid` is ours. `hash` is `lessonHash`. */
export type StoredLesson = Known & { readonly id: number; readonly hash: string };

/** Rows a statement: short enough to let others in between, far below any limit of parameters. */
const CHUNK = 100;
/** Lessons read between two breaths. */
const BREATH = 1000;

/** A lesson as it stands in the store, its text unread; `day` is null for a weekly one. */
export type StoredRow = Pick<Selectable<LessonTable>, 'id' | 'uid' | 'hash' | 'day' | 'body'>;

const COLUMNS = ['id', 'uid', 'hash', 'day', 'body'] as const;

/** Dated lessons that touch [from, to), all of them without bounds; weekly ones always. By day (weekly first), then id. */
export async function lessonsOf(
  db: Db,
  timetableId: number,
  { from, to }: { readonly from?: Day; readonly to?: Day } = {},
): Promise<StoredLesson[]> {
  if (from === undefined && to === undefined) return lessonsIn(db, await lessonRows(db, timetableId));
  let query = db.selectFrom('lesson').select(COLUMNS).where('timetable_id', '=', timetableId);
  if (from !== undefined) query = query.where((eb) => eb.or([eb('day', 'is', null), eb('until', '>', from)]));
  if (to !== undefined) query = query.where((eb) => eb.or([eb('day', 'is', null), eb('day', '<', to)]));
  return lessonsIn(db, (await query.execute()).sort(inOrder));
}

const all = once((db, given: Given<{ id: number }>) =>
  db.selectFrom('lesson').select(COLUMNS).where('timetable_id', '=', given('id')),
);

/** Every lesson as it stands there, in the order of `lessonsOf`: what a reading changed is told by their hashes, without reading any. */
export async function lessonRows(db: Db, timetableId: number): Promise<StoredRow[]> {
  return (await all(db, { id: timetableId })).rows.sort(inOrder);
}

/** The same of the lessons of these days; weekly ones are of none. */
export async function rowsOn(db: Db, timetableId: number, days: readonly Day[]): Promise<StoredRow[]> {
  const found: StoredRow[] = [];
  for (const some of chunksOf(days, CHUNK)) {
    const query = `select ${COLUMNS.join()} from lesson where timetable_id = ? and day in ¤`;
    found.push(...(await db.executeQuery(byHand<StoredRow>(db, query, [some], [timetableId]))).rows);
  }
  return found.sort(inOrder);
}

/** Whether a lesson of this timetable has one of these ids. */
export async function hasAny(db: Db, timetableId: number, uids: readonly string[]): Promise<boolean> {
  for (const some of chunksOf(uids, CHUNK)) {
    const query = 'select uid from lesson where timetable_id = ? and uid in ¤ limit 1';
    if ((await db.executeQuery(byHand(db, query, [some], [timetableId]))).rows.length > 0) return true;
  }
  return false;
}

function inOrder(a: StoredRow, b: StoredRow): number {
  return compare(a.day ?? '', b.day ?? '') || a.id - b.id;
}

/** Reads them. `alike` are lessons at hand by their hash: what is stored just so is not read out of its text again. */
export async function lessonsIn(
  db: Db,
  rows: readonly StoredRow[],
  alike?: ReadonlyMap<string, Lesson>,
): Promise<StoredLesson[]> {
  const lessons: StoredLesson[] = [];
  for (const { id, uid, hash, body } of rows) {
    // Thousands of them hold up nobody; within a transaction only the database is waited for.
    if (lessons.length % BREATH === BREATH - 1 && !db.isTransaction) await breathe();
    lessons.push({ ...lessonIn(body, alike?.get(hash)), id, uid, hash });
  }
  return lessons;
}

/** Where the part of a body begins that no hash knows. A quote inside of a text is written with a stroke before it. */
const UNHASHED = ',"sourceId":';

/** The lesson that `lessonRow` wrote; `alike` is one with its hash: of such a body only the end is looked at. */
function lessonIn(body: string, alike: Lesson | undefined): Lesson {
  if (alike === undefined) return parse<Lesson>(body);
  const content = contentOf(alike);
  // Most sources call a lesson what they called it.
  const { sourceId, changed } = alike;
  if (body.endsWith(`${UNHASHED}${JSON.stringify(sourceId)}${changed === true ? ',"changed":true' : ''}}`))
    return changed === true ? { ...content, sourceId, changed } : { ...content, sourceId };
  const end = body.lastIndexOf(UNHASHED);
  if (end < 0) return parse<Lesson>(body);
  return { ...content, ...parse<Pick<Lesson, 'sourceId' | 'changed'>>(`{${body.slice(end + 1)}`) };
}

/** A lesson as it is stored, but for its timetable. */
export type LessonRow = Omit<Selectable<LessonTable>, 'id' | 'timetable_id'>;

/** Made before the transaction that writes it: thousands of them take longer to make than to write. */
export function lessonRow(lesson: Known): LessonRow {
  const { uid, sourceId, changed } = lesson;
  const body = JSON.stringify({ ...contentOf(lesson), sourceId, changed });
  return { uid, ...daysOf(lesson), hash: lessonHash(lesson), body };
}

const ADD = 'insert into lesson (timetable_id, uid, day, until, hash, body) values ¤';
const OVER = `on conflict (timetable_id, uid) do update
  set day = excluded.day, until = excluded.until, hash = excluded.hash, body = excluded.body`;

/** What is written of a timetable's lessons: rows that go, new ones, and those that stand in the row of their `uid` from now on. */
export type LessonChange = {
  readonly remove: readonly number[];
  readonly insert: readonly LessonRow[];
  readonly update: readonly LessonRow[];
};

/** Writes it. Throws for a new one whose `uid` another has. Call in a transaction, with `bumpRevision`. */
export async function writeLessons(
  db: Db,
  timetableId: number,
  { remove, insert, update }: LessonChange,
): Promise<void> {
  for (const ids of chunksOf(remove, CHUNK))
    await db.executeQuery(byHand(db, 'delete from lesson where timetable_id = ? and id in ¤', [ids], [timetableId]));
  for (const [rows, how] of [
    [insert, ADD],
    [update, `${ADD} ${OVER}`],
  ] as const)
    for (const some of chunksOf(rows, CHUNK)) {
      const values = some.map(({ uid, day, until, hash, body }) => [timetableId, uid, day, until, hash, body]);
      await db.executeQuery(byHand(db, how, values));
    }
}

/**
 * 32 hex digits that are equal for lessons people cannot tell apart. `sourceId` is left out: exports renumber without any change; so
 * is `changed`: what the source says about a lesson is nothing of the lesson.
 */
export function lessonHash(lesson: Lesson): string {
  return hash('sha256', JSON.stringify(contentOf(lesson)), 'hex').slice(0, 32);
}

/**
 * Named one by one: a stored lesson carries an id as well, and must have the hash of its source. The order of the names is that
 * of `canonical`, which costs ten times as much and would give the same text.
 */
function contentOf(lesson: Lesson): Omit<Lesson, 'sourceId' | 'changed'> {
  const { cancelled, kind, note, number, place, subgroup, subject, teachers } = lesson;
  const { format, link, room } = place;
  const times = timesOf(lesson);
  return { cancelled, kind, note, number, place: { format, link, room }, subgroup, subject, teachers, times };
}

function timesOf({ times }: Lesson): Lesson['times'] {
  const { end, on, start } = times;
  if (on === 'weekly') return { end, on, start, weekday: times.weekday, weeks: times.weeks };
  return { allDay: times.allDay, day: times.day, end, endDay: times.endDay, on, start };
}

/** The first day and the day after the last one touched: an all-day end is exclusive already, and midnight belongs to the day before. */
function daysOf({ times }: Lesson): { day: Day | null; until: Day | null } {
  if (times.on === 'weekly') return { day: null, until: null };
  const exclusive = times.endDay > times.day && (times.allDay || times.end === '00:00');
  return { day: times.day, until: exclusive ? times.endDay : addDays(times.endDay, 1) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
