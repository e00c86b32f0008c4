/** A thin coat over a Kysely dialect: transactions one after another, the outer handle refused inside one, errors in our words. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as breathe } from 'node:timers/promises';
import type { DatabaseConnection, Dialect, DialectAdapter, Driver } from 'kysely';
import { CompiledQuery } from 'kysely';
import { StoreError, translate } from './errors.ts';
import type { Lasts } from './sqlite.ts';

export type Guarded = {
  readonly dialect: Dialect;
  /** Runs the inside of a transaction: whatever it starts may use the transaction's handle only, until it ends. */
  within<T>(work: () => Promise<T>): Promise<T>;
  /** Whatever transaction `begin` begins need not wait for the disk; those that come of it later do. */
  soon<T>(begin: () => Promise<T>): Promise<T>;
  /** Runs `work` as if it were a transaction: whoever wants the single connection waits for its end, and it may not ask for it itself. */
  alone<T>(work: () => Promise<T>): Promise<T>;
};

type Options = {
  /** One connection for everybody, handed out in order of asking; its statements run in this thread and hold it up. */
  readonly single: boolean;
  /** The statement that begins a transaction, where the dialect's own will not do. */
  readonly begin?: string;
  /** Where one connection serves everybody: how long what is written from now on waits for the disk. */
  readonly lasts?: ((how: Lasts) => void) | undefined;
  /** Hears of everything that is wrong with the database, whoever met it. */
  readonly hear?: (error: StoreError) => void;
};

/** Milliseconds of statements after which a transaction lets the loop turn: who needs no database waits for none of it. */
const TURN = 10;

const REFUSED =
  'inside a transaction use the handle it was given: the outer one would wait for the transaction, and the transaction for it';

export function guard(inner: Dialect, options: Options): Guarded {
  const scope = new AsyncLocalStorage<{ open: boolean }>();
  const hurried = new AsyncLocalStorage<{ begun: boolean }>();
  const queue = createQueue();

  function named(error: unknown): unknown {
    const known = translate(error);
    if (known instanceof StoreError) options.hear?.(known);
    return known;
  }

  function refuseInside(): void {
    if (scope.getStore()?.open) throw new Error(REFUSED);
  }

  function beginning(): void {
    const mine = hurried.getStore();
    options.lasts?.(mine?.begun === false ? 'soon' : 'at once');
    if (mine !== undefined) mine.begun = true;
  }

  async function within<T>(work: () => Promise<T>): Promise<T> {
    const mine = { open: true };
    try {
      return await scope.run(mine, work);
    } finally {
      // What was started inside and lives on (a timer, a wake-up) is free again once the transaction is over.
      mine.open = false;
    }
  }

  return {
    dialect: {
      createDriver: () =>
        guardDriver(inner.createDriver(), {
          named,
          refuseInside,
          begin: options.begin,
          beginning,
          over: () => options.lasts?.('at once'),
          queue: options.single ? queue : undefined,
        }),
      createAdapter: () => guardAdapter(inner.createAdapter()),
      createQueryCompiler: () => inner.createQueryCompiler(),
      createIntrospector: (db) => inner.createIntrospector(db),
    },
    within,
    soon: (begin) => hurried.run({ begun: false }, begin),
    async alone(work) {
      refuseInside();
      const leave = options.single ? await queue.enter() : undefined;
      try {
        return await within(work);
      } finally {
        leave?.();
      }
    },
  };
}

type Queue = { enter(): Promise<() => void> };

/** First come, first served; `enter` resolves with the way out. */
function createQueue(): Queue {
  let last: Promise<void> = Promise.resolve();
  return {
    async enter() {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      return resolve;
    },
  };
}

type Coat = {
  /** An error in our words, told to who listens. */
  readonly named: (error: unknown) => unknown;
  readonly refuseInside: () => void;
  readonly begin: string | undefined;
  /** Told before a transaction begins, and when a connection is given back. */
  readonly beginning: () => void;
  readonly over: () => void;
  readonly queue: Queue | undefined;
};

function guardDriver(inner: Driver, coat: Coat): Driver {
  const held = new WeakMap<
    DatabaseConnection,
    { readonly connection: DatabaseConnection; readonly leave: (() => void) | undefined }
  >();

  /** When the loop last turned for a transaction that is under way. */
  const turned = new WeakMap<DatabaseConnection, number>();

  /** The database is the transaction's alone all the while: others get their turn, not its data. Null where nobody has waited yet. */
  function rest(connection: DatabaseConnection): Promise<void> | null {
    const since = turned.get(connection);
    if (since === undefined || performance.now() - since < TURN) return null;
    return breathe().then(() => void turned.set(connection, performance.now()));
  }

  function bare(connection: DatabaseConnection): DatabaseConnection {
    return held.get(connection)?.connection ?? connection;
  }

  return {
    init: (options) => inner.init(options),
    async acquireConnection(options) {
      coat.refuseInside();
      const leave = await coat.queue?.enter();
      try {
        const connection = await inner.acquireConnection(options);
        const coated = guardConnection(connection, coat.named, rest);
        held.set(coated, { connection, leave });
        return coated;
      } catch (error) {
        leave?.();
        throw coat.named(error);
      }
    },
    async releaseConnection(connection, options) {
      turned.delete(connection);
      coat.over();
      try {
        await inner.releaseConnection(bare(connection), options);
      } finally {
        held.get(connection)?.leave?.();
      }
    },
    async beginTransaction(connection, settings) {
      coat.beginning();
      if (coat.queue !== undefined) turned.set(connection, performance.now());
      if (coat.begin === undefined) await inner.beginTransaction(bare(connection), settings);
      else await connection.executeQuery(CompiledQuery.raw(coat.begin));
    },
    async commitTransaction(connection) {
      try {
        await inner.commitTransaction(bare(connection));
      } catch (error) {
        throw coat.named(error);
      }
    },
    async rollbackTransaction(connection) {
      try {
        await inner.rollbackTransaction(bare(connection));
      } catch (error) {
        // SQLite has rolled back by itself (a full disk does that); what went wrong must not be hidden by this.
        if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
      }
    },
    async destroy(options) {
      // Whoever is inside finishes first.
      const leave = await coat.queue?.enter();
      try {
        await inner.destroy(options);
      } finally {
        leave?.();
      }
    },
  };
}

function guardConnection(
  inner: DatabaseConnection,
  named: Coat['named'],
  rest: (coated: DatabaseConnection) => Promise<void> | null,
): DatabaseConnection {
  const coated: DatabaseConnection = {
    async executeQuery(query, options) {
      try {
        return await inner.executeQuery(query, options);
      } catch (error) {
        throw named(error);
      } finally {
        const turn = rest(coated);
        if (turn !== null) await turn;
      }
    },
    streamQuery: (query, chunkSize, options) => inner.streamQuery(query, chunkSize, options),
  };
  return coated;
}

function guardAdapter(inner: DialectAdapter): DialectAdapter {
  return {
    supportsCreateIfNotExists: inner.supportsCreateIfNotExists ?? false,
    supportsReturning: inner.supportsReturning ?? false,
    supportsOutput: inner.supportsOutput ?? false,
    // The queue above hands out a single connection, and knows to refuse before it waits.
    supportsMultipleConnections: true,
    // SQLite can undo `create table` as well, so half a migration never stays.
    supportsTransactionalDdl: true,
    acquireMigrationLock: (db, options) => inner.acquireMigrationLock(db, options),
    releaseMigrationLock: (db, options) => inner.releaseMigrationLock(db, options),
  };
}
