/** What older versions stored is carried over, told by a database of their time with rows in it. */

import { hash } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import Database from 'better-sqlite3';
import type { Dialect } from 'kysely';
import { Kysely, PGliteDialect, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../src/domain/canonical.ts';
import { entryOf, type Saying, sayingKey } from '../../src/domain/notice.ts';
import { newPeer, SILENCE } from '../../src/domain/peer.ts';
import {
  type Db,
  dueDigests,
  enqueue,
  getPeer,
  lessonsOf,
  openWith,
  savePeer,
  subscriptionsOf,
  withdraw,
} from '../../src/store/index.ts';
import { unpackPeers } from '../../src/store/kept-peers.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import type { Kind, Schema } from '../../src/store/schema.ts';

/** A database as the version that had this migration and those before it left it. */
async function at(name: string, db: Db, kind: Kind): Promise<void> {
  if (migrations[name] === undefined) throw new Error(`no migration ${name}`);
  const known = Object.fromEntries(
    Object.entries(migrations)
      .filter(([one]) => one <= name)
      .map(([one, up]) => [one, { up: (on: Db) => up(on, kind) }]),
  );
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => known } }).migrateToLatest();
  if (error !== undefined) throw error;
}

/** Dialects over one database that stays open when a handle is closed. */
function databases(): { kind: Kind; dialect: () => Dialect; name: string }[] {
  const sqlite = new Database(':memory:');
  let started: PGlite | undefined;
  function pglite(): PGlite {
    started ??= new PGlite();
    return started;
  }
  const kept = { prepare: (text: string) => sqlite.prepare(text), close() {} };
  return [
    { name: 'SQLite', kind: 'sqlite', dialect: () => new SqliteDialect({ database: kept }) },
    { name: 'PostgreSQL', kind: 'postgres', dialect: () => new PGliteDialect({ pglite: pglite() }) },
  ];
}

describe.each(databases())('$name', ({ kind, dialect }) => {
  test('peers of the first version keep what they agreed to, and nothing more is sent to them; its lessons get ids', async () => {
    const old = new Kysely<Schema>({ dialect: dialect() });
    await at('001-begin', old, kind);
    await sql`insert into timetable (id, name, university, zone, language, kind, listed, bells, folded, digits)
      values (7, 'ПИ-21', '', 'Asia/Omsk', 'ru', 'manual', 1, '[]', 'пи21', '21')`.execute(old);
    await sql`insert into peer (id, language, timetable_id, leads, evening, changes) values
      (1, 'ru', 7, '[15,1]', null, 1), (2, 'en', 7, '[]', null, 0), (2000000001, 'ru', 7, '[]', '19:00', 1)`.execute(
      old,
    );
    await sql`insert into subscription (timetable_id, lead, language, peer_id) values (7, 15, 'ru', 1), (7, 1, 'ru', 1)`.execute(
      old,
    );
    await sql`insert into evening (peer_id, zone, at, timetable_id, language)
      values (2000000001, 'Asia/Omsk', '19:00', 7, 'ru')`.execute(old);

    // Queued under the name its saying had then.
    const said: Saying = { kind: 'reminder', language: 'ru', zone: 'Asia/Omsk', lessons: [] };
    const key = hash('sha256', canonical(said)).slice(0, 32);
    await sql`insert into outbox (fire, part, key, random_id, saying, due, deadline, not_before, dies_at, state, attempts, peers)
      values ('f', 0, ${key}, 77, ${canonical(said)}, 600000, 900000, 600000, 900000, 0, 0, '[1]')`.execute(old);
    // Sent and forgotten: its id is not given again.
    await sql`insert into outbox (fire, part, key, random_id, saying, due, deadline, not_before, dies_at, state, attempts, peers)
      values ('g', 0, 'g', 78, '{}', 1, 2, 1, 2, 2, 1, '[1]')`.execute(old);
    await sql`delete from outbox where fire = 'g'`.execute(old);
    await sql`insert into receipt (fire, peer_id, what, why, at) values ('f', 9, 'gone', '901', 600000)`.execute(old);

    await sql`insert into lesson (timetable_id, day, until, hash, body) values
      (7, null, null, 'h', '{"subject":"Право"}'), (7, null, null, 'h', '{"subject":"Право"}')`.execute(old);

    const { db } = await openWith({ kind, dialect: dialect() });
    const lessons = await lessonsOf(db, 7);
    expect(lessons).toMatchObject([{ subject: 'Право' }, { subject: 'Право' }]);
    expect(new Set(lessons.map(({ uid }) => uid)).size).toBe(2);
    const person = { ...newPeer(1, 'ru', null), timetableId: 7, leads: [15, 1], firstLead: null };
    const silent = { ...newPeer(2, 'en', null), ...SILENCE, timetableId: 7 };
    const chat = { ...newPeer(2_000_000_001, 'ru', null), timetableId: 7 };
    for (const peer of [person, silent, chat]) expect(await getPeer(db, peer.id)).toEqual(peer);
    const day = { zone: 'Asia/Omsk', weekday: 1, from: '00:00', to: '24:00' } as const;
    const derived = async () => ({
      subscriptions: await subscriptionsOf(db, 7),
      evenings: await dueDigests(db, 'evening', day),
      homework: await dueDigests(db, 'homework', day),
    });
    const carried = await derived();
    expect(carried).toEqual({
      subscriptions: [
        ...[1, 2_000_000_001].map((id) => ({ peer: id, what: 'exam', lead: 0, language: 'ru', filtered: false })),
        ...[1, 15].map((lead) => ({ peer: 1, what: 'each', lead, language: 'ru', filtered: false })),
      ],
      evenings: [{ timetableId: 7, at: '19:00', language: 'ru', filtered: false, peers: [2_000_000_001] }],
      // Whoever has an evening digest hears of homework in it.
      homework: [{ timetableId: 7, at: '19:00', language: 'ru', filtered: false, peers: [1] }],
    });
    for (const peer of [person, silent, chat]) await savePeer(db, peer);
    expect(await derived()).toEqual(carried);

    // Planned again it is known, and so is who can not get it; a change finds it.
    const again = entryOf({ saying: said, peers: [1, 9], due: 600_000, deadline: 900_000 });
    expect(await enqueue(db, [again], 600_000)).toBe(0);
    expect(await db.selectFrom('outbox').select(['id', 'random_id']).execute()).toEqual([{ id: 1, random_id: 77 }]);
    expect(await enqueue(db, [{ ...again, peers: [2] }], 600_000)).toBe(1);
    expect(await db.selectFrom('outbox').select('id').orderBy('id').execute()).toEqual([{ id: 1 }, { id: 3 }]);
    expect(await withdraw(db, sayingKey(said), [1], 600_000)).toEqual({ withdrawn: [1], sent: [] });
  });
});

// What is carried over is read a page of five hundred sets at a time.
describe.each([0, 500, 1203])('%i sets of subscribers', (count) => {
  test.each(databases())('are those that had a row a peer, on $name', async ({ kind, dialect }) => {
    const old = new Kysely<Schema>({ dialect: dialect() });
    await at('028-held-ahead', old, kind);
    const sets = Array.from({ length: count }, (_, n) => ({
      what: ['each', 'exam', 'first', 'meeting'][n % 4],
      filtered: Math.floor(n / 4) % 2,
      lead: Math.floor(n / 8) % 3,
      timetable_id: 1 + Math.floor(n / 48),
      language: Math.floor(n / 24) % 2 === 0 ? 'ru' : 'en',
      peers: [7, 7 + 1 + n, 2_000_000_001, 2_000_000_001 + n + 1].slice(0, 1 + (n % 4)),
    }));
    const rows = sets.flatMap(({ peers, ...set }) => peers.map((peer) => [...Object.values(set), peer]));
    for (let n = 0; n < rows.length; n += 500)
      await sql`insert into subscription (what, filtered, lead, timetable_id, language, peer_id) values ${sql.join(
        rows.slice(n, n + 500).map((row) => sql`(${sql.join(row)})`),
      )}`.execute(old);

    const { db } = await openWith({ kind, dialect: dialect() });
    const kept = await db.selectFrom('subscription').selectAll().execute();
    const inOrder = (some: readonly object[]) => some.map((one) => canonical(one)).sort();
    expect(inOrder(kept.map((one) => ({ ...one, peers: unpackPeers(one.peers) })))).toEqual(inOrder(sets));
  });
});
