/** Our own id of a lesson: given at first sight and carried on by matching, whatever its source calls it. */
import { createHash } from 'node:crypto';
import { type Day, dayNumber, minutesOf, mondayOf } from './calendar.ts';
import type { Lesson } from './lesson.ts';
import { inTime, type Look, pairsOf, plainOnce, type Side, type Trust, takeEqual, trustIn } from './match.ts';
import { eachOf, finish, type Steps } from './steps.ts';

/** A lesson that is known already. No two of one timetable have the same `uid`; a weekly lesson has one for the series. */
export type Known = Lesson & { readonly uid: string };

/** What a new list of lessons means for those known: all of it with ids, what is to be written, what is no longer there. */
export type Identified<T> = {
  readonly lessons: readonly Known[];
  readonly fresh: readonly Known[];
  readonly gone: readonly T[];
};

type Readings<T> = {
  readonly before: readonly T[];
  /** One that brings its `uid` along (kept, or edited by hand) is that lesson. */
  readonly after: readonly (Lesson & { readonly uid?: string })[];
  /** Lessons of both lists that are one and the same, source's id and all, and stand in neither: what the source's ids are worth is told by them too. */
  readonly same?: readonly Lesson[];
  /** Equal for lessons that are equal in all but the source's id; those known before bring theirs along. */
  hashOf(lesson: Lesson): string;
  /** Whose lessons: ids of two timetables never meet. */
  readonly timetable: number;
  /** A source's id is followed within [from, to): what is over cannot have moved, what is much further away came into sight. */
  readonly from: Day;
  readonly to: Day;
};

type Row = Look & { readonly index: number };

/** The lessons of the old list without an equal in the new one (given by its hashes), each its own; and how many of the new one are left. */
export function differing<T extends { readonly hash: string }>(
  before: readonly T[],
  hashes: readonly string[],
): { readonly gone: readonly T[]; readonly fresh: number } {
  const counts = new Map<string, number>();
  for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  const gone = before.filter(({ hash }) => {
    const left = counts.get(hash) ?? 0;
    if (left > 0) counts.set(hash, left - 1);
    return left === 0;
  });
  return { gone, fresh: hashes.length - (before.length - gone.length) };
}

/**
 * Gives every lesson its id: the one it brings along, that of an equal lesson, that of the lesson it was (by `pairsOf`: those
 * that take place first, then those struck out), or a new one derived from what it is at first sight. Deterministic: the same
 * readings give the same ids, in whatever order their rows come but for rows equal in everything.
 */
export function identify<T extends Known & { readonly hash: string }>(readings: Readings<T>): Identified<T> {
  return finish(identifying(readings));
}

/** `identify` in pieces. */
export function* identifying<T extends Known & { readonly hash: string }>({
  before,
  after,
  same = [],
  hashOf,
  ...known
}: Readings<T>): Steps<Identified<T>> {
  const left = new Map(before.map((lesson) => [lesson.uid, lesson]));
  const ids = after.map(({ uid }) => (uid !== undefined && left.delete(uid) ? uid : undefined));

  const [old, hashes] = [Map.groupBy(left.values(), ({ hash }) => hash), after.map(hashOf)];
  const equal: [Lesson, Lesson][] = [];
  for (const [index, lesson] of after.entries()) {
    const twin = ids[index] === undefined ? old.get(hashes[index] ?? '')?.shift() : undefined;
    if (twin === undefined) continue;
    ids[index] = twin.uid;
    left.delete(twin.uid);
    equal.push([twin, lesson]);
  }
  yield;

  const trust = trustIn(before, after, equal, same);
  const strangers = after.flatMap((lesson, index) => (ids[index] === undefined ? [{ lesson, index }] : []));
  const found = yield* carried([...left.values()], strangers, trust, known);
  yield;
  const taken = new Set([...ids.filter((uid) => uid !== undefined), ...found.values()]);
  const lessons = after.map((lesson, index): Known => {
    const uid = ids[index] ?? found.get(index) ?? newId(known.timetable, hashes[index] ?? '', taken);
    taken.add(uid);
    return { ...lesson, uid };
  });
  yield;

  const stored = new Map(before.map((lesson) => [lesson.uid, lesson]));
  const kept = new Set<string>();
  const fresh = lessons.filter((lesson, index) => {
    const was = stored.get(lesson.uid);
    if (was?.hash !== hashes[index]) return true;
    kept.add(lesson.uid);
    return false;
  });
  return { lessons, fresh, gone: before.filter(({ uid }) => !kept.has(uid)) };
}

/** Ids of known lessons that changed, by the index of what they became. */
function* carried(
  old: readonly Known[],
  fresh: readonly { readonly lesson: Lesson; readonly index: number }[],
  trust: Trust,
  { from, to }: { readonly from: Day; readonly to: Day },
): Steps<Map<number, string>> {
  const found = new Map<number, string>();
  // A first reading has nobody to ask.
  if (old.length === 0 || fresh.length === 0) return found;
  let was = old.filter((lesson) => !isOver(lesson, from)).map((lesson, index) => ({ lesson, index, uid: lesson.uid }));
  let is = fresh;
  for (const round of ['taking place', 'all'] as const) {
    const some = <T extends { readonly lesson: Lesson }>(rows: readonly T[]) =>
      round === 'all' ? rows : rows.filter(({ lesson }) => !lesson.cancelled);
    const here = yield* sideOf(some(was), to);
    const there = yield* sideOf(some(is), to);
    const [equal, alike] = [takeEqual(here, there), yield* pairsOf(here, there, trust)];
    const paired = new Map([...equal, ...alike].map(([a, b]) => [a.index, b.index]));
    yield;
    for (const { index, uid } of was) {
      const became = paired.get(index);
      if (became !== undefined) found.set(became, uid);
    }
    was = was.filter(({ index }) => !paired.has(index));
    is = is.filter(({ index }) => !found.has(index));
  }
  return found;
}

function isOver({ times }: Lesson, from: Day): boolean {
  return times.on === 'day' && times.endDay < from;
}

/** Rows that look the same are counted: they are as many lessons. */
function* sideOf(rows: readonly { readonly lesson: Lesson; readonly index: number }[], to: Day): Steps<Side<Row>> {
  const looked = looker(to);
  const looks = yield* eachOf(rows, ({ lesson, index }) => ({ lesson, row: looked(lesson, index) }));
  looks.sort((a, b) => inTime(a.row, b.row) || compare(rest(a.lesson), rest(b.lesson)));
  const side: Side<Row> = new Map();
  let [last, count] = ['', 0];
  for (const { row } of looks) {
    count = row.key === last ? count + 1 : 0;
    last = row.key;
    const key = `${row.key} ${count}`;
    side.set(key, { ...row, key });
  }
  return side;
}

/** What tells apart rows that look the same. */
function rest({ number, note, place, sourceId }: Lesson): string {
  return JSON.stringify([number, note, place.link, sourceId]);
}

/** Looks at one lesson after another; their names and days repeat. */
function looker(to: Day): (lesson: Lesson, index: number) => Row {
  const folded = plainOnce();
  const days = new Map<Day, { readonly week: Day; readonly number: number }>();
  const dated = (day: Day) => {
    const known = days.get(day) ?? { week: mondayOf(day), number: dayNumber(day) };
    days.set(day, known);
    return known;
  };
  return (lesson, index) => {
    const { times, place, sourceId } = lesson;
    const parts = {
      subject: folded(lesson.subject),
      subgroup: folded(lesson.subgroup),
      teachers: lesson.teachers.map(folded).sort().join(', '),
      room: folded(place.room),
      kind: folded(lesson.kind),
    };
    const weekly = times.on === 'weekly';
    const where = {
      day: weekly ? `${times.weekday} ${times.weeks}` : times.day,
      week: weekly ? 'weekly' : dated(times.day).week,
      start: times.start,
      at: ((weekly ? times.weekday : dated(times.day).number) * 1440 + minutesOf(times.start)) * 60_000,
      known: weekly || times.day < to,
    };
    const key = JSON.stringify([...Object.values(parts), times, place.format]);
    return { index, ...parts, ...where, uid: '', sourceId, key };
  };
}

/** 16 hexadecimal digits; a lesson that comes back as it once was gets the id it had then, if no other has it. */
function newId(timetable: number, hash: string, taken: ReadonlySet<string>): string {
  for (let count = 0; ; count += 1) {
    const uid = createHash('sha256').update(`${timetable} ${hash} ${count}`).digest('hex').slice(0, 16);
    if (!taken.has(uid)) return uid;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
