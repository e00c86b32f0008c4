/** When a feed is read again, what a host can carry, and how late that makes a change. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf } from '../../src/domain/calendar.ts';
import {
  type Claim,
  delayP95,
  isDaytime,
  jittered,
  nearUntil,
  pauseAfter,
  pauseAt,
  peaceAfter,
  priceOf,
  wishOf,
} from '../../src/domain/polling.ts';

const MOSCOW = 'Europe/Moscow';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const at = (clock: string, day = '2026-09-14', zone = MOSCOW) => instantOf(day, clock, zone);

describe('how often a feed would be read', () => {
  test.each([
    ['nobody listens, a lesson in an hour', 0, '12:00', '13:00', 'idle', 24 * HOUR],
    ['a lesson within three hours', 5, '12:00', '14:59', 'near', 60 * SECOND],
    ['a lesson tonight', 5, '12:00', '18:00', 'near', 75 * SECOND],
    ['the last lesson of tomorrow', 5, '12:00', '23:59 tomorrow', 'near', 75 * SECOND],
    ['the first one after it', 5, '12:00', '00:00 after', 'followed', 15 * MINUTE],
    ['no lesson at all', 5, '12:00', null, 'followed', 15 * MINUTE],
    ['the first minute of the day', 5, '06:00', '18:00', 'near', 75 * SECOND],
    ['the last minute of the night', 5, '05:59', '18:00', 'near', 10 * MINUTE],
    ['the last minute of the day', 5, '21:59', '09:00 tomorrow', 'near', 75 * SECOND],
    ['the first minute of the night', 5, '22:00', '09:00 tomorrow', 'near', 10 * MINUTE],
    ['night, no lesson', 5, '23:00', null, 'followed', HOUR],
  ] as const)('%s', (_, followers, clock, lesson, rank, every) => {
    const [time = '', word] = (lesson ?? '').split(' ');
    const day = word === undefined ? '2026-09-14' : word === 'tomorrow' ? '2026-09-15' : '2026-09-16';
    const nextLesson = lesson === null ? null : at(time, day);
    expect(wishOf({ followers, nextLesson, zone: MOSCOW }, at(clock))).toMatchObject({ rank, every });
  });

  test('day and night are those of the timetable, also over a change of the clocks', () => {
    const berlin = 'Europe/Berlin';
    // 25 October 2026: 03:00 summer time becomes 02:00, so that day has 25 hours.
    expect(isDaytime(at('06:00', '2026-10-25', berlin), berlin)).toBe(true);
    expect(isDaytime(at('06:00', '2026-10-25', berlin) - 1, berlin)).toBe(false);
    expect(nearUntil(at('12:00', '2026-10-24', berlin), berlin)).toBe(at('00:00', '2026-10-26', berlin));
    expect(nearUntil(at('00:30', '2026-10-24', berlin), berlin) - at('00:00', '2026-10-24', berlin)).toBe(49 * HOUR);
    expect(isDaytime(at('12:00'), 'Asia/Vladivostok')).toBe(true);
    expect(isDaytime(at('12:00'), 'America/New_York')).toBe(false);
  });
});

const claim = fc.record({
  every: fc.integer({ min: 1000, max: 86_400_000 }),
  weight: fc.double({ min: 0.0005, max: 50, noNaN: true }),
  requests: fc.integer({ min: 1, max: 7 }),
});
const asked = (claims: readonly Claim[], price: number) =>
  claims.reduce((sum, one) => sum + one.requests / pauseAt(one, price), 0);

describe('the price of a host’s time', () => {
  test('nobody is read sooner than wished, nothing is asked beyond nine tenths, and nothing of them is left unused', () => {
    fc.assert(
      fc.property(
        fc.array(claim, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 250, max: 20_000 }),
        (claims, ms) => {
          const [price, budget] = [priceOf(claims, ms), 0.9 / ms];
          expect(asked(claims, price)).toBeLessThanOrEqual(budget * (1 + 1e-9));
          if (price === 0) expect(asked(claims, 0)).toBeLessThanOrEqual(budget);
          else expect(asked(claims, price)).toBeGreaterThanOrEqual(budget * (1 - 1e-9));
        },
      ),
    );
  });

  test('order changes nothing, and a slower host never makes anybody come sooner', () => {
    fc.assert(
      fc.property(
        fc.array(claim, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 250, max: 9000 }),
        (claims, ms) => {
          expect(priceOf(claims.toReversed(), ms)).toBeCloseTo(priceOf(claims, ms), 3);
          expect(priceOf(claims, ms * 2)).toBeGreaterThanOrEqual(priceOf(claims, ms));
        },
      ),
    );
  });

  const near = (followers: number) => ({
    ...wishOf({ followers, nextLesson: at('18:00'), zone: MOSCOW }, at('12:00')),
    requests: 1,
  });
  const far = { ...wishOf({ followers: 5, nextLesson: null, zone: MOSCOW }, at('12:00')), requests: 1 };
  const idle = { ...wishOf({ followers: 0, nextLesson: null, zone: MOSCOW }, at('12:00')), requests: 1 };

  test('sixty near groups and many idle ones: the near ones have what they wish, the others give way', () => {
    const claims = [...Array(60).fill(near(5)), ...Array(200).fill(far), ...Array(2000).fill(idle)];
    const price = priceOf(claims, SECOND);
    expect(price).toBeGreaterThan(0);
    expect(pauseAt(near(5), price)).toBe(75 * SECOND);
    expect(pauseAt(far, price)).toBeGreaterThan(15 * MINUTE);
  });

  test('three hundred near groups are more than a host can carry: all wait, a large one less than a small one', () => {
    const claims = [...Array(150).fill(near(4)), ...Array(150).fill(near(100)), far];
    const price = priceOf(claims, SECOND);
    const [small, large] = [pauseAt(near(4), price), pauseAt(near(100), price)];
    expect(large).toBeLessThan(small);
    expect(small).toBeLessThan(25 * MINUTE);
    expect(large).toBeGreaterThan(75 * SECOND);
  });
});

test('failures: twice as long each time, a near feed never for more than a quarter of an hour', () => {
  const near = wishOf({ followers: 1, nextLesson: at('18:00'), zone: MOSCOW }, at('12:00'));
  const idle = wishOf({ followers: 0, nextLesson: null, zone: MOSCOW }, at('12:00'));
  expect([1, 2, 3, 4, 5, 50].map((n) => pauseAfter(n, near) / SECOND)).toEqual([75, 150, 300, 600, 900, 900]);
  expect([1, 2, 3, 50].map((n) => pauseAfter(n, idle) / MINUTE)).toEqual([15, 30, 60, 360]);
  expect([0, 1, 2, 3, 4, 5, 6, 7, 99].map((n) => peaceAfter(n) / SECOND)).toEqual([
    0, 0, 30, 60, 120, 240, 480, 600, 600,
  ]);
});

test('jitter stays within a tenth and is another for each feed and each time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 2e12 }), (id, now) => {
      expect(Math.abs(jittered(100_000, id, now) - 100_000)).toBeLessThanOrEqual(10_000);
    }),
  );
  const together = Array.from({ length: 2000 }, (_, id) => Math.floor(jittered(75_000, id, at('12:00')) / 1000));
  const bunches = Map.groupBy(together, (second) => second);
  expect(Math.max(...[...bunches.values()].map(({ length }) => length))).toBeLessThan(300);
  expect(
    new Set(Array.from({ length: 50 }, (_, n) => jittered(75_000, 7, at('12:00') + n * 75_000))).size,
  ).toBeGreaterThan(25);
});

describe('how late a change is', () => {
  test.each([
    [[], null],
    [[100], 95],
    [[100, 100, 100], 95],
    // Half of all time lies in the long gap: of the changes there a tenth wait for more than 90.
    [[100, ...Array(10).fill(10)], 90],
  ])('readings %j apart', (gaps, delay) => {
    expect(delayP95(gaps)).toBe(delay);
  });

  test('agrees with changes thrown at random', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1000, max: 900_000 }), { minLength: 1, maxLength: 20 }), (gaps) => {
        const total = gaps.reduce((sum, gap) => sum + gap, 0);
        const ends = gaps.map((_, n) => gaps.slice(0, n + 1).reduce((sum, gap) => sum + gap, 0));
        const delays = Array.from({ length: 4000 }, (_, n) => ((n + 0.5) / 4000) * total)
          .map((moment) => (ends.find((end) => end > moment) ?? total) - moment)
          .sort((a, b) => a - b);
        expect(Math.abs((delayP95(gaps) ?? 0) - (delays[3800] ?? 0))).toBeLessThan(total / 500);
      }),
      { numRuns: 30 },
    );
  });
});
