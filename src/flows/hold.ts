/** Who is told of changes at once, and who when their quiet hours end: then all of it in one message, as if it had happened at once. */
import { type About, announce, type Listener, seenIn, toldAllOf } from '../domain/announce.ts';
import type { Instant } from '../domain/calendar.ts';
import { lastDay, type State } from '../domain/compare.ts';
import type { Change } from '../domain/diff.ts';
import { compacted } from '../domain/history.ts';
import { type ChangeLine, changeLine, entryOf, type Notice } from '../domain/notice.ts';
import type { Peer } from '../domain/peer.ts';
import { quietUntil } from '../domain/quiet.ts';
import {
  bringBack,
  type Db,
  dueHeld,
  enqueue,
  followers,
  getTimetable,
  heldOf,
  heldSince,
  hold,
  lessonsOf,
  lockTimetable,
  putOffHeld,
  type Timetable,
  toldOf,
  unhold,
} from '../store/index.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** Who is looked for at once; one timetable has many of them. */
const AT_ONCE = 100;
/** Changes of one night that are looked at. */
const MOST = 1_500;

/** What is told now; `unsure` could not be read a second time. It stands in `told` already. */
type Telling = { readonly sure: readonly Change[]; readonly unsure: readonly Change[] };

/**
 * Queues what was just told for who follows. Who has quiet hours now is told at their end, unless one of the lessons begins
 * before that: then of everything that was held as well, in one message. Call in the transaction that writes `told`.
 */
export async function tellListeners(
  tx: Db,
  timetable: Timetable,
  about: About,
  listeners: readonly Listener[],
  { sure, unsure }: Telling,
): Promise<void> {
  const { now } = about;
  const held = new Map((await heldOf(tx, timetable.id)).map(({ peer, since }) => [peer, since]));
  const quiet = listeners.filter(
    ({ id, quiet, zone }) => held.has(id) || (quiet !== null && quietUntil(quiet, zone ?? about.zone, now) !== null),
  );
  const hushed = new Set(quiet);
  const free = listeners.filter((one) => !hushed.has(one));
  const notices = [...announce(sure, about, free), ...announce(unsure, about, free).map(asUnsure)];
  const news = { thread: timetable.id, since: now };
  await enqueue(
    tx,
    notices.map((notice) => entryOf({ ...notice, ...news })),
    now,
  );
  for (const [since, some] of Map.groupBy(quiet, ({ id }) => held.get(id) ?? now))
    await tellSince(tx, timetable, about, some, { since, due: now });
}

/** Tells whose quiet hours are over what was held for them. */
export async function tellHeld(world: World): Promise<void> {
  const { db } = world.store;
  for (;;) {
    const due = await dueHeld(db, world.now(), AT_ONCE);
    for (const id of due)
      await tellAwake(world, id).catch(async (error: unknown) => {
        world.log.error({ err: error, timetable: id }, 'what quiet hours held could not be told');
        const now = world.now();
        await world.store.transaction(async (tx) => {
          await bringBack(tx, id, now);
          await putOffHeld(tx, id, now + MINUTE);
        });
      });
    if (due.length === 0) return;
    world.wake();
  }
}

async function tellAwake(world: World, id: number): Promise<void> {
  const now = world.now();
  const known = await getTimetable(world.store.db, id);
  const lessons = known === null ? [] : await lessonsOf(world.store.db, id);
  await world.store.transaction(async (tx) => {
    const timetable = await lockTimetable(tx, id);
    if (timetable === null) return;
    const about = aboutOf(timetable, lessons, now);
    const looked = new Set((await heldOf(tx, id, now)).map(({ peer }) => peer));
    await bringBack(tx, id, now);
    const listeners = new Map((await followers(tx, id)).map((one) => [one.id, one]));
    // For who hears of no changes corrections wait, until they are due.
    const awake = (await heldOf(tx, id)).filter(
      ({ peer, due }) => looked.has(peer) && (due <= now || listeners.has(peer)),
    );
    await unhold(
      tx,
      id,
      awake.map(({ peer }) => peer),
    );
    for (const some of Map.groupBy(awake, ({ since, due }) => `${since} ${due}`).values()) {
      const [first] = some;
      const mine = some.flatMap(({ peer }) => listeners.get(peer) ?? []);
      if (first !== undefined && mine.length > 0) await tellSince(tx, timetable, about, mine, first);
    }
  });
}

/** What quiet hours hold for this peer, as it would be told by what is known now; in practice one notice. */
export async function heldFor(db: Db, peer: Peer, now: Instant): Promise<Notice[]> {
  const timetable = peer.timetableId === null || !peer.changes ? null : await getTimetable(db, peer.timetableId);
  if (timetable === null) return [];
  const since = await heldSince(db, timetable.id, peer.id);
  if (since === null) return [];
  return owed(db, timetable, aboutOf(timetable, await lessonsOf(db, timetable.id), now), [peer], since);
}

/** Facts of all that is announced of it now. */
export function aboutOf(timetable: Timetable, lessons: State['lessons'], now: Instant): About {
  const { name: title, zone, term } = timetable;
  return { title, zone, now, week1: term?.week1 ?? null, last: lastDay([{ lessons, calendar: timetable }]) };
}

/** Those of the changes since then of which this listener is told all there is, by its own clocks. */
export async function toldWhole(
  db: Db,
  { id, zone }: Timetable,
  about: About,
  listener: Listener,
  since: Instant,
): Promise<ChangeLine[]> {
  const told = compacted(await toldOf(db, id, since, MOST));
  const whole = told.filter(({ change }) => toldAllOf(change, about, [listener]).size > 0);
  return whole.map(({ change }) => changeLine(seenIn(change, listener.zone ?? zone)));
}

/** What has become different since then for these listeners, as if it had happened at once. */
async function owed(
  db: Db,
  { id, freshAt }: Timetable,
  about: About,
  listeners: readonly Listener[],
  since: Instant,
): Promise<Notice[]> {
  const told = await toldOf(db, id, since, MOST);
  const changes = compacted(told).map(({ change }) => change);
  // A source that has answered since has said the same, or what it says now is told as well.
  const isUnsure = told.some(({ at, unsure }) => unsure === true && (freshAt ?? 0) <= at);
  const notices = announce(changes, about, listeners);
  return isUnsure ? notices.map(asUnsure) : notices;
}

/**
 * Tells these listeners what has become different since then, or holds it on; `due` is when they should have heard it. False
 * when none of them hears of any of it.
 */
export async function tellSince(
  tx: Db,
  timetable: Timetable,
  about: About,
  listeners: readonly Listener[],
  { since, due }: { readonly since: Instant; readonly due: Instant },
): Promise<boolean> {
  const { id } = timetable;
  const notices = await owed(tx, timetable, about, listeners, since);
  for (const one of notices) {
    if (one.due > about.now) {
      await hold(
        tx,
        id,
        one.peers.map((peer) => ({ peer, since, due: one.due })),
      );
      continue;
    }
    const notice = { ...one, thread: id, since, due: Math.min(due, one.due) };
    await enqueue(tx, [entryOf(notice)], about.now);
    await unhold(tx, id, one.peers);
  }
  return notices.length > 0;
}

function asUnsure(notice: Notice): Notice {
  return notice.saying.kind === 'changes' ? { ...notice, saying: { ...notice.saying, unsure: true } } : notice;
}
