/** The changes that were told, kept for two weeks: the feed of changes and the marks in views. */
import { type Selectable, sql } from 'kysely';
import type { Day, Instant } from '../domain/calendar.ts';
import { chunksOf } from '../domain/chunks.ts';
import { type Change, sidesOf } from '../domain/diff.ts';
import type { Told } from '../domain/history.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { parse } from './json.ts';
import { type Given, once } from './once.ts';
import type { Db } from './schema.ts';
import type { ToldTable } from './schema-changes.ts';

const CHUNK = 50;

/** Keeps what was told at `at`; 'unsure': its source had not answered a second time. Call in the transaction that queues its notices. */
export async function writeTold(
  db: Db,
  timetableId: number,
  at: Instant,
  changes: readonly Change[],
  how: 'sure' | 'unsure' = 'sure',
): Promise<void> {
  for (const some of chunksOf(changes, CHUNK)) {
    const rows = some.map((change) => {
      const days = sidesOf(change).map(({ day }) => day);
      return {
        timetable_id: timetableId,
        at,
        day: days[0] ?? '',
        day_to: days.at(-1) ?? '',
        change: JSON.stringify(plain(change)),
        unsure: how === 'unsure' ? 1 : 0,
      };
    });
    await db.insertInto('told').values(rows).execute();
  }
}

/** What was told of a timetable since then, the latest first, at most `limit`. */
export async function toldOf(db: Db, timetableId: number, since: Instant, limit: number): Promise<Told[]> {
  const rows = await db
    .selectFrom('told')
    .select(['at', 'change', 'unsure'])
    .where('timetable_id', '=', timetableId)
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toTold);
}

type Asked = { id: number; since: Instant; from: Day; to: Day; limit: number };
/** Where a lesson stood before, and where it stands. */
const ON = (['day', 'day_to'] as const).map((day) =>
  once((db, given: Given<Asked>) =>
    db
      .selectFrom('told')
      .select(['id', 'at', 'change', 'unsure'])
      .where('timetable_id', '=', given('id'))
      .where(day, '>=', given('from'))
      .where(day, '<', given('to'))
      .where('at', '>=', given('since'))
      .orderBy('id', 'desc')
      .limit(given('limit')),
  ),
);

const anything = once((db, given: Given<{ id: number; since: Instant }>) =>
  db
    .selectFrom('told')
    .select('id')
    .where('timetable_id', '=', given('id'))
    .where('at', '>=', given('since'))
    .limit(sql.lit(1)),
);

/** What was told since then of lessons that stood or stand on a day in [from, to), at most `limit` of either. */
export async function toldOfDays(
  db: Db,
  timetableId: number,
  { since, from, to }: { readonly since: Instant; readonly from: Day; readonly to: Day },
  limit: number,
): Promise<Told[]> {
  // Of most nothing was.
  if ((await anything(db, { id: timetableId, since })).rows.length === 0) return [];
  const found = new Map<number, Told>();
  for (const on of ON) {
    const { rows } = await on(db, { id: timetableId, since, from, to, limit });
    for (const row of rows) found.set(row.id, toTold(row));
  }
  return [...found.values()];
}

function toTold({ at, change, unsure }: Pick<Selectable<ToldTable>, 'at' | 'change' | 'unsure'>): Told {
  return { at, change: parse<Change>(change), ...(unsure === 1 ? { unsure: true } : {}) };
}

function plain(change: Change): Change {
  if (change.kind === 'cancelled') return { ...change, before: bare(change.before) };
  if (change.kind === 'altered') return { ...change, before: bare(change.before), after: bare(change.after) };
  return { ...change, after: bare(change.after) };
}

function bare(lesson: Occurrence): Occurrence {
  return { ...lesson, note: '', place: { ...lesson.place, link: '' } };
}
