/** Statements written out by hand, for the few that run ten thousand times in one minute: there the query builder costs more than the database. */
import { CompiledQuery, type DialectAdapter, sql } from 'kysely';
import type { Db } from './schema.ts';

export type Value = string | number | Uint8Array | null;

/**
 * The statement with a list of values in brackets for every group, at `¤`: `insert … values ¤`, `… in ¤`. Each `?` before it is one
 * of `first`.
 */
export function byHand<Found>(
  db: Db,
  text: string,
  groups: readonly (readonly Value[])[],
  first: readonly Value[] = [],
): CompiledQuery<Found> {
  const lists = groups.map(({ length }) => `(${'?,'.repeat(length - 1)}?)`);
  const whole = text.replace('¤', lists.join(','));
  let n = 0;
  const written = isNumbered(db) ? whole.replaceAll('?', () => `$${++n}`) : whole;
  return CompiledQuery.raw(written, [...first, ...groups.flat()]);
}

/** PostgreSQL numbers its parameters: by that it is told where its functions have names of their own. */
export function isNumbered(db: Db): boolean {
  const { adapter } = db.getExecutor();
  const known = numbers.get(adapter) ?? sql`${0}`.compile(db).sql !== '?';
  numbers.set(adapter, known);
  return known;
}

/** Asking costs a statement's building, and the answer does not change. */
const numbers = new WeakMap<DialectAdapter, boolean>();
