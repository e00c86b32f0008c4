/** Which leads somebody has: the sets of who is reminded are looked for by them. */
import type { What } from '../domain/remind.ts';
import type { Db } from './schema.ts';

type Lead = { readonly what: What; readonly filtered: boolean; readonly lead: number };

/** Every lead somebody has, for sets and for persons: one step down the index for each, not a walk over all subscriptions. */
export async function leadsInUse(db: Db): Promise<Lead[]> {
  const leads: Lead[] = [];
  for (;;) {
    const last = leads.at(-1);
    const behind: readonly [string, 0 | 1, number] =
      last === undefined ? ['', 0, -1] : [last.what, last.filtered ? 1 : 0, last.lead];
    const next = await db
      .selectFrom('subscription')
      .select(['what', 'filtered', 'lead'])
      // Behind the last timetable too: the index would be walked over all that equals the three else.
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('what', 'filtered', 'lead', 'timetable_id'), '>', tuple(...behind, Number.MAX_SAFE_INTEGER)),
      )
      .orderBy('what')
      .orderBy('filtered')
      .orderBy('lead')
      .limit(1)
      .executeTakeFirst();
    if (next === undefined) return leads;
    leads.push({ what: toWhat(next.what), filtered: next.filtered === 1, lead: next.lead });
  }
}

function toWhat(text: string): What {
  return text === 'first' || text === 'exam' || text === 'meeting' ? text : 'each';
}
