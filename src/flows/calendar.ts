/** A person brings an address: it becomes a timetable; and «обновить» reads it again at once. */
import { IDLE, NEVER } from '../domain/polling.ts';
import {
  type Db,
  type Feed,
  feedOf,
  findFeed,
  getState,
  getTimetable,
  setState,
  type Timetable,
} from '../store/index.ts';
import { take } from './allowance.ts';
import { type Added, addedAs, keepBrought, type NotAdded, readBrought, tooMany } from './bring.ts';
import { readOnce } from './import.ts';
import { type Lead, leadOf } from './page.ts';
import type { Outcome } from './reading.ts';
import { isFile } from './recognise.ts';
import type { World } from './world.ts';

/** When one person has just had a source read, the others need not. */
const CROWD = 15_000;

/** `linked`: the address was found on the page that was pasted; what is linked there is not followed any further. */
type Pasted = {
  readonly url: string;
  readonly by: number;
  readonly group?: string;
  readonly again?: boolean;
  readonly linked?: boolean;
};

/**
 * Turns an address of a calendar or of a table into a timetable, or finds the one that address already is. The peer does not
 * follow it yet. A page with one such link on it is as good as the link; one that leads to timetables we know is that `lead`.
 * `group` is a group of the table, '' = none said; `again`: the answer to which one.
 */
export async function addCalendar(
  world: World,
  { url, by, group = '', again = false, linked = false }: Pasted,
): Promise<Added | NotAdded | { readonly ok: false; readonly lead: Lead }> {
  const { db } = world.store;
  const known = await knownAs(db, url, group);
  if (known !== null) return addedAs(db, known.timetable, { source: known.source, known: true });
  const refused = await tooMany(world, by, again);
  if (refused !== null) return refused;
  // What the address itself gives away need not be fetched to be known: it is read as what it is.
  const stranger = linked || isFile(url) ? null : await world.stranger([url]);
  if (stranger?.on === true) return { ok: false, lead: { of: 'stranger', ...stranger } };
  const brought = await readBrought(world, { url, likely: looksLikeTable(url) ? 'table' : 'ics', group });
  if ('problem' in brought) {
    const { problem, links } = brought;
    if (linked || problem.kind !== 'changed' || problem.detail !== 'html') return { ok: false, problem };
    const files = problem.suggestions;
    const lead = await leadOf(world, { url, files, links, by });
    if (lead !== null) return { ok: false, lead };
    const only = files.length === 1 ? files[0]?.split(' ')[0] : undefined;
    if (only === undefined || only === url) return { ok: false, problem };
    const read = await addCalendar(world, { url: only, by, group, again: true, linked: true });
    if (read.ok || 'lead' in read || read.problem.detail === 'group') return read;
    // The one file on it was no timetable: what else it leads to is.
    const other = await leadOf(world, { url, files: [], links, by });
    return other === null ? read : { ok: false, lead: other };
  }
  const now = world.now();
  const name = new URL(url.replace(/^webcals?:/i, 'https:')).hostname;
  const keep = { ask: brought.ask, by, name, nextCheck: now + IDLE.every, now };
  // Two people may paste the same address at the same moment: the second finds what the first made.
  const made = await world.store.transaction(
    async (tx) => (await knownAs(tx, url, group))?.timetable ?? (await keepBrought(tx, brought, keep)),
  );
  const { lessons, skipped } = brought.reading;
  world.log.info({ timetable: made.id, lessons: lessons.length, skipped: skipped.length }, 'calendar added');
  return addedAs(db, made, { source: brought.source, known: false });
}

/** `owned`: a person brought it; `site`: it comes from the site of a university, not from a calendar or a table. */
type Refreshed =
  | (Outcome & { readonly owned: boolean; readonly site: boolean })
  | { readonly status: 'wait'; readonly seconds: number }
  | { readonly status: 'manual' | 'file' };

function isOfSite({ profile, source }: Feed): boolean {
  return profile === 'configured' || (source !== 'ics' && source !== 'table');
}

/** «обновить»: reads the source now; a few times a person, and not for everybody in a crowd one after another. */
export async function refreshNow(world: World, timetableId: number, by: number): Promise<Refreshed> {
  const { db } = world.store;
  const feed = await feedOf(db, timetableId);
  if (feed === null) return { status: 'manual' };
  if (feed.nextCheck === NEVER) return { status: 'file' };
  const crowd = `refreshed feed:${feed.id}`;
  const left = Number((await getState(db, crowd)) ?? Number.NEGATIVE_INFINITY) + CROWD - world.now();
  // A clock that was set back keeps nobody waiting.
  const wait = left > 0 && left <= CROWD ? left : await take(world, 'refresh', by);
  if (wait !== null) return { status: 'wait', seconds: Math.ceil(wait / 1000) };
  await setState(db, crowd, String(world.now()));
  const outcome = await readOnce(world, feed);
  if (outcome === null) return { status: 'wait', seconds: CROWD / 1000 };
  return { ...outcome, owned: feed.profile === 'pasted', site: isOfSite(feed) };
}

/** «принять»: what was held is what the source means. The owner's word, or an operator's. `held`: the site has changed since. */
export async function acceptHeld(
  world: World,
  { timetableId, by }: { timetableId: number; by: number },
): Promise<
  'accepted' | 'not-held' | 'not-yours' | 'held' | 'busy' | (Extract<Outcome, { status: 'failed' }> & { site: boolean })
> {
  const { db } = world.store;
  const [timetable, feed] = [await getTimetable(db, timetableId), await feedOf(db, timetableId)];
  if (timetable === null || feed === null || feed.held === null) return 'not-held';
  if (timetable.ownerId !== by && !world.operators.includes(by)) return 'not-yours';
  const outcome = await readOnce(world, feed, { reason: feed.held, by });
  if (outcome === null) return 'busy';
  if (outcome.status === 'failed') return { ...outcome, site: isOfSite(feed) };
  return outcome.status === 'held' ? 'held' : 'accepted';
}

function looksLikeTable(url: string): boolean {
  return /\.(?:xlsx?|xlsm|csv)(?:[?#]|$)/i.test(url);
}

/** What this address was found to be before; of a table, with this group. */
async function knownAs(db: Db, url: string, group: string): Promise<{ timetable: Timetable; source: string } | null> {
  for (const [source, ask] of [
    ['ics', { url }],
    ['table', group === '' ? { url } : { url, group }],
  ] as const) {
    const feed = await findFeed(db, source, ask);
    const timetable = feed === null ? null : await getTimetable(db, feed.timetableId);
    if (timetable !== null) return { timetable, source };
  }
  return null;
}
