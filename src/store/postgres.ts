/** PostgreSQL as we use it: a small pool, eight-byte integers as numbers, and an advisory lock for work only one process may do. */
import { createHash } from 'node:crypto';
import type { Dialect } from 'kysely';
import { PostgresDialect } from 'kysely';
import { Client, Pool, types } from 'pg';
import { translate } from './errors.ts';

/** Work that one process at a time may do, such as sending with one token. */
export type Role = {
  /** False once the connection that held it broke: another process may have it by now. */
  held(): boolean;
  release(): Promise<void>;
};

export type Postgres = { readonly dialect: Dialect; claimRole(name: string): Promise<Role | null> };

/** For a connection, ms. */
const PATIENCE = 10_000;

/** OID of int8: ids and instants, all far below 2^53. */
const INT8 = 20;

const parsers: Pick<typeof types, 'getTypeParser'> = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : format === 'binary' ? types.getTypeParser(oid, 'binary') : types.getTypeParser(oid, 'text'),
};

/** Nothing connects before the first query. `warn` hears of connections that broke while idle; the pool replaces them by itself. */
export function openPostgres(url: string, warn: (error: Error) => void): Postgres {
  const pool = new Pool({ connectionString: url, types: parsers, max: 10, connectionTimeoutMillis: PATIENCE });
  pool.on('error', warn);
  return { dialect: new PostgresDialect({ pool }), claimRole: (name) => claimRole(url, name, warn) };
}

async function claimRole(url: string, name: string, warn: (error: Error) => void): Promise<Role | null> {
  // A connection of its own: the lock lives as long as it does, and the pool would recycle it.
  const client = new Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: PATIENCE });
  let held = false;
  client.on('error', (error) => {
    held = false;
    warn(error);
  });
  client.on('end', () => {
    held = false;
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1::bigint) as taken', [
      roleKey(name),
    ]);
    held = rows[0]?.taken === true;
    if (!held) await client.end();
  } catch (error) {
    await client.end();
    throw translate(error);
  }
  return held ? { held: () => held, release: () => client.end() } : null;
}

/** An advisory lock is named by a number: the first 63 bits of the name's hash, so that a token never stands in pg_locks. */
function roleKey(name: string): string {
  return String(createHash('sha256').update(name).digest().readBigInt64BE() >> 1n);
}
