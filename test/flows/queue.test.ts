/** A chunk of what is due holds the database no longer than its size lets it, whatever it is about. */
import { expect, test } from 'vitest';
import { planningOf } from '../../src/flows/due.ts';
import { queueChunk } from '../../src/flows/queue.ts';
import type { World } from '../../src/flows/world.ts';
import { lesson } from '../domain/arbitrary.ts';
import { group, listener } from '../support/reminded.ts';
import { stageAt } from '../support/world.ts';

const MINUTE = 60_000;
const GROUPS = 60;
const PERSONS = 25;
/** Of persons, twenty timetables are handled in one piece. */
const PIECE = 20 * PERSONS;

/** How many peers each chunk of what is due in the next two minutes queued. */
async function queueAll(world: World): Promise<number[]> {
  const now = world.now() + 2 * MINUTE;
  const planning = planningOf({ from: world.now(), to: now });
  const queued: number[] = [];
  for (let over = false; !over; ) {
    const chunk = await world.store.transaction((tx) => queueChunk(tx, planning, now, 120));
    queued.push(chunk.queued);
    over = chunk.over;
  }
  return queued;
}

test('persons count one by one: a chunk is over after the piece that has as many as are asked for', async () => {
  const { world } = await stageAt('2026-09-14', '09:44');
  const times = { on: 'weekly', weekday: 1, weeks: 'every', start: '10:00', end: '11:35' } as const;
  for (let n = 0; n < GROUPS; n += 1)
    await group(world, {
      lessons: [lesson({ subject: `Предмет ${n}`, times })],
      peers: Array.from({ length: PERSONS }, (_, k) =>
        listener(n * PERSONS + k + 1, { leads: [15], subgroup: `${k % 3}` }),
      ),
    });
  const queued = await queueAll(world);
  expect(queued.filter((peers) => peers > PIECE)).toEqual([]);
  expect(queued.reduce((sum, peers) => sum + peers, 0)).toBe(GROUPS * PERSONS);
  await world.store.close();
});

test('a digest counts with the lessons it tells: sixty of them are more than a hundred and twenty rows', async () => {
  const { world } = await stageAt('2026-09-14', '07:59');
  const hours = ['10:00', '12:00', '14:00'];
  const lessons = hours.map((start) =>
    lesson({ times: { on: 'weekly', weekday: 1, weeks: 'every', start, end: start.replace('00', '45') } }),
  );
  for (let n = 1; n <= 130; n += 1) await group(world, { lessons, peers: [listener(n, { morning: '08:00' })] });
  const queued = await queueAll(world);
  expect(queued.filter((peers) => peers > 60)).toEqual([]);
  expect(queued.reduce((sum, peers) => sum + peers, 0)).toBe(130);
  await world.store.close();
});
