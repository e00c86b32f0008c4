/** One lesson of a timetable made by hand is cancelled, or is held after all: only who made it may; followers hear of it as of any change. */
import { addDays, type Clock, type Day, wallOf } from '../domain/calendar.ts';
import { mentioned } from '../domain/mention.ts';
import { type LessonLine, line } from '../domain/notice.ts';
import { type Occurrence, occurrences } from '../domain/occurrence.ts';
import { struckOut } from '../domain/strike.ts';
import { audit, type Db, getTimetable, lessonsOf, lockTimetable, type Timetable } from '../store/index.ts';
import { changeLessons, horizonAt } from './change.ts';
import type { World } from './world.ts';

/** So far ahead a lesson is looked for: holidays lie in between. */
const AHEAD_DAYS = 60;
/** The dates that can be cancelled: a term, and more than is compared at once. */
const REACH_DAYS = 370;
/** As many as a message has buttons for, the one that asks for none of them aside. */
const OFFERED = 9;

/** `uid` is the occurrence's own id. */
export type Strikable = { readonly uid: string; readonly lesson: LessonLine };

export type NotStruck =
  /** `site`: its lessons come from elsewhere, and a reading would bring them back. */
  | { readonly ok: false; readonly why: 'site' | 'not-yours' | 'gone' }
  /** No such lesson ahead (or on that day): `names` are the subjects there are. */
  | { readonly ok: false; readonly why: 'no-lesson'; readonly names: readonly string[] };

type Asked = {
  readonly timetableId: number;
  readonly by: number;
  /** Whether to strike out what takes place, or to bring back what was struck out. */
  readonly cancelled: boolean;
};

type Days = { readonly from: Day; readonly to: Day };

/** A subject as the person called it ('' is any), a pair's number, on these days (`to` is none of them) or (null) the next one. */
export type Wanted = {
  readonly what: string;
  readonly slot: number | null;
  /** When it begins; null: whenever. */
  readonly at: Clock | null;
  readonly days: Days | null;
};

/** The lessons that may be meant, in order of time: one, or those of a day that the words do not tell apart. */
export async function findStrikable(
  world: World,
  { timetableId, by, cancelled, what, slot, at, days }: Asked & Wanted,
): Promise<{ readonly ok: true; readonly lessons: readonly Strikable[] } | NotStruck> {
  const { db } = world.store;
  const timetable = await getTimetable(db, timetableId);
  if (timetable === null) return { ok: false, why: 'gone' };
  const today = wallOf(world.now(), timetable.zone).day;
  const range = days ?? { from: today, to: addDays(today, AHEAD_DAYS) };
  const all = await ahead(db, world, timetable, range);
  const fits = (one: Occurrence) => (slot === null || one.number === slot) && (at === null || one.start === at);
  const some = all.filter((one) => one.cancelled !== cancelled && fits(one));
  const names = [...new Set(some.map(({ subject }) => subject))];
  const hit = what === '' ? null : mentioned(what, names);
  const meant = hit === null ? names : hit.found === 'one' ? [hit.name] : hit.found === 'several' ? hit.names : [];
  const found = some.filter(({ subject }) => meant.includes(subject));
  const [first] = found;
  const refused = refusalOf(timetable, by);
  // «отмени старосту» is about no lesson, whoever says it.
  const isLesson = first !== undefined || days !== null || what === '';
  if (refused !== null && isLesson) return { ok: false, why: refused };
  if (first === undefined) {
    const near = hit?.found === 'none' && hit.near.length > 0 ? hit.near : names;
    return { ok: false, why: 'no-lesson', names: near.slice(0, OFFERED) };
  }
  const lessons = found.filter((one) => one.day === first.day).slice(0, OFFERED);
  return { ok: true, lessons: lessons.map((one) => ({ uid: one.uid, lesson: line(one) })) };
}

/** Does it. What is as wished already, or is over, is `gone`. */
export async function strike(
  world: World,
  { timetableId, by, cancelled, uid }: Asked & { readonly uid: string },
): Promise<({ readonly ok: true } & Strikable) | NotStruck> {
  const outcome = await world.store.transaction(async (tx) => {
    const timetable = await lockTimetable(tx, timetableId);
    const refused = refusalOf(timetable, by);
    if (timetable === null || refused !== null) return refused ?? 'gone';
    const now = world.now();
    const today = wallOf(now, timetable.zone).day;
    const range = { from: today, to: addDays(today, REACH_DAYS) };
    const was = (await ahead(tx, world, timetable, range)).find((one) => one.uid === uid);
    if (was === undefined || was.cancelled === cancelled) return 'gone';
    const after = struckOut(await lessonsOf(tx, timetableId), uid, cancelled, timetable);
    if (after === null) return 'gone';
    if ((await changeLessons(tx, timetable, after, { now, horizon: horizonAt(now) })) === 'conflict')
      throw new Error('a locked timetable changed');
    const { day, start, subject } = was;
    const what = cancelled ? 'cancel-lesson' : 'restore-lesson';
    await audit(tx, { at: now, who: by, what, timetableId, detail: { day, start, subject } });
    const is = (await ahead(tx, world, timetable, range)).find(
      (one) =>
        one.cancelled === cancelled &&
        one.startsAt === was.startsAt &&
        one.subject === subject &&
        one.subgroup === was.subgroup,
    );
    return is ?? 'gone';
  });
  if (typeof outcome === 'string') return { ok: false, why: outcome };
  world.wake();
  return { ok: true, uid: outcome.uid, lesson: line(outcome) };
}

function refusalOf(timetable: Timetable | null, by: number): 'site' | 'not-yours' | 'gone' | null {
  if (timetable === null) return 'gone';
  if (timetable.kind !== 'manual') return 'site';
  return timetable.ownerId === by ? null : 'not-yours';
}

/** What is not over on these days. */
async function ahead(db: Db, world: World, timetable: Timetable, { from, to }: Days): Promise<Occurrence[]> {
  const all = occurrences(await lessonsOf(db, timetable.id, { from, to }), timetable, from, to);
  return all.filter(({ endsAt }) => endsAt > world.now());
}
