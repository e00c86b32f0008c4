/** The university's list corrects a timetable's number while the old one is being read: what comes of the old is not taken for the new. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRefresh } from '../../src/flows/catalogue.ts';
import { bind, keptByName, layOver } from '../../src/flows/entries.ts';
import { createPolling } from '../../src/flows/polling.ts';
import { feedOf, lessonsOf } from '../../src/store/index.ts';
import { type CampusStage, openCampus } from './campus.ts';

let stage: CampusStage;
let id: number;

beforeEach(async () => {
  stage = await openCampus('2026-09-14', '08:00');
  stage.site.fa.groups = [{ id: 1, name: 'ПИ-21' }];
  stage.site.hse.groups = [{ id: 1, name: 'ПИ-21' }];
  await createRefresh(stage.world)();
  const entry = (await stage.listed('ПИ-21')).find(({ university }) => university === 'ruz:fa');
  if (entry === undefined) throw new Error('not listed');
  id = (await stage.world.store.transaction((tx) => bind(tx, entry, stage.world.now()))).id;
});
afterEach(() => stage.close());

/** The list is read: from now on the group's number is 7. */
async function correct(): Promise<void> {
  stage.site.meanwhile = null;
  const { world } = stage;
  const ask = { university: 'fa', group: 'ПИ-21', id: '7' };
  const kept = await keptByName(world, 'ruz:fa', 'group');
  await layOver(world, 'ruz:fa', kept, [{ kind: 'group', name: 'ПИ-21', source: 'ruz', ask }]);
}

async function readWhileCorrected(): Promise<void> {
  stage.site.meanwhile = correct;
  const polling = createPolling(stage.world);
  await polling.run();
  await polling.run();
}

const subjects = async () => (await lessonsOf(stage.world.store.db, id, {})).map(({ subject }) => subject);

test.each([
  ['read', [{ day: '2026-09-15', subject: 'Чужая' }], 'Своя'],
  ['unknown', undefined, 'Своя'],
])('the old number is %s: the new one is read at once, and nothing of the old stays', async (_, old, own) => {
  stage.site.fa.lessons = {
    ...(old === undefined ? {} : { 'group/1': old }),
    'group/7': [{ day: '2026-09-15', subject: own }],
  };
  await readWhileCorrected();
  expect(stage.site.asked.filter((path) => path.includes('schedule'))).toEqual([
    '/fa/schedule/group/1',
    '/fa/schedule/group/7',
  ]);
  expect(await subjects()).toEqual([own]);
  expect(await feedOf(stage.world.store.db, id)).toMatchObject({ ask: { id: '7' }, problem: null, failures: 0 });
});

test('what the old number holds is not held against the new one', async () => {
  const term = Array.from({ length: 12 }, (_, n) => ({ day: `2026-09-${15 + n}`, subject: 'Своя' }));
  stage.site.fa.lessons = { 'group/1': term };
  await createPolling(stage.world).run();
  // The number is another group's now: nothing of ours is there.
  stage.site.fa.lessons = { 'group/1': [], 'group/7': term };
  const feed = await feedOf(stage.world.store.db, id);
  stage.clock.set((feed?.nextCheck ?? 0) + 1);
  await readWhileCorrected();
  expect(await feedOf(stage.world.store.db, id)).toMatchObject({ ask: { id: '7' }, held: null, problem: null });
  expect(await subjects()).toHaveLength(12);
});
