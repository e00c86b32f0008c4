/** Two processes on one PostgreSQL: both tick, both send, and everybody hears everything once. On SQLite there is no second one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { removeTimetable } from '../../src/flows/edit.ts';
import { appoint } from '../../src/flows/editors.ts';
import { choose, forget, openPeer, putToSleep, setLeads, stop, wish } from '../../src/flows/follow.ts';
import { waitFor } from '../../src/flows/lookup.ts';
import { remind } from '../../src/flows/remind.ts';
import type { World } from '../../src/flows/world.ts';
import {
  claim,
  expiredCounts,
  getPeer,
  getTimetable,
  openStore,
  settle,
  subscriptionsOf,
} from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { group, listener } from '../support/reminded.ts';
import { stageAt } from '../support/world.ts';

const MINUTE = 60_000;

test('on SQLite the second process refuses', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-'));
  const first = await openStore(`sqlite:${join(folder, 'test.db')}`);
  await expect(openStore(`sqlite:${join(folder, 'test.db')}`)).rejects.toMatchObject({ name: 'StoreError' });
  await first.close();
  rmSync(folder, { recursive: true });
});

const server = process.env.TEST_DATABASE_URL;
if (server === undefined)
  process.stdout.write('flows: no TEST_DATABASE_URL, two processes on one PostgreSQL not tried\n');

describe.skipIf(server === undefined)('two processes on one PostgreSQL', () => {
  const name = `zvonok_two_${process.pid}`;
  const address = () => Object.assign(new URL(server ?? ''), { pathname: `/${name}` }).href;

  async function administer(statement: string): Promise<void> {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  test('each reminder and digest reaches everybody once; what is late is counted once', {
    timeout: 120_000,
  }, async () => {
    await administer(`create database ${name}`);
    const stores = [await openStore(address()), await openStore(address())] as const;
    const stages = await Promise.all(stores.map((store) => stageAt('2026-09-14', '08:50', { store })));
    const [first] = stages;
    if (first === undefined) throw new Error('no stage');
    const lessons = ['10:00–11:35', '12:00–13:35'].map((hours, index) => {
      const [start = '', end = ''] = hours.split('–');
      return lesson({ subject: `Предмет ${index}`, times: { on: 'weekly', weekday: 1, weeks: 'every', start, end } });
    });
    const GROUPS = 40;
    for (let n = 0; n < GROUPS; n += 1)
      await group(first.world, {
        lessons,
        peers: [1, 2, 3].map((one) =>
          listener(3 * n + one, { leads: [15, 1], morning: '09:30', subgroup: one === 3 ? '1' : '' }),
        ),
      });
    const heard = new Map<string, number>();
    const all = async (work: (stage: (typeof stages)[number]) => Promise<unknown>) => {
      await Promise.all(stages.map(work));
    };
    await all((stage) => remind(stage.world));
    // Small steps, then a sleep in which the reminders of 12:00 become worthless.
    for (const minutes of [...Array.from({ length: 40 }, () => 2), 130]) {
      for (const { clock } of stages) clock.move(minutes * MINUTE);
      await all((stage) => remind(stage.world));
      await all(async (stage) => {
        for (const { saying, due, peers } of await stage.deliver())
          for (const peer of peers) {
            const key = `${peer} ${saying.kind} ${due}`;
            heard.set(key, (heard.get(key) ?? 0) + 1);
          }
      });
    }
    expect([...heard.values()].filter((times) => times !== 1)).toEqual([]);
    // The morning digest and both leads of the lesson at ten.
    expect(heard.size).toBe(3 * GROUPS * 3);
    expect(await expiredCounts(first.world.store.db)).toEqual({ reminder: 3 * GROUPS * 2 });
    for (const store of stores) await store.close();
    await administer(`drop database if exists ${name} with (force)`);
  });

  test('settings, silence, sending and forgetting of the same peers never wait for each other crosswise', {
    timeout: 120_000,
  }, async () => {
    await administer(`create database ${name}_many`);
    const url = Object.assign(new URL(server ?? ''), { pathname: `/${name}_many` }).href;
    const stores = [await openStore(url), await openStore(url)] as const;
    const stages = await Promise.all(stores.map((store) => stageAt('2026-09-14', '08:50', { store })));
    const times = { on: 'weekly', weekday: 1, weeks: 'every', start: '09:05', end: '10:40' } as const;
    const everybody = Array.from({ length: 24 }, (_, n) => n + 1);
    const groups: number[] = [];
    for (const [n, { world }] of stages.entries())
      groups.push(
        await group(world, {
          lessons: [lesson({ times })],
          peers: everybody.slice(12 * n, 12 * n + 12).map((id) => listener(id, { leads: [15, 1], morning: '08:55' })),
        }),
      );
    const deeds: ((world: World, id: number, n: number) => Promise<unknown>)[] = [
      (world, id, n) => setLeads(world, id, n % 2 === 0 ? [15] : [15, 1], id),
      (world, id, n) => wish(world, id, 'language', { language: n % 2 === 0 ? 'en' : 'ru' }, id),
      (world, id, n) => choose(world, id, groups[n % 2] ?? 0, id),
      (world, id) => putToSleep(world, id, '901'),
      (world, id) => openPeer(world, id),
      (world, id) => stop(world, id, id),
      (world, id) => forget(world, id, id),
      async (world) => {
        const batches = await claim(world.store.db, world.now(), 5, MINUTE);
        const outcomes = batches.map(({ id, peers: [first, second, ...sent] }) => ({
          ...{ id, sent, dead: [] },
          gone: first === undefined ? [] : [{ peer: first, why: '901' }],
          later: second === undefined ? [] : [{ peers: [second], at: world.now() }],
        }));
        await world.store.transaction((tx) => settle(tx, world.now(), outcomes));
      },
    ];
    // Each of the eight goes through all deeds in an order of its own, four at a time about the same peer.
    const worker = async (mine: number) => {
      for (let n = 0; n < 160; n += 1) {
        const [stage, deed] = [stages[mine % 2], deeds[(n * (1 + 2 * (mine % 4)) + mine) % deeds.length]];
        if (stage === undefined || deed === undefined) throw new Error('nobody, or nothing to do');
        if (n % 20 === 0) {
          stage.clock.move(5000);
          await remind(stage.world);
        }
        await deed(stage.world, 1 + ((n * 7 + Math.floor(mine / 4) * 3) % everybody.length), n + mine);
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, n) => worker(n)));
    const { db } = stores[0];
    const peers = await Promise.all(everybody.map((id) => getPeer(db, id)));
    for (const id of groups) {
      const asked = peers.filter((one) => one !== null && one.timetableId === id && one.asleep === null);
      const wanted = asked.flatMap((one) => (one?.leads ?? []).map((lead) => `${lead} ${one?.id} ${one?.language}`));
      const kept = (await subscriptionsOf(db, id)).filter(({ what }) => what === 'each');
      expect(kept.map(({ lead, peer, language }) => `${lead} ${peer} ${language}`).sort()).toEqual(wanted.sort());
    }
    for (const store of stores) await store.close();
    await administer(`drop database if exists ${name}_many with (force)`);
  });

  test('a timetable is deleted while others choose it, write in it and wait for it: each hears how it went, nobody an error', {
    timeout: 120_000,
  }, async () => {
    await administer(`create database ${name}_gone`);
    const url = Object.assign(new URL(server ?? ''), { pathname: `/${name}_gone` }).href;
    const stores = [await openStore(url), await openStore(url)] as const;
    const [here, there] = await Promise.all(stores.map((store) => stageAt('2026-09-14', '08:50', { store })));
    if (here === undefined || there === undefined) throw new Error('no stage');
    const [OWNER, LISTENERS] = [900, [1, 2, 3, 4]];
    const times = { on: 'weekly', weekday: 1, weeks: 'every', start: '10:05', end: '11:40' } as const;
    const kept = await group(here.world, { lessons: [lesson({ times })], peers: [] });
    let chosen = 0;
    for (let round = 0; round < 80; round += 1) {
      const id = await group(here.world, { lessons: [lesson({ times })], peers: [] });
      const isPrivate = round % 4 === 3;
      await stores[0].db
        .updateTable('timetable')
        .set({ owner_id: OWNER, listed: isPrivate ? 0 : 1 })
        .where('id', '=', id)
        .execute();
      const remove = isPrivate
        ? forget(here.world, OWNER, OWNER)
        : removeTimetable(here.world, { timetableId: id, by: OWNER });
      const answers = await Promise.all([
        ...LISTENERS.map((peer) => choose(there.world, peer, id, peer)),
        appoint(there.world, { timetableId: id, person: 5, by: OWNER }),
        waitFor(there.world, id, 6),
        choose(there.world, OWNER, id, OWNER),
        remove,
      ]);
      const rest = answers.slice(0, LISTENERS.length);
      chosen += rest.filter((one) => one !== null).length;
      // Who chose a private one first keeps it from going.
      const still = await getTimetable(stores[0].db, id);
      const followed = await Promise.all(LISTENERS.map((peer) => getPeer(stores[0].db, peer)));
      expect(followed.some((peer) => peer?.timetableId === id) && still === null).toBe(false);
      if (!isPrivate) expect(still).toBeNull();
      for (const peer of LISTENERS) await choose(there.world, peer, kept, peer);
    }
    // Some came before it went: both ways are tried.
    expect(chosen).toBeGreaterThan(0);
    for (const store of stores) await store.close();
    await administer(`drop database if exists ${name}_gone with (force)`);
  });
});
