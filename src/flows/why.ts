/** «почему»: what a peer was sent lately and why, what it is sent next, and why a lesson was not announced. */
import { setImmediate } from 'node:timers/promises';
import { type Day, type Instant, wallOf, type Zone } from '../domain/calendar.ts';
import { withHomework } from '../domain/homework.ts';
import { entryOf } from '../domain/notice.ts';
import type { Peer } from '../domain/peer.ts';
import { fateOf, type Planned, plan, wishesOf } from '../domain/plan.ts';
import type { Dated } from '../domain/sitting.ts';
import {
  type Account,
  type LessonAccount,
  type LessonAsked,
  lessonsAsked,
  type Next,
  type Past,
  type Traced,
  takenBack,
  type Unannounced,
  type Verdict,
  verdictOn,
  type Wanted,
  wantedBy,
  wasHeld,
} from '../domain/why.ts';
import { datedLessons, getTimetable, homeworkOf, noteRecent, traced } from '../store/index.ts';
import { heldFor } from './hold.ts';
import { READY_DAYS } from './ready.ts';
import { daysAround } from './told-lessons.ts';
import type { World } from './world.ts';

const DAY = 86_400_000;
const SHOWN = { past: 10, next: 3 } as const;
/** How far the next notices are looked for, a little at first: most peers have three within two days. */
const REACHES = [2, 8, READY_DAYS - 1];
/** Lessons of a day a person may ask about are few; of a calendar made to hurt only so many are judged. */
const JUDGED = 40;

/** What this peer, who follows a timetable, was sent, is sent next, and is not told of today; null when the timetable is gone. */
export async function accountOf(world: World, peer: Peer): Promise<Account | null> {
  const known = await knownOf(world, peer);
  if (known === null) return null;
  const { zone, mine, lessons, now } = known;
  const queued = await traced(world.store.db, peer.id);
  const past = queued
    .filter(({ fate, due }) => fate !== 'waiting' || due <= now)
    .toSorted((a, b) => (b.at ?? b.due) - (a.at ?? a.due))
    .slice(0, SHOWN.past)
    .map(
      (one): Past => ({
        ...one,
        wanted: wishOf(one, peer),
        held: wasHeld(one, peer),
        takenBack: one.fate === 'withdrawn' ? takenBack(one.saying, lessons, one.saying.zone) : null,
      }),
    );
  const today = wallOf(now, mine).day;
  const unannounced = lessons
    .filter(({ startsAt }) => wallOf(startsAt, mine).day === today)
    .slice(0, JUDGED)
    .flatMap((lesson): Unannounced[] => {
      const fate = fateOf({ ...peer, asleep: null }, zone, lessons, lesson);
      if (!('silence' in fate) || fate.silence === 'joined' || fate.silence === 'asleep') return [];
      return [{ lesson, silence: fate.silence }];
    });
  const held = await heldFor(world.store.db, peer, now);
  return { now, zone: mine, past, next: nextOf(known, peer, queued, held), unannounced };
}

/**
 * Why this peer was not reminded of a lesson, or when it was. Of several that may be meant the last one that was not announced;
 * null when the timetable is gone.
 */
export async function missedBy(world: World, peer: Peer, asked: LessonAsked): Promise<LessonAccount | null> {
  const known = await knownOf(world, peer);
  if (known === null) return null;
  const { zone, mine, lessons, now } = known;
  const meant = lessonsAsked(lessons, asked, peer, zone, now).slice(0, JUDGED);
  const queued = await traced(world.store.db, peer.id);
  const judged = meant.map((lesson) => ({
    lesson,
    verdict: verdictOn(peer, zone, lessons, lesson, { traced: queued, now }),
  }));
  const day = (one: (typeof judged)[number]): Day => wallOf(one.lesson.startsAt, mine).day;
  const [last] = judged;
  const about = judged.find((one) => last !== undefined && day(one) === day(last) && isMissed(one.verdict)) ?? last;
  return { now, zone: mine, about: about ?? null };
}

/** The day it is for a peer, by which «вчера» is meant. */
export async function todayOf(world: World, peer: Peer): Promise<Day> {
  const timetable = peer.timetableId === null ? null : await getTimetable(world.store.db, peer.timetableId);
  return wallOf(world.now(), peer.zone ?? timetable?.zone ?? world.zone).day;
}

function isMissed(verdict: Verdict): boolean {
  if ('silence' in verdict) return verdict.silence !== 'joined';
  return verdict.reminders.every(({ fate }) => fate !== 'sent' && fate !== 'ahead');
}

type Known = {
  readonly zone: Zone;
  /** The peer's own clocks. */
  readonly mine: Zone;
  readonly lessons: readonly Dated[];
  readonly now: Instant;
};

async function knownOf(world: World, peer: Peer): Promise<Known | null> {
  const { db } = world.store;
  const timetable = peer.timetableId === null ? null : await getTimetable(db, peer.timetableId);
  if (timetable === null) return null;
  const { id, zone } = timetable;
  const now = world.now();
  const span = { from: now - 2 * DAY, to: now + READY_DAYS * DAY };
  const homework = (await homeworkOf(db, [id], daysAround(span))).get(id) ?? [];
  const lessons = withHomework((await datedLessons(db, [id], span)).get(id) ?? [], homework);
  return { zone, mine: peer.zone ?? zone, lessons, now };
}

/** What the plan says is next, and what waits for the quiet to end: in the outbox, or changes. */
function nextOf(
  { zone, lessons, now }: Known,
  peer: Peer,
  queued: readonly Traced[],
  changes: readonly Pick<Next, 'saying' | 'due'>[],
): Next[] {
  const waiting = queued.filter(({ fate, due }) => fate === 'waiting' && due > now);
  const held = [...waiting, ...changes].map((one): Next => ({ ...one, wanted: wishOf(one, peer), held: true }));
  const fires = new Set(waiting.map(({ fire }) => fire));
  for (const days of REACHES) {
    const ahead = plan(wishesOf(peer), zone, lessons, { from: now, to: now + days * DAY });
    const planned = ahead
      .filter((one) => !fires.has(entryOf({ ...one, peers: [] }).fire))
      .map((one): Next => ({ ...one, wanted: minutesOf(one), held: one.due > one.wanted }));
    const next = [...held, ...planned].sort((a, b) => a.due - b.due);
    if (next.length >= SHOWN.next || days === REACHES.at(-1)) return next.slice(0, SHOWN.next);
  }
  return held;
}

function wishOf({ saying, due }: Pick<Traced, 'saying' | 'due'>, peer: Peer): Wanted | null {
  return saying.kind === 'reminder' ? wantedBy(saying.lessons, saying.zone, due, peer) : null;
}

function minutesOf({ what, startsAt, wanted }: Planned): Wanted | null {
  if (startsAt === null || (what !== 'each' && what !== 'first' && what !== 'exam')) return null;
  return { what, minutes: Math.round((startsAt - wanted) / 60_000) };
}

/** Between two looks at what is not written down yet. */
const PAUSE = 10_000;
/** Transactions of one look: a crowd is written down over several. */
const CHUNKS = 20;

/** Makes the function that writes down who was sent what, a little now and then. Call it when nothing waits to be sent. */
export function createNoting(world: World): () => Promise<void> {
  let last = Number.NEGATIVE_INFINITY;
  return async function noteDown() {
    const now = world.now();
    if (Math.abs(now - last) < PAUSE) return;
    last = now;
    for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
      if (!(await world.store.transaction((tx) => noteRecent(tx)))) return;
      await setImmediate();
    }
    // There is more: go on with the next tick.
    last = Number.NEGATIVE_INFINITY;
  };
}
