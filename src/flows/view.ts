/** Questions about a timetable: read what is stored, date it, hand it over. */
import { seenIn } from '../domain/announce.ts';
import {
  addDays,
  type Bell,
  clocksDiffer,
  type Day,
  mondayOf,
  wallOf,
  weekNumber,
  type Zone,
} from '../domain/calendar.ts';
import { hearing, type Taste } from '../domain/hear.ts';
import { assigned, type Homework } from '../domain/homework.ts';
import { marked, type Shown } from '../domain/marks.ts';
import { fold } from '../domain/name.ts';
import { inZone, type Occurrence, occurrences } from '../domain/occurrence.ts';
import type { DayView, TimetableRef, WeekView } from '../domain/view.ts';
import {
  type Db,
  type Feed,
  feedOf,
  findExact,
  getPeer,
  getTimetable,
  homeworkOf,
  isVisible,
  lessonsOf,
  listOwned,
  type Timetable,
  toldOfDays,
} from '../store/index.ts';
import { TimetableGone } from './gone.ts';
import type { World } from './world.ts';

/** How far «the nearest day» looks. */
const NEAREST_DAYS = 60;
/** What was told so long ago is news to nobody. */
const KEPT = 14 * 86_400_000;
/** Changes of one view that are looked at: a week that was planned anew a few times. */
const MOST_TOLD = 400;
/** How many timetables of one name, or of a near one, are offered. */
const OFFERED = 10;

/** The day it is now in a zone. */
export function todayIn(world: World, zone: Zone): Day {
  return wallOf(world.now(), zone).day;
}

/** The timetable as this viewer may see it; null when there is none or it is somebody's private calendar. */
export async function getRef(world: World, id: number, viewer: number): Promise<TimetableRef | null> {
  const timetable = await getTimetable(world.store.db, id);
  if (timetable === null || !(await isVisible(world.store.db, id, viewer))) return null;
  return refOf(world.store.db, timetable);
}

/** Who looks: what of it is heard of, and by which clocks times are told (null: the timetable's). */
export type Viewer = Taste & { readonly zone: Zone | null };

/** Everything there is: what a glance at somebody else's timetable shows. */
const EVERYTHING: Viewer = { subgroup: '', hidden: [], zone: null };

/** The lessons of one day that are to this viewer's taste. Throws `TimetableGone`: callers hold an id they have just read. */
export async function viewDay(world: World, id: number, day: Day, viewer = EVERYTHING): Promise<DayView> {
  const { timetable, lessons, hidden, own } = await dated(world, id, { from: day, to: addDays(day, 1) }, viewer);
  const today = todayIn(world, own ?? timetable.zone);
  return { timetable: await refOf(world.store.db, timetable), day, today, lessons, hidden, own };
}

/** The Monday-to-Sunday week that holds `day`; only days with lessons are listed. */
export async function viewWeek(world: World, id: number, day: Day, viewer = EVERYTHING): Promise<WeekView> {
  const monday = mondayOf(day);
  const { timetable, lessons, hidden, own } = await dated(world, id, { from: monday, to: addDays(monday, 7) }, viewer);
  const days = Map.groupBy(lessons, (lesson) => lesson.day);
  return {
    timetable: await refOf(world.store.db, timetable),
    monday,
    today: todayIn(world, own ?? timetable.zone),
    number: timetable.term === null ? null : weekNumber(monday, timetable.term.week1),
    days: [...days].map(([day, lessons]) => ({ day, lessons })),
    hidden,
    own,
  };
}

/** The nearest day that still has a lesson ahead (or running); today with no lessons when the next 60 days are empty. */
export async function viewNearest(world: World, id: number, viewer = EVERYTHING): Promise<DayView> {
  const known = await required(world.store.db, id);
  const today = todayIn(world, viewer.zone ?? known.zone);
  const { lessons } = await dated(world, id, { from: today, to: addDays(today, NEAREST_DAYS) }, viewer);
  const ahead = lessons.find((lesson) => !lesson.cancelled && lesson.endsAt > world.now());
  const view = await viewDay(world, id, ahead?.day ?? today, viewer);
  return ahead === undefined ? { ...view, lessons: [] } : view;
}

/** Timetables of exactly this name, after folding, that the viewer may see: those that are there, not what a catalogue lists. */
export async function namedTimetables(world: World, words: string, viewer: number): Promise<TimetableRef[]> {
  const { db } = world.store;
  const folded = fold(words);
  return folded === '' ? [] : refsOf(db, (await findExact(db, folded, viewer)).slice(0, OFFERED));
}

/** Every timetable this person made, calendars too, the newest first. */
export async function ownTimetables(world: World, person: number): Promise<TimetableRef[]> {
  return refsOf(world.store.db, (await listOwned(world.store.db, person)).reverse());
}

/** The bells a timetable made by hand was entered with. */
export async function bellsOf(world: World, id: number): Promise<readonly Bell[]> {
  return (await getTimetable(world.store.db, id))?.bells ?? [];
}

/** What a person may want a new chat to follow: the timetable they follow themselves, then those they made, the newest first. Private ones are not named aloud. */
export async function offersFor(world: World, person: number): Promise<TimetableRef[]> {
  const db = world.store.db;
  const followed = (await getPeer(db, person))?.timetableId ?? null;
  const own = followed === null ? null : await getTimetable(db, followed);
  const made = (await listOwned(db, person)).reverse().filter((timetable) => timetable.id !== followed);
  const all = [...(own === null ? [] : [own]), ...made].filter((timetable) => timetable.listed);
  return refsOf(db, all.slice(0, OFFERED));
}

async function refsOf(db: Db, timetables: readonly Timetable[]): Promise<TimetableRef[]> {
  const refs: TimetableRef[] = [];
  for (const timetable of timetables) refs.push(await refOf(db, timetable));
  return refs;
}

/** A stored timetable as people meet it. */
export async function refOf(db: Db, timetable: Timetable): Promise<TimetableRef> {
  const { id, name, university, zone, kind, ownerId, freshAt, category } = timetable;
  const feed = kind === 'feed' ? await feedOf(db, id) : null;
  return { id, name, university, zone, kind, ownerId, freshAt, ...trustIn(feed), category };
}

/** A reading this much later than planned is late. */
const LATE = 30 * 60_000;

function trustIn(feed: Feed | null): Pick<TimetableRef, 'trouble' | 'lateAt'> {
  if (feed === null) return { trouble: null, lateAt: null };
  const { held, heldSince, nextCheck } = feed;
  const doubt = held === null ? null : { kind: 'held', detail: held, since: heldSince ?? nextCheck };
  return { trouble: feed.problem ?? doubt, lateAt: nextCheck + LATE };
}

async function required(db: Db, id: number): Promise<Timetable> {
  const timetable = await getTimetable(db, id);
  if (timetable === null) throw new TimetableGone(id);
  return timetable;
}

async function dated(
  world: World,
  id: number,
  { from, to }: { from: Day; to: Day },
  viewer: Viewer,
): Promise<{ timetable: Timetable; lessons: Shown[]; hidden: number; own: Zone | null }> {
  const timetable = await required(world.store.db, id);
  const zone = viewer.zone ?? timetable.zone;
  const own = clocksDiffer(zone, timetable.zone, world.now()) ? zone : null;
  // By other clocks a lesson may be on the day before or after.
  const [first, end] = own === null ? [from, to] : [addDays(from, -1), addDays(to, 1)];
  const { db } = world.store;
  const stated = occurrences(await lessonsOf(db, id, { from: first, to: end }), timetable, first, end);
  const known = withIts(stated, (await homeworkOf(db, [id], { from: first, to: end })).get(id) ?? []);
  const seen = own === null ? known : known.map((one) => inZone(one, own));
  const all = seen.filter(({ day }) => day >= from && day < to);
  const unheard = hearing(viewer);
  const lessons = all.filter((one) => unheard(one) === null);
  const today = todayIn(world, zone);
  const days = { since: world.now() - KEPT, from: from > today ? from : today, to };
  const wide = { ...days, from: own === null ? days.from : addDays(days.from, -1), to: end };
  const told = days.from < to ? await toldOfDays(db, id, wide, MOST_TOLD) : [];
  const heard = own === null ? told : told.map((one) => ({ ...one, change: seenIn(one.change, own) }));
  const shown = marked(lessons, heard, (one) => one.day >= days.from && one.day < to && unheard(one) === null);
  return { timetable, lessons: shown, hidden: all.length - lessons.length, own };
}

function withIts(lessons: readonly Occurrence[], entries: readonly Homework[]): Occurrence[] {
  const given = assigned(entries);
  return lessons.map((one) => {
    const homework = given(one);
    return homework === undefined ? one : { ...one, homework };
  });
}
