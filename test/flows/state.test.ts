/** How the bot does: what was sent counts as late as it was, whatever the clock did; only operators may look. */
import { expect, test } from 'vitest';
import { createDelivery } from '../../src/flows/deliver.ts';
import { botState, lookAtBot } from '../../src/flows/state.ts';
import { enqueue } from '../../src/store/index.ts';
import { entry } from '../store/make.ts';
import { stageAt } from '../support/world.ts';

const SECOND = 1000;
const HOUR = 3_600_000;

test('three at once, one of them three seconds later, seen for a day and for a week', async () => {
  const { world, clock } = await stageAt('2026-09-14', '10:00');
  const now = world.now();
  await world.store.transaction((tx) =>
    enqueue(tx, [entry({ due: now, deadline: now + HOUR, peers: [1, 2, 3] })], now),
  );
  let tries = 0;
  const { run: deliver } = createDelivery(world, async (batches) => {
    tries += 1;
    clock.move(tries === 1 ? SECOND : 2 * SECOND);
    return batches.map(({ id, peers }) => {
      const later = tries === 1 ? [{ peers: [3], at: world.now() }] : [];
      return { id, sent: peers.filter((peer) => tries > 1 || peer !== 3), later, gone: [], dead: [] };
    });
  });
  await deliver();
  expect((await botState(world)).day).toEqual({ peers: 3, late: { p50: 1000, p95: 3000, p99: 3000 } });
  clock.move(48 * HOUR);
  const { day, week, queue } = await botState(world);
  expect(day).toEqual({ peers: 0, late: null });
  expect(week.peers).toBe(3);
  expect(queue).toEqual({ waiting: 0, due: 0, leased: 0, overdue: null, slack: null });
});

test('a clock set back makes nothing late', async () => {
  const { world, clock } = await stageAt('2026-09-14', '10:00');
  const now = world.now();
  await world.store.transaction((tx) => enqueue(tx, [entry({ due: now, deadline: now + HOUR, peers: [1] })], now));
  const { run: deliver } = createDelivery(world, async (batches) => {
    clock.move(-HOUR);
    return batches.map(({ id, peers }) => ({ id, sent: peers, later: [], gone: [], dead: [] }));
  });
  await deliver();
  expect((await botState(world)).week).toEqual({ peers: 1, late: { p50: 250, p95: 250, p99: 250 } });
});

test('what waits is told with the time that is left', async () => {
  const { world, clock } = await stageAt('2026-09-14', '10:00');
  const now = world.now();
  await world.store.transaction((tx) => enqueue(tx, [entry({ due: now, deadline: now + HOUR })], now));
  clock.move(60 * SECOND);
  expect((await botState(world)).queue).toEqual({
    waiting: 1,
    due: 1,
    leased: 0,
    overdue: 60 * SECOND,
    slack: HOUR - 60 * SECOND,
  });
});

test('nobody else may look', async () => {
  const { world } = await stageAt('2026-09-14', '10:00');
  expect(await lookAtBot(world, 500)).toBe('not-operator');
  expect(await lookAtBot({ ...world, operators: [500] }, 500)).toMatchObject({ asleep: 0 });
});
