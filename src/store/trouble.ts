/** What is wrong with the database at the moment: met by whoever used it, over when a write has gone through. */
import type { StoreError } from './errors.ts';
import type { Db } from './schema.ts';
import { dropState, setState } from './state.ts';

/** What a restart (which looks the file through) has to heal. */
const LASTING: readonly StoreError['kind'][] = ['corrupt', 'not-a-database', 'foreign', 'newer-schema'];
const PROBE = 'probe';
/** As much as a busy second writes: where there is room for less, the trouble is not over. */
const PROBE_SIZE = 256 * 1024;

export type Trouble = {
  hear(error: StoreError): void;
  now(): StoreError | null;
  /** While there is trouble, tries to write; gives whether all is well. */
  probe(db: Db): Promise<boolean>;
};

export function createTrouble(): Trouble {
  let met: StoreError | null = null;
  return {
    hear(error) {
      if (met === null || LASTING.includes(error.kind)) met = error;
    },
    now: () => met,
    async probe(db) {
      if (met === null) return true;
      if (LASTING.includes(met.kind)) return false;
      try {
        await setState(db, PROBE, 'x'.repeat(PROBE_SIZE));
        await dropState(db, PROBE);
      } catch {
        // It has been heard: the trouble is still there.
        return false;
      }
      met = null;
      return true;
    },
  };
}
