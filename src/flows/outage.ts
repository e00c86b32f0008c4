/** Trouble with a source is told once, and once when it is over: to operators for a university as a whole, to a person for their own calendar. */
import type { Instant } from '../domain/calendar.ts';
import { entryOf, type Failing, randomIdOf, type Saying } from '../domain/notice.ts';
import { keyOf } from '../domain/source-state.ts';
import type { Doubt } from '../domain/verdict.ts';
import {
  closeOutage,
  type Db,
  enqueue,
  type Feed,
  getOutage,
  getPeer,
  growOutage,
  listOutages,
  openOutage,
  saveFeed,
  sourceHealth,
  sourceStates,
  type Timetable,
} from '../store/index.ts';
import type { World } from './world.ts';

const HOUR = 3_600_000;
/** A person is told of their own calendar when it has failed for this long: sites have bad hours. */
const LONG = 24 * HOUR;
/** A small trouble that was told may become a large one; within this time it is still the same news. */
const SAME_NEWS = 6 * HOUR;
/** A reading that fails once, or for some minutes, may have met a restart. */
const IN_A_ROW = 2;
const RESTART = HOUR / 6;
/** Troubles of one timetable, not of the site. */
const OWN: readonly string[] = ['unknown-param', 'not-published'];
/** What the operator switched off with SOURCES is no news to the operator. */
const SWITCHED_OFF = 'source-off';

type Unsaid = Saying extends infer S ? (S extends Saying ? Omit<S, 'language' | 'zone'> : never) : never;

/** Whether so many failures in a row for this reason, since then, are the source's. */
export function isAiling({ kind, detail, since }: Failing, failures: number, now: Instant): boolean {
  return failures >= IN_A_ROW && now - since >= RESTART && !OWN.includes(kind) && detail !== SWITCHED_OFF;
}

/**
 * Tells operators that a source broke, that it broke far more, or that all of it is well. Call in the transaction that has
 * just saved what became of a feed of it.
 */
export async function noteSource(
  tx: Db,
  world: World,
  feed: Feed,
  timetable: Timetable,
  why: Pick<Failing, 'kind' | 'detail'> | null,
): Promise<void> {
  if (feed.profile !== 'configured') return;
  const now = world.now();
  const health = await sourceHealth(tx, feed);
  const known = await getOutage(tx, feed);
  const troubled = health.failing + health.held;
  const facts = { kind: 'source', key: keyOf(feed), name: timetable.university, ...health } as const;
  if (troubled === 0) {
    if (known !== null && (await closeOutage(tx, feed)))
      await tell(tx, world, world.operators, { ...facts, state: 'back', why: null, since: known.since });
  } else if (known === null) {
    if (await openOutage(tx, feed, now, troubled))
      await tell(tx, world, world.operators, { ...facts, state: 'broken', why, since: now });
  } else if (now - known.toldAt >= SAME_NEWS && known.troubled * 2 < health.all && troubled * 2 >= health.all) {
    await growOutage(tx, feed, now, troubled);
    await tell(tx, world, world.operators, { ...facts, state: 'broken', why, since: known.since });
  }
}

/** Trouble also ends where nothing is read: its timetable was forgotten, or asks for something else now. Tells so; once an hour is enough. */
export async function reviewOutages(world: World): Promise<void> {
  const { store } = world;
  const told = await listOutages(store.db);
  if (told.length === 0) return;
  const states = await sourceStates(store.db);
  for (const source of told)
    await store.transaction(async (tx) => {
      const [health, known] = [await sourceHealth(tx, source), await getOutage(tx, source)];
      if (known === null || health.failing + health.held > 0 || !(await closeOutage(tx, source))) return;
      const key = keyOf(source);
      const name = states.find((state) => state.key === key)?.name ?? '';
      const facts = { kind: 'source', state: 'back', key, name, ...health, why: null, since: known.since } as const;
      await tell(tx, world, world.operators, facts);
    });
  world.wake();
}

/** A reading was held: its owner is asked, or the operators where it belongs to a university. Call after the feed was saved. */
export async function noteHeld(tx: Db, world: World, feed: Feed, timetable: Timetable, reason: Doubt): Promise<void> {
  if (feed.profile === 'configured') return noteSource(tx, world, feed, timetable, { kind: 'held', detail: reason });
  const judges = timetable.ownerId === null ? world.operators : [timetable.ownerId];
  await tell(tx, world, judges, { kind: 'held', reason, title: timetable.name }, timetable.zone);
}

/** A person's own calendar has failed for long. Call in the transaction that saves the failure. */
export async function noteFailing(
  tx: Db,
  world: World,
  feed: Feed,
  timetable: Timetable,
  problem: Failing,
): Promise<void> {
  if (feed.profile !== 'pasted' || timetable.ownerId === null || feed.warnedAt !== null) return;
  if (world.now() - problem.since < LONG) return;
  await saveFeed(tx, feed.id, { warnedAt: world.now() });
  const facts = { kind: 'calendar', state: 'failing', title: timetable.name, problem } as const;
  await tell(tx, world, [timetable.ownerId], facts, timetable.zone);
}

/** A reading was good after trouble: whoever was told of the trouble hears that it is over. Call after the feed was saved. */
export async function noteWell(tx: Db, world: World, feed: Feed, timetable: Timetable): Promise<void> {
  if (feed.ailing || feed.held !== null) await noteSource(tx, world, feed, timetable, null);
  if (feed.warnedAt === null) return;
  await saveFeed(tx, feed.id, { warnedAt: null });
  if (timetable.ownerId !== null)
    await tell(
      tx,
      world,
      [timetable.ownerId],
      { kind: 'calendar', state: 'back', title: timetable.name, problem: null },
      timetable.zone,
    );
}

/** That something is well again is heard after what was wrong with it. Below those of timetables. */
function threadOf(saying: Unsaid): number {
  if ('key' in saying) return -randomIdOf(saying.key);
  return -randomIdOf('title' in saying ? `calendar ${saying.title}` : saying.kind);
}

/** To those who have talked to us and can be written to. */
export async function tell(
  tx: Db,
  world: World,
  people: readonly number[],
  saying: Unsaid,
  zone = world.zone,
): Promise<void> {
  const now = world.now();
  for (const id of people) {
    const peer = await getPeer(tx, id);
    if (peer === null || peer.asleep !== null) continue;
    const said: Saying = { ...saying, language: peer.language, zone };
    const notice = { saying: said, peers: [id], due: now, deadline: now + 24 * HOUR, thread: threadOf(saying) };
    await enqueue(tx, [entryOf(notice)], now);
  }
}
