/** Whatever a plan was read from says so when it changes, and nothing else does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Db,
  deletePeer,
  deleteTimetable,
  dropHomework,
  enqueue,
  forgetTouched,
  moveHomework,
  openReader,
  openStore,
  type Store,
  saveHomework,
  setState,
  setZone,
  subscriptionsOf,
  touchedTimetables,
  touchTimetable,
  writeOccurrences,
} from '../../src/store/index.ts';
import { entry, HOUR, lesson, NOW, occurrence, peer, storeLessons, timetable } from './make.ts';

let folder: string;
let store: Store;
let ids: number[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zvonok-touched-'));
  store = await openStore(`sqlite:${join(folder, 'a.db')}`);
  ids = [];
  for (let n = 0; n < 5; n += 1) ids.push((await timetable(store.db)).id);
  await peer(store.db, 1, { timetableId: ids[0] ?? 0, leads: [5], evening: '19:00' });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const at = (n: number) => ids[n] ?? 0;
const MATHS = { day: '2026-09-15', subject: 'математика', subgroup: '', text: '№5' };

test.each<[string, (db: Db) => Promise<unknown>, number[]]>([
  ['lessons of the coming days', (db) => writeOccurrences(db, at(1), NOW, [occurrence(NOW + HOUR)]), [1]],
  ['the same again', (db) => writeOccurrences(db, at(1), NOW, [occurrence(NOW + HOUR)]), []],
  ['the same taken away', (db) => writeOccurrences(db, at(1), NOW, []), [1]],
  ['a peer that moves', (db) => peer(db, 1, { timetableId: at(2), leads: [5] }), [0, 2]],
  [
    'a peer that asks for a digest only',
    (db) => peer(db, 2, { timetableId: at(3), ...{ leads: [], morning: '07:00' } }),
    [3],
  ],
  ['another zone', (db) => setZone(db, at(3), 'Asia/Omsk'), [3]],
  ['homework written down', (db) => saveHomework(db, at(4), MATHS), [4]],
  ['homework written down anew', (db) => saveHomework(db, at(4), { ...MATHS, text: '№6' }), [4]],
  [
    'homework that goes with its lesson',
    (db) => moveHomework(db, at(4), [{ from: MATHS, to: { ...MATHS, day: '2026-09-16' } }]),
    [4],
  ],
  ['homework taken away', (db) => dropHomework(db, at(4), { ...MATHS, day: '2026-09-16' }), [4]],
  ['a peer that goes', (db) => deletePeer(db, 1), [2]],
  ['a timetable that goes', (db) => deleteTimetable(db, at(3)), [3]],
  [
    'lessons that are not near, a look, the outbox, a state',
    async (db) => {
      await storeLessons(db, at(1), { remove: [], insert: [lesson()] });
      await touchTimetable(db, at(1), NOW);
      await enqueue(db, [entry()], NOW);
      await setState(db, 'x', '1');
    },
    [],
  ],
])('%s', async (_, change, touched) => {
  await store.transaction(forgetTouched);
  await store.transaction(change);
  expect([...(await touchedTimetables(store.db))].sort((a, b) => a - b)).toEqual(touched.map(at));
});

test('what is undone has touched nothing', async () => {
  await store.transaction(forgetTouched);
  await store
    .transaction(async (tx) => {
      await writeOccurrences(tx, at(1), NOW, [occurrence(NOW + HOUR)]);
      throw new Error('no');
    })
    .catch(() => undefined);
  expect(await touchedTimetables(store.db)).toEqual(new Set());
});

test('a reader sees one moment however long it looks, and the next one afterwards; it writes nothing', async () => {
  const reader = openReader(store.file ?? '');
  const seen = (db: Db) => subscriptionsOf(db, at(4)).then((all) => all.length);
  await reader.within(async (db) => {
    expect(await seen(db)).toBe(0);
    await peer(store.db, 9, { timetableId: at(4), leads: [5], firstLead: null, exams: false });
    expect(await seen(db)).toBe(0);
  });
  expect(await reader.within(seen)).toBe(1);
  await expect(reader.within((db) => setState(db, 'x', '2'))).rejects.toThrow(/readonly/);
  await reader.close();
});
