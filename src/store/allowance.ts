/** What a person may still ask us to fetch: one number each, kept here so that a restart forgives nothing. */
import type { Instant } from '../domain/calendar.ts';
import type { Db } from './schema.ts';

/** When the person's allowance will be whole again; a moment that has passed when it is. */
export async function fullAt(db: Db, what: string, person: number): Promise<Instant> {
  const row = await db
    .selectFrom('allowance')
    .select('full_at')
    .where('what', '=', what)
    .where('person_id', '=', person)
    .executeTakeFirst();
  return row?.full_at ?? 0;
}

export async function setFullAt(db: Db, what: string, person: number, at: Instant): Promise<void> {
  await db
    .insertInto('allowance')
    .values({ what, person_id: person, full_at: at })
    .onConflict((conflict) => conflict.columns(['what', 'person_id']).doUpdateSet({ full_at: at }))
    .execute();
}
