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
/** The same wishes, by the clocks of a zone of her own. */
const CLARA = 103;
const BOTH = [listener(ANYA, WISHES), listener(BORIS, { ...WISHES, hidden: [{ by: 'subject', name: 'Нет такого' }] })];

type Run = { readonly ticks: number[]; readonly batches: Batch[] };

async function begin(zone: string, day: string, clock: string, own?: string): Promise<Stage> {
  const stage = await stageAt(day, clock, { zone });
  const clara = own === undefined ? [] : [listener(CLARA, { ...WISHES, zone: own })];
  await group(stage.world, { lessons: everyDay(lesson), peers: [...BOTH, ...clara], zone });
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

describe('every zone, ticks of thirteen minutes', { timeout: 90_000 }, () => {
  /** Every zone of Russia in the IANA database. */
  const RUSSIA =
    'Europe/Kaliningrad Europe/Moscow Europe/Simferopol Europe/Kirov Europe/Volgograd Europe/Astrakhan Europe/Saratov Europe/Ulyanovsk Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Barnaul Asia/Tomsk Asia/Novokuznetsk Asia/Krasnoyarsk Asia/Irkutsk Asia/Chita Asia/Yakutsk Asia/Khandyga Asia/Vladivostok Asia/Ust-Nera Asia/Sakhalin Asia/Magadan Asia/Srednekolymsk Asia/Kamchatka Asia/Anadyr'.split(
      ' ',
    );
  test.each<[zone: string, when: string, first: string, days?: number]>([
    ...RUSSIA.map((zone): [string, string, string, number] => [zone, 'an autumn day', '2026-10-24', 1]),
    ['Europe/Berlin', 'the clocks go back', '2026-10-24'],
    ['Europe/Berlin', 'the clocks go forward', '2027-03-27'],
    ['America/New_York', 'the clocks go back', '2026-10-31'],
    ['America/New_York', 'the clocks go forward', '2027-03-13'],
    ['Europe/Moscow', 'New Year, week 53 to week 1', '2026-12-30'],
    ['Asia/Kamchatka', 'New Year, week 53 to week 1', '2026-12-31'],
    ['Europe/Moscow', '29 February', '2028-02-28'],
  ])('%s, %s', async (zone, _, first, days = 2.5) => {
    const stage = await begin(zone, first, '12:00');
    const result = await run(stage, repeat(13 * MINUTE, Math.ceil((days * DAY) / (13 * MINUTE))));
    const owed = owedTo(zone, first, 5);
    await holds(stage, result, owed, zone);
    // From noon on: so many whole days of lessons, and nothing was late.
    expect(await counted(stage)).toBe(0);
    expect(madeOf(owed, result.ticks).sent.length).toBeGreaterThanOrEqual(Math.floor(days) * 9);
  });
});

describe("a zone of one's own, ticks of thirteen minutes", { timeout: 90_000 }, () => {
  test.each<[zone: string, own: string, when: string, first: string]>([
    ['Europe/Moscow', 'Asia/Omsk', 'an autumn night', '2026-10-24'],
    ['Europe/Moscow', 'Asia/Kamchatka', 'lessons on another day than there', '2026-10-24'],
    ['Asia/Vladivostok', 'Europe/Kaliningrad', 'lessons on the day before', '2026-12-30'],
    ['Europe/Moscow', 'Europe/Berlin', 'her clocks go back', '2026-10-24'],
    ['Europe/Moscow', 'Europe/Berlin', 'her clocks go forward', '2027-03-27'],
    ['Europe/Moscow', 'America/New_York', 'her clocks go forward', '2027-03-13'],
    ['Europe/Berlin', 'Europe/Moscow', 'those of the timetable go back', '2026-10-24'],
    ['America/New_York', 'Europe/Berlin', 'those of the timetable go forward', '2027-03-13'],
    ['Europe/Moscow', 'Asia/Anadyr', '29 February', '2028-02-28'],
  ])('%s, %s: %s', async (zone, own, _, first) => {
    const stage = await begin(zone, first, '12:00', own);
    const { ticks, batches } = await run(stage, repeat(13 * MINUTE, Math.ceil((2.5 * DAY) / (13 * MINUTE))));
    const owed = owedTo(zone, first, 5, own);
    expect(sentTo(CLARA, batches, own)).toEqual(madeOf(owed, ticks).sent.toSorted());
    expect(sentTo(ANYA, batches, zone)).toEqual(madeOf(owedTo(zone, first, 5), ticks).sent.toSorted());
    expect(await counted(stage)).toBe(0);
    // Whose clocks they are is said to her alone, and wherever a time is told.
    const marked = batches.map(({ saying, peers }) => [saying.kind, saying.own === true, peers.includes(CLARA)]);
    expect(marked.filter(([, isOwn, isHers]) => isOwn !== isHers)).toEqual([]);
  });

  test.each<[string, number[]]>([
    ['asleep for 3 hours', [HOUR, 3 * HOUR, ...repeat(13 * MINUTE, 90)]],
    ['back an hour, again and again', repeat(0, 6).flatMap(() => [...repeat(5 * MINUTE, 24), -HOUR])],
    ['forward a day and back again', [HOUR, DAY, -DAY, ...repeat(13 * MINUTE, 140)]],
  ])('%s', async (_, moves) => {
    const [zone, own] = ['Europe/Moscow', 'Asia/Omsk'];
    const stage = await begin(zone, '2026-09-14', '03:00', own);
    const { ticks, batches } = await run(stage, moves);
    const hers = madeOf(owedTo(zone, '2026-09-13', 8, own), ticks);
    expect(sentTo(CLARA, batches, own)).toEqual(hers.sent.toSorted());
    const theirs = madeOf(owedTo(zone, '2026-09-13', 8), ticks);
    expect(await counted(stage)).toBe(2 * theirs.late.length + hers.late.length);
  });
});

describe('a bot that sleeps while the clocks change', { timeout: 90_000 }, () => {
  test.each<[zone: string, day: string, move: number]>(
    (
      [
        ['Europe/Berlin', '2026-10-24'],
        ['Europe/Berlin', '2027-03-27'],
        ['America/New_York', '2026-10-31'],
        ['America/New_York', '2027-03-13'],
      ] as const
    ).flatMap(([zone, day]) =>
      [40 * MINUTE, 3 * HOUR, 2 * DAY].map((move): [string, string, number] => [zone, day, move]),
    ),
  )('%s %s, for %i ms', async (zone, day, move) => {
    // From the evening before to a quarter of an hour before the change at the latest, then asleep over it.
    const stage = await begin(zone, day, '18:00');
    const until = repeat(13 * MINUTE, Math.floor((7.75 * HOUR) / (13 * MINUTE)));
    const result = await run(stage, [...until, move, ...repeat(13 * MINUTE, 40)]);
    await holds(stage, result, owedTo(zone, day, 6), zone);
  });
});

describe('a clock that jumps and a bot that sleeps', { timeout: 90_000 }, () => {
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
