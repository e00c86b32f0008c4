/** Hosts and the queues before them: which host has something due, what comes next there, and what it can carry. */
import type { ExpressionBuilder, Selectable } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import type { Claim } from '../domain/polling.ts';
import { keyOf, PASTED } from '../domain/source-state.ts';
import type { Ask } from '../source/contract.ts';
import { parse } from './json.ts';
import { type Given, once } from './once.ts';
import type { Db, HostTable, Schema } from './schema.ts';

export type Host = {
  readonly name: string;
  /** Nobody asks it before this. */
  readonly waitUntil: Instant;
  /** Feeds in a row that could not be read because of it. */
  readonly failures: number;
  /** ms that a request takes it, the pause included: a mean that follows slowly. */
  readonly perRequest: number;
  /** What its time costs at present (domain/polling), and since when. */
  readonly price: number;
  readonly pricedAt: Instant;
};

const MINUTE = 60_000;

/** Where a feed is read from as far as its ask tells: the host of an address, else the university of the source. */
export function guessHost(source: string, ask: Ask): string {
  const host = URL.parse(ask.url ?? ask.site ?? '')?.hostname ?? '';
  return host === '' ? `${source}:${ask.university ?? ''}` : host;
}

const due = once((db, given: Given<{ name: string; at: Instant }>) => {
  const unknown = { wait_until: 0, failures: 0, per_request: 1000, price: 0, priced_at: 0 };
  return db
    .insertInto('host')
    .values({ name: given('name'), look_at: given('at'), ...unknown })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ look_at: given('at') })
        .where('host.look_at', '>', given('at')),
    );
});

/** Says that something is due on this host at `at`: it is looked at then, or sooner if it was to be. */
export async function noteDue(db: Db, name: string, at: Instant): Promise<void> {
  await due(db, { name, at });
}

/** Hosts to look at that may be asked now, the longest overdue first. The cost follows their number, not that of the feeds. */
export async function dueHosts(db: Db, now: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('host')
    .select('name')
    .where('look_at', '<=', now)
    .where('wait_until', '<=', now)
    .orderBy('look_at')
    .limit(limit)
    .execute();
  return rows.map(({ name }) => name);
}

const named = once((db, given: Given<{ name: string }>) =>
  db.selectFrom('host').selectAll().where('name', '=', given('name')),
);

export async function getHost(db: Db, name: string): Promise<Host | null> {
  const [row] = (await named(db, { name })).rows;
  return row === undefined ? null : fromRow(row);
}

/** Changes what the patch names; `lookAt` too, which is otherwise kept by `noteDue` and `lookAgain`. */
export async function saveHost(
  db: Db,
  name: string,
  patch: Partial<Omit<Host, 'name'> & { readonly lookAt: Instant }>,
): Promise<void> {
  const row = {
    ...(patch.lookAt === undefined ? {} : { look_at: patch.lookAt }),
    ...(patch.waitUntil === undefined ? {} : { wait_until: patch.waitUntil }),
    ...(patch.failures === undefined ? {} : { failures: patch.failures }),
    ...(patch.perRequest === undefined ? {} : { per_request: patch.perRequest }),
    ...(patch.price === undefined ? {} : { price: patch.price }),
    ...(patch.pricedAt === undefined ? {} : { priced_at: patch.pricedAt }),
  };
  if (Object.keys(row).length > 0) await db.updateTable('host').set(row).where('name', '=', name).execute();
}

/** Nothing more to do here for now: the host is looked at again when its next feed is due, at the latest in a minute. */
export async function lookAgain(db: Db, name: string, now: Instant): Promise<void> {
  const latest = now + MINUTE;
  await db
    .updateTable('host')
    .set((eb) => ({
      look_at: eb.fn.coalesce(
        eb
          .selectFrom('feed')
          .select((feed) => feed.fn.min<number>('next_check').as('next'))
          .where('host', '=', name)
          .where('next_check', '<', latest),
        eb.val(latest),
      ),
    }))
    .where('name', '=', name)
    .execute();
}

/** Hosts that no feed is read from any more, of which nothing was heard since `before` and that want no peace after it. */
export async function idleHosts(db: Db, before: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('host')
    .select('name')
    .where('priced_at', '<', before)
    .where('wait_until', '<', before)
    .where(({ not, exists, selectFrom }) => not(exists(feedsOf(selectFrom))))
    .limit(limit)
    .execute();
  return rows.map(({ name }) => name);
}

/** Forgets a host that nothing is read from. Call in a transaction. False when a feed has come to it since. */
export async function dropHost(tx: Db, name: string): Promise<boolean> {
  // Whoever adds a feed here at this moment holds the row, or waits for us: what they added is seen by the second statement.
  await tx
    .updateTable('host')
    .set((eb) => ({ look_at: eb.ref('look_at') }))
    .where('name', '=', name)
    .execute();
  const { numDeletedRows } = await tx
    .deleteFrom('host')
    .where('name', '=', name)
    .where(({ not, exists, selectFrom }) => not(exists(feedsOf(selectFrom))))
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

function feedsOf(selectFrom: ExpressionBuilder<Schema, 'host'>['selectFrom']) {
  return selectFrom('feed').select('feed.id').whereRef('feed.host', '=', 'host.name');
}

/** What all feeds of a host wish and cost; those that wish the same are one claim. */
export async function claimsOf(db: Db, host: string): Promise<Claim[]> {
  const rows = await db
    .selectFrom('feed')
    .select((eb) => ['every', 'weight', eb.fn.sum<number>('requests').as('requests')])
    .where('host', '=', host)
    .groupBy(['every', 'weight'])
    .execute();
  return rows.map((row) => ({ ...row, requests: Number(row.requests) }));
}

/** Near feeds and how they were read, for figures. */
export async function nearFeeds(
  db: Db,
): Promise<{ key: string; gaps: number[]; goodAt: Instant | null; every: number }[]> {
  const rows = await db
    .selectFrom('feed')
    .select(['source', 'university', 'profile', 'gaps', 'good_at', 'every'])
    .where('rank', '=', 0)
    .orderBy('source')
    .execute();
  return rows.map((row) => ({
    key: row.profile === 'pasted' ? PASTED : keyOf(row),
    gaps: parse<number[]>(row.gaps),
    goodAt: row.good_at,
    every: row.every,
  }));
}

function fromRow(row: Selectable<HostTable>): Host {
  return {
    name: row.name,
    waitUntil: row.wait_until,
    failures: row.failures,
    perRequest: row.per_request,
    price: row.price,
    pricedAt: row.priced_at,
  };
}
