/** Feeds: where a timetable is read from, when next, and how the last readings went. */
import type { Selectable } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import { IDLE, RANKS } from '../domain/polling.ts';
import type { Ask } from '../source/contract.ts';
import { type Feed, fromRow, universityOf, wishRow } from './feed.ts';
import { guessHost, noteDue } from './hosts.ts';
import { canonical } from './json.ts';
import { type Given, once } from './once.ts';
import type { Db, FeedTable } from './schema.ts';

type NewFeed = Pick<Feed, 'timetableId' | 'source' | 'ask' | 'profile' | 'nextCheck'>;

/** Throws when this source is already read with this ask: look with `findFeed` first, in the same transaction. */
export async function addFeed(db: Db, feed: NewFeed): Promise<Feed> {
  const host = guessHost(feed.source, feed.ask);
  await noteDue(db, host, feed.nextCheck);
  const row = await db
    .insertInto('feed')
    .values({
      timetable_id: feed.timetableId,
      source: feed.source,
      university: universityOf(feed.ask),
      ask: canonical(feed.ask),
      profile: feed.profile,
      next_check: feed.nextCheck,
      etag: '',
      last_modified: '',
      fingerprint: '',
      failures: 0,
      problem: null,
      held: null,
      held_since: null,
      held_print: null,
      good_at: null,
      horizon: null,
      checked_at: null,
      ailing: 0,
      warned_at: null,
      skipped: 0,
      host,
      ...wishRow(IDLE),
      requests: 1,
      gaps: '[]',
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return fromRow(row);
}

const byId = once((db, given: Given<{ id: number }>) =>
  db.selectFrom('feed').selectAll().where('id', '=', given('id')),
);

export async function getFeed(db: Db, id: number): Promise<Feed | null> {
  return orNull((await byId(db, { id })).rows[0]);
}

const ofTimetable = once((db, given: Given<{ id: number }>) =>
  db.selectFrom('feed').selectAll().where('timetable_id', '=', given('id')),
);

/** The feed of a timetable; null for one made by hand. */
export async function feedOf(db: Db, timetableId: number): Promise<Feed | null> {
  return orNull((await ofTimetable(db, { id: timetableId })).rows[0]);
}

/** The feed that asks this source for the same thing, in whatever order its keys were written. */
export async function findFeed(db: Db, source: string, ask: Ask): Promise<Feed | null> {
  return orNull(
    await db
      .selectFrom('feed')
      .selectAll()
      .where('source', '=', source)
      .where('ask', '=', canonical(ask))
      .executeTakeFirst(),
  );
}

/** Whether the feed still reads what it read when it was looked at: a catalogue, or a person, may have pointed it elsewhere since. */
export async function asksStill(db: Db, { id, source, ask }: Pick<Feed, 'id' | 'source' | 'ask'>): Promise<boolean> {
  const same = db.selectFrom('feed').select('id').where('id', '=', id).where('source', '=', source);
  return (await same.where('ask', '=', canonical(ask)).executeTakeFirst()) !== undefined;
}

/** Whether two feeds read the same, in whatever order the keys of their asks were written. */
export function asksAlike(a: Pick<Feed, 'source' | 'ask'>, b: Pick<Feed, 'source' | 'ask'>): boolean {
  return a.source === b.source && canonical(a.ask) === canonical(b.ask);
}

/** Which of these feeds there still are. */
export async function livingFeeds(db: Db, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom('feed').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}

/**
 * The feed to be read next on this host: by rank, then by time; `longest` takes the longest overdue whatever its rank. Null when
 * none is due.
 */
export async function nextFeed(db: Db, host: string, now: Instant, longest = false): Promise<Feed | null> {
  const due = db.selectFrom('feed').selectAll().where('host', '=', host).where('next_check', '<=', now);
  for (const rank of longest ? [null] : RANKS.keys()) {
    const query = rank === null ? due : due.where('rank', '=', rank);
    const row = await query.orderBy('next_check').limit(1).executeTakeFirst();
    if (row !== undefined) return fromRow(row);
  }
  return null;
}

const claim = once((db, given: Given<{ id: number; expected: Instant; until: Instant }>) =>
  db
    .updateTable('feed')
    .set({ next_check: given('until') })
    .where('id', '=', given('id'))
    .where('next_check', '=', given('expected')),
);

/** Takes a feed for oneself by moving its next check to `until`. False when somebody else did so first. */
export async function claimFeed(db: Db, id: number, expectedNextCheck: Instant, until: Instant): Promise<boolean> {
  const { numAffectedRows } = await claim(db, { id, expected: expectedNextCheck, until });
  return numAffectedRows === 1n;
}

function orNull(row: Selectable<FeedTable> | undefined): Feed | null {
  return row === undefined ? null : fromRow(row);
}
