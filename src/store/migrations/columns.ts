/** Column and table helpers, so that one migration makes the same tables in SQLite and PostgreSQL. */
import type { ColumnDefinitionBuilder, CreateTableBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Db, Kind } from '../schema.ts';

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;

export const required: Column = (column) => column.notNull();

/** Types by meaning. Day, clock and JSON are text; a flag is 0 or 1; an id and an instant (ms) need eight bytes. */
export function columnsFor(kind: Kind) {
  const wide = kind === 'sqlite' ? 'integer' : 'bigint';
  return {
    id: wide,
    instant: wide,
    number: 'integer',
    real: kind === 'sqlite' ? 'real' : 'double precision',
    flag: 'integer',
    text: 'text',
    json: 'text',
    bytes: kind === 'sqlite' ? 'blob' : 'bytea',
    /** An id the database gives. */
    own: (column: ColumnDefinitionBuilder) =>
      kind === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey().generatedByDefaultAsIdentity(),
    oneOf:
      (table: string): Column =>
      (column) =>
        column.notNull().references(`${table}.id`),
  } as const;
}

/** Begins a table; `clustered` ones are kept in order of their primary key where the database can (SQLite: no rowid). */
export function table(db: Db, kind: Kind, name: string, clustered = false): CreateTableBuilder<string, never> {
  const builder = db.schema.createTable(name);
  if (kind !== 'sqlite') return builder;
  return builder.modifyEnd(clustered ? sql`strict, without rowid` : sql`strict`);
}
