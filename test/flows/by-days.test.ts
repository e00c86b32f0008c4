/** A reading looks at the days that differ by their prints: what comes of it is what comes of looking at all of them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Lesson } from '../../src/domain/lesson.ts';
import { printsOf } from '../../src/domain/prints.ts';
import { addCalendar } from '../../src/flows/calendar.ts';
import { changeLessons, horizonAt } from '../../src/flows/change.ts';
import { readOnce } from '../../src/flows/import.ts';
import { rollOccurrences } from '../../src/flows/ready.ts';
import { tellDue } from '../../src/flows/tell.ts';
import {
  datedLessons,
  feedOf,
  getTimetable,
  homeworkOf,
  lessonsOf,
  lockTimetable,
  saveHomework,
  savePrints,
  storedPrints,
  toldOf,
  untoldOf,
} from '../../src/store/index.ts';
import { type Stage, stageAt } from '../support/world.ts';
import { follow } from './follow.ts';
import { after, anyStep, FIRST, given, lessonOf, type Row, type Site, type Step, siteOf, TERM } from './term.ts';

/** More of them are tried by hand: BY_DAYS_RUNS=1000. */
const RUNS = Number(process.env.BY_DAYS_RUNS ?? 40);
const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER };

async function opened(byDays: boolean, followed = false) {
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
  const { db, transaction } = world.store;
  if (followed) await follow(world, id);

  /** What happens to the timetable between two readings. */
  async function meanwhile({ meanwhile: what, at, by }: Step): Promise<void> {
    if (what === 'forget') await transaction((tx) => savePrints(tx, id, []));
    const day = given(TERM, at).day;
    if (what === 'homework')
      await transaction((tx) => saveHomework(tx, id, { day, subject: `предмет ${by % 5}`, subgroup: '', text: 'дз' }));
    if (what === 'hand')
      await transaction(async (tx) => {
        const timetable = await lockTimetable(tx, id);
        if (timetable === null) throw new Error('it is gone');
        const lessons = (await lessonsOf(tx, id)).sort((a, b) => (a.uid < b.uid ? -1 : 1));
        const edited = lessons.map((one, n) =>
          n === at % lessons.length ? { ...one, place: { ...one.place, room: `${by}` } } : one,
        );
        await changeLessons(tx, timetable, edited, { now: world.now(), horizon: horizonAt(world.now()) });
      });
    const waits = { hour: 60, day: 24 * 60, week: 9 * 24 * 60 };
    if (what === 'hour' || what === 'day' || what === 'week') stage.clock.move(waits[what] * 60_000);
    if (what !== 'day' && what !== 'week') return;
    await transaction(async (tx) => {
      const timetable = await lockTimetable(tx, id);
      if (timetable !== null) await rollOccurrences(tx, timetable, world.now());
    });
  }

  return {
    stage,
    meanwhile,
    async next({ lessons, facts }: Site, accepts = false) {
      stage.lessons = [...lessons];
      stage.facts = facts;
      const feed = await feedOf(db, id);
      if (feed === null) throw new Error('no feed');
      stage.clock.set(Math.max(world.now(), feed.nextCheck) + 1);
      // What nobody holds is taken as a file is that somebody sends.
      const accepted = accepts ? ({ reason: feed.held ?? 'sent', by: 1 } as const) : null;
      const outcome = await readOnce(world, feed, accepted);
      await tellDue(world);
      return outcome;
    },
    prints: () => storedPrints(db, id),
    async state() {
      const outbox = await db.selectFrom('outbox').selectAll().orderBy('slot').orderBy('part').execute();
      return {
        lessons: (await lessonsOf(db, id)).map(({ id: _, ...one }) => one).sort((a, b) => (a.uid < b.uid ? -1 : 1)),
        untold: await untoldOf(db, id),
        told: await toldOf(db, id, 0, 1_000),
        ready: await datedLessons(db, [id], ALWAYS),
        homework: (await homeworkOf(db, [id], { from: '2026-01-01', to: '2027-01-01' })).get(id),
        timetable: await getTimetable(db, id),
        feed: await feedOf(db, id),
        outbox: outbox.map(({ id: _, ...row }) => row),
      };
    },
  };
}

type Opened = Awaited<ReturnType<typeof opened>>;

/** A day that has a print has just the lessons that it is of; where any has, every day with lessons has one or an empty one. */
async function inStep(one: Opened): Promise<boolean> {
  const [prints, { lessons }] = [await one.prints(), await one.state()];
  if (prints.length === 0) return false;
  const stored = printsOf(lessons.map(lessonAsGiven));
  const dayOf = (print: string) => print.split('.')[0];
  expect(prints.map(dayOf).sort()).toEqual(stored.map(dayOf).sort());
  expect(stored).toEqual(expect.arrayContaining(prints.filter((print) => !print.endsWith('.'))));
  return true;
}

function lessonAsGiven({ times, place, ...one }: Lesson): Lesson {
  if (times.on === 'weekly') throw new Error('a series is of no day');
  const { day, start, endDay, end, allDay } = times;
  const { subject, kind, teachers, subgroup, number, note, cancelled, changed, sourceId } = one;
  const { room, link, format } = place;
  return {
    ...{ subject, kind, teachers, place: { room, link, format }, subgroup, number, note, cancelled, sourceId },
    ...{ times: { on: 'day', day, start, endDay, end, allDay } },
    ...(changed === true ? { changed } : {}),
  };
}

test('whatever a site does from one reading to the next', { timeout: 60_000 * Math.max(1, RUNS / 40) }, async () => {
  let looked = 0;
  const outcomes = new Set<string | undefined>();
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 6 }), fc.boolean(), async (steps, followed) => {
      const [days, all] = [await opened(true, followed), await opened(false, followed)];
      let [before, rows]: [readonly Row[], readonly Row[]] = [TERM, TERM];
      for (const step of steps) {
        [before, rows] = [rows, after(rows, step, before)];
        for (const one of [days, all]) await one.meanwhile(step);
        const site = siteOf(rows, step);
        const outcome = await days.next(site, step.accepts);
        outcomes.add(outcome?.status);
        expect(outcome).toEqual(await all.next(site, step.accepts));
        expect(await days.state()).toEqual(await all.state());
        if (await inStep(days)) looked += 1;
      }
      await Promise.all([days.stage.world.store.close(), all.stage.world.store.close()]);
    }),
    { numRuns: RUNS },
  );
  // Else both would have looked at everything.
  expect(looked).toBeGreaterThan(RUNS);
  expect([...outcomes].sort()).toEqual(['changed', 'held', 'same']);
});

test('a lesson that comes back where another has its id meanwhile gets one of its own', async () => {
  const [days, all] = [await opened(true), await opened(false)];
  // Known from the first reading on.
  expect([(await days.prints()).length, (await all.prints()).length]).toEqual([20, 0]);
  const first = given(TERM, 0);
  // It moves a week away under its id, and then one like it stands in its old place again.
  const moved = TERM.map((row) => (row === first ? { ...row, n: row.n + 7, hour: 14 } : row));
  const again = [...moved, { ...first, id: 'another' }];
  for (const rows of [moved, moved, moved, again]) {
    for (const one of [days, all]) await one.next({ lessons: rows.map(lessonOf), facts: {} });
    expect(await days.state()).toEqual(await all.state());
  }
  const { lessons, told } = await days.state();
  expect(told).toHaveLength(1);
  expect(new Set(lessons.map(({ uid }) => uid)).size).toBe(41);
  await Promise.all([days.stage.world.store.close(), all.stage.world.store.close()]);
});
