/** The clock does what clocks do: zones, summer time, the turn of the year, jumps, sleeps. Every due notice is sent exactly once or counted. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf } from '../../src/domain/calendar.ts';
import { remind } from '../../src/flows/remind.ts';
import type { Batch } from '../../src/store/index.ts';
import { expiredCounts } from '../../src/store/index.ts';
import { everyDay, madeOf, type Owed, owedTo, WISHES } from '../support/due.ts';
import { lesson } from '../support/make.ts';
import { group, listener } from '../support/reminded.ts';
import { type Stage, stageAt } from '../support/world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ANYA = 101;
/** The same wishes, and a filter that hides nothing: planned one by one. */
const BORIS = 102;
const BOTH = [listener(ANYA, WISHES), listener(BORIS, { ...WISHES, hidden: [{ by: 'subject', name: 'Нет такого' }] })];

type Run = { readonly ticks: number[]; readonly batches: Batch[] };

async function begin(zone: string, day: string, clock: string): Promise<Stage> {
  const stage = await stageAt(day, clock, { zone });
  await group(stage.world, { lessons: everyDay(lesson), peers: BOTH, zone });
  return stage;
}

/** Ticks once now, then after each move of the clock. */
async function run(stage: Stage, moves: Iterable<number>): Promise<Run> {
  const [ticks, batches]: [number[], Batch[]] = [[], []];
  async function tick(): Promise<void> {
    await remind(stage.world);
    ticks.push(stage.clock.now());
    batches.push(...(await stage.deliver()));
  }
  await tick();
  for (const move of moves) {
    stage.clock.move(move);
    await tick();
  }
  return { ticks, batches };
}

/** What one peer was sent, named as it was owed. */
function sentTo(peer: number, batches: readonly Batch[], zone: string): string[] {
  return batches
    .filter(({ peers }) => peers.includes(peer))
    .map(({ saying, due }) => {
      if (saying.kind === 'evening' || saying.kind === 'morning') return `${saying.day} ${saying.kind}`;
      if (saying.kind !== 'reminder') throw new Error(`nobody asked for ${saying.kind}`);
      const [one] = saying.lessons;
      if (one === undefined) throw new Error('a reminder of nothing');
      return `${one.day} ${one.subject} ${(instantOf(one.day, one.start, zone) - due) / MINUTE}`;
    })
    .sort();
}

async function counted(stage: Stage): Promise<number> {
  return Object.values(await expiredCounts(stage.world.store.db)).reduce((sum, peers) => sum + peers, 0);
}

/** Both were sent what the ticks allow, once; what they do not allow is counted, for both. */
async function holds(stage: Stage, { ticks, batches }: Run, owed: readonly Owed[], zone: string): Promise<void> {
  const { sent, late } = madeOf(owed, ticks);
  expect(sentTo(ANYA, batches, zone)).toEqual(sent.toSorted());
  expect(sentTo(BORIS, batches, zone)).toEqual(sent.toSorted());
  expect(await counted(stage)).toBe(2 * late.length);
}

function repeat(move: number, times: number): number[] {
  return Array.from({ length: times }, () => move);
}

describe('every zone, ticks of thirteen minutes', () => {
  const RUSSIA = [
    'Europe/Kaliningrad',
    'Europe/Moscow',
    'Europe/Samara',
    'Asia/Yekaterinburg',
    'Asia/Omsk',
    'Asia/Krasnoyarsk',
    'Asia/Irkutsk',
    'Asia/Yakutsk',
    'Asia/Vladivostok',
    'Asia/Magadan',
    'Asia/Kamchatka',
  ];
  test.each<[zone: string, when: string, first: string]>([
    ...RUSSIA.map((zone): [string, string, string] => [zone, 'an autumn night', '2026-10-24']),
    ['Europe/Berlin', 'the clocks go back', '2026-10-24'],
    ['Europe/Berlin', 'the clocks go forward', '2027-03-27'],
    ['America/New_York', 'the clocks go back', '2026-10-31'],
    ['America/New_York', 'the clocks go forward', '2027-03-13'],
    ['Europe/Moscow', 'New Year, week 53 to week 1', '2026-12-30'],
    ['Asia/Kamchatka', 'New Year, week 53 to week 1', '2026-12-31'],
    ['Europe/Moscow', '29 February', '2028-02-28'],
  ])('%s, %s', async (zone, _, first) => {
    const stage = await begin(zone, first, '12:00');
    const result = await run(stage, repeat(13 * MINUTE, Math.ceil((2.5 * DAY) / (13 * MINUTE))));
    const owed = owedTo(zone, first, 5);
    await holds(stage, result, owed, zone);
    // Two and a half days from noon: two whole days of lessons, and nothing was late.
    expect(await counted(stage)).toBe(0);
    expect(madeOf(owed, result.ticks).sent.length).toBeGreaterThanOrEqual(2 * 9);
  });
});

describe('a clock that jumps and a bot that sleeps', () => {
  const steady = (hours: number) => repeat(5 * MINUTE, (hours * HOUR) / (5 * MINUTE));
  test.each<[string, number[]]>([
    ['steady', steady(30)],
    ['back an hour in the morning', [...steady(2), -HOUR, ...steady(4)]],
    ['back an hour, again and again', repeat(0, 6).flatMap(() => [...steady(2), -HOUR])],
    ['forward a day', [...steady(2), DAY, ...steady(4)]],
    ['forward a day and back again', [...steady(1), DAY, -DAY, ...steady(30)]],
    ['asleep for 40 minutes', [...steady(1), 40 * MINUTE, ...steady(4)]],
    ['asleep for 3 hours', [...steady(1), 3 * HOUR, ...steady(20)]],
    ['asleep for 2 days', [...steady(1), 2 * DAY, ...steady(20)]],
    ['asleep for 14 minutes at a time: nothing is late', repeat(14 * MINUTE, 200)],
    ['asleep for an hour at a time', repeat(HOUR, 60)],
  ])('%s', async (_, moves) => {
    const zone = 'Europe/Moscow';
    // 07:00: the first lesson of the morning is an hour away.
    const stage = await begin(zone, '2026-09-14', '07:00');
    await holds(stage, await run(stage, moves), owedTo(zone, '2026-09-13', 8), zone);
  });

  test('any jumps: each at most once, none missed whose deadline is ahead, whatever was late is counted', async () => {
    const zone = 'Europe/Moscow';
    const anyMove = fc.oneof(
      { weight: 2, arbitrary: fc.integer({ min: -DAY, max: DAY }) },
      { weight: 3, arbitrary: fc.integer({ min: -HOUR, max: HOUR }) },
      { weight: 3, arbitrary: fc.integer({ min: 1, max: 20 * MINUTE }) },
      { weight: 1, arbitrary: fc.constantFrom(SECOND, -SECOND, 0) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyMove, { maxLength: 40 }), async (moves) => {
        // The timetable was known ten days before: a clock that goes back further than that is another story.
        const back = moves.map((_, index) => moves.slice(0, index + 1).reduce((sum, move) => sum + move, 0));
        fc.pre(Math.min(...back, 0) > -9 * DAY);
        const stage = await begin(zone, '2026-10-04', '07:00');
        stage.clock.move(10 * DAY);
        await holds(stage, await run(stage, moves), owedTo(zone, '2026-09-25', 40), zone);
        await stage.world.store.close();
      }),
      { numRuns: 30 },
    );
  });
});

test('a crash between two chunks of a crowd loses nothing and doubles nothing', async () => {
  const GROUPS = 400;
  const lessons = [lesson({ times: { on: 'weekly', weekday: 1, weeks: 'every', start: '10:00', end: '11:35' } })];
  const stage = await stageAt('2026-09-14', '09:44');
  const { world, clock } = stage;
  for (let n = 1; n <= GROUPS; n += 1)
    await group(world, {
      lessons,
      peers: [listener(n, { leads: [15] }), listener(GROUPS + n, { leads: [15], subgroup: '1' })],
    });
  await remind(world);
  clock.move(2 * MINUTE);

  const heard: number[] = [];
  let survived = 0;
  for (let crashes = 0; ; crashes += 1) {
    let left = 1 + (crashes % 3);
    const mortal = {
      ...world,
      store: {
        ...world.store,
        async transaction<T>(work: Parameters<typeof world.store.transaction<T>>[0]): Promise<T> {
          if (left === 0) throw new Error('the power is gone');
          left -= 1;
          return world.store.transaction(work);
        },
      },
    };
    const alive = await remind(mortal).then(
      () => true,
      () => false,
    );
    heard.push(...(await stage.deliver()).flatMap(({ peers }) => peers));
    if (alive || crashes > 30) break;
    survived += 1;
    if (crashes === 6) await remind(world);
  }
  expect(survived).toBeGreaterThan(3);
  expect(heard.sort((a, b) => a - b)).toEqual(Array.from({ length: 2 * GROUPS }, (_, index) => index + 1));
});
