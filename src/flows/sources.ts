/** What operators ask of sources and do to them. Each function looks at who asks: a button proves nothing; 'not-operator' for everybody else. */
import type { FeedState, KeptState, Replayed, SourceState } from '../domain/source-state.ts';
import type { Tried, Wanted } from '../domain/wanted.ts';
import {
  dropWanted,
  type Feed,
  feedState,
  feedsInTrouble,
  getFeed,
  getTimetable,
  listWanted,
  readUniversities,
  sourceStates,
  triedAt,
} from '../store/index.ts';
import { acceptHeld } from './calendar.ts';
import { readOnce } from './import.ts';
import { judge } from './judge.ts';
import { delays } from './polling.ts';
import { attempt, type Outcome } from './reading.ts';
import type { World } from './world.ts';

type Refused = 'not-operator';
/** A part of a list: `page` counts from 1. */
type Asked = { readonly by: number; readonly page: number; readonly size: number };

/** Whether this person runs the bot. */
export function isOperator(world: World, person: number): boolean {
  return world.operators.includes(person);
}

/** Every source, the worst first. */
export async function listSources(
  world: World,
  { by, page, size }: Asked,
): Promise<Refused | { shown: SourceState[]; page: number; rest: number; all: number; troubled: number }> {
  if (!isOperator(world, by)) return 'not-operator';
  const states = (await statesOf(world)).sort(worstFirst);
  const shown = states.slice((page - 1) * size, page * size);
  const rest = Math.max(0, states.length - page * size);
  return { shown, page, rest, all: states.length, troubled: states.filter((one) => one.failing + one.held > 0).length };
}

/** Sites that people brought and that are no universities of ours yet, those that most people brought first. What has become a university of ours meanwhile leaves it. */
export async function wantedSites(
  world: World,
  { by, page, size }: Asked,
): Promise<Refused | { shown: (Wanted & Tried)[]; page: number; rest: number }> {
  if (!isOperator(world, by)) return 'not-operator';
  const { db } = world.store;
  const all = await listWanted(db);
  const keys = (await readUniversities(db)).map(({ key }) => key);
  const addresses = all.map(({ site }) => site);
  const known = all.length === 0 ? [] : await world.recognise({ addresses, linked: false }, keys);
  const added = new Set(known.map(({ address }) => address));
  for (const site of added) await dropWanted(db, site);
  const left = all.filter(({ site }) => !added.has(site));
  const shown: (Wanted & Tried)[] = [];
  for (const one of left.slice((page - 1) * size, page * size)) shown.push({ ...one, ...(await triedAt(db, one)) });
  return { shown, page, rest: Math.max(0, left.length - page * size) };
}

async function statesOf(world: World): Promise<SourceState[]> {
  const late = await delays(world);
  return (await sourceStates(world.store.db)).map((state) => {
    const delay = late.get(state.key);
    return delay === undefined ? state : { ...state, delay };
  });
}

/** One source and a part of its feeds in trouble; null when there is no such source. */
export async function listFeeds(
  world: World,
  { key, by, page, size }: Asked & { readonly key: string },
): Promise<Refused | null | { state: SourceState; shown: FeedState[]; page: number; rest: number }> {
  if (!isOperator(world, by)) return 'not-operator';
  const state = (await statesOf(world)).find((one) => one.key === key);
  if (state === undefined) return null;
  const { feeds, all } = await feedsInTrouble(world.store.db, key, { limit: size, offset: (page - 1) * size });
  return { state, shown: feeds, page, rest: Math.max(0, all - page * size) };
}

/** One feed and what is kept of it; null when it is no more. */
export async function lookAtFeed(
  world: World,
  { id, by }: { id: number; by: number },
): Promise<Refused | null | { feed: FeedState; kept: KeptState | null }> {
  if (!isOperator(world, by)) return 'not-operator';
  const feed = await getFeed(world.store.db, id);
  const timetable = feed === null ? null : await getTimetable(world.store.db, feed.timetableId);
  if (feed === null || timetable === null) return null;
  return { feed: feedState(feed, timetable.name), kept: await world.pages.find(feed) };
}

/** Reads the source now, believing it no more than ever; 'busy' while somebody else reads it. */
export async function retryFeed(
  world: World,
  { id, by }: { id: number; by: number },
): Promise<Refused | null | Outcome | 'busy'> {
  const feed = await feedFor(world, id, by);
  if (feed === null || feed === 'not-operator') return feed;
  return (await readOnce(world, feed)) ?? 'busy';
}

/** Takes the reading that is held. */
export async function acceptFeed(
  world: World,
  { id, by }: { id: number; by: number },
): Promise<Refused | null | Exclude<Awaited<ReturnType<typeof acceptHeld>>, 'not-yours'>> {
  const feed = await feedFor(world, id, by);
  if (feed === null || feed === 'not-operator') return feed;
  const outcome = await acceptHeld(world, { timetableId: feed.timetableId, by });
  return outcome === 'not-yours' ? 'not-operator' : outcome;
}

/** What the kept pages give by the code of today; changes nothing. 'gone' when none are kept. */
export async function replayFeed(
  world: World,
  { id, by }: { id: number; by: number },
): Promise<Refused | null | Replayed | 'gone'> {
  const feed = await feedFor(world, id, by);
  if (feed === null || feed === 'not-operator') return feed;
  const timetable = await getTimetable(world.store.db, feed.timetableId);
  const [known, saved] = [await world.pages.find(feed), await world.pages.load(feed)];
  if (timetable === null || known === null || saved === null) return 'gone';
  const reading = await attempt(world.reread(feed.source, feed.ask, saved.span, feed.profile, saved.pages));
  if ('problem' in reading) return { problem: reading.problem, at: known.at };
  if (reading.status !== 'read') throw new Error('kept pages can not be unchanged');
  const verdict = await judge(world, feed, timetable, reading);
  return { lessons: reading.lessons.length, skipped: reading.skipped.length, verdict, at: known.at };
}

async function feedFor(world: World, id: number, by: number): Promise<Feed | null | Refused> {
  return isOperator(world, by) ? getFeed(world.store.db, id) : 'not-operator';
}

function worstFirst(a: SourceState, b: SourceState): number {
  const bad = ({ failing, held }: SourceState) => failing + held;
  return (
    bad(b) / b.all - bad(a) / a.all ||
    bad(b) - bad(a) ||
    b.lacking - a.lacking ||
    b.all - a.all ||
    (a.key < b.key ? -1 : 1)
  );
}
