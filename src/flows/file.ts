/** A file sent to the bot: a timetable that nobody polls; a newer one of the same name from the same person replaces it. */
import { NEVER } from '../domain/polling.ts';
import { type Db, type Feed, feedOf, getTimetable, listOwned, saveFeed, setFresh } from '../store/index.ts';
import { believe } from './believe.ts';
import {
  type Added,
  addedAs,
  type Brought,
  keepBrought,
  type NotAdded,
  readBrought,
  tooMany,
  tooOften,
} from './bring.ts';
import { goodReading, horizonOf } from './reading.ts';
import type { World } from './world.ts';

/** `title` as the person sees it, with its ending; `url` is where VK keeps it. */
export type SentFile = { readonly title: string; readonly url: string };

/**
 * Reads the file and makes a timetable of it, or lays it over the one that an earlier file of this name from this person
 * made; its followers hear what changed. `group` is a group of the table, '' = the only one, or the one taken before; `again`:
 * the answer to which one.
 */
export async function addFile(
  world: World,
  { file, by, group, again }: { file: SentFile; by: number; group: string; again: boolean },
): Promise<Added | NotAdded> {
  const { db } = world.store;
  const earlier = await earlierOf(world, by, file.title);
  const [only] = earlier;
  const before = earlier.length === 1 ? (only?.ask.group ?? '') : '';
  const refused = earlier.length === 0 ? await tooMany(world, by, again) : await tooOften(world, by, again);
  if (refused !== null) return refused;
  const likely = /\.(?:ics|ical|vcs)$/i.test(file.title) ? 'ics' : 'table';
  const brought = await readBrought(world, { url: file.url, likely, group: group === '' ? before : group });
  if ('problem' in brought) return { ok: false, problem: brought.problem };
  const asked = brought.ask.group ?? '';
  const known = earlier.find((feed) => (feed.ask.group ?? '') === asked);
  if (known !== undefined) return replace(world, known, brought, by);
  const made = await world.store.transaction((tx) =>
    keepBrought(tx, brought, {
      // The address VK gives a file is another each time: it is known by its name and by who sent it.
      ask: { file: file.title, by: String(by), ...(asked === '' ? {} : { group: asked }) },
      by,
      name: file.title.replace(/\.\w{2,4}$/, ''),
      nextCheck: NEVER,
      now: world.now(),
    }),
  );
  world.log.info({ timetable: made.id, lessons: brought.reading.lessons.length }, 'file added');
  return addedAs(db, made, { source: brought.source, known: false });
}

/** The feeds that files of this name from this person made, a group each. */
async function earlierOf({ store }: World, by: number, title: string): Promise<readonly Feed[]> {
  const found: Feed[] = [];
  for (const { id } of await listOwned(store.db, by)) {
    const feed = await feedOf(store.db, id);
    if (feed?.ask.file === title) found.push(feed);
  }
  return found;
}

/** What is sent on purpose is believed at once: whoever sends it has looked at it. */
async function replace(world: World, feed: Feed, { source, reading }: Brought, by: number): Promise<Added> {
  const now = world.now();
  const note = async (tx: Db) => {
    await setFresh(tx, feed.timetableId, now);
    const read = { ...goodReading(reading), horizon: horizonOf(reading, now) };
    await saveFeed(tx, feed.id, { ...read, source, goodAt: now, checkedAt: now, nextCheck: NEVER });
    return 'noted' as const;
  };
  const laid = await believe(world, feed, reading, { reason: 'sent', by }, note);
  const timetable = await getTimetable(world.store.db, feed.timetableId);
  if (timetable === null) throw new Error('the timetable of a file went away while the file was read');
  if (laid?.noted !== 'noted') await world.store.transaction(note);
  world.wake();
  const changes = laid?.outcome.status === 'changed' ? laid.outcome.changes : 0;
  return addedAs(world.store.db, timetable, { source, known: true, changes });
}
