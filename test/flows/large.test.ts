/** Large readings: too many lessons for one timetable are refused, and thinking a change through outside of the transaction loses no other change. */
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Lesson } from '../../src/domain/lesson.ts';
import { addCalendar } from '../../src/flows/calendar.ts';
import { changeLessons, horizonAt } from '../../src/flows/change.ts';
import { readOnce } from '../../src/flows/import.ts';
import type { World } from '../../src/flows/world.ts';
import { feedOf, getTimetable, lessonsOf } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { type Stage, stageAt } from '../support/world.ts';

const URL = 'https://example.org/a.ics';

/** So many lessons over a hundred days, each with a subject of its own. */
function lessons(count: number, room = '404Л'): readonly Lesson[] {
  return Array.from({ length: count }, (_, n) => {
    const day = new Date(Date.UTC(2026, 8, 15 + (n % 100))).toISOString().slice(0, 10);
    return lesson({
      ...{ subject: `Предмет ${n}`, place: { room, link: '', format: 'onsite' } },
      times: { on: 'day', day, start: '10:00', endDay: day, end: '11:35', allDay: false },
    });
  });
}

async function staged(first: readonly Lesson[]): Promise<{ stage: Stage; id: number }> {
  const stage = await stageAt('2026-09-14', '09:40');
  stage.lessons = first;
  const added = await addCalendar(stage.world, { url: URL, by: 1 });
  if (!added.ok) throw new Error('not added');
  return { stage, id: added.timetable.id };
}

/** Reads the feed of a timetable once, as `world` sees it. */
async function read(world: World, id: number) {
  const feed = await feedOf(world.store.db, id);
  if (feed === null) throw new Error('no feed');
  return readOnce(world, feed, { reason: 'sent', by: 1 });
}

test('5,001 lessons are no timetable: a calendar is not added', async () => {
  const stage = await stageAt('2026-09-14', '09:40');
  stage.lessons = lessons(5_001);
  const problem = { kind: 'too-big', detail: 'occurrences' };
  expect(await addCalendar(stage.world, { url: URL, by: 1 })).toMatchObject({ ok: false, problem });
});

test('a feed that grows beyond 5,000 fails and keeps its last good lessons; 5,000 are read', async () => {
  const { stage, id } = await staged(lessons(20));
  stage.lessons = lessons(5_001);
  expect(await read(stage.world, id)).toMatchObject({ status: 'failed', problem: { kind: 'too-big' } });
  expect(await lessonsOf(stage.world.store.db, id)).toHaveLength(20);
  stage.lessons = lessons(5_000);
  expect(await read(stage.world, id)).toMatchObject({ status: 'changed' });
  expect(await lessonsOf(stage.world.store.db, id)).toHaveLength(5_000);
});

test('all of 5,000 lessons changed: others get their turn all the while, and what is told is whole', async () => {
  const { stage, id } = await staged(lessons(5_000));
  stage.lessons = lessons(5_000, '510М');
  let [turns, over] = [0, false];
  async function others(): Promise<void> {
    for (; !over; turns += 1) await setImmediate();
  }
  const waiting = others();
  expect(await read(stage.world, id)).toEqual({ status: 'changed', changes: 5_000 });
  over = true;
  await waiting;
  // A piece is five hundred lessons, and they are gone through many times.
  expect(turns).toBeGreaterThan(60);
  const stored = await lessonsOf(stage.world.store.db, id);
  expect(new Set(stored.map(({ place }) => place.room))).toEqual(new Set(['510М']));
});

test('a reading that only renumbers its lessons writes nothing', async () => {
  const { stage, id } = await staged(lessons(20));
  const revision = (await getTimetable(stage.world.store.db, id))?.revision;
  stage.lessons = lessons(20).map((one, n) => ({ ...one, sourceId: `other-${n}` }));
  expect(await read(stage.world, id)).toEqual({ status: 'same' });
  expect((await getTimetable(stage.world.store.db, id))?.revision).toBe(revision);
});

test('what somebody else changes while a reading is thought through is not lost: it is thought through again', async () => {
  const { stage, id } = await staged(lessons(20));
  const { store } = stage.world;
  let meanwhile = 1;
  /** The same store; before its first transaction comes another one. */
  const crowded: World = {
    ...stage.world,
    store: {
      ...store,
      async transaction(work) {
        if (meanwhile > 0) {
          meanwhile -= 1;
          await store.transaction(async (tx) => {
            const timetable = await getTimetable(tx, id);
            if (timetable === null) throw new Error('no timetable');
            const now = stage.world.now();
            await changeLessons(tx, timetable, lessons(20, '510М'), { now, horizon: horizonAt(now) });
          });
        }
        return store.transaction(work);
      },
    },
  };
  stage.lessons = lessons(20, '600');
  expect(await read(crowded, id)).toEqual({ status: 'changed', changes: 20 });
  const stored = await lessonsOf(store.db, id);
  expect(new Set(stored.map(({ place }) => place.room))).toEqual(new Set(['600']));
  expect((await getTimetable(store.db, id))?.revision).toBe(3);
});
