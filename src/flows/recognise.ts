/** Addresses that a person pasted, or a page links to, when they are of universities we know: whose timetables they name, or only whose sites they are. */
import type { Offered, OfferId } from '../domain/view.ts';
import type { Look } from '../source/recognise.ts';
import { type FoundListing, findAsked, readUniversities } from '../store/index.ts';
import type { World } from './world.ts';

/** Universities: their keys, and their names for people. */
export type Owners = { readonly among: readonly string[]; readonly names: readonly string[] };

export type Place =
  /** An entry of a catalogue. */
  | { readonly of: 'entry'; readonly id: OfferId }
  /** Universities of one site. */
  | ({ readonly of: 'university' } & Owners);

/** What addresses name: entries of catalogues, each with the address that names it, and whose sites they are at all. */
export type Recognition = {
  readonly entries: readonly (Offered & { readonly address: string })[];
  readonly owners: Owners;
};

/** What may be read as it is, whoever's site it lies on. */
const FILE = /^webcals?:|\.(?:ics|xlsx?|xlsm|csv)(?:[?#]|$)|\/ical\/|\/ics\//i;
/** Entries of a page that are looked for in the catalogues: more than anybody could be offered. */
const LOOKED_UP = 40;

/** Whether the address looks like a calendar or a table, and not like a page. */
export function isFile(address: string): boolean {
  return FILE.test(address);
}

/** null: no site of a university whose catalogue is read, or a calendar or a table on one. Asks nobody. */
export async function recogniseAddress(world: World, address: string): Promise<Place | null> {
  const { entries, owners } = await recogniseAll(world, { addresses: [address], linked: false });
  const [entry] = entries;
  if (entry !== undefined) return { of: 'entry', id: entry.id };
  return owners.among.length === 0 || isFile(address) ? null : { of: 'university', ...owners };
}

/** Asks nobody. */
export async function recogniseAll(world: World, look: Look): Promise<Recognition> {
  const { db } = world.store;
  const universities = await readUniversities(db);
  const found = await world.recognise(
    look,
    universities.map(({ key }) => key),
  );
  const entries = new Map<OfferId, Recognition['entries'][number]>();
  let lookedUp = 0;
  for (const { key, entry, address } of found) {
    if (entry === null || lookedUp >= LOOKED_UP) continue;
    lookedUp += 1;
    const listed = await findAsked(db, { university: key, ...entry });
    if (listed === null) continue;
    const offered = offeredAs(listed);
    if (!entries.has(offered.id)) entries.set(offered.id, { ...offered, address });
  }
  const own = universities.filter(({ key }) => found.some((one) => one.key === key));
  const owners = { among: own.map(({ key }) => key), names: own.map(({ name }) => name) };
  return { entries: [...entries.values()], owners };
}

function offeredAs({ id, timetableId, name, universityName, kind }: FoundListing): Offered {
  return { id: timetableId ?? `№${id}`, name, university: universityName, category: kind };
}
