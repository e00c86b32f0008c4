/** A second connection to a SQLite file, for a thread that only reads: it sees the database as it was when it began to look. */
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Db, Schema } from './schema.ts';
import { remember } from './sqlite.ts';

export type Reader = {
  /** All that `work` reads is of one moment, whatever is committed meanwhile. */
  within<T>(work: (db: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** `path` is `Store.file` of a store that is open. */
export function openReader(path: string): Reader {
  const database = new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 });
  database.pragma('trusted_schema = off');
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: remember(database) }) });
  return { within: (work) => db.transaction().execute(work), close: () => db.destroy() };
}
