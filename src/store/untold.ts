/** What has changed and was not told yet, a row a timetable, with the days as people were told them. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Day, Instant } from '../domain/calendar.ts';
import { chunksOf } from '../domain/chunks.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Untold } from '../domain/untold.ts';
import { byHand } from './by-hand.ts';
import { parse } from './json.ts';
import { type Given, once } from './once.ts';
import type { Db } from './schema.ts';

const CHUNK = 50;

type Whose = { id: number };
const anything = once((db, given: Given<Whose>) =>
  db.selectFrom('untold').select(['since', 'seen']).where('timetable_id', '=', given('id')),
);
const daysOf = once((db, given: Given<Whose>) =>
  db.selectFrom('untold_day').select(['day', 'lessons']).where('timetable_id', '=', given('id')),
);
const dropDays = once((db, given: Given<Whose>) => db.deleteFrom('untold_day').where('timetable_id', '=', given('id')));

/** Whether anything waits to be told. */
export async function hasUntold(db: Db, timetableId: number): Promise<boolean> {
  return (await anything(db, { id: timetableId })).rows.length > 0;
}

/** Null when everything was told. */
export async function untoldOf(db: Db, timetableId: number): Promise<Untold | null> {
  const [row] = (await anything(db, { id: timetableId })).rows;
  if (row === undefined) return null;
  const days = (await daysOf(db, { id: timetableId })).rows.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const told = new Map<Day, Occurrence[]>();
  for (const { day, lessons } of days) {
    // A whole term holds up nobody; within a transaction only the database is waited for.
    if (told.size % CHUNK === CHUNK - 1 && !db.isTransaction) await breathe();
    told.set(day, parse<Occurrence[]>(lessons));
  }
  return { since: row.since, seen: new Map(Object.entries(parse<Record<string, Instant>>(row.seen))), told };
}

const save = once((db, given: Given<Whose & { since: Instant; lookAt: Instant; seen: string }>) => {
  const row = { since: given('since'), look_at: given('lookAt'), seen: given('seen') };
  return db
    .insertInto('untold')
    .values({ timetable_id: given('id'), ...row })
    .onConflict((conflict) => conflict.column('timetable_id').doUpdateSet(row));
});

/**
 * Writes it over what was kept `before`, null: nothing; `lookAt` is when something of it may be told. Call in a transaction that
 * holds the timetable.
 */
export async function saveUntold(
  db: Db,
  timetableId: number,
  untold: Untold,
  lookAt: Instant,
  before?: Untold | null,
): Promise<void> {
  const seen = JSON.stringify(Object.fromEntries(untold.seen));
  await save(db, { id: timetableId, since: untold.since, lookAt, seen });
  if (before !== null) await dropDays(db, { id: timetableId });
  for (const days of chunksOf([...untold.told], CHUNK)) {
    const rows = days.map(([day, lessons]) => [timetableId, day, JSON.stringify(lessons)]);
    await db.executeQuery(byHand(db, 'insert into untold_day (timetable_id, day, lessons) values ¤', rows));
  }
}

/** Everything is told, or nothing was to be. */
export async function dropUntold(db: Db, timetableId: number): Promise<void> {
  await dropDays(db, { id: timetableId });
  await db.deleteFrom('untold').where('timetable_id', '=', timetableId).execute();
}

/** Nothing may be told before `lookAt`. */
export async function lookAtUntold(db: Db, timetableId: number, lookAt: Instant): Promise<void> {
  await db.updateTable('untold').set({ look_at: lookAt }).where('timetable_id', '=', timetableId).execute();
}

/** Timetables of which something may be told now, some of them; those seen in the future (the clock was set back) too. */
export async function dueUntold(db: Db, now: Instant, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('untold')
    .select('timetable_id')
    .where('look_at', '<=', now)
    .orderBy('look_at')
    .limit(limit)
    .execute();
  const ahead = await db.selectFrom('untold').select('timetable_id').where('since', '>', now).limit(limit).execute();
  return [...new Set([...rows, ...ahead].map((row) => row.timetable_id))];
}
