import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, clockOf, minutesOf } from '../../src/domain/calendar.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { type Verdict, verdict } from '../../src/domain/verdict.ts';
import { anyTimetable, occurrence } from './arbitrary.ts';

const WINDOW = { from: Date.parse('2026-11-22T00:00Z'), to: Date.parse('2027-02-01T00:00Z') };

/** `count` lessons, two a day from 24 November, each day another subject. */
function season(count: number, patch: Partial<Lesson> = {}): Occurrence[] {
  return Array.from({ length: count }, (_, index) =>
    occurrence(addDays('2026-11-24', Math.floor(index / 2)), index % 2 === 0 ? '10:00' : '12:00', {
      subject: `Предмет ${index % 7}`,
      ...patch,
    }),
  );
}

function shifted(list: readonly Occurrence[], minutes: number): Occurrence[] {
  return list.map((one) => {
    const wall = minutesOf(one.start) + minutes;
    const days = Math.floor(wall / 1440);
    return occurrence(addDays(one.day, days), clockOf(wall - days * 1440), {
      subject: one.subject,
      subgroup: one.subgroup,
    });
  });
}

const CASES: [string, Occurrence[], Occurrence[], Verdict][] = [
  ['the same', season(20), season(20), 'believe'],
  ['the first reading', [], season(20), 'believe'],
  ['nothing where much was', season(20), [], 'empty'],
  ['nothing where little was', season(1), [], 'empty'],
  ['nothing where nothing was', [], [], 'believe'],
  [
    'all that is ahead vanished, the past stays',
    [...season(12), occurrence('2026-11-20', '10:00')],
    [occurrence('2026-11-20', '10:00')],
    'empty',
  ],
  ['a third gone', season(12), season(8), 'believe'],
  ['more than a third gone', season(12), season(7), 'shrunk'],
  ['a small timetable may lose most', season(7), season(1), 'believe'],
  ['eight are enough to judge', season(8), season(5), 'shrunk'],
  ['all marked cancelled by the source', season(12), season(12, { cancelled: true }), 'believe'],
  ['grown', season(8), season(40), 'believe'],
  ['three hours later', season(20), shifted(season(20), 180), 'shifted'],
  ['three hours earlier', season(20), shifted(season(20), -180), 'shifted'],
  ['a day later', season(20), shifted(season(20), 1440), 'shifted'],
  ['another week', season(10), shifted(season(10), 7 * 1440), 'shifted'],
  [
    'half of the lessons later',
    season(20),
    [...season(20).slice(0, 10), ...shifted(season(20).slice(10), 90)],
    'believe',
  ],
  ['seven lessons later by an hour', season(7), shifted(season(7), 60), 'believe'],
  ['every subject renamed', season(20), season(20, { subject: 'Что-то' }), 'believe'],
  ['every room another', season(20), season(20, { place: { room: '1', link: '', format: 'onsite' } }), 'believe'],
];

test.each(CASES)('%s', (_, before, after, expected) => {
  expect(verdict(before, after, WINDOW)).toBe(expected);
});

test('a weekly series that goes on is not a week later', () => {
  const weekly = (from: number) =>
    Array.from({ length: 12 }, (_, index) => occurrence(addDays('2026-11-24', (from + index) * 7), '10:00'));
  const wide = { from: WINDOW.from, to: Date.parse('2027-06-01T00:00Z') };
  expect(verdict(weekly(0), weekly(1), wide)).toBe('believe');
});

describe('rows that could not be read', () => {
  test('up to a fifth is let through', () => {
    expect(verdict(season(20), season(20), WINDOW, 0.2)).toBe('believe');
    expect(verdict(season(20), season(20), WINDOW, 0.21)).toBe('unreadable');
    expect(verdict(season(7), season(7), WINDOW, 0.9)).toBe('believe');
  });
});

test('lessons beyond the old horizon do not excuse those lost before it', () => {
  const far = Array.from({ length: 30 }, (_, index) => occurrence(addDays('2027-03-01', index), '10:00'));
  expect(verdict(season(12), [...season(4), ...far], WINDOW)).toBe('shrunk');
});

test('the order of the lessons does not show, and what did not change is believed', () => {
  fc.assert(
    fc.property(anyTimetable, anyTimetable, (a, b) => {
      expect(verdict(a, a, WINDOW)).toBe('believe');
      expect(verdict(a.toReversed(), b.toReversed(), WINDOW)).toBe(verdict(a, b, WINDOW));
    }),
    { numRuns: 300 },
  );
});
