/** A world whose sources are real and whose universities stand on loopback; the clock stands still. */

import { fold } from '../../src/domain/name.ts';
import type { World } from '../../src/flows/world.ts';
import { openSources } from '../../src/source/host.ts';
import { type FoundListing, findListings, getUniversity, type UniversityRow } from '../../src/store/index.ts';
import { clockAt, type TestClock } from '../support/clock.ts';
import { keptPages } from '../support/pages.ts';
import { memoryStore } from '../support/store.ts';
import { openUniversities, type Universities } from '../support/university.ts';

export type CampusStage = {
  readonly world: World;
  readonly clock: TestClock;
  readonly site: Universities;
  /** What was logged at warn and above: the words and the facts. */
  readonly warnings: { text: string; facts: object }[];
  /** Entries of this name. */
  listed(name: string): Promise<FoundListing[]>;
  state(key: string): Promise<UniversityRow>;
  close(): Promise<void>;
};

/** `at` is Moscow wall time. */
export async function openCampus(day: string, clock: string): Promise<CampusStage> {
  const [site, store, time] = [await openUniversities(), await memoryStore(), clockAt(day, clock)];
  const warnings: CampusStage['warnings'] = [];
  const warn = (facts: object, text = '') => void warnings.push({ text, facts });
  const log = { debug() {}, info() {}, warn, error: warn };
  const sources = openSources({ allow: [], own: [site.host], only: [], env: {}, scrapers: site.scrapers, log });
  const world: World = {
    store,
    now: time.now,
    log,
    zone: 'Europe/Moscow',
    operators: [],
    wake() {},
    read: sources.read,
    reread: sources.reread,
    pages: keptPages(),
    universities: sources.universities,
    readCatalogue: sources.readCatalogue,
    recognise: sources.recognise,
    stranger: sources.stranger,
  };
  return {
    world,
    clock: time,
    site,
    warnings,
    listed: (name) => findListings(store.db, { folded: fold(name) }, { home: [], limit: 20 }),
    async state(key) {
      const row = await getUniversity(store.db, key);
      if (row === null) throw new Error(`no university ${key}`);
      return row;
    },
    async close() {
      await sources.close();
      await store.close();
      await site.close();
    },
  };
}
