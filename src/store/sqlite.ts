/** SQLite as we use it: one writing connection, checked when it opens, and a second file that keeps other instances out. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Dialect } from 'kysely';
import { SqliteDialect } from 'kysely';
import { StoreError, storeError, translate } from './errors.ts';
import { whose } from './ours.ts';

const MEMORY = ':memory:';

/** When what is written lies on the disk: see `Store.transaction`. */
export type Lasts = 'at once' | 'soon';

export type Sqlite = {
  readonly dialect: Dialect;
  /** How long whatever begins to write from now on waits for the disk; call between transactions. */
  lasts(how: Lasts): void;
  /** Null for one in memory. */
  readonly file: string | null;
  /** Closes the connection where Kysely has not done so, and lets the next instance in. */
  close(): void;
};

/** Opens (and makes, with its folder) the file; `path` may be `:memory:`. Throws StoreError. */
export function openSqlite(path: string, lock: boolean): Sqlite {
  const onDisk = path !== MEMORY;
  if (onDisk) makeFolder(path);
  const unlock = lock && onDisk ? takeLock(path) : undefined;
  try {
    const database = openDatabase(path);
    const remembered = remember(database);
    return {
      dialect: new SqliteDialect({ database: remembered }),
      lasts: remembered.lasts,
      file: onDisk ? path : null,
      close() {
        database.close();
        unlock?.();
      },
    };
  } catch (error) {
    unlock?.();
    throw explained(error, path);
  }
}

/** Our name for it; SQLite says «can not open» also where it is the right to write that is missing. */
function explained(error: unknown, path: string): unknown {
  const known = translate(error, path);
  if (!(known instanceof StoreError) || known.kind !== 'misplaced') return known;
  try {
    for (const place of existsSync(path) ? [path, dirname(path)] : [dirname(path)]) accessSync(place, constants.W_OK);
  } catch (denied) {
    const why = translate(denied, path);
    if (why instanceof StoreError && why.kind === 'readonly') return why;
  }
  return known;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw translate(error, dirname(path));
  }
}

/** Holds `<path>.lock`, so that the real file stays readable for a backup. Throws StoreError `locked` when another has it. */
export function takeLock(path: string): () => void {
  try {
    return hold(`${path}.lock`);
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'locked') throw error;
    throw new StoreError(
      'locked',
      `База ${path} уже открыта другим экземпляром бота. Останови его или укажи другой DATABASE_URL.`,
      error,
    );
  }
}

/**
 * Holds a file, a database of its own, by `begin exclusive`; gives the way to let go. The kernel frees it however the process ends, so
 * there is no stale lock to clean up by hand. Throws StoreError, `locked` when another has it.
 */
export function hold(file: string): () => void {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 0 });
    database.exec('begin exclusive');
    const held = database;
    return () => held.close();
  } catch (error) {
    database?.close();
    throw explained(error, file);
  }
}

function openDatabase(path: string): Database.Database {
  // A backup may hold the file for a moment; another writer cannot exist.
  const database = new Database(path, { timeout: 5000 });
  try {
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw storeError('corrupt', path);
    // Before a byte of it changes.
    const owner = whose(database, path);
    if (owner instanceof StoreError) throw owner;
    database.pragma('journal_mode = wal');
    settle(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A second connection to a file that is open already, and was checked when it was. */
export function openSecond(path: string): Dialect {
  const database = new Database(path, { fileMustExist: true, timeout: 5000 });
  settle(database);
  return new SqliteDialect({ database: remember(database) });
}

/** What each of them is to SQLite. */
const SYNCHRONOUS: Readonly<Record<Lasts, string>> = { 'at once': 'synchronous = full', soon: 'synchronous = normal' };

/** What a connection has to be told each time. */
function settle(database: Database.Database): void {
  database.pragma(SYNCHRONOUS['at once']);
  database.pragma('foreign_keys = on');
  database.pragma('trusted_schema = off');
}

/** Statements kept ready, newest last: preparing costs more than running most of ours. */
const KEPT = 200;

type Statement = ReturnType<Database.Database['prepare']>;

/** A connection as Kysely takes it. */
type Remembering = {
  prepare(sql: string): Statement;
  lasts(how: Lasts): void;
  close(): void;
};

/** The connection with its statements kept. It is told how to write when something is written: most turns from one to the other are followed by reading. */
function remember(database: Database.Database): Remembering {
  const kept = new Map<string, Statement>();
  let [wanted, told]: [Lasts, Lasts] = ['at once', 'at once'];

  function statementOf(sql: string): Statement {
    const known = kept.get(sql);
    if (known !== undefined) {
      kept.delete(sql);
      kept.set(sql, known);
      return known;
    }
    const fresh = database.prepare(sql);
    // A longer text is a chunk of rows that seldom comes twice in the same length; a full chunk of the outbox's is kept.
    if (sql.length <= 3000) kept.set(sql, fresh);
    if (kept.size > KEPT) {
      const oldest = kept.keys().next().value;
      if (oldest !== undefined) kept.delete(oldest);
    }
    return fresh;
  }

  function tell(): void {
    if (wanted === told) return;
    database.pragma(SYNCHRONOUS[wanted]);
    told = wanted;
  }

  return {
    prepare(sql) {
      // What it says of the connection it does while it is prepared, and only then.
      if (sql.startsWith('pragma ')) {
        tell();
        return database.prepare(sql);
      }
      const statement = statementOf(sql);
      // Beginning a transaction is writing too; inside of one there is nothing to tell.
      if (!statement.readonly) tell();
      return statement;
    },
    lasts(how) {
      wanted = how;
    },
    close: () => database.close(),
  };
}
