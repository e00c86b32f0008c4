import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  clockOf,
  dayNumber,
  dayOfNumber,
  daysBetween,
  instantOf,
  isClock,
  isZone,
  minutesOf,
  mondayOf,
  parseDay,
  wallOf,
  weekdayOf,
  weekNumber,
} from '../../src/domain/calendar.ts';

const ZONES = [
  'Europe/Moscow',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'America/Santiago',
  'Pacific/Apia',
  'Africa/Casablanca',
  'UTC',
  'Australia/Lord_Howe',
];
const anyDay = fc.integer({ min: dayNumber('2005-01-01'), max: dayNumber('2037-12-31') }).map(dayOfNumber);
const anyClock = fc.integer({ min: 0, max: 1439 }).map(clockOf);

/** The earlier of the instants at which the clocks of the zone show this; in a gap, by the offset before it. */
function lookedUp(day: string, clock: string, zone: string): number {
  const wall = Date.parse(`${day}T${clock}Z`);
  const offsets = [-1, 1].map((side) => IANAZone.create(zone).offset(wall + side * 86_400_000) * 60_000);
  const shown = offsets.map((offset) => wall - offset).filter((at) => shows(at, zone) === `${day} ${clock}`);
  return shown.length > 0 ? Math.min(...shown) : wall - (offsets[0] ?? 0);
}
function shows(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd HH:mm');
}

describe('wall time and instants', () => {
  test.each([
    ['2026-11-24', '10:00', 'Europe/Moscow', '2026-11-24T07:00:00.000Z'],
    ['2026-07-01', '10:00', 'Europe/Berlin', '2026-07-01T08:00:00.000Z'],
    ['2026-12-01', '10:00', 'Europe/Berlin', '2026-12-01T09:00:00.000Z'],
    // Twice on this night: the earlier.
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
    // Never on this night: forward by the gap.
    ['2027-03-28', '02:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z'],
    ['2027-03-28', '03:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z'],
    ['2026-11-24', '10:00', 'Asia/Kathmandu', '2026-11-24T04:15:00.000Z'],
  ])('%s %s in %s', (day, clock, zone, instant) => {
    expect(new Date(instantOf(day, clock, zone)).toISOString()).toBe(instant);
  });

  test('offsets that are kept agree with those looked up, and reading back gives the same wall time unless it was skipped', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), anyDay, anyClock, (zone, day, clock) => {
        const at = instantOf(day, clock, zone);
        expect(at).toBe(lookedUp(day, clock, zone));
        const there = DateTime.fromMillis(at, { zone });
        expect(wallOf(at, zone)).toEqual({ day: there.toFormat('yyyy-MM-dd'), clock: there.toFormat('HH:mm') });
        const wall = wallOf(at, zone);
        if (wall.day !== day || wall.clock !== clock)
          expect(`${wall.day}T${wall.clock}` > `${day}T${clock}`).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('an unknown zone is a bug of ours, not a wrong hour', () => {
    expect(() => instantOf('2026-11-24', '10:00', 'Europe/Nowhere')).toThrow(RangeError);
    expect(() => wallOf(0, 'local')).toThrow(RangeError);
  });
});

describe('days', () => {
  test('days are numbered as the calendar has them, from the year 0 to the year 9999', () => {
    const number = fc.integer({ min: -719_528, max: 2_932_896 });
    fc.assert(
      fc.property(number, (number) => {
        const day = new Date(number * 86_400_000).toISOString().slice(0, 10);
        expect([dayNumber(day), dayOfNumber(number)]).toEqual([number, day]);
      }),
    );
    for (const [day, number] of [
      ['0000-01-01', -719_528],
      ['1900-02-28', -25_509],
      ['1900-03-01', -25_508],
      ['1970-01-01', 0],
      ['2000-02-29', 11_016],
      ['2000-03-01', 11_017],
      ['9999-12-31', 2_932_896],
    ] as const)
      expect([dayNumber(day), dayOfNumber(number)]).toEqual([number, day]);
  });

  test('arithmetic', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
    expect(daysBetween('2026-11-24', '2026-11-20')).toBe(-4);
    expect(weekdayOf('2026-11-22')).toBe(7);
    expect(weekdayOf('1969-12-29')).toBe(1);
    expect(mondayOf('2026-11-22')).toBe('2026-11-16');
    expect(clockOf(1440)).toBe('24:00');
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (day, days) => {
        expect(daysBetween(day, addDays(day, days))).toBe(days);
        expect(weekdayOf(mondayOf(day))).toBe(1);
      }),
    );
    fc.assert(fc.property(anyClock, (clock) => clockOf(minutesOf(clock)) === clock));
  });

  test('academic weeks count from the week of the anchor', () => {
    expect(
      ['2026-08-31', '2026-09-01', '2026-09-06', '2026-09-07', '2026-08-30'].map((day) =>
        weekNumber(day, '2026-09-01'),
      ),
    ).toEqual([1, 1, 1, 2, 0]);
  });

  test('what is a day, a clock, a zone', () => {
    expect(['2026-02-28', '2026-02-29', '2026-13-01', '2026-2-1', '', '2026-11-24T00:00'].map(parseDay)).toEqual([
      '2026-02-28',
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(['00:00', '23:59', '24:00', '9:00', '09:60', ''].map(isClock)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(['Europe/Moscow', 'UTC', 'local', '', 'Moscow', 'system'].map(isZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
