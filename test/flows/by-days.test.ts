/** A reading looks at the days that differ by their prints: what comes of it is what comes of looking at all of them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, clockOf } from '../../src/domain/calendar.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { addCalendar } from '../../src/flows/calendar.ts';
import { readOnce } from '../../src/flows/import.ts';
import { tellDue } from '../../src/flows/tell.ts';
import {
  datedLessons,
  feedOf,
  getTimetable,
  lessonsOf,
  storedPrints,
  toldOf,
  untoldOf,
} from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { type Stage, stageAt } from '../support/world.ts';

const FIRST = '2026-09-14';

/** A lesson as a list of it is made: on the day of this number, with this id of its source. */
type Row = {
  readonly day: number;
  readonly hour: number;
  readonly subject: number;
  readonly room: string;
  readonly id: string;
};

function lessonOf({ day: n, hour, subject, room, id }: Row): Lesson {
  const day = addDays(FIRST, n);
  const times = {
    on: 'day',
    day,
    start: clockOf(hour * 60),
    endDay: day,
    end: clockOf(hour * 60 + 95),
    allDay: false,
  } as const;
  return lesson({ subject: `Предмет ${subject}`, place: { room, link: '', format: 'onsite' }, times, sourceId: id });
}

/** Four weeks of one or two lessons a day: more than half of them would have to go for a reading to be held. */
const TERM: readonly Row[] = Array.from({ length: 42 }, (_, n) => ({
  ...{ day: n % 28, hour: n < 28 ? 8 : 10, subject: n % 5 },
  ...{ room: '404', id: `id-${n}` },
}));

/** What a site does from one reading to the next, of which it may show some weeks only. */
const anyStep = fc.record({
  what: fc.constantFrom('room', 'move', 'swap', 'remove', 'renumber', 'number', 'back'),
  at: fc.nat({ max: 41 }),
  by: fc.integer({ min: 1, max: 9 }),
  shows: fc.constantFrom('all', 'all', 'some'),
});
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

/** The list after it; `before` is the list one step ago. */
function after(rows: readonly Row[], { what, at, by }: Step, before: readonly Row[]): readonly Row[] {
  const chosen = rows[at % rows.length];
  const other = rows[(at + by) % rows.length];
  if (what === 'back' || chosen === undefined || other === undefined) return before;
  const changed = (part: Partial<Row>) => rows.map((row) => (row === chosen ? { ...row, ...part } : row));
  if (what === 'room') return changed({ room: `${500 + by}` });
  if (what === 'number') return changed({ id: `other-${by}` });
  if (what === 'move') return changed({ day: (chosen.day + by) % 28 });
  if (what === 'remove') return rows.filter((row) => row !== chosen);
  if (what === 'renumber') return rows.map((row) => ({ ...row, id: `${row.id}+` }));
  if (what === 'swap')
    return rows.map((row) =>
      row === chosen
        ? { ...row, day: other.day, hour: other.hour }
        : row === other
          ? { ...row, day: chosen.day, hour: chosen.hour }
          : row,
    );
  return rows;
}

async function opened(byDays: boolean) {
  const stage = await stageAt(FIRST, '07:00');
  const { read } = stage.world;
  const world: Stage['world'] = {
    ...stage.world,
    async read(...asked) {
      const reading = await read(...asked);
      return reading.status === 'read' && !byDays ? { ...reading, prints: [] } : reading;
    },
  };
  stage.lessons = TERM.map(lessonOf);
  const added = await addCalendar(world, { url: 'https://example.org/a.ics', by: 1 });
  if (!added.ok) throw new Error('not added');
  const { id } = added.timetable;
  const { db } = world.store;
  return {
    stage,
    async next(lessons: readonly Lesson[], covers: Stage['facts']['covers'] | undefined) {
      stage.lessons = [...lessons];
      stage.facts = covers === undefined ? {} : { covers };
      const feed = await feedOf(db, id);
      if (feed === null) throw new Error('no feed');
      stage.clock.set(Math.max(world.now(), feed.nextCheck) + 1);
      const outcome = await readOnce(world, feed);
      await tellDue(world);
      return outcome;
    },
    prints: () => storedPrints(db, id),
    async state() {
      const span = { from: 0, to: Number.MAX_SAFE_INTEGER };
      return {
        lessons: (await lessonsOf(db, id)).map(({ id: _, ...one }) => one).sort((a, b) => (a.uid < b.uid ? -1 : 1)),
        untold: await untoldOf(db, id),
        told: await toldOf(db, id, 0, 1_000),
        ready: await datedLessons(db, [id], span),
        revision: (await getTimetable(db, id))?.revision,
      };
    },
  };
}

test('whatever a site does from one reading to the next', async () => {
  let looked = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 6 }), async (steps) => {
      const [days, all] = [await opened(true), await opened(false)];
      let [before, rows]: [readonly Row[], readonly Row[]] = [TERM, TERM];
      for (const step of steps) {
        [before, rows] = [rows, after(rows, step, before)];
        const from = addDays(FIRST, step.at % 12);
        const covers = step.shows === 'some' ? { from, to: addDays(from, 10 + step.by) } : undefined;
        const isRead = ({ times }: Lesson) =>
          covers === undefined || (times.on === 'day' && times.day >= covers.from && times.day < covers.to);
        const list = rows.map(lessonOf).filter(isRead);
        expect(await days.next(list, covers)).toEqual(await all.next(list, covers));
        expect(await days.state()).toEqual(await all.state());
        if ((await days.prints()).length > 0) looked += 1;
      }
      await Promise.all([days.stage.world.store.close(), all.stage.world.store.close()]);
    }),
    { numRuns: 40 },
  );
  // Else both would have looked at everything.
  expect(looked).toBeGreaterThan(40);
});

test('a lesson that comes back where another has its id meanwhile gets one of its own', async () => {
  const [days, all] = [await opened(true), await opened(false)];
  // Known from the first reading on.
  expect([(await days.prints()).length, (await all.prints()).length]).toEqual([28, 0]);
  const first = TERM[0];
  if (first === undefined) throw new Error('a term has lessons');
  // It moves a week away under its id, and then one like it stands in its old place again.
  const moved = TERM.map((row) => (row === first ? { ...row, day: row.day + 7, hour: 14 } : row));
  const again = [...moved, { ...first, id: 'another' }];
  for (const rows of [moved, moved, moved, again]) {
    for (const one of [days, all]) await one.next(rows.map(lessonOf), undefined);
    expect(await days.state()).toEqual(await all.state());
  }
  const { lessons, told } = await days.state();
  expect(told).toHaveLength(1);
  expect(new Set(lessons.map(({ uid }) => uid)).size).toBe(43);
  await Promise.all([days.stage.world.store.close(), all.stage.world.store.close()]);
});
