/** A world of flows on SQLite in memory: the clock stands still, the source says what the test wrote down. */

import type { Term } from '../../src/domain/calendar.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { printsOf } from '../../src/domain/prints.ts';
import { createDelivery } from '../../src/flows/deliver.ts';
import { createPolling } from '../../src/flows/polling.ts';
import { tellDue } from '../../src/flows/tell.ts';
import type { World } from '../../src/flows/world.ts';
import { SourceError } from '../../src/source/contract.ts';
import { type Batch, dueUntold, type Store } from '../../src/store/index.ts';
import { clockAt, type TestClock } from './clock.ts';
import { keptPages } from './pages.ts';
import { memoryStore } from './store.ts';

export type Stage = {
  readonly world: World;
  readonly clock: TestClock;
  /** What the next reading of any source gives. */
  lessons: readonly Lesson[] | SourceError;
  /** What else the reading says: the zone, the term, the days it covers, the rows it could not read. */
  facts: { zone?: string; term?: Term; covers?: { from: string; to: string }; skipped?: readonly string[] };
  readonly warnings: string[];
  /** Lets pass what changes wait for, ten seconds at a time: quiet periods, and readings that agree. */
  settle(): Promise<void>;
  /** Empties the outbox and returns what was sent. */
  deliver(): Promise<Batch[]>;
};

const STEP = 10_000;
const LONGEST = 4 * 60_000;
const ALWAYS = Number.MAX_SAFE_INTEGER;

/** The wall time is Moscow's unless a zone is named; the store is one in memory unless one is given. */
export async function stageAt(
  day: string,
  clock: string,
  { zone = 'Europe/Moscow', store }: { zone?: string; store?: Store } = {},
): Promise<Stage> {
  const time = clockAt(day, clock, zone);
  const warnings: string[] = [];
  const warn = (_facts: object, text = '') => void warnings.push(text);
  const world: World = {
    store: store ?? (await memoryStore()),
    now: time.now,
    log: { debug() {}, info() {}, warn, error: warn },
    zone: 'Europe/Moscow',
    operators: [],
    universities: async () => [],
    readCatalogue: async () => ({ status: 'unchanged' }),
    recognise: async () => [],
    stranger: async () => null,
    wake() {},
    pages: keptPages(),
    async reread() {
      throw new Error('nothing is kept here');
    },
    async read(_id, _ask, _span, _profile, previous) {
      if (stage.lessons instanceof SourceError) throw stage.lessons;
      const fingerprint = JSON.stringify([stage.lessons, stage.facts]);
      if (previous?.fingerprint === fingerprint) return { status: 'unchanged', host: '', requests: 1 };
      const { lessons } = stage;
      return {
        status: 'read',
        host: '',
        requests: 1,
        term: stage.facts.term ?? null,
        covers: stage.facts.covers ?? null,
        name: 'ПИ-21',
        zone: stage.facts.zone ?? 'Europe/Moscow',
        lessons: [...lessons],
        prints: printsOf(lessons),
        skipped: stage.facts.skipped ?? [],
        etag: '',
        lastModified: '',
        fingerprint,
        pages: [],
      };
    },
  };
  const sent: Batch[] = [];
  const { run: deliver } = createDelivery(world, async (batches) => {
    sent.push(...(batches as readonly Batch[]));
    return batches.map(({ id, peers }) => ({ id, sent: peers, later: [], gone: [], dead: [] }));
  });
  const stage: Stage = {
    world,
    clock: time,
    lessons: [],
    facts: {},
    warnings,
    async settle() {
      for (
        let waited = 0;
        waited < LONGEST && (await dueUntold(world.store.db, ALWAYS, 1)).length > 0;
        waited += STEP
      ) {
        time.move(STEP);
        await createPolling(world).run();
        await tellDue(world);
      }
    },
    async deliver() {
      await deliver();
      return sent.splice(0);
    },
  };
  return stage;
}
