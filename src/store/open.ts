/** Opens the store by its address: SQLite on one machine, PostgreSQL where many work; brings the tables up to date. */
import type { Dialect } from 'kysely';
import { CompiledQuery, Kysely } from 'kysely';
import { releaseLeases } from './claim.ts';
import type { StoreError } from './errors.ts';
import { guard } from './guard.ts';
import { migrate } from './migrate.ts';
import type { Role } from './postgres.ts';
import { openPostgres } from './postgres.ts';
import type { Db, Kind, Schema } from './schema.ts';
import { type Lasts, openSqlite } from './sqlite.ts';
import { createTrouble } from './trouble.ts';

type Work<T> = (tx: Db) => Promise<T>;

export type Store = {
  readonly db: Db;
  readonly kind: Kind;
  /** Where a SQLite database lies that a thread may write to beside us (`openBeside`, `lend`); null for all others. */
  readonly file: string | null;
  /**
   * All or nothing. Inside, only database work is awaited, and only through `tx`: a query on `db`, or another transaction, is
   * rejected at once. On SQLite a second transaction waits for the first. `lasts` says when it lies on the disk; `soon` is for what is found out again from the same source:
   * nobody waits for the disk, and whatever is sent has its own transaction at once before it.
   */
  transaction<T>(work: Work<T>, lasts?: Lasts): Promise<T>;
  /**
   * Lends the turn to write to another connection (`openBeside`) until `work` is over: on SQLite everybody here waits for it as
   * for a transaction, so that nobody ever meets a locked file. `work` itself may use no handle of this store.
   */
  lend<T>(work: () => Promise<T>): Promise<T>;
  /** The right to do what only one process may do; null when another has it. A locked SQLite file has one process anyway. */
  claimRole(name: string): Promise<Role | null>;
  /** What is wrong with the database since somebody met it; null when all is well. */
  trouble(): StoreError | null;
  /** Where there is trouble, tries to write; gives whether all is well (again). What a restart has to heal stays. */
  probe(): Promise<boolean>;
  /** Waits for what runs, then closes; harmless twice. */
  close(): Promise<void>;
};

type OpenOptions = {
  /** Keep other instances out of a SQLite file (default true). False only for programs that merely read. */
  readonly lock?: boolean;
  /** Hears of troubles that heal by themselves. */
  readonly warn?: (error: Error) => void;
};

/**
 * @param url `sqlite::memory:`, `sqlite:PATH` (absolute, or from the working folder) or `postgres://…`
 * @throws StoreError in words for the operator
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(url)) {
    const postgres = openPostgres(url, options.warn ?? process.emitWarning);
    return openWith({ kind: 'postgres', dialect: postgres.dialect, claimRole: postgres.claimRole });
  }
  const path = /^sqlite:(?:\/\/)?(.+)$/.exec(url)?.[1];
  if (path === undefined) throw new Error('a database address begins with sqlite: or postgres://');
  const lock = options.lock ?? true;
  const { dialect, file, lasts, close } = openSqlite(path, lock);
  const store = await openWith({ kind: 'sqlite', dialect, file, lasts, close });
  // Whoever gains the lock is alone, so nobody is sending what an instance before left leased.
  if (lock) await releaseLeases(store.db);
  return store;
}

type Connection = {
  readonly kind: Kind;
  readonly dialect: Dialect;
  readonly file?: string | null;
  claimRole?(name: string): Promise<Role | null>;
  /** Where one connection serves everybody: what is written on it from now on. */
  lasts?(how: Lasts): void;
  /** What is left to close after Kysely closed the dialect. */
  close?(): void;
};

/** Opens a store over any dialect of the two kinds. */
export async function openWith(connection: Connection): Promise<Store> {
  const { kind, dialect } = connection;
  const single = dialect.createAdapter().supportsMultipleConnections === false;
  const trouble = createTrouble();
  const guarded = guard(dialect, {
    single,
    lasts: connection.lasts,
    hear: trouble.hear,
    ...(kind === 'sqlite' ? { begin: 'begin immediate' } : {}),
  });
  const db = new Kysely<Schema>({ dialect: guarded.dialect });
  let closing: Promise<void> | undefined;

  function within<T>(work: Work<T>): Promise<T> {
    return db.transaction().execute((tx) => guarded.within(() => work(tx)));
  }

  /** PostgreSQL is told inside of the transaction, SQLite before it. What is written later and waited for takes along all that was written before. */
  function soon<T>(work: Work<T>): Promise<T> {
    if (kind === 'sqlite') return guarded.soon(() => within(work));
    return within(async (tx) => {
      await tx.executeQuery(LATER);
      return work(tx);
    });
  }

  async function close(): Promise<void> {
    await db.destroy();
    connection.close?.();
  }

  try {
    await migrate(db, kind);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    db,
    kind,
    file: connection.file ?? null,
    transaction: (work, lasts = 'at once') => (lasts === 'at once' ? within(work) : soon(work)),
    lend: guarded.alone,
    claimRole: async (name) =>
      connection.claimRole ? connection.claimRole(name) : { held: () => true, release: async () => {} },
    trouble: trouble.now,
    probe: () => trouble.probe(db),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

const LATER = CompiledQuery.raw('set local synchronous_commit = off');
