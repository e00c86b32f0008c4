/** A reading in other bytes that states what is stored already is told by hashes alone: what must not be taken for one. */
import { beforeEach, expect, test } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { addCalendar } from '../../src/flows/calendar.ts';
import { readOnce } from '../../src/flows/import.ts';
import { feedOf, getTimetable, lessonsOf, type Store } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { type Stage, stageAt } from '../support/world.ts';

let stage: Stage;
let id: number;

/** Twelve lessons, one a day from the fifteenth; `note` is given to all of them. */
function lessons(note = ''): Lesson[] {
  return Array.from({ length: 12 }, (_, n) => {
    const day = addDays('2026-09-15', n);
    const times = { on: 'day', day, start: '10:00', endDay: day, end: '11:35', allDay: false } as const;
    return lesson({ subject: `Предмет ${n}`, note, times, sourceId: `a${n}` });
  });
}
const renumbered = (): Lesson[] => lessons().map((one) => ({ ...one, sourceId: `${one.sourceId}+` }));

beforeEach(async () => {
  stage = await stageAt('2026-09-14', '09:40');
  stage.lessons = lessons();
  const added = await addCalendar(stage.world, { url: 'https://example.org/a.ics', by: 1 });
  if (!added.ok) throw new Error('not added');
  id = added.timetable.id;
});

async function read(world = stage.world) {
  const feed = await feedOf(world.store.db, id);
  if (feed === null) throw new Error('no feed');
  stage.clock.set(Math.max(world.now(), feed.nextCheck) + 1);
  return readOnce(world, feed);
}
async function state() {
  const { db } = stage.world.store;
  const [timetable, feed] = [await getTimetable(db, id), await feedOf(db, id)];
  const stored = await lessonsOf(db, id);
  return { revision: timetable?.revision, held: feed?.held, rows: stored.map((one) => one.id) };
}

test('renumbered, and in another order, it is the same: fresh, and nothing is written', async () => {
  const before = await state();
  stage.lessons = renumbered().reverse();
  expect(await read()).toEqual({ status: 'same' });
  expect(await state()).toEqual(before);
  expect((await getTimetable(stage.world.store.db, id))?.freshAt).toBe(stage.world.now());
});

test('in other bytes alone it is fresh, and the next is compared with what these left', async () => {
  const before = await state();
  const anew = { etag: '"2"', lastModified: 'Tue', fingerprint: 'other bytes' };
  const { db } = stage.world.store;
  stage.clock.set(stage.world.now() + 3_600_000);
  const feed = await feedOf(db, id);
  if (feed === null) throw new Error('no feed');
  const read = async () => ({ status: 'unchanged', host: '', requests: 1, anew }) as const;
  expect(await readOnce({ ...stage.world, read }, feed)).toEqual({ status: 'same' });
  expect(await state()).toEqual(before);
  expect(await feedOf(db, id)).toMatchObject({ ...anew, horizon: feed.horizon, skipped: feed.skipped });
  expect((await getTimetable(db, id))?.freshAt).toBe(stage.world.now());
});

test('cut off before any transaction of a reading, and the site back where it was: so are the lessons', async () => {
  const { db } = stage.world.store;
  const rooms = async () => (await lessonsOf(db, id)).map(({ place }) => place.room);
  const known = await rooms();
  for (let before = 1, isCut = true; isCut; before += 1) {
    let begun = 0;
    const transaction: Store['transaction'] = (work) => {
      begun += 1;
      return begun === before ? Promise.reject(new Error('cut off')) : stage.world.store.transaction(work);
    };
    stage.lessons = lessons().map((one, n) => (n === 3 ? { ...one, place: { ...one.place, room: '510' } } : one));
    await read({ ...stage.world, store: { ...stage.world.store, transaction } }).catch((error: Error) => {
      expect(error.message).toBe('cut off');
    });
    isCut = begun === before;
    if (!isCut) expect(await rooms()).not.toEqual(known);
    stage.lessons = lessons();
    await read();
    expect(await rooms()).toEqual(known);
  }
});

test('of the days it covers it is the same: the others stay as they are', async () => {
  const before = await state();
  stage.lessons = renumbered().slice(0, 4);
  stage.facts = { covers: { from: '2026-09-14', to: '2026-09-19' } };
  expect(await read()).toEqual({ status: 'same' });
  expect(await state()).toEqual(before);
});

test('with a lesson of a day that it does not cover it is not the same', async () => {
  stage.lessons = renumbered().slice(0, 5);
  stage.facts = { covers: { from: '2026-09-14', to: '2026-09-19' } };
  await read();
  // What is not covered stays, what is stated is added: both stand there now.
  expect((await state()).rows).toHaveLength(13);
});

test.each<[string, () => void]>([
  [
    'a lesson more, equal to another one',
    () => {
      stage.lessons = [...renumbered(), ...renumbered().slice(0, 1)];
    },
  ],
  [
    'a lesson less',
    () => {
      stage.lessons = renumbered().slice(1);
    },
  ],
  [
    'a note that nobody is shown',
    () => {
      stage.lessons = lessons('тетрадь');
    },
  ],
  [
    'another zone',
    () => {
      stage.lessons = renumbered();
      stage.facts = { zone: 'Europe/Samara' };
    },
  ],
])('%s is written', async (_, change) => {
  const { revision } = await state();
  change();
  await read();
  // Every lesson in another zone is doubted at first.
  if ((await state()).held !== null) await readOnceAccepted();
  expect((await state()).revision).toBe((revision ?? 0) + 1);
});

async function readOnceAccepted() {
  const feed = await feedOf(stage.world.store.db, id);
  if (feed === null || feed.held === null) throw new Error('not held');
  return readOnce(stage.world, feed, { reason: feed.held, by: 1 });
}

test('a page that can hardly be read is held, though what was read of it is the same', async () => {
  stage.lessons = renumbered();
  stage.facts = { skipped: Array.from({ length: 12 }, () => 'no time') };
  expect(await read()).toEqual({ status: 'held', reason: 'unreadable' });
  stage.facts = {};
  expect(await read()).toEqual({ status: 'same' });
  expect((await state()).held).toBeNull();
});
