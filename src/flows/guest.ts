/** A site of an engine that we know, and of a university that we do not: tried for whoever gave its address, and kept as their own timetable. */
import type { Zone } from '../domain/calendar.ts';
import { IDLE } from '../domain/polling.ts';
import type { Ask, Recognised } from '../source/contract.ts';
import { type Db, findFeed, getTimetable, type Timetable } from '../store/index.ts';
import { type Added, addedAs, keepBrought, type NotAdded, readAs, tooMany } from './bring.ts';
import { noteStranger } from './wanted.ts';
import type { World } from './world.ts';

/** `site` is where its pages begin, `entry` whose timetable the address names, if anybody's. */
export type Guest = {
  readonly source: string;
  /** The engine's name for people. */
  readonly engine: string;
  readonly site: string;
  readonly entry: Recognised['entry'];
};

/** A site that does not answer may be none: operators are told of those that do. */
const NO_ANSWER: ReadonlySet<string> = new Set(['unreachable', 'refused']);

/** `group` as typed, '' for what `entry` names; `zone` is whose clocks the site shows: it never says so itself. */
type Wanted = { readonly group: string; readonly zone: Zone; readonly by: number };

/**
 * Reads the site as its engine is read, within what one person may ask for and what a pasted address may cost, and makes a
 * timetable of it that no catalogue lists; or finds the one that somebody made of it before. It is known by its name: numbers
 * change with the year. What was not read leaves nothing behind; operators read of a site that answers.
 */
export async function tryGuest(
  world: World,
  { source, site, entry }: Omit<Guest, 'engine'>,
  { group, zone, by }: Wanted,
): Promise<Added | NotAdded> {
  const { db } = world.store;
  const kind = group === '' && entry !== null ? entry.kind : 'group';
  const called = (name: string): Ask => ({ site, zone, [kind]: name });
  const known = group === '' ? null : await knownAs(db, source, called(group));
  if (known !== null) return addedAs(db, known, { source, known: true, site });
  const refused = await tooMany(world, by, true);
  if (refused !== null) return refused;
  const ask = group === '' ? { ...called(''), ...entry?.ask } : called(group);
  const brought = await readAs(world, { source, ask }, zone);
  const answered = !('problem' in brought) || !NO_ANSWER.has(brought.problem.kind);
  const stranger = answered ? await world.stranger([site]) : null;
  if (stranger !== null) await noteStranger(world, stranger, by);
  if ('problem' in brought) return { ok: false, problem: brought.problem };
  const now = world.now();
  const name = brought.reading.name ?? group;
  const keep = { ask: called(name), by, name, nextCheck: now + IDLE.every, now };
  const made = await world.store.transaction(
    async (tx) => (await knownAs(tx, source, keep.ask)) ?? (await keepBrought(tx, brought, keep)),
  );
  world.log.info({ timetable: made.id, source, lessons: brought.reading.lessons.length }, 'a site of an engine added');
  return addedAs(db, made, { source, known: false, site });
}

async function knownAs(db: Db, source: string, ask: Ask): Promise<Timetable | null> {
  const feed = await findFeed(db, source, ask);
  return feed === null ? null : getTimetable(db, feed.timetableId);
}
