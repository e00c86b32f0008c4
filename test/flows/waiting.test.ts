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

async function ask(peer: number, { patience, name = 'ПИ-21' }: { patience?: number; name?: string } = {}) {
  const [entry] = await stage.listed(name);
  const wish = { viewer: peer, peer, ...(patience === undefined ? {} : { patience }) };
  const opened = await openTimetable(world, `№${entry?.id ?? 0}`, wish);
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
  const { id, status } = await ask(ANYA, { patience: 1 });
  expect(status).toBe('slow');
  await choose(world, ANYA, id, ANYA);
  await createPolling(world).run();
  while ((await getTimetable(world.store.db, id))?.freshAt === null) await new Promise((go) => setTimeout(go, 20));
  expect(stage.site.asked.filter((path) => path.includes('schedule'))).toHaveLength(1);
  expect((await feedOf(world.store.db, id))?.wish.rank).toBe('near');
  expect(await said()).toEqual(['1 ready']);
});

test('who asks for one group after another waits like everybody in the queue of the site', async () => {
  const names = Array.from({ length: 12 }, (_, n) => `ЭБ-${n + 1}`);
  stage.site.fa.groups = ['ПИ-21', ...names].map((name, at) => ({ id: at + 1, name }));
  stage.clock.move(24 * HOUR * 1.2);
  await createRefresh(world)();
  const statuses = new Set<string>();
  for (const name of names.slice(0, 10)) statuses.add((await ask(ANYA, { name })).status);
  expect([...statuses]).toEqual(['failed']);
  stage.site.asked.length = 0;
  expect((await ask(ANYA, { name: 'ЭБ-12', patience: 1000 })).status).toBe('slow');
  expect(stage.site.asked).toEqual([]);
  expect((await ask(BORIS)).status).toBe('ready');
  await createPolling(world).run();
  expect(await said()).toEqual(['1 unread']);
});
