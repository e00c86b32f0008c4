/** What the universities list, kept up to date: read once a day, laid over what is stored, held where it shrank too much. */
import type { Instant, Zone } from '../domain/calendar.ts';
import { LISTED_KINDS, type ListedKind } from '../domain/listed.ts';
import type { Listed } from '../source/contract.ts';
import type { Catalogued } from '../source/universities.ts';
import {
  claimUniversity,
  deleteTimetable,
  dueUniversities,
  isFollowed,
  keepUniversity,
  listForgotten,
  lockTimetable,
  saveUniversity,
  switchOffOthers,
  type UniversityRow,
} from '../store/index.ts';
import { bind, keptByName, layOver, type Offer } from './entries.ts';
import { attempt, spanAt, type Trouble } from './reading.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The first pause after a reading that failed; doubled with each, up to half a day. */
const AGAIN = 30 * MINUTE;
const SLOWEST = DAY / 2;
/** While a reading runs nobody else claims the same university: hundreds of pages, a second each. */
const CLAIM = 30 * MINUTE;
/** Each has a host of its own, yet all of them share one reading child. */
const AT_ONCE = 2;
/** A shorter list that stays so is what the university means. */
const SETTLED = 3 * DAY;
/** A timetable that nobody follows and nobody asked for goes. */
const FORGOTTEN = 30 * DAY;

/** Returns what is to be called again and again: it reads the catalogues that are due, and says how many. */
export function createRefresh(world: World): () => Promise<number> {
  let known: ReadonlyMap<string, Catalogued> | null = null;
  return async () => {
    known ??= await introduce(world);
    const universities = known;
    const due = await dueUniversities(world.store.db, world.now(), 10 * AT_ONCE);
    let count = 0;
    async function work(): Promise<void> {
      for (let row = due.shift(); row !== undefined; row = due.shift()) {
        const university = universities.get(row.key);
        if (university === undefined || !(await claimUniversity(world.store.db, row, world.now() + CLAIM))) continue;
        await refresh(world, university, row);
        count += 1;
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return count;
  };
}

/** Makes the configured universities known; those that are switched off are found no longer. */
async function introduce(world: World): Promise<ReadonlyMap<string, Catalogued>> {
  const all = await world.universities();
  await world.store.transaction(async (tx) => {
    for (const { key, name, zone } of all)
      await keepUniversity(tx, { key, name, zone: zone ?? world.zone, nextCheck: world.now() });
    await switchOffOthers(
      tx,
      all.map(({ key }) => key),
    );
  });
  return new Map(all.map((one) => [one.key, one]));
}

async function refresh(world: World, university: Catalogued, row: UniversityRow): Promise<void> {
  const asked = world.now();
  const reading = await attempt(world.readCatalogue(university, spanAt(asked, row.zone), row.fingerprint));
  if ('problem' in reading) return failed(world, row, reading.problem);
  if (reading.status === 'read' && reading.listed.length === 0)
    return failed(world, row, { kind: 'changed', detail: 'empty', suggestions: [], retryAfter: null });

  const held = reading.status === 'read' ? await takeIn(world, university, row, reading.listed) : [];
  const now = world.now();
  await saveUniversity(world.store.db, row.key, {
    goodAt: asked,
    checkedAt: now,
    failures: 0,
    problem: null,
    nextCheck: now + Math.round(DAY * spread(row.key)),
    held: held.length === 0 ? null : held.join(),
    heldSince: held.length === 0 ? null : (row.heldSince ?? now),
    // What was held is read again next time, whether or not its pages are the same.
    ...(reading.status === 'read' ? { fingerprint: held.length === 0 ? reading.fingerprint : '' } : {}),
  });
  if (row.problem !== null) world.log.info({ university: row.key }, 'catalogue is back');
}

/** Lays the entries over what is stored, a kind at a time; returns the kinds that were not believed. */
async function takeIn(
  world: World,
  { key, source }: Catalogued,
  row: UniversityRow,
  listed: readonly Listed[],
): Promise<readonly ListedKind[]> {
  const held: ListedKind[] = [];
  let changed = 0;
  for (const kind of LISTED_KINDS) {
    const offers = listed.flatMap((one): Offer[] => (one.kind === kind ? [{ ...one, source }] : []));
    const kept = await keptByName(world, key, kind);
    const settled = row.heldSince !== null && world.now() - row.heldSince >= SETTLED && offers.length > 0;
    if (offers.length * 3 < kept.size * 2 && !(settled && row.held?.split(',').includes(kind))) {
      held.push(kind);
      if (!row.held?.split(',').includes(kind))
        world.log.warn({ university: key, kind, had: kept.size, has: offers.length }, 'catalogue held');
      continue;
    }
    changed += await layOver(world, key, kept, offers);
  }
  if (changed > 0) world.log.info({ university: key, entries: listed.length, changed }, 'catalogue read');
  return held;
}

async function failed(world: World, row: UniversityRow, problem: Trouble): Promise<void> {
  const now = world.now();
  const { kind, detail } = problem;
  if (row.problem === null) world.log.warn({ university: row.key, kind, detail }, 'catalogue fails');
  const pause = Math.min(AGAIN * 2 ** Math.min(row.failures, 10), SLOWEST);
  await saveUniversity(world.store.db, row.key, {
    problem: { kind, detail, since: row.problem?.since ?? now },
    failures: row.failures + 1,
    checkedAt: now,
    nextCheck: now + Math.round(pause * spread(row.key)),
  });
}

/** 0.9 … 1.1, by the key: universities never bunch up, and each keeps its rhythm. */
function spread(key: string): number {
  const sum = [...key].reduce((all, letter) => (all * 31 + (letter.codePointAt(0) ?? 0)) % 997, 7);
  return 0.9 + (sum / 997) * 0.2;
}

/** Keeps a university that is not read by itself, the demo, and makes a timetable of each entry: they are read at the next tick. */
export async function keepCatalogue(
  world: World,
  { key, name, zone, entries }: { key: string; name: string; zone: Zone; entries: readonly Offer[] },
): Promise<void> {
  const { store } = world;
  await store.transaction((tx) => keepUniversity(tx, { key, name, zone, nextCheck: null }));
  for (const kind of LISTED_KINDS) {
    const offers = entries.filter((entry) => entry.kind === kind);
    await layOver(world, key, await keptByName(world, key, kind), offers);
  }
  await store.transaction(async (tx) => {
    for (const entry of entries) await bind(tx, { ...entry, university: key, universityName: name, zone }, world.now());
  });
}

/** Lets go of the timetables of catalogues that nobody follows and nobody asked for in a month; they come back when they are asked for. */
export async function dropForgotten(world: World, chunk = 20): Promise<number> {
  const { store } = world;
  const before: Instant = world.now() - FORGOTTEN;
  let count = 0;
  for (;;) {
    const ids = await listForgotten(store.db, before, chunk);
    for (const id of ids)
      await store.transaction(async (tx) => {
        // Nobody comes to follow it meanwhile.
        if ((await lockTimetable(tx, id)) === null || (await isFollowed(tx, id))) return;
        await deleteTimetable(tx, id);
        count += 1;
      });
    if (ids.length < chunk) return count;
  }
}
