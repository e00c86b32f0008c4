/** Writes what becomes of a feed: after every reading, and where it is pointed elsewhere. */
import type { Updateable } from 'kysely';
import { RANKS, type Wish } from '../domain/polling.ts';
import type { Ask } from '../source/contract.ts';
import type { Feed } from './feeds.ts';
import { noteDue } from './hosts.ts';
import { canonical } from './json.ts';
import type { Db, FeedTable } from './schema.ts';

type FeedPatch = Partial<Omit<Feed, 'id' | 'timetableId' | 'university'>>;

/** The same as `saveFeed` while it still reads what it read when it was looked at (`asksStill`); false, and nothing is changed, when not. */
export async function saveAsking(
  db: Db,
  { id, source, ask }: Pick<Feed, 'id' | 'source' | 'ask'>,
  patch: FeedPatch,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('feed')
    .set(rowOf(patch))
    .where('id', '=', id)
    .where('source', '=', source)
    .where('ask', '=', canonical(ask))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await noteChecked(db, id, patch);
  return true;
}

/** Changes what the patch names and nothing else. */
export async function saveFeed(db: Db, id: number, patch: FeedPatch): Promise<void> {
  const row = rowOf(patch);
  if (Object.keys(row).length === 0) return;
  await db.updateTable('feed').set(row).where('id', '=', id).execute();
  await noteChecked(db, id, patch);
}

/** Its host hears of a new time. */
async function noteChecked(db: Db, id: number, { host, nextCheck }: FeedPatch): Promise<void> {
  if (nextCheck === undefined && host === undefined) return;
  if (host !== undefined && nextCheck !== undefined) return noteDue(db, host, nextCheck);
  const row = await db.selectFrom('feed').select(['host', 'next_check']).where('id', '=', id).executeTakeFirst();
  if (row !== undefined) await noteDue(db, row.host, row.next_check);
}

function rowOf(patch: FeedPatch): Updateable<FeedTable> {
  const row: Updateable<FeedTable> = {};
  if (patch.source !== undefined) row.source = patch.source;
  if (patch.ask !== undefined) Object.assign(row, { ask: canonical(patch.ask), university: universityOf(patch.ask) });
  if (patch.profile !== undefined) row.profile = patch.profile;
  if (patch.nextCheck !== undefined) row.next_check = patch.nextCheck;
  if (patch.etag !== undefined) row.etag = patch.etag;
  if (patch.lastModified !== undefined) row.last_modified = patch.lastModified;
  if (patch.fingerprint !== undefined) row.fingerprint = patch.fingerprint;
  if (patch.failures !== undefined) row.failures = patch.failures;
  if (patch.problem !== undefined) row.problem = patch.problem === null ? null : canonical(patch.problem);
  if (patch.held !== undefined) row.held = patch.held;
  if (patch.heldSince !== undefined) row.held_since = patch.heldSince;
  if (patch.heldPrint !== undefined) row.held_print = patch.heldPrint;
  if (patch.goodAt !== undefined) row.good_at = patch.goodAt;
  if (patch.horizon !== undefined) row.horizon = patch.horizon;
  if (patch.checkedAt !== undefined) row.checked_at = patch.checkedAt;
  if (patch.ailing !== undefined) row.ailing = patch.ailing ? 1 : 0;
  if (patch.warnedAt !== undefined) row.warned_at = patch.warnedAt;
  if (patch.skipped !== undefined) row.skipped = Math.round(patch.skipped * 1000);
  if (patch.host !== undefined) row.host = patch.host;
  if (patch.wish !== undefined) Object.assign(row, wishRow(patch.wish));
  if (patch.requests !== undefined) row.requests = patch.requests;
  if (patch.gaps !== undefined) row.gaps = canonical(patch.gaps);
  return row;
}

/** A wish as its columns. */
export function wishRow({ rank, every, weight }: Wish): Pick<FeedTable, 'rank' | 'every' | 'weight'> {
  return { rank: RANKS.indexOf(rank), every, weight };
}

/** Points the feed elsewhere and forgets what belonged to the old place, so that the next reading is a full one. */
export async function setAsk(db: Db, id: number, ask: Ask): Promise<void> {
  await saveFeed(db, id, {
    ask,
    etag: '',
    lastModified: '',
    fingerprint: '',
    failures: 0,
    problem: null,
    ailing: false,
    held: null,
    heldSince: null,
    heldPrint: null,
  });
}

/** The university that an ask names, '' when none. */
export function universityOf({ university }: Ask): string {
  return university ?? '';
}
