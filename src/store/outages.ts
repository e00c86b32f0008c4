/** How sources do as a whole, over all their feeds, and which troubles operators were told of. */
import type { Instant } from '../domain/calendar.ts';
import type { Db } from './schema.ts';

/** A source, and where it is an engine of many, the university. */
export type SourceKey = { readonly source: string; readonly university: string };

/** Of the configured feeds of a source: how many there are, are held, and fail for the source's sake beside those. */
export type SourceHealth = { readonly all: number; readonly failing: number; readonly held: number };

/** Since when, when it was last told, and how many feeds were in trouble then. */
export type Outage = { readonly since: Instant; readonly toldAt: Instant; readonly troubled: number };

export async function sourceHealth(db: Db, { source, university }: SourceKey): Promise<SourceHealth> {
  const row = await db
    .selectFrom('feed')
    .select((eb) => [
      eb.fn.countAll<number>().as('all'),
      eb.fn.sum<number | null>('ailing').filterWhere('held', 'is', null).as('failing'),
      eb.fn.count<number>('held').as('held'),
    ])
    .where('source', '=', source)
    .where('university', '=', university)
    .where('profile', '=', 'configured')
    .executeTakeFirstOrThrow();
  return { all: Number(row.all), failing: Number(row.failing ?? 0), held: Number(row.held) };
}

export async function getOutage(db: Db, { source, university }: SourceKey): Promise<Outage | null> {
  const row = await db
    .selectFrom('outage')
    .selectAll()
    .where('source', '=', source)
    .where('university', '=', university)
    .executeTakeFirst();
  return row === undefined ? null : { since: row.since, toldAt: row.told_at, troubled: row.troubled };
}

/** The sources whose trouble was told and is not over. */
export async function listOutages(db: Db): Promise<SourceKey[]> {
  return db.selectFrom('outage').select(['source', 'university']).orderBy('source').orderBy('university').execute();
}

/** Notes a trouble that is told now. False when another one noted it first. */
export async function openOutage(db: Db, key: SourceKey, at: Instant, troubled: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('outage')
    .values({ source: key.source, university: key.university, since: at, told_at: at, troubled })
    .onConflict((conflict) => conflict.columns(['source', 'university']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Notes that a trouble which grew is told again. */
export async function growOutage(db: Db, key: SourceKey, at: Instant, troubled: number): Promise<void> {
  await db
    .updateTable('outage')
    .set({ told_at: at, troubled })
    .where('source', '=', key.source)
    .where('university', '=', key.university)
    .execute();
}

/** All is well again. False when another one said so first. */
export async function closeOutage(db: Db, { source, university }: SourceKey): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('outage')
    .where('source', '=', source)
    .where('university', '=', university)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
