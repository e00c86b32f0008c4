/** An address that a person pasted, when it is of a university that is known: whose timetable it names, or only whose site it is. */
import type { OfferId } from '../domain/view.ts';
import { findAsked, readUniversities } from '../store/index.ts';
import type { World } from './world.ts';

export type Place =
  /** An entry of a catalogue. */
  | { readonly of: 'entry'; readonly id: OfferId }
  /** Universities of one site: their keys, and their names for people. */
  | { readonly of: 'university'; readonly among: readonly string[]; readonly names: readonly string[] };

/** What may be read as it is, whoever's site it lies on. */
const FILE = /^webcals?:|\.(?:ics|xlsx?|xlsm|csv)(?:[?#]|$)|\/ical\/|\/ics\//i;

/** null: no site of a university whose catalogue is read, or a calendar or a table on one. Asks nobody. */
export async function recogniseAddress(world: World, address: string): Promise<Place | null> {
  const { db } = world.store;
  const universities = await readUniversities(db);
  const keys = universities.map(({ key }) => key);
  const found = await world.recognise(address, keys);
  for (const { key, entry } of found) {
    if (entry === null) continue;
    const listed = await findAsked(db, { university: key, ...entry });
    if (listed !== null) return { of: 'entry', id: listed.timetableId ?? `№${listed.id}` };
  }
  if (found.length === 0 || FILE.test(address)) return null;
  const own = universities.filter(({ key }) => found.some((one) => one.key === key));
  return { of: 'university', among: own.map(({ key }) => key), names: own.map(({ name }) => name) };
}
