/** Writes what becomes of a feed: after every reading, and where it is pointed elsewhere. */
import type { Ask } from '../source/contract.ts';
import type { Value } from './by-hand.ts';
import { type Feed, type FeedPatch, patchRow } from './feed.ts';
import { noteDue } from './hosts.ts';
import { canonical } from './json.ts';
import { type Given, once, oncePer } from './once.ts';
import type { Db } from './schema.ts';

type Asking = { id: number; source: string; ask: string };

/** A patch names now these columns, now those. */
const patched = oncePer((columns) =>
  once((db, given: Given<Asking & Readonly<Record<string, Value>>>) =>
    db
      .updateTable('feed')
      .set(Object.assign({}, ...columns.map((name) => ({ [name]: given(`new ${name}`) }))))
      .where('id', '=', given('id'))
      .where('source', '=', given('source'))
      .where('ask', '=', given('ask')),
  ),
);

/** The same as `saveFeed` while it still reads what it read when it was looked at (`asksStill`); false, and nothing is changed, when not. */
export async function saveAsking(
  db: Db,
  { id, source, ask }: Pick<Feed, 'id' | 'source' | 'ask'>,
  patch: FeedPatch,
): Promise<boolean> {
  const row = Object.entries(patchRow(patch));
  const values = Object.fromEntries(row.map(([name, value]) => [`new ${name}`, value]));
  const update = patched(row.map(([name]) => name));
  const { numAffectedRows } = await update(db, { ...values, id, source, ask: canonical(ask) });
  if (numAffectedRows === 0n) return false;
  await noteChecked(db, id, patch);
  return true;
}

/** Changes what the patch names and nothing else. */
export async function saveFeed(db: Db, id: number, patch: FeedPatch): Promise<void> {
  const row = patchRow(patch);
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
