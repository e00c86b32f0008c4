/** Whose a SQLite file is, before anything in it is touched. */
import type { Database } from 'better-sqlite3';
import { type StoreError, storeError } from './errors.ts';
import { migrations } from './migrations/index.ts';

/** The first of our migrations: no file of ours is without it. */
const [FIRST = ''] = Object.keys(migrations);

/**
 * `empty`: no table yet. `ours`: of this version or one before. A StoreError: of another program (`foreign`) or of a later version of
 * this one (`newer-schema`); `where` is put in front of its words.
 */
export function whose(database: Database, where: string): 'empty' | 'ours' | StoreError {
  const tables = database.prepare("select name from sqlite_schema where type = 'table'").pluck().all();
  if (tables.length === 0) return 'empty';
  const applied = tables.includes('kysely_migration')
    ? database.prepare<[], string>('select name from kysely_migration').pluck().all()
    : [];
  if (!applied.includes(FIRST)) return storeError('foreign', where);
  return applied.every((name) => Object.hasOwn(migrations, name)) ? 'ours' : storeError('newer-schema', where);
}
