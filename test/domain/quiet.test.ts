/** Quiet hours: when what came due inside them is sent. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockOf, instantOf, wallOf } from '../../src/domain/calendar.ts';
import { quietUntil, sendAt } from '../../src/domain/quiet.ts';

const NIGHT = { from: '23:00', to: '07:00' };
const NAP = { from: '13:00', to: '14:30' };
const MINUTE = 60_000;

function until(quiet: typeof NIGHT, zone: string, day: string, clock: string): string | null {
  const end = quietUntil(quiet, zone, instantOf(day, clock, zone));
  if (end === null) return null;
  const wall = wallOf(end, zone);
  return `${wall.day} ${wall.clock}`;
}

test.each([
  [NIGHT, '22:59', null],
  [NIGHT, '23:00', '2026-11-25 07:00'],
  [NIGHT, '23:59', '2026-11-25 07:00'],
  [NIGHT, '00:00', '2026-11-24 07:00'],
  [NIGHT, '06:59', '2026-11-24 07:00'],
  [NIGHT, '07:00', null],
  [NAP, '12:59', null],
  [NAP, '13:00', '2026-11-24 14:30'],
  [NAP, '14:30', null],
  [{ from: '00:00', to: '06:00' }, '00:00', '2026-11-24 06:00'],
  [{ from: '22:00', to: '00:00' }, '23:00', '2026-11-25 00:00'],
])('%j at %s ends %s', (quiet, clock, end) => {
  expect(until(quiet, 'Europe/Moscow', '2026-11-24', clock)).toBe(end);
});

test.each([
  // Clocks forward in Berlin on 28 March 2027, back on 31 October 2027.
  ['a short night', NIGHT, 'Europe/Berlin', '2027-03-27', '23:30', '2027-03-28 07:00', 6.5],
  ['a long night', NIGHT, 'Europe/Berlin', '2027-10-30', '23:30', '2027-10-31 07:00', 8.5],
  [
    'an end that is skipped',
    { from: '23:00', to: '02:30' },
    'Europe/Berlin',
    '2027-03-27',
    '23:30',
    '2027-03-28 03:30',
    3,
  ],
  ['New Year', NIGHT, 'Asia/Kamchatka', '2026-12-31', '23:30', '2027-01-01 07:00', 7.5],
  ['29 February', NIGHT, 'Asia/Omsk', '2028-02-28', '23:30', '2028-02-29 07:00', 7.5],
])('%s', (_, quiet, zone, day, clock, end, hours) => {
  expect(until(quiet, zone, day, clock)).toBe(end);
  const from = instantOf(day, clock, zone);
  expect(quietUntil(quiet, zone, from)).toBe(from + hours * 60 * MINUTE);
});

test('a night in which an hour comes twice ends once', () => {
  const quiet = { from: '23:00', to: '02:30' };
  const end = instantOf('2027-10-31', '02:30', 'Europe/Berlin');
  expect(quietUntil(quiet, 'Europe/Berlin', end - MINUTE)).toBe(end);
  // 02:15 for the second time.
  expect(quietUntil(quiet, 'Europe/Berlin', end + 45 * MINUTE)).toBeNull();
});

test.each([
  ['23:30', '09:00', 'held to 07:00'],
  ['23:30', '06:30', 'at once: the lesson is before the end'],
  ['23:30', '07:00', 'held to 07:00'],
  ['21:00', '09:00', 'at once: nothing is quiet'],
])('due at %s for a lesson at %s: %s', (clock, start, what) => {
  const zone = 'Europe/Moscow';
  const due = instantOf('2026-11-24', clock, zone);
  const at = sendAt(NIGHT, zone, due, instantOf('2026-11-25', start, zone));
  expect(at).toBe(what.startsWith('held') ? instantOf('2026-11-25', '07:00', zone) : due);
  expect(sendAt(null, zone, due, due)).toBe(due);
});

describe('whatever the hours and the zone', () => {
  const clock = fc.integer({ min: 0, max: 1439 }).map(clockOf);
  const zone = fc.constantFrom(
    'Europe/Moscow',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kamchatka',
    'Asia/Kathmandu',
  );
  const instant = fc
    .integer({ min: Date.UTC(2026, 9, 20) / MINUTE, max: Date.UTC(2027, 3, 5) / MINUTE })
    .map((minute) => minute * MINUTE);

  test('a quiet that holds ends within a day and an hour, and is over then', () => {
    fc.assert(
      fc.property(clock, clock, zone, instant, (from, to, where, at) => {
        fc.pre(from !== to);
        const end = quietUntil({ from, to }, where, at);
        if (end === null) return;
        expect(end).toBeGreaterThan(at);
        expect(end - at).toBeLessThanOrEqual(25 * 60 * MINUTE);
        expect(quietUntil({ from, to }, where, end)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  test('everything due within one night is held to one minute', () => {
    fc.assert(
      fc.property(zone, instant, fc.integer({ min: 0, max: 60 }), (where, at, minutes) => {
        const end = quietUntil(NIGHT, where, at);
        if (end === null || at + minutes * MINUTE >= end) return;
        expect(quietUntil(NIGHT, where, at + minutes * MINUTE)).toBe(end);
      }),
      { numRuns: 1000 },
    );
  });
});
