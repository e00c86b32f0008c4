/** The one place where stored lessons change, in the caller's transaction; what people are told of it waits. */
import { addDays, type Instant, instantOf, wallOf } from '../domain/calendar.ts';
import { daysIn, lastDay, movedBeyond, type State, statesOn, withMoved } from '../domain/compare.ts';
import { diffing } from '../domain/diff.ts';
import type { Told } from '../domain/history.ts';
import { type Move, movedHomework } from '../domain/homework.ts';
import { identifying } from '../domain/identity.ts';
import type { Lesson } from '../domain/lesson.ts';
import type { Calendar, Occurrence } from '../domain/occurrence.ts';
import { NEVER } from '../domain/polling.ts';
import { blanked, daysKept, type Prints } from '../domain/prints.ts';
import { type Repeated, repeating } from '../domain/runs.ts';
import { eachOf } from '../domain/steps.ts';
import type { Untold } from '../domain/untold.ts';
import {
  bumpRevision,
  type Db,
  dropUntold,
  type Feed,
  feedOf,
  isFollowed,
  type LessonChange,
  type LessonRow,
  lessonHash,
  lessonRow,
  lessonsOf,
  moveHomework,
  type StoredLesson,
  savePrints,
  saveUntold,
  setTerm,
  setZone,
  type Timetable,
  untoldOf,
  writeLessons,
} from '../store/index.ts';
import { type Breathe, inPieces } from './breath.ts';
import { readyOf, toldAhead, writeReady } from './ready.ts';
import { type Waits, waitsAfter } from './untold.ts';

const DAY = 86_400_000;
/** Lessons are read and compared this far ahead. */
const HORIZON_DAYS = 210;
/** So far beyond the last day known a lesson is followed by its source's id. */
const FOLLOWED_DAYS = 21;

/** The instant up to which lessons are known when they are read at `now`. */
export function horizonAt(now: Instant): Instant {
  return now + HORIZON_DAYS * DAY;
}

type Facts = {
  readonly now: Instant;
  readonly horizon: Instant;
  readonly calendar: Calendar;
  readonly rolls: boolean;
  /** What waits to be told already. */
  readonly untold: Untold | null;
  /** Whether a change needs no second reading. */
  readonly isTrusted: boolean;
  /** What was told of the coming days. */
  readonly told: readonly Told[];
  /** Of the lessons there are to be, where they are made already. */
  readonly hashes?: ReadonlyMap<Lesson, string>;
  /** Lessons that stay just as they are, on days on which nothing else does and nothing waits to be told: in neither of the lists. */
  readonly same?: readonly Lesson[];
  /** What the source gave for each day; none where it did not make the change. */
  readonly prints?: Prints;
};

/** A change that is thought through and not yet made. It holds for this revision of the timetable and no other. */
export type Prepared = Facts & {
  readonly timetable: Timetable;
  readonly write: LessonChange;
  readonly redated: boolean;
  readonly prints: Prints;
  /** A line each as people are told it. */
  readonly changes: readonly Repeated[];
  /** Where homework goes with the lessons. */
  readonly moves: readonly Move[];
  /** What waits to be told then, when it is looked at, and when its source is to be read again for it. */
  readonly waits: Waits | null;
  /** Occurrences of the next days as people were told them: what reminders go by. */
  readonly ready: readonly Occurrence[];
};

/**
 * Thinks through what `changeLessons` would do, outside of any transaction and with breaths, so that thousands of lessons hold
 * up nobody. `before` are the lessons of this revision.
 */
export async function prepareChange(
  timetable: Timetable,
  before: readonly StoredLesson[],
  after: readonly Lesson[],
  facts: Facts,
  breathe: Breathe,
): Promise<Prepared> {
  const { now, horizon, calendar, rolls, same = [] } = facts;
  const { term, zone } = calendar;
  const old = { lessons: [...before, ...same], calendar: timetable };
  const window = { from: now, to: rolls ? Math.min(horizon, endOf(old)) : horizon };
  const [from, to] = daysIn(window, zone);
  const hashes = facts.hashes ?? (await hashesOfAll(after, breathe));
  const hashOf = (lesson: Lesson): string => hashes.get(lesson) ?? lessonHash(lesson);
  // A lesson is followed further than its source was known: an exam that is put off goes beyond the last of them.
  const reach = rolls ? addDays(to, FOLLOWED_DAYS) : to;
  const ids = { before, after, same, hashOf, timetable: timetable.id, from, to: reach };
  const known = await inPieces(identifying(ids), breathe);
  await breathe();
  const redated = isRedated(timetable, calendar);
  const rows = await inPieces(eachOf(known.fresh, lessonRow), breathe);
  const write = writeOf(known.gone, rows);
  const fresh = { lessons: [...known.lessons, ...same], calendar };
  const prints = blanked(facts.prints ?? [], daysKept(before, known.lessons));
  const made = { ...facts, timetable, write, redated, prints };
  if (known.gone.length === 0 && known.fresh.length === 0 && !redated)
    return { ...made, changes: [], moves: [], waits: null, ready: [] };
  // The first lessons are news to nobody.
  const inWindow = old.lessons.length === 0 ? null : statesOn(old, fresh, window, redated ? null : known);
  await breathe();
  const end = wallOf(window.to, zone).day;
  const moved = rolls && !redated ? movedBeyond(known, end, reach) : [];
  const states = inWindow === null || moved.length === 0 ? inWindow : withMoved(inWindow, fresh, moved);
  const told = { from: window.from, to: moved.length === 0 ? window.to : instantOf(reach, '00:00', zone) };
  const changed = states === null ? [] : await inPieces(diffing(states.before, states.after, told), breathe);
  await breathe();
  const ends = { week1: term?.week1 ?? null, last: lastDay([old, fresh]) };
  const changes = await inPieces(repeating(changed, ends), breathe);
  await breathe();
  const waits = await waitsAfter(facts, timetable, fresh, { states, changed, window: told, redated }, breathe);
  await breathe();
  const moves = movedHomework(changed, states?.after ?? []);
  await breathe();
  return { ...made, changes, moves, waits, ready: readyOf(fresh, waits?.untold ?? null, now, facts.told) };
}

/** A lesson that is another now stands in its row; the others go, or are new. */
function writeOf(gone: readonly StoredLesson[], rows: readonly LessonRow[]): LessonChange {
  const [was, is] = [new Set(gone.map(({ uid }) => uid)), new Set(rows.map(({ uid }) => uid))];
  return {
    remove: gone.filter(({ uid }) => !is.has(uid)).map(({ id }) => id),
    insert: rows.filter(({ uid }) => !was.has(uid)),
    update: rows.filter(({ uid }) => was.has(uid)),
  };
}

/** Whether equal lessons stand at other times by this calendar than by that of the timetable. */
export function isRedated(timetable: Calendar, { zone, term }: Calendar): boolean {
  return zone !== timetable.zone || JSON.stringify(term) !== JSON.stringify(timetable.term);
}

/** `lessonHash` of each, with breaths in between. */
export async function hashesOfAll(lessons: readonly Lesson[], breathe: Breathe): Promise<ReadonlyMap<Lesson, string>> {
  const made = (lesson: Lesson): [Lesson, string] => [lesson, lessonHash(lesson)];
  return new Map(await inPieces(eachOf(lessons, made), breathe));
}

/**
 * Makes `after` the lessons of a timetable. `horizon` is how far both the old and the new reading reach: beyond it a missing
 * lesson is not a change. `calendar` is the zone and term they are dated by (default: as before). The first lessons of a
 * timetable are told to nobody; nor, when it `rolls` (a source shows a term, or some weeks, at a time), what begins after the
 * last day it knew: that came into sight. `prints` are those of the list, where a source gave it as it is. All else waits to be told
 * (see `tellUntold`); reminders go by what people know.
 * Returns what changed, a line each as people are told it, or 'conflict' when somebody else changed the timetable since it was
 * read (optimistic revision): lock it first, or read again and retry.
 */
export async function changeLessons(
  tx: Db,
  timetable: Timetable,
  after: readonly Lesson[],
  {
    now,
    horizon,
    calendar = timetable,
    rolls = false,
    prints = [],
  }: { now: Instant; horizon: Instant; calendar?: Calendar; rolls?: boolean; prints?: Prints },
): Promise<readonly Repeated[] | 'conflict'> {
  const before = await lessonsOf(tx, timetable.id, {});
  const [untold, isTrusted] = [await untoldOf(tx, timetable.id), await needsNoReading(tx, timetable)];
  const told = await toldAhead(tx, timetable, now);
  const facts = { now, horizon, calendar, rolls, untold, isTrusted, told, prints };
  return commitChange(tx, await prepareChange(timetable, before, after, facts, async () => {}));
}

/** Whether changes of this timetable are believed without a second reading: made by hand, sent as a file, or nobody is there to be told. */
export async function needsNoReading(db: Db, { id, kind }: Timetable): Promise<boolean> {
  const feed = kind === 'manual' ? null : await feedOf(db, id);
  return feed === null || isBelieved(db, feed);
}

/** Whether what its feed says is believed without a second reading. */
export async function isBelieved(db: Db, { timetableId, nextCheck }: Feed): Promise<boolean> {
  return nextCheck === NEVER || !(await isFollowed(db, timetableId));
}

/** Makes a prepared change: what differs is written. Returns as `changeLessons` does. */
export async function commitChange(tx: Db, prepared: Prepared): Promise<readonly Repeated[] | 'conflict'> {
  const { timetable, write, redated, prints, changes, moves, waits, ready, now } = prepared;
  const { term, zone } = prepared.calendar;
  if (Object.values(write).every(({ length }) => length === 0) && !redated) return [];
  if (!(await bumpRevision(tx, timetable.id, timetable.revision, now))) return 'conflict';
  await writeLessons(tx, timetable.id, write);
  await savePrints(tx, timetable.id, prints);
  await moveHomework(tx, timetable.id, moves);
  if (redated) {
    await setTerm(tx, timetable.id, term, timetable.bells);
    await setZone(tx, timetable.id, zone);
  }
  await writeReady(tx, { id: timetable.id, zone }, ready, now);
  if (waits !== null) await saveUntold(tx, timetable.id, waits.untold, waits.lookAt, prepared.untold);
  else if (prepared.untold !== null) await dropUntold(tx, timetable.id);
  return changes;
}

/** Midnight after the last day with lessons. */
function endOf(state: State): Instant {
  const last = lastDay([state]);
  return last === '' ? 0 : instantOf(addDays(last, 1), '00:00', state.calendar.zone);
}
