/** Who asks for a timetable that nobody read yet is answered once: with it, or with why there is none. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRefresh } from '../../src/flows/catalogue.ts';
import { choose, openPeer } from '../../src/flows/follow.ts';
import { openTimetable, waitFor } from '../../src/flows/lookup.ts';
import { createPolling } from '../../src/flows/polling.ts';
import type { World } from '../../src/flows/world.ts';
import { claim, feedOf, getTimetable, waitingFor } from '../../src/store/index.ts';
import { type CampusStage, openCampus } from './campus.ts';

const HOUR = 3_600_000;
const [ANYA, BORIS] = [1, 2];
let stage: CampusStage;
let world: World;

beforeEach(async () => {
  stage = await openCampus('2026-09-14', '08:00');
  world = stage.world;
  stage.site.fa.groups = [{ id: 1, name: 'ПИ-21' }];
  stage.site.fa.lessons = { 'group/1': [{ day: '2026-09-15', subject: 'Анализ' }] };
  await createRefresh(world)();
  for (const peer of [ANYA, BORIS]) await openPeer(world, peer);
});
afterEach(() => stage.close());

async function ask(peer: number, at: World = world, patience?: number) {
  const [entry] = await stage.listed('ПИ-21');
  const wish = { viewer: peer, peer, ...(patience === undefined ? {} : { patience }) };
  const opened = await openTimetable(at, `№${entry?.id ?? 0}`, wish);
  if (opened.status === 'gone') throw new Error('it is gone');
  return { status: opened.status, id: opened.ref.id };
}

/** Two hours pass, and what is due is read. */
async function read(): Promise<void> {
  stage.clock.move(2 * HOUR);
  await createPolling(world).run();
}

/** What is to be sent: to whom, and of which kind. */
async function said(): Promise<string[]> {
  const batches = await claim(world.store.db, world.now(), 100, HOUR);
  return batches.flatMap(({ saying, peers }) => peers.map((peer) => `${peer} ${saying.kind}`)).sort();
}

test('a second failure is told to who began to wait after the first, and to nobody twice', async () => {
  stage.site.broken = 500;
  const { id, status } = await ask(ANYA);
  expect(status).toBe('failed');
  // She follows it and was told; he asks while the second try is on its way.
  await choose(world, ANYA, id, ANYA);
  await waitFor(world, id, ANYA, true);
  stage.clock.move(HOUR);
  await waitFor(world, id, BORIS);
  await read();
  expect(await said()).toEqual(['2 unread']);
  await read();
  expect(await said()).toEqual([]);
  stage.site.broken = null;
  await read();
  expect(await said()).toEqual(['1 ready']);
  expect(await waitingFor(world.store.db, id)).toEqual([]);
});

test('what was read meanwhile is waited for by nobody', async () => {
  const { id, status } = await ask(ANYA);
  expect(status).toBe('ready');
  expect(await waitFor(world, id, ANYA)).toBe(false);
  stage.site.fa.lessons = { 'group/1': [{ day: '2026-09-16', subject: 'Физика' }] };
  await read();
  expect(await said()).toEqual([]);
});

test('who follows a timetable that is being read has it read no second time', async () => {
  stage.site.delay = 300;
  const { id, status } = await ask(ANYA, world, 1);
  expect(status).toBe('slow');
  await choose(world, ANYA, id, ANYA);
  await createPolling(world).run();
  while ((await getTimetable(world.store.db, id))?.freshAt === null) await new Promise((go) => setTimeout(go, 20));
  expect(stage.site.asked.filter((path) => path.includes('schedule'))).toHaveLength(1);
  expect((await feedOf(world.store.db, id))?.wish.rank).toBe('near');
  expect(await said()).toEqual(['1 ready']);
});
