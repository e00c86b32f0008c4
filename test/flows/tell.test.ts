/** When a change is believed: sequences of readings, minute by minute, and what people are told of them. */
import { describe, expect, test } from 'vitest';
import { instantOf, wallOf } from '../../src/domain/calendar.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { addCalendar } from '../../src/flows/calendar.ts';
import { removeTimetable } from '../../src/flows/edit.ts';
import { choose, setLeads } from '../../src/flows/follow.ts';
import { readOnce } from '../../src/flows/import.ts';
import { remind } from '../../src/flows/remind.ts';
import { tellDue } from '../../src/flows/tell.ts';
import { viewDay } from '../../src/flows/view.ts';
import { SourceError } from '../../src/source/contract.ts';
import { dueUntold, feedOf, untoldOf } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { group, on, relesson } from '../support/reminded.ts';
import { type Stage, stageAt } from '../support/world.ts';

const MINUTE = 60_000;
const SECOND = 1000;
const ANYA = 101;
const TODAY = '2026-09-14';
/** Enough for the verdict to judge; none of them changes. */
const OTHERS = Array.from({ length: 14 }, (_, n) =>
  lesson({ subject: `Предмет ${n}`, times: on(`2026-09-${16 + n}`, '12:00–13:35') }),
);

/**
 * What the site says: a letter is the room of maths; `+x` physics in room x; `-` no maths at all; `×` maths struck out; `*` the
 * site itself marks maths as changed; `!` no answer; `∅` an empty page.
 */
function said(state: string, maths: Lesson): Lesson[] | SourceError {
  if (state === '!') return new SourceError('unreachable', 'timeout', 'no answer');
  if (state === '∅') return [];
  const physics = lesson({
    subject: 'Физика',
    place: room(state.split('+')[1] ?? 'f'),
    times: on('2026-09-15', '14:00–15:35'),
  });
  if (state.startsWith('-')) return [physics, ...OTHERS];
  const mine = state.startsWith('×')
    ? { ...maths, place: room('A'), cancelled: true }
    : { ...maths, place: room(state[0] ?? ''), ...(state.includes('*') ? { changed: true as const } : {}) };
  return [mine, physics, ...OTHERS];
}

function room(name: string): Lesson['place'] {
  return { room: name, link: '', format: 'onsite' };
}

let stage: Stage;
let timetable: number;

/** It is 9:00; maths begins at `start` of this day or the next. */
async function begin(start = '2026-09-15 10:00'): Promise<Lesson> {
  stage = await stageAt(TODAY, '09:00');
  const [day = '', clock = ''] = start.split(' ');
  const [hour = '', minute = ''] = clock.split(':');
  const maths = lesson({ subject: 'Матан', times: on(day, `${clock}–${Number(hour) + 1}:${minute}`) });
  stage.lessons = said('A', maths) as Lesson[];
  const added = await addCalendar(stage.world, { url: 'https://example.org/a.ics', by: ANYA });
  if (!added.ok) throw new Error('not added');
  timetable = added.timetable.id;
  await choose(stage.world, ANYA, timetable, ANYA);
  return maths;
}

/** «0 B | 3 B»: minute and state of each reading; the tick looks every five seconds. Returns «3 Матан A→B» for every line that is told. */
async function toldBy(readings: string, maths: Lesson, until = 12): Promise<string[]> {
  const begun = stage.clock.now();
  const plan = new Map(
    readings.split(' | ').map((one) => {
      const [minute = '', state = ''] = one.split(' ');
      return [Number(minute) * MINUTE, state];
    }),
  );
  const told: string[] = [];
  for (let passed = 0; passed <= until * MINUTE; passed += 5 * SECOND) {
    stage.clock.set(begun + passed);
    const state = plan.get(passed);
    if (state !== undefined) {
      stage.lessons = said(state, maths);
      await readOnce(stage.world, (await feedOf(stage.world.store.db, timetable))!);
    }
    await tellDue(stage.world);
    for (const { saying } of await stage.deliver()) {
      if (saying.kind !== 'changes') continue;
      const lines = saying.changes.map((change) => {
        if (change.kind === 'altered') return `${change.before.subject} ${change.before.room}→${change.after.room}`;
        return `${change.kind} ${('before' in change ? change.before : change.after).subject}`;
      });
      told.push(`${passed / MINUTE} ${lines.join(', ')}${saying.unsure === true ? ' ?' : ''}`);
    }
  }
  return told;
}

describe('the lesson is tomorrow', () => {
  test.each([
    ['two readings agree', '0 B | 3 B', ['3 Матан A→B']],
    ['readings in between change nothing', '0 B | 1 B | 2 B | 3 B', ['3 Матан A→B']],
    ['one reading is not enough', '0 B | 1 B | 2 B', []],
    ['it is told once', '0 B | 3 B | 4 B | 8 B', ['3 Матан A→B']],
    ['A→B→A', '0 B | 1 A | 3 A | 6 A', []],
    ['taken back by the second reading', '0 B | 3 A | 6 A', []],
    ['a site that cannot make up its mind', '0 B | 1 A | 2 B | 3 A | 4 B | 5 A | 6 B | 7 A | 8 B | 9 A', []],
    ['a flap that stays', '0 B | 1 A | 4 B | 7 B', ['7 Матан A→B']],
    ['A→B, B→C tells A→C', '0 B | 1 C | 3 C | 4 C', ['4 Матан A→C']],
    ['the second reading says something else', '0 B | 3 C | 6 C', ['6 Матан A→C']],
    ['told, and back again: told too', '0 B | 3 B | 4 A | 7 A', ['3 Матан A→B', '7 Матан B→A']],
    ['what only the second reading shows waits by itself', '0 B | 3 B+g | 6 B+g', ['3 Матан A→B', '6 Физика f→g']],
    ['of two changes one stays', '0 B+g | 3 A+g | 6 A+g', ['3 Физика f→g']],
    ['both stay: one message', '0 B+g | 3 B+g', ['3 Матан A→B, Физика f→g']],
    ['the second change does not hold up the first', '0 B | 2 B+g | 3 B+g | 5 B+g', ['3 Матан A→B', '5 Физика f→g']],
    ['gone', '0 - | 3 -', ['3 cancelled Матан']],
    ['gone, told, and back', '0 - | 3 - | 4 A | 7 A', ['3 cancelled Матан', '7 restored Матан']],
    ['gone, told, and back elsewhere', '0 - | 3 - | 4 B | 7 B', ['3 cancelled Матан', '7 restored Матан']],
    ['gone in one reading only', '0 - | 3 A', []],
    ['struck out: the site has said so itself', '0 ×', ['3 cancelled Матан']],
    ['struck out and taken back', '0 × | 1 A', []],
    ['struck out beside another change: one message', '0 ×+g | 3 ×+g', ['3 cancelled Матан, Физика f→g']],
    ['marked as changed: the site has said so itself', '0 B*', ['3 Матан A→B']],
    ['marked as changed, and the site is silent then', '0 B* | 1 ! | 3 !', ['3 Матан A→B']],
    ['marked as changed, and taken back', '0 B* | 1 A', []],
    ['marked as changed, A→B→C', '0 B* | 1 C* | 3 !', ['4 Матан A→C']],
    ['marked as changed beside another change: one message', '0 B*+g | 3 B*+g', ['3 Матан A→B, Физика f→g']],
    ['marked as changed: another change still needs a reading', '0 B*+g', ['3.25 Матан A→B']],
    ['the mark alone is no change', '0 A* | 3 A*', []],
    ['a mark that goes, and the room with it: read again', '0 B* | 5 A | 8 !', ['3 Матан A→B']],
    [
      'a lesson that was marked and is gone is not marked: read again',
      '0 B* | 5 - | 9 - ',
      ['3 Матан A→B', '9 cancelled Матан'],
    ],
    ['back, and marked', '0 × | 4 A* | 5 !', ['3 cancelled Матан', '7 restored Матан']],
    ['the site does not answer the second time', '0 B | 3 ! | 5 ! | 9 B', ['9 Матан A→B']],
    ['the site is silent for good', '0 B | 3 ! | 5 ! | 9 !', []],
    ['an empty page in between is held and proves nothing', '0 B | 3 ∅ | 5 B', ['5 Матан A→B']],
  ])('%s: %s', async (_, readings, expected) => {
    const maths = await begin();
    expect(await toldBy(readings, maths)).toEqual(expected);
  });
});

test('a lesson that had begun when it changed is told of no more, and holds up nothing', async () => {
  const maths = await begin(`${TODAY} 09:02`);
  expect(await toldBy('0 A+g | 2.75 B+g | 3 B+g | 6 B+g', maths)).toEqual(['3 Физика f→g']);
  expect(await untoldOf(stage.world.store.db, timetable)).toBeNull();
});

describe('the lesson is near', () => {
  test.each([
    ['in three hours: half a minute is enough', '12:00', '0 B | 0.5 B', ['0.5 Матан A→B']],
    ['a minute further: three minutes', '12:01', '0 B | 0.5 B | 3 B', ['3 Матан A→B']],
    ['a far change seen with a near one is told with it', '10:00', '0 B+g | 0.5 B+g', ['0.5 Матан A→B, Физика f→g']],
    ['A→B→A', '10:00', '0 B | 0.5 A', []],
    ['struck out', '10:00', '0 ×', ['0.5 cancelled Матан']],
    ['marked as changed', '10:00', '0 B*', ['0.5 Матан A→B']],
    ['struck out, another change is not read again', '10:00', '0 ×+g', ['0.75 cancelled Матан']],
    [
      'the site does not answer: told after five minutes, as what it is',
      '11:00',
      '0 B | 0.5 ! | 3 !',
      ['5.5 Матан A→B ?'],
    ],
    ['it begins in ten minutes: told after one', '09:10', '0 B | 0.5 !', ['1.5 Матан A→B ?']],
    [
      'what was told unsure and is confirmed later is not told again',
      '09:10',
      '0 B | 0.5 ! | 4 B',
      ['1.5 Матан A→B ?'],
    ],
    [
      'what was told unsure and was wrong is taken back',
      '09:10',
      '0 B | 0.5 ! | 3 A | 3.5 A',
      ['1.5 Матан A→B ?', '3.5 Матан B→A'],
    ],
  ])('%s', async (_, start, readings, expected) => {
    const maths = await begin(`${TODAY} ${start}`);
    expect(await toldBy(readings, maths)).toEqual(expected);
  });

  test('a site that is silent for hours: told once the lesson is three hours away', async () => {
    const maths = await begin(`${TODAY} 15:00`);
    expect(await toldBy('0 B | 3 !', maths, 200)).toEqual(['180 Матан A→B ?']);
  });
});

test('the source is asked again at the end of the quiet period, before anything else of its host', async () => {
  const maths = await begin(`${TODAY} 20:00`);
  await toldBy('0 B', maths, 0);
  expect(await feedOf(stage.world.store.db, timetable)).toMatchObject({ wish: { rank: 'near' } });
  const { nextCheck } = (await feedOf(stage.world.store.db, timetable))!;
  expect(nextCheck - stage.clock.now()).toBeLessThanOrEqual(3 * MINUTE);
});

test('views show at once what the source says', async () => {
  const maths = await begin();
  await toldBy('0 B', maths, 0);
  const { lessons } = await viewDay(stage.world, timetable, '2026-09-15');
  expect(lessons[0]?.place.room).toBe('B');
});

test('a lesson that one reading lost is reminded of as people know it, until the loss is believed', async () => {
  const maths = await begin(`${TODAY} 09:16`);
  await setLeads(stage.world, ANYA, [15, 14], ANYA);
  await remind(stage.world);
  stage.clock.move(40 * SECOND);
  stage.lessons = said('-', maths);
  await readOnce(stage.world, (await feedOf(stage.world.store.db, timetable))!);
  stage.clock.set(instantOf(TODAY, '09:01', 'Europe/Moscow') + SECOND);
  await tellDue(stage.world);
  await remind(stage.world);
  expect((await stage.deliver()).map(({ saying }) => saying.kind)).toEqual(['reminder']);
  stage.clock.move(30 * SECOND);
  await readOnce(stage.world, (await feedOf(stage.world.store.db, timetable))!);
  await tellDue(stage.world);
  stage.clock.move(30 * SECOND);
  await remind(stage.world);
  expect((await stage.deliver()).map(({ saying }) => saying.kind)).toEqual(['changes']);
});

test('the daily roll keeps what people know', async () => {
  const maths = await begin('2026-09-29 10:00');
  await setLeads(stage.world, ANYA, [15], ANYA);
  await toldBy('0 -', maths, 0);
  stage.clock.set(instantOf('2026-09-29', '09:45', 'Europe/Moscow'));
  await remind(stage.world);
  stage.clock.move(MINUTE);
  await remind(stage.world);
  const told = (await stage.deliver()).map(({ saying }) => saying.kind);
  expect(told).toContain('reminder');
});

test('a clock that was set back makes nobody wait for the old time to come again', async () => {
  const maths = await begin();
  await toldBy('0 B', maths, 0);
  stage.clock.move(-60 * MINUTE);
  await tellDue(stage.world);
  expect(await toldBy('3 B', maths, 4)).toEqual(['3 Матан A→B']);
});

test('a clock that jumped a day ahead tells what is still ahead, with the next reading', async () => {
  const maths = await begin('2026-09-16 10:00');
  await toldBy('0 B', maths, 0);
  stage.clock.move(24 * 60 * MINUTE);
  expect(await toldBy('0 B', maths, 0)).toEqual(['0 Матан A→B']);
});

test('a lesson that is over while its change waits is told to nobody, and nothing waits on', async () => {
  const maths = await begin(`${TODAY} 09:10`);
  await toldBy('0 B', maths, 0);
  stage.clock.move(3 * 60 * MINUTE);
  expect(await toldBy('0 B', maths, 1)).toEqual([]);
  expect(await dueUntold(stage.world.store.db, Number.MAX_SAFE_INTEGER, 1)).toEqual([]);
});

test('a timetable that is deleted takes what waits along', async () => {
  stage = await stageAt(TODAY, '09:00');
  const before = [lesson({ subject: 'Матан', times: on('2026-09-15', '10:00–11:35') })];
  const id = await group(stage.world, { lessons: before, peers: [] });
  await stage.world.store.db.updateTable('timetable').set({ owner_id: ANYA }).execute();
  await relesson(stage.world, id, [...before, ...OTHERS.slice(0, 1)]);
  expect(await removeTimetable(stage.world, { timetableId: id, by: ANYA })).toBe('removed');
  await tellDue(stage.world);
  expect(stage.warnings).toEqual([]);
});

test('another zone while a change waits: the change is told by the new clocks, the rest is no news', async () => {
  const maths = await begin();
  await toldBy('0 B', maths, 0);
  const inOmsk = (one: Lesson): Lesson => {
    if (one.times.on !== 'day') return one;
    const wall = (clock: string) => {
      const day = one.times.on === 'day' ? one.times.day : '';
      return wallOf(instantOf(day, clock, 'Europe/Moscow'), 'Asia/Omsk').clock;
    };
    return { ...one, times: { ...one.times, start: wall(one.times.start), end: wall(one.times.end) } };
  };
  const [first, ...rest] = (said('B', maths) as Lesson[]).map(inOmsk);
  stage.facts = { zone: 'Asia/Omsk' };
  stage.lessons = [first!, ...rest];
  for (const minute of [1, 4]) {
    stage.clock.set(instantOf(TODAY, `09:0${minute}`, 'Europe/Moscow'));
    await readOnce(stage.world, (await feedOf(stage.world.store.db, timetable))!);
  }
  const [told, ...more] = await stage.deliver();
  expect(more).toEqual([]);
  expect(told?.saying).toMatchObject({
    zone: 'Asia/Omsk',
    changes: [{ before: { room: 'A', start: '13:00' }, after: { room: 'B', start: '13:00' } }],
  });
});
