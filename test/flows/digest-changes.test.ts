/** Each digest names what is off, whether its source strikes it out or lists it no more; and nothing that takes place after all. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Lesson } from '../../src/domain/lesson.ts';
import { rollOccurrences } from '../../src/flows/ready.ts';
import { remind } from '../../src/flows/remind.ts';
import { lockTimetable } from '../../src/store/index.ts';
import { texts } from '../../src/text/index.ts';
import { lesson } from '../support/make.ts';
import { group, listener, on, relesson } from '../support/reminded.ts';
import { type Stage, stageAt } from '../support/world.ts';

/** A Tuesday; the group has its lessons on Wednesday. */
const TODAY = '2026-11-24';
const DAY = '2026-11-25';
const HOUR = 3_600_000;
const FIRST = lesson({ subject: 'Право', number: 1, times: on(DAY, '08:00–09:35') });
const THIRD = lesson({ subject: 'Матан', number: 3, times: on(DAY, '11:30–13:05') });
const FOURTH = lesson({ subject: 'Физика', number: 4, times: on(DAY, '13:30–15:05') });
const WISHES = { evening: '19:00', morning: '07:00', week: { weekday: 2, at: '19:30' } } as const;

let stage: Stage;
let id: number;
beforeEach(async () => {
  stage = await stageAt(TODAY, '12:00');
  // The second is planned one by one.
  const peers = [listener(101, WISHES), listener(102, { ...WISHES, quiet: { from: '02:00', to: '03:00' } })];
  id = await group(stage.world, { lessons: [FIRST, THIRD, FOURTH], peers });
  await remind(stage.world);
});
afterEach(() => stage.world.store.close());

/** What both are sent until nine the next morning: the first line of each message, and that it is the same for both. */
async function heads(): Promise<string[]> {
  const said: [number, string][] = [];
  for (let hours = 0; hours < 42; hours += 1) {
    stage.clock.move(HOUR / 2);
    await remind(stage.world);
    for (const { saying, peers } of await stage.deliver())
      for (const peer of peers) said.push([peer, texts('ru').say(saying, stage.clock.now()).text.split('\n')[0] ?? '']);
  }
  const of = (peer: number) => said.filter(([id]) => id === peer).map(([, text]) => text);
  expect(of(102)).toEqual(of(101));
  return of(101);
}

describe('a lesson that is off', () => {
  test.each<[string, Lesson[]]>([
    ['struck out by its source', [{ ...FIRST, cancelled: true }, THIRD, FOURTH]],
    ['listed no more', [THIRD, FOURTH]],
  ])('%s', async (_, after) => {
    await relesson(stage.world, id, after);
    await stage.deliver();
    expect(await heads()).toEqual([
      'Завтра, ср 25 ноября: к 3-й паре, 11:30; 1-я отменена',
      'Сегодня, ср 25 ноября: к 3-й паре, 11:30; 1-я отменена',
    ]);
  });

  test('all of them: the day is told once more, as a day off', async () => {
    await relesson(stage.world, id, []);
    await stage.deliver();
    expect(await heads()).toEqual(['Завтра, ср 25 ноября: всё отменено', 'Сегодня, ср 25 ноября: всё отменено']);
  });

  test('is named still when the days are made ready anew', async () => {
    await relesson(stage.world, id, [THIRD, FOURTH]);
    await stage.deliver();
    await stage.world.store.transaction(async (tx) => {
      const timetable = await lockTimetable(tx, id);
      if (timetable !== null) await rollOccurrences(tx, timetable, stage.clock.now());
    });
    expect((await heads())[0]).toContain('1-я отменена');
  });
});

describe('a lesson that takes place after all is not called off', () => {
  test.each<[string, Lesson[][], string]>([
    [
      'back again',
      [
        [THIRD, FOURTH],
        [FIRST, THIRD, FOURTH],
      ],
      'к 1-й паре, 08:00',
    ],
    ['another one stands in its place', [[{ ...FIRST, subject: 'Химия' }, THIRD, FOURTH]], 'к 1-й паре, 08:00'],
    [
      'moved within the day',
      [[THIRD, FOURTH, { ...FIRST, number: 5, times: on(DAY, '15:15–16:50') }]],
      'к 3-й паре, 11:30',
    ],
  ])('%s', async (_, steps, head) => {
    for (const after of steps) {
      await relesson(stage.world, id, after);
      stage.clock.move(4 * 60_000);
    }
    await stage.deliver();
    expect((await heads())[0]).toBe(`Завтра, ср 25 ноября: ${head}`);
  });
});

test('the week ahead strikes it out too, and counts it', async () => {
  const later = [FIRST, THIRD, FOURTH].map((one, index) => ({
    ...one,
    times: on('2026-12-02', ['08:00–09:35', '11:30–13:05', '13:30–15:05'][index] ?? ''),
  }));
  const next = await group(stage.world, { lessons: later, peers: [listener(103, { week: WISHES.week })] });
  await remind(stage.world);
  await relesson(stage.world, next, later.slice(1));
  stage.clock.move(7.5 * HOUR + 1000);
  await remind(stage.world);
  const [week] = (await stage.deliver()).filter(({ saying }) => saying.kind === 'week');
  expect(week === undefined ? '' : texts('ru').say(week.saying, stage.clock.now()).text).toMatchInlineSnapshot(`
    "Неделя 30 ноября – 6 декабря: 2 пары, 1 отменена

    Ср, 2 декабря
    1. 08:00–09:35  Право (лек.)
       ❌ отменена
    3. 11:30–13:05  Матан (лек.)
    4. 13:30–15:05  Физика (лек.)"
  `);
});
