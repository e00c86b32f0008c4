/** A university's list of groups: each becomes a timetable that anyone finds by name, read on its own schedule. */
import type { Zone } from '../domain/calendar.ts';
import { digitsOf, fold } from '../domain/name.ts';
import type { Ask } from '../source/contract.ts';
import { addFeed, createTimetable, feedOf, findByUniversity, saveFeed } from '../store/index.ts';
import type { World } from './world.ts';

export type CatalogueEntry = { readonly name: string; readonly source: string; readonly ask: Ask };

/** Adds the groups that are new and corrects the asks that changed; a group is bound by (university, name). Each is read at the next tick. */
export async function keepCatalogue(
  world: World,
  { university, zone, entries }: { university: string; zone: Zone; entries: readonly CatalogueEntry[] },
): Promise<void> {
  await world.store.transaction(async (tx) => {
    for (const { name, source, ask } of entries) {
      const known = await findByUniversity(tx, university, name);
      const feed = known === null ? null : await feedOf(tx, known.id);
      if (feed !== null) {
        await saveFeed(tx, feed.id, { source, ask, nextCheck: world.now() });
        continue;
      }
      const timetable =
        known ??
        (await createTimetable(tx, {
          name,
          university,
          zone,
          language: 'ru',
          kind: 'feed',
          ownerId: null,
          listed: true,
          term: null,
          bells: [],
          folded: fold(name),
          digits: digitsOf(name),
        }));
      await addFeed(tx, { timetableId: timetable.id, source, ask, profile: 'configured', nextCheck: world.now() });
    }
  });
}
