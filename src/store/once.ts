/** Statements that are built once and then only filled in: for those that every reading runs, where building them costs more than the database. */
import {
  type Compilable,
  type CompiledQuery,
  type DialectAdapter,
  type QueryResult,
  type RawBuilder,
  sql,
} from 'kysely';
import type { Value } from './by-hand.ts';
import type { Db } from './schema.ts';

/** Where a value goes that is known only when the statement runs, by its name. */
export type Given<Values> = <Name extends keyof Values>(name: Name) => RawBuilder<Values[Name]>;

type Built<Values, Row> = { readonly query: CompiledQuery<Row>; fill(values: Values): readonly unknown[] };

/**
 * The statement as a function of a database and the values it was built without. `build` may depend on nothing else. SQLite prepares
 * one that puts rows in order, or has its limit given, anew for every value: sort few rows yourself, and write a limit that is known
 * into it (`sql.lit`).
 */
export function once<Values extends Readonly<Record<string, Value>>, Row>(
  build: (db: Db, given: Given<Values>) => Compilable<Row>,
): (db: Db, values: Values) => Promise<QueryResult<Row>> {
  // By the database it is for: the two kinds write their parameters differently.
  const known = new WeakMap<DialectAdapter, Built<Values, Row>>();
  return (db, values) => {
    const { adapter } = db.getExecutor();
    const built = known.get(adapter) ?? builtFor(db, build);
    known.set(adapter, built);
    return db.executeQuery({ ...built.query, parameters: built.fill(values) });
  };
}

/** Statements that differ by the columns they name: one for each choice of columns. */
export function oncePer<Statement>(
  make: (columns: readonly string[]) => Statement,
): (columns: readonly string[]) => Statement {
  const known = new Map<string, Statement>();
  return (columns) => {
    const key = columns.join();
    const statement = known.get(key) ?? make(columns);
    known.set(key, statement);
    return statement;
  };
}

function builtFor<Values, Row>(db: Db, build: (db: Db, given: Given<Values>) => Compilable<Row>): Built<Values, Row> {
  const places = new Map<unknown, keyof Values>();
  const query = build(db, (name) => {
    const place = {};
    places.set(place, name);
    return sql`${place}`;
  }).compile();
  const filled = query.parameters.map((constant) => ({ constant, name: places.get(constant) }));
  return {
    query,
    fill: (values) => filled.map(({ constant, name }) => (name === undefined ? constant : values[name])),
  };
}
