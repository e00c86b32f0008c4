/** A store for tests: SQLite in memory, gone when closed. */
import type { Store } from '../../src/store/index.ts';
import { openStore } from '../../src/store/index.ts';

export function memoryStore(): Promise<Store> {
  return openStore('sqlite::memory:');
}
