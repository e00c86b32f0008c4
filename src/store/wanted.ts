/** Sites that people brought and that are no university of ours yet: what they are, and about how many people asked. */
import type { Instant } from '../domain/calendar.ts';
import { headcount, NOBODY, withHead } from '../domain/headcount.ts';
import type { Tried, Wanted } from '../domain/wanted.ts';
import { parse } from './json.ts';
import type { Db } from './schema.ts';

/**
 * One more person brought this site; `mark` counts the person and does not tell who it was. No more than `most` sites are
 * kept: those that fewest people asked for, longest ago, go. Call in a transaction.
 */
export async function noteWanted(
  tx: Db,
  { site, source, draft }: Pick<Wanted, 'site' | 'source' | 'draft'>,
  { mark, now, most }: { mark: number; now: Instant; most: number },
): Promise<void> {
  await tx
    .insertInto('wanted')
    .values({ site, source, draft, heads: NOBODY, first_at: now, last_at: now })
    // The row is ours until the transaction ends: nobody else's mark is lost.
    .onConflict((conflict) => conflict.column('site').doUpdateSet({ source, draft, last_at: now }))
    .execute();
  const { heads } = await tx.selectFrom('wanted').select('heads').where('site', '=', site).executeTakeFirstOrThrow();
  await tx
    .updateTable('wanted')
    .set({ heads: withHead(heads, mark) })
    .where('site', '=', site)
    .execute();
  for (const one of (await listWanted(tx)).slice(most)) await dropWanted(tx, one.site);
}

/** All of them, those that most people brought first, then the latest. */
export async function listWanted(db: Db): Promise<Wanted[]> {
  const rows = await db.selectFrom('wanted').selectAll().execute();
  return rows
    .map(({ site, source, draft, heads, first_at, last_at }) => {
      return { site, source, draft, people: headcount(heads), firstAt: first_at, lastAt: last_at };
    })
    .sort((a, b) => b.people - a.people || b.lastAt - a.lastAt || (a.site < b.site ? -1 : 1));
}

/** It is a university of ours now, or not wanted after all. */
export async function dropWanted(db: Db, site: string): Promise<void> {
  await db.deleteFrom('wanted').where('site', '=', site).execute();
}

/** What people have of a site that is none of ours: timetables of theirs that were read at least once. */
export async function triedAt(db: Db, { source, site }: Pick<Wanted, 'source' | 'site'>): Promise<Tried> {
  const rows = await db
    .selectFrom('feed')
    .select('ask')
    .where('source', '=', source)
    .where('profile', '=', 'pasted')
    .where('good_at', 'is not', null)
    .execute();
  const asks = rows.map(({ ask }): Record<string, unknown> => parse(ask)).filter((ask) => ask.site === site);
  return { timetables: asks.length, zones: [...new Set(asks.map(({ zone }) => String(zone)))].sort() };
}
