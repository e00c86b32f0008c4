/** The tick: everything due once, whatever the clock does. */
import { expect, test } from 'vitest';
import type { Weekday } from '../../src/domain/calendar.ts';
import { createByHand } from '../../src/flows/edit.ts';
import { setEvening, setLeads, stop, wish } from '../../src/flows/follow.ts';
import { remind } from '../../src/flows/remind.ts';
import { timetablesToRoll } from '../../src/store/index.ts';
import { lesson } from '../support/make.ts';
import { group, listener } from '../support/reminded.ts';
import { type Stage, stageAt } from '../support/world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ANYA = 101;

/** Lessons at 10:00 on the given weekdays of the autumn term. */
async function withLessons(stage: Stage, weekdays: readonly Weekday[] = [1]): Promise<void> {
  const made = await createByHand(stage.world, {
    name: 'ПИ-21',
    by: ANYA,
    peer: ANYA,
    bells: [],
    term: { start: '2026-09-01', end: '2027-01-31', week1: '2026-08-31' },
    lessons: weekdays.map((weekday) =>
      lesson({
        subject: `День ${weekday}`,
        times: { on: 'weekly', weekday, weeks: 'every', start: '10:00', end: '11:35' },
      }),
    ),
  });
  if (!made.ok) throw new Error('not made');
  await wish(stage.world, ANYA, 'first', { firstLead: null }, ANYA);
}

async function kindsSent(stage: Stage): Promise<string[]> {
  return (await stage.deliver()).map(({ saying }) => saying.kind);
}

test('not a second before, within a second after', async () => {
  const stage = await stageAt('2026-09-14', '09:54');
  await withLessons(stage);
  await setLeads(stage.world, ANYA, [5], ANYA);
  const sent: string[] = [];
  for (let second = 0; second < 120; second += 1) {
    await remind(stage.world);
    if ((await stage.deliver()).length > 0) sent.push(String(second));
    stage.clock.move(SECOND);
  }
  // 09:55:00 is second 60; a tick looks at what came due before it.
  expect(sent).toEqual(['61']);
});

test('leads 15 and 1 of one lesson both arrive', async () => {
  const stage = await stageAt('2026-09-14', '09:40');
  await withLessons(stage);
  await setLeads(stage.world, ANYA, [15, 1], ANYA);
  let count = 0;
  for (let minute = 0; minute < 25; minute += 1) {
    await remind(stage.world);
    count += (await stage.deliver()).length;
    stage.clock.move(MINUTE);
  }
  expect(count).toBe(2);
});

test('the clock goes back an hour: nothing twice', async () => {
  const stage = await stageAt('2026-09-14', '09:40');
  await withLessons(stage);
  await setLeads(stage.world, ANYA, [5], ANYA);
  let count = 0;
  for (const move of [20, -60, 20, 20, 20, 20]) {
    stage.clock.move(move * MINUTE);
    await remind(stage.world);
    count += (await stage.deliver()).length;
  }
  expect(count).toBe(1);
});

test('the evening digest: once an evening, nothing before an empty day', async () => {
  const stage = await stageAt('2026-09-13', '18:00');
  await withLessons(stage, [1, 3]);
  await setEvening(stage.world, ANYA, '19:00', ANYA);
  await remind(stage.world);
  const evenings: string[] = [];
  for (let hour = 0; hour < 4 * 24 * 2; hour += 1) {
    stage.clock.move(HOUR / 2);
    await remind(stage.world);
    for (const { saying } of await stage.deliver()) evenings.push(saying.kind === 'evening' ? saying.day : saying.kind);
  }
  expect(evenings).toEqual(['2026-09-14', '2026-09-16']);
});

test('lessons further ahead than the days kept ready are still reminded of when their day comes', async () => {
  const stage = await stageAt('2026-09-01', '12:00');
  await withLessons(stage);
  await setLeads(stage.world, ANYA, [10], ANYA);
  await remind(stage.world);
  let count = 0;
  for (let hour = 0; hour < 60 * 24; hour += 1) {
    stage.clock.move(HOUR);
    await remind(stage.world);
    count += (await stage.deliver()).length;
  }
  // Mondays 7 September … 26 October: an hourly tick sees 09:50 at 10:00, which is still in time.
  expect(count).toBe(8);
});

test('after a sleep what is due is queued at once, and the coming days are made ready a few timetables a tick', async () => {
  const stage = await stageAt('2026-09-12', '09:00');
  const { store } = stage.world;
  for (let n = 1; n <= 50; n += 1)
    await group(stage.world, {
      lessons: [
        lesson({ times: { on: 'weekly', weekday: 1, weeks: 'every', start: '10:00', end: '11:35' }, subject: `${n}` }),
      ],
      peers: [listener(n, { leads: [10] })],
    });
  await remind(stage.world);
  const behind = async () => (await timetablesToRoll(store.db, stage.clock.now() + 14 * DAY, 100)).length;
  expect(await behind()).toBe(0);
  stage.clock.move(2 * DAY + 51 * MINUTE);
  const left = [await behind()];
  let sent = 0;
  for (let tick = 0; tick < 3; tick += 1) {
    await remind(stage.world);
    if (tick === 0) sent = (await stage.deliver()).length;
    left.push(await behind());
  }
  expect(left).toEqual([50, 30, 10, 0]);
  expect(sent).toBe(50);
});

test('silence after «стоп»', async () => {
  const stage = await stageAt('2026-09-14', '09:54');
  await withLessons(stage);
  await setLeads(stage.world, ANYA, [5], ANYA);
  await stop(stage.world, ANYA, ANYA);
  stage.clock.move(5 * MINUTE);
  await remind(stage.world);
  expect(await kindsSent(stage)).toEqual([]);
});
