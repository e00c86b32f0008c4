/** A second connection to a SQLite file, for a thread that writes while the store is lent to it: its work holds nobody's loop up. */
import { Kysely } from 'kysely';
import { guard } from './guard.ts';
import type { Db, Schema } from './schema.ts';
import { openSecond } from './sqlite.ts';

export type Beside = {
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** `path` is `Store.file` of a store that is open. Write only while `Store.lend` waits for it: two who write at once wait for each other. */
export function openBeside(path: string): Beside {
  const guarded = guard(openSecond(path), { single: true, begin: 'begin immediate' });
  const db = new Kysely<Schema>({ dialect: guarded.dialect });
  return {
    transaction: (work) => db.transaction().execute((tx) => guarded.within(() => work(tx))),
    close: () => db.destroy(),
  };
}
