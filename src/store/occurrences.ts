/** Dated lessons of the coming days with what reminders make of them: joined, first of the day, exam, meeting. */
import { sql } from 'kysely';
import { dayNumber, dayOfNumber, type Instant } from '../domain/calendar.ts';
import { chunksOf } from '../domain/chunks.ts';
import type { Dated, Marked } from '../domain/sitting.ts';
import { byHand } from './by-hand.ts';
import { factsOf, lineOf } from './facts.ts';
import { type Given, once } from './once.ts';
import type { Db } from './schema.ts';
import { MARK, MARKS } from './schema-due.ts';

const CHUNK = 100;

/** A row as it is to be, its facts written out. */
type Wanted = {
  readonly starts_at: Instant;
  readonly n: number;
  readonly day: number;
  readonly line: string;
  readonly told: string | null;
  readonly marks: number;
};

const WRITE = `insert into occurrence (starts_at, timetable_id, n, day, line, told, marks) values ¤
  on conflict (starts_at, timetable_id, n)
  do update set day = excluded.day, line = excluded.line, told = excluded.told, marks = excluded.marks`;

const rowsOf = once((db, given: Given<{ id: number }>) =>
  db
    .selectFrom('occurrence')
    .select(['starts_at', 'n', 'day', 'line', 'told', 'marks'])
    .where('timetable_id', '=', given('id')),
);
const linesOf = once((db, given: Given<{ id: number }>) =>
  db.selectFrom('occurrence_line').select(['n', 'facts']).where('timetable_id', '=', given('id')),
);

/**
 * These are all rows of this timetable that start at `from` or later. Written are the starts at which anything differs: the others, and
 * earlier rows, are not touched.
 */
export async function writeOccurrences(
  db: Db,
  timetableId: number,
  from: Instant,
  rows: readonly Marked[],
): Promise<void> {
  const { rows: stored } = await rowsOf(db, { id: timetableId });
  const { rows: lines } = await linesOf(db, { id: timetableId });
  const facts = new Map(lines.map((line) => [line.n, line.facts]));
  const wanted = Map.groupBy(wantedOf(rows.filter(({ startsAt }) => startsAt >= from)), (row) => row.starts_at);
  const before = Map.groupBy(stored, (row) => row.starts_at);
  const told = (n: number | null) => (n === null ? null : (facts.get(n) ?? ''));
  const asIs = (at: Instant): readonly Wanted[] =>
    (before.get(at) ?? [])
      .map((row) => ({ ...row, line: facts.get(row.line) ?? '', told: told(row.told) }))
      .sort((a, b) => a.n - b.n);
  const [gone, fresh]: [Instant[], Wanted[]] = [[], []];
  for (const at of new Set([...[...before.keys()].filter((start) => start >= from), ...wanted.keys()])) {
    const [was, is] = [asIs(at), wanted.get(at) ?? []];
    if (was.length === is.length && was.every((row, index) => isSame(row, is[index]))) continue;
    // What stood in a place is written over.
    if (was.length > is.length) gone.push(at);
    fresh.push(...is);
  }
  if (gone.length === 0 && fresh.length === 0) return;
  for (const some of chunksOf(gone, CHUNK))
    await db.executeQuery(
      byHand(db, 'delete from occurrence where timetable_id = ? and starts_at in ¤', [some], [timetableId]),
    );
  const left = new Set([...gone, ...fresh.map((row) => row.starts_at)]);
  const used = stored.filter((row) => !left.has(row.starts_at)).flatMap(({ line, told }) => [line, told ?? line]);
  const needed = new Set(fresh.flatMap(({ line, told }) => [line, told ?? line]));
  const numbers = await keepLines(db, timetableId, lines, { used: new Set(used), wanted: needed });
  const numberOf = (text: string) => numbers.get(text) ?? 0;
  for (const some of chunksOf(fresh, CHUNK)) {
    const rows = some.map(({ starts_at, n, day, line, told, marks }) => {
      return [starts_at, timetableId, n, day, numberOf(line), told === null ? null : numberOf(told), marks];
    });
    await db.executeQuery(byHand(db, WRITE, rows));
  }
}

function wantedOf(rows: readonly Marked[]): Wanted[] {
  const taken = new Map<Instant, number>();
  return rows.map((row) => {
    const n = taken.get(row.startsAt) ?? 0;
    taken.set(row.startsAt, n + 1);
    const lasts = row.endsAt - row.startsAt;
    const line = factsOf(row.line, lasts);
    const told = row.told === row.line ? line : factsOf(row.told, lasts);
    const marks = marksOf(row);
    return { starts_at: row.startsAt, n, day: dayNumber(row.line.day), line, told: told === line ? null : told, marks };
  });
}

function isSame(a: Wanted, b: Wanted | undefined): boolean {
  return a.n === b?.n && a.day === b.day && a.line === b.line && a.told === b.told && a.marks === b.marks;
}

/** Keeps what is wanted and what is used by rows that stay, each once; returns the numbers of what is wanted. */
async function keepLines(
  db: Db,
  timetableId: number,
  stored: readonly { readonly n: number; readonly facts: string }[],
  { used, wanted }: { readonly used: ReadonlySet<number>; readonly wanted: ReadonlySet<string> },
): Promise<Map<string, number>> {
  const unused = stored.filter(({ n, facts }) => !used.has(n) && !wanted.has(facts)).map(({ n }) => n);
  for (const some of chunksOf(unused, CHUNK))
    await db.executeQuery(
      byHand(db, 'delete from occurrence_line where timetable_id = ? and n in ¤', [some], [timetableId]),
    );
  const numbers = new Map(stored.map(({ n, facts }) => [facts, n]));
  const known = new Set(stored.map(({ n }) => n));
  let n = 0;
  const fresh = [...wanted]
    .filter((facts) => !numbers.has(facts))
    .map((facts) => {
      while (known.has(n)) n += 1;
      known.add(n);
      numbers.set(facts, n);
      return [timetableId, n, facts];
    });
  for (const some of chunksOf(fresh, CHUNK))
    await db.executeQuery(byHand(db, 'insert into occurrence_line (timetable_id, n, facts) values ¤', some));
  return numbers;
}

function marksOf({ line, ...marks }: Marked): number {
  const all = { ...marks, off: line.cancelled || line.allDay };
  return MARKS.reduce((sum, name) => sum + (all[name] ? MARK[name] : 0), 0);
}

/** The dated lessons of these timetables that begin in [from, to), as they stand, in order of start. */
export async function datedLessons(
  db: Db,
  timetableIds: readonly number[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<Map<number, Dated[]>> {
  const found = new Map<number, Dated[]>();
  for (const ids of chunksOf(timetableIds, CHUNK)) {
    const rows = await db
      .selectFrom('occurrence')
      .innerJoin('occurrence_line', (on) =>
        on
          .onRef('occurrence_line.timetable_id', '=', 'occurrence.timetable_id')
          .onRef('occurrence_line.n', '=', 'occurrence.line'),
      )
      .select(['occurrence.timetable_id', 'starts_at', 'day', 'facts'])
      .where('occurrence.timetable_id', 'in', ids)
      .where('starts_at', '>=', from)
      .where('starts_at', '<', to)
      .orderBy('starts_at')
      .orderBy('occurrence.n')
      .execute();
    for (const [id, some] of Map.groupBy(rows, (row) => row.timetable_id)) found.set(id, some.map(toDated));
  }
  return found;
}

function toDated({ starts_at, day, facts }: { starts_at: Instant; day: number; facts: string }): Dated {
  const { line, lasts } = lineOf(facts, dayOfNumber(day));
  return { startsAt: starts_at, endsAt: starts_at + lasts, line };
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

const rolled = once((db, given: Given<{ id: number; until: Instant }>) =>
  db
    .updateTable('timetable')
    .set({ rolled_until: given('until') })
    .where('id', '=', given('id')),
);

/** Says that the occurrences of this timetable are written up to `until`. */
export async function setRolled(db: Db, id: number, until: Instant): Promise<void> {
  await rolled(db, { id, until });
}

const standing = once((db, given: Given<{ id: number; now: Instant }>) =>
  db.selectNoFrom(({ selectFrom }) => [
    selectFrom('peer')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('timetable_id', '=', given('id'))
      .where('asleep', 'is', null)
      .as('followers'),
    selectFrom('occurrence')
      // With a sign in front its few rows are gone through.
      .select((eb) => eb.fn.min(sql<number>`+starts_at`).as('first'))
      .where('timetable_id', '=', given('id'))
      .where('starts_at', '>=', given('now'))
      .as('next'),
  ]),
);

/** What a timetable is to people: how many follow it and are awake, and when its nearest lesson begins that has not begun yet. */
export async function standingOf(
  db: Db,
  timetableId: number,
  now: Instant,
): Promise<{ followers: number; nextLesson: Instant | null }> {
  const [row] = (await standing(db, { id: timetableId, now })).rows;
  return { followers: Number(row?.followers ?? 0), nextLesson: row?.next ?? null };
}
