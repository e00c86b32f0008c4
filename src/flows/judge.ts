/** A reading beside what is stored: what of it differs, and what is to be thought of it. */
import { addDays, type Day, type Instant, wallOf } from '../domain/calendar.ts';
import { differing } from '../domain/identity.ts';
import type { Lesson } from '../domain/lesson.ts';
import { type Calendar, occurrences } from '../domain/occurrence.ts';
import { daysApart } from '../domain/prints.ts';
import { isBeyondDoubt, judging, type Verdict } from '../domain/verdict.ts';
import {
  type Db,
  type Feed,
  lessonRows,
  lessonsIn,
  rowsOn,
  type StoredLesson,
  type StoredRow,
  storedPrints,
  type Timetable,
} from '../store/index.ts';
import { type Breathe, breathing, inPieces } from './breath.ts';
import { hashesOfAll, horizonAt, isRedated } from './change.ts';
import { horizonOf, type Read, skippedShare } from './reading.ts';
import type { World } from './world.ts';

/** How many days beside those compared are looked at. */
const AROUND = 15;

/** Days that differ beyond these are as many as all of them. */
const MANY = 100;

type Hashes = ReadonlyMap<Lesson, string>;

/** What is looked at of a timetable and of a reading: all of it, or the days that may differ; `same` is stored just as it is read. */
export type Look = { readonly rows: readonly StoredRow[]; readonly part: Read; readonly same: readonly Lesson[] };

/** All of it. */
async function lookAtAll(db: Db, timetable: Timetable, reading: Read): Promise<Look> {
  return { rows: await lessonRows(db, timetable.id), part: reading, same: [] };
}

/** The days that may differ by their prints, and those `changed` before; all of it where nothing is known of days. */
export async function lookAt(
  db: Db,
  timetable: Timetable,
  reading: Read,
  changed: Iterable<Day> | 'all',
): Promise<Look> {
  if (changed === 'all' || isRedated(timetable, calendarOf(reading, timetable)))
    return lookAtAll(db, timetable, reading);
  const days = daysApart(await storedPrints(db, timetable.id), reading.prints);
  if (days === null || days.size > MANY) return lookAtAll(db, timetable, reading);
  for (const day of changed) days.add(day);
  const isLookedAt = ({ times }: Lesson) => times.on === 'day' && days.has(times.day);
  const lessons = reading.lessons.filter(isLookedAt);
  const same = reading.lessons.filter((lesson) => !isLookedAt(lesson));
  return { rows: await rowsOn(db, timetable.id, [...days]), part: { ...reading, lessons }, same };
}

/** The rows that a reading does not state as they were, of the days it covers; null when it states all of them, nothing else, and by the same calendar. */
type Difference = { readonly gone: ReadonlySet<number> } | null;

/** What a reading changes, told by hashes alone. */
export function differenceOf({ rows, part: reading }: Look, timetable: Timetable, hashes: Hashes): Difference {
  const covered = rows.filter(({ day }) => isCovered(day, reading));
  const { gone, fresh } = differing(
    covered,
    reading.lessons.map((lesson) => hashes.get(lesson) ?? ''),
  );
  if (gone.length === 0 && fresh === 0 && !isRedated(timetable, calendarOf(reading, timetable))) return null;
  return { gone: new Set(gone.map(({ id }) => id)) };
}

/** What is looked at of a reading beside what is stored of it. */
export type Beside = Pick<Look, 'same'> & {
  readonly before: readonly StoredLesson[];
  /** Those of days that the reading did not cover: it says nothing of them. */
  readonly unread: readonly StoredLesson[];
  /** Those that it does not state as they were. */
  readonly gone: readonly StoredLesson[];
  readonly calendar: Calendar;
  readonly redated: boolean;
  /** Of the lessons it reads and of those it did not cover. */
  readonly hashes: Hashes;
};

/** The same with the lessons themselves: what is stored just so is taken from the reading. */
export async function besideStored(
  db: Db,
  timetable: Timetable,
  { rows, part: reading, same }: Look,
  { hashes, differs }: { hashes: Hashes; differs: Difference },
  breathe: Breathe,
): Promise<Beside> {
  const alike = new Map([...hashes].map(([lesson, hash]) => [hash, lesson]));
  const before = await lessonsIn(db, rows, alike);
  await breathe();
  const unread = before.filter(({ times }) => !isCovered(times.on === 'day' ? times.day : null, reading));
  const calendar = calendarOf(reading, timetable);
  return {
    ...{ before, unread, same, calendar, redated: isRedated(timetable, calendar) },
    gone: before.filter(({ id }) => differs?.gone.has(id)),
    hashes: unread.length === 0 ? hashes : new Map([...hashes, ...unread.map((one) => [one, one.hash] as const)]),
  };
}

/** What is to be thought of a reading beside the lessons that are stored. */
export async function judge(world: World, feed: Feed, timetable: Timetable, reading: Read): Promise<Verdict> {
  const { db } = world.store;
  const breathe = breathing();
  const hashes = await hashesOfAll(reading.lessons, breathe);
  const look = await lookAtAll(db, timetable, reading);
  const differs = differenceOf(look, timetable, hashes);
  const beside = await besideStored(db, timetable, look, { hashes, differs }, breathe);
  return judged(feed, timetable, beside, reading, { now: world.now(), breathe });
}

/** The same of one that was laid beside them. */
export async function judged(
  feed: Feed,
  timetable: Timetable,
  { before: some, same, unread, gone, calendar, redated }: Beside,
  reading: Read,
  { now, breathe }: { readonly now: Instant; readonly breathe: Breathe },
): Promise<Verdict> {
  const before = [...some, ...same];
  const window = { from: now, to: horizon(feed, reading, now) };
  const [today, last] = [wallOf(now, timetable.zone).day, wallOf(window.to, timetable.zone).day];
  const dropped = { now: skippedShare(reading), usual: feed.skipped };
  if (!redated) {
    const ahead = (lesson: Lesson) => isWithin(lesson, today, last);
    const lost = gone.filter(ahead).length;
    const kept = before.filter(ahead).length - lost;
    // Where so many are gone no date is needed to tell.
    const dated = lost <= kept ? occurrences(gone, timetable, today, addDays(last, 1)) : null;
    if (dated !== null && isBeyondDoubt(dated, kept, window, dropped)) return 'believe';
  }
  const old = occurrences(before, timetable, today, addDays(last, 1));
  await breathe();
  // What was read of the days around shows that the page is not empty, and where a shift has put the lessons.
  const read = occurrences(reading.lessons, calendar, addDays(today, -AROUND), addDays(last, AROUND));
  await breathe();
  const known = occurrences(unread, calendar, today, addDays(last, 1));
  await breathe();
  return inPieces(judging(old, [...known, ...read], window, dropped), breathe);
}

/** How far both the old and the new reading reach. */
export function horizon(feed: Feed, reading: Read, now: Instant): Instant {
  return Math.min(feed.horizon ?? horizonAt(now), horizonOf(reading, now));
}

/** What a reading is dated by: where it names no term, the one before goes on. */
function calendarOf({ zone, term }: Read, timetable: Timetable): Calendar {
  return { zone, term: term ?? timetable.term };
}

/** Whether a reading says anything of a day; of what comes every week (null) it does. */
function isCovered(day: Day | null, { covers }: Read): boolean {
  return covers === null || day === null || (day >= covers.from && day < covers.to);
}

/** Takes place on a day after the first and before the last of them: inside the window whatever its hour. A series is not counted. */
function isWithin({ times, cancelled }: Lesson, first: Day, last: Day): boolean {
  return times.on === 'day' && times.day > first && times.day < last && !cancelled;
}
