/** A person brings a calendar address: it becomes a timetable; and «обновить» reads it again at once. */
import { digitsOf, fold } from '../domain/name.ts';
import { IDLE } from '../domain/polling.ts';
import type { TimetableRef } from '../domain/view.ts';
import type { Reading } from '../source/read.ts';
import {
  addFeed,
  audit,
  createTimetable,
  type Db,
  feedOf,
  findFeed,
  getState,
  getTimetable,
  lessonsOf,
  listOwned,
  saveFeed,
  setFresh,
  setState,
  type Timetable,
} from '../store/index.ts';
import { take } from './allowance.ts';
import { changeLessons, horizonAt } from './change.ts';
import { readOnce } from './import.ts';
import { attempt, goodReading, horizonOf, type Outcome, spanAt, type Trouble } from './reading.ts';
import { refOf } from './view.ts';
import type { World } from './world.ts';

/** When one person has just had a source read, the others need not. */
const CROWD = 15_000;
const CALENDARS_PER_PERSON = 10;

export type Added = {
  readonly ok: true;
  readonly timetable: TimetableRef;
  readonly count: number;
  readonly known: boolean;
};
export type NotAdded = {
  readonly ok: false;
  readonly problem:
    | Trouble
    | {
        readonly kind: 'too-many' | 'too-often' | 'empty';
        readonly detail: string;
        readonly suggestions: readonly string[];
      };
};

/** Turns a calendar address into a timetable, or finds the one that address already is. The peer does not follow it yet. */
export async function addCalendar(world: World, { url, by }: { url: string; by: number }): Promise<Added | NotAdded> {
  const { db } = world.store;
  const known = await knownAs(db, url);
  if (known !== null) return { ok: true, ...(await counted(db, known)), known: true };
  const calendars = (await listOwned(db, by)).filter((timetable) => timetable.kind === 'feed');
  if (calendars.length >= CALENDARS_PER_PERSON)
    return { ok: false, problem: { kind: 'too-many', detail: String(CALENDARS_PER_PERSON), suggestions: [] } };
  const wait = await take(world, 'address', by);
  if (wait !== null)
    return { ok: false, problem: { kind: 'too-often', detail: String(Math.ceil(wait / 1000)), suggestions: [] } };

  const reading = await attempt(world.read('ics', { url }, spanAt(world.now(), world.zone), 'pasted'));
  if ('problem' in reading) return { ok: false, problem: reading.problem };
  if (reading.status !== 'read') throw new Error('a first reading can not be unchanged');
  if (reading.lessons.length === 0) return { ok: false, problem: { kind: 'empty', detail: '', suggestions: [] } };

  // Two people may paste the same address at the same moment: the second finds what the first made.
  const made = await world.store.transaction(
    async (tx) => (await knownAs(tx, url)) ?? (await keepCalendar(tx, url, by, reading, world.now())),
  );
  world.log.info(
    { timetable: made.id, lessons: reading.lessons.length, skipped: reading.skipped.length },
    'calendar added',
  );
  return { ok: true, ...(await counted(db, made)), known: false };
}

/** «обновить»: reads the source now; a few times a person, and not for everybody in a crowd one after another. */
export async function refreshNow(
  world: World,
  timetableId: number,
  by: number,
): Promise<Outcome | { status: 'wait'; seconds: number } | { status: 'manual' }> {
  const { db } = world.store;
  const feed = await feedOf(db, timetableId);
  if (feed === null) return { status: 'manual' };
  const crowd = `refreshed feed:${feed.id}`;
  const left = Number((await getState(db, crowd)) ?? Number.NEGATIVE_INFINITY) + CROWD - world.now();
  // A clock that was set back keeps nobody waiting.
  const wait = left > 0 && left <= CROWD ? left : await take(world, 'refresh', by);
  if (wait !== null) return { status: 'wait', seconds: Math.ceil(wait / 1000) };
  await setState(db, crowd, String(world.now()));
  return (await readOnce(world, feed)) ?? { status: 'wait', seconds: CROWD / 1000 };
}

/** «принять»: what was held is what the source means. The owner's word, or an operator's. */
export async function acceptHeld(
  world: World,
  { timetableId, by }: { timetableId: number; by: number },
): Promise<'accepted' | 'not-held' | 'not-yours' | Extract<Outcome, { status: 'failed' }>> {
  const { db } = world.store;
  const [timetable, feed] = [await getTimetable(db, timetableId), await feedOf(db, timetableId)];
  if (timetable === null || feed === null || feed.held === null) return 'not-held';
  if (timetable.ownerId !== by && !world.operators.includes(by)) return 'not-yours';
  const outcome = await readOnce(world, feed, true);
  if (outcome?.status === 'failed') return outcome;
  await world.store.transaction((tx) =>
    audit(tx, { at: world.now(), who: by, what: 'accept', timetableId, detail: { held: feed.held } }),
  );
  return 'accepted';
}

async function knownAs(db: Db, url: string): Promise<Timetable | null> {
  const feed = await findFeed(db, 'ics', { url });
  return feed === null ? null : getTimetable(db, feed.timetableId);
}

async function counted(db: Db, timetable: Timetable): Promise<{ timetable: TimetableRef; count: number }> {
  const fresh = (await getTimetable(db, timetable.id)) ?? timetable;
  return { timetable: await refOf(db, fresh), count: (await lessonsOf(db, timetable.id, {})).length };
}

async function keepCalendar(
  tx: Db,
  url: string,
  by: number,
  reading: Extract<Reading, { status: 'read' }>,
  now: number,
): Promise<Timetable> {
  const name = reading.name ?? new URL(url.replace(/^webcals?:/i, 'https:')).hostname;
  const timetable = await createTimetable(tx, {
    name,
    university: '',
    zone: reading.zone,
    kind: 'feed',
    ownerId: by,
    // The address may be a secret: only who pasted it, or who follows it, finds it.
    listed: false,
    term: reading.term,
    bells: [],
    folded: fold(name),
    digits: digitsOf(name),
  });
  await changeLessons(tx, timetable, reading.lessons, { now, horizon: horizonAt(now) });
  const feed = await addFeed(tx, {
    timetableId: timetable.id,
    source: 'ics',
    ask: { url },
    profile: 'pasted',
    nextCheck: now + IDLE.every,
  });
  await saveFeed(tx, feed.id, {
    ...goodReading(reading),
    host: reading.host || feed.host,
    requests: reading.requests,
    goodAt: now,
    checkedAt: now,
    horizon: horizonOf(reading, now),
  });
  await setFresh(tx, timetable.id, now);
  await audit(tx, {
    at: now,
    who: by,
    what: 'calendar',
    timetableId: timetable.id,
    detail: { lessons: reading.lessons.length },
  });
  return timetable;
}
