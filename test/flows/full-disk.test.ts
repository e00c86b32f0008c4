/** A database that can not grow: nothing that is owed is lost, nothing is sent twice, and it goes on by itself. */
import { expect, test } from 'vitest';
import { createDelivery } from '../../src/flows/deliver.ts';
import { createByHand } from '../../src/flows/edit.ts';
import { setLeads, wish } from '../../src/flows/follow.ts';
import { remind } from '../../src/flows/remind.ts';
import { enqueue, pending, receiptsOf } from '../../src/store/index.ts';
import { entry } from '../store/make.ts';
import { grow, stopGrowing } from '../support/disk.ts';
import { lesson } from '../support/make.ts';
import { stageAt } from '../support/world.ts';

const MINUTE = 60_000;
const ANYA = 101;
const FULL = { name: 'StoreError', kind: 'full' };

test('a tick that finds no room queues nothing and looks again when there is', async () => {
  const stage = await stageAt('2026-09-14', '09:50');
  const { store } = stage.world;
  const made = await createByHand(stage.world, {
    ...{ name: 'ПИ-21', by: ANYA, peer: ANYA, bells: [] },
    term: { start: '2026-09-01', end: '2027-01-31', week1: '2026-08-31' },
    // One reminder, and a long one: it takes pages of its own.
    lessons: Array.from({ length: 60 }, (_, n) =>
      lesson({
        subject: `Предмет ${n}. ${'а'.repeat(150)}`,
        times: { on: 'weekly', weekday: 1, weeks: 'every', start: '10:00', end: '11:35' },
      }),
    ),
  });
  expect(made).toMatchObject({ ok: true });
  await wish(stage.world, ANYA, 'first', { firstLead: null }, ANYA);
  await setLeads(stage.world, ANYA, [5], ANYA);
  await remind(stage.world);
  stage.clock.move(6 * MINUTE);

  await stopGrowing(store);
  await expect(remind(stage.world)).rejects.toMatchObject(FULL);
  expect(store.trouble()).toMatchObject(FULL);
  expect(await store.probe()).toBe(false);
  expect(await stage.deliver()).toEqual([]);
  await grow(store);
  expect(await store.probe()).toBe(true);
  expect(store.trouble()).toBeNull();
  await remind(stage.world);
  await remind(stage.world);
  expect(await stage.deliver()).toHaveLength(1);
});

test('what VK has taken is written down when there is room, is not sent again, and nothing more is sent before', async () => {
  const { world, clock } = await stageAt('2026-09-14', '10:00');
  const { store } = world;
  const now = world.now();
  const peers = Array.from({ length: 100 }, (_, index) => index + 1);
  const deadline = now + 60 * MINUTE;
  await store.transaction((tx) => enqueue(tx, [entry({ fire: 'a', due: now, deadline, peers })], now));
  const posted: string[] = [];
  const { run: deliver } = createDelivery(world, async (batches) => {
    posted.push(...batches.map(({ peers: some }) => String(some.length)));
    if (posted.length === 1) await stopGrowing(store);
    // A receipt for each, with a long reason: they take pages.
    return batches.map(({ id, peers: some }) => {
      const dead = some.map((peer) => ({ peer, why: 'x'.repeat(500) }));
      return { id, sent: [], later: [], gone: [], dead };
    });
  });
  await expect(deliver()).rejects.toMatchObject(FULL);
  await store.transaction((tx) => enqueue(tx, [entry({ fire: 'b', due: now, deadline, peers: [7] })], now));
  // The lease is long over.
  clock.move(5 * MINUTE);
  await expect(deliver()).rejects.toMatchObject(FULL);
  expect(posted).toEqual(['100']);

  await grow(store);
  await deliver();
  expect(posted).toEqual(['100', '1']);
  expect(await receiptsOf(store.db, 'a')).toHaveLength(100);
  expect(await pending(store.db, world.now())).toMatchObject({ waiting: 0, leased: 0 });
});
