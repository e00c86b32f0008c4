/** Whose a SQLite file is, before anything in it is touched. */
import type { Database } from 'better-sqlite3';
import { type StoreError, storeError } from './errors.ts';
import { migrations } from './migrations/index.ts';

/** The first of our migrations: no file of ours is without it. */
const [FIRST = ''] = Object.keys(migrations);

/** What the migrator keeps of its own, made before the first of ours. */
const MIGRATOR = ['kysely_migration', 'kysely_migration_lock'];

/**
 * `empty`: no table of ours or of anybody's yet. `ours`: of this version or one before. A StoreError: of another program
 * (`foreign`) or of a later version of this one (`newer-schema`); `where` is put in front of its words.
 */
export function whose(database: Database, where: string): 'empty' | 'ours' | StoreError {
  const tables = database.prepare("select name from sqlite_schema where type = 'table'").pluck().all();
  const applied = tables.includes('kysely_migration')
    ? database.prepare<[], string>('select name from kysely_migration').pluck().all()
    : [];
  // A first start that found no room for the tables leaves those of the migrator behind.
  if (applied.length === 0 && tables.every((name) => MIGRATOR.includes(String(name)))) return 'empty';
  if (!applied.includes(FIRST)) return storeError('foreign', where);
  return applied.every((name) => Object.hasOwn(migrations, name)) ? 'ours' : storeError('newer-schema', where);
}
