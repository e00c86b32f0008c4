import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, clockOf, minutesOf, mondayOf } from '../../src/domain/calendar.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { inZone, type Occurrence } from '../../src/domain/occurrence.ts';
import { isBeyondDoubt, type Verdict, verdict } from '../../src/domain/verdict.ts';
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

/** So many of the same lesson. */
function alike(count: number): Occurrence[] {
  return Array.from({ length: count }, () => occurrence('2026-11-24', '10:00'));
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

/** The same with a subject for every lesson: no week is like another. */
function various(count: number): Occurrence[] {
  return season(count).map((one, index) => ({ ...one, subject: `Предмет ${index}` }));
}

/** Moved within their days, each by its own time. */
function uneven(list: readonly Occurrence[]): Occurrence[] {
  return list.flatMap((one, index) => shifted([one], 10 + (index % 9) * 5));
}

/** The lessons of each day on the day of the next but two, round about. */
function shuffledDays(list: readonly Occurrence[]): Occurrence[] {
  const days = [...new Set(list.map(({ day }) => day))];
  return list.map((one) => {
    const index = days.indexOf(one.day);
    const day = days[(index * 7 + 3) % days.length] ?? one.day;
    return occurrence(day, one.start, { subject: one.subject });
  });
}

function withoutWeek(list: readonly Occurrence[], monday: string): Occurrence[] {
  return list.filter(({ day }) => mondayOf(day) !== monday);
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
  ['a third of nine and no more gone', alike(9), alike(6), 'believe'],
  ['a small timetable may lose most', season(7), season(1), 'believe'],
  ['eight are enough to judge', season(8), season(5), 'shrunk'],
  ['all marked cancelled by the source', season(12), season(12, { cancelled: true }), 'believe'],
  ['grown', season(8), season(40), 'believe'],
  ['three hours later', season(20), shifted(season(20), 180), 'shifted'],
  ['three hours earlier', season(20), shifted(season(20), -180), 'shifted'],
  ['a day later', season(20), shifted(season(20), 1440), 'shifted'],
  ['a week later', season(10), shifted(season(10), 7 * 1440), 'week'],
  ['a week earlier, part of it before now', various(30), shifted(various(30), -7 * 1440), 'week'],
  ['two weeks later', season(10), shifted(season(10), 14 * 1440), 'week'],
  [
    'all pushed out of what is compared, to the week after it',
    season(140).slice(-10),
    shifted(season(140).slice(-10), 7 * 1440),
    'week',
  ],
  ['a year away', season(20), shifted(season(20), -364 * 1440), 'empty'],
  [
    'half of the lessons later',
    season(20),
    [...season(20).slice(0, 10), ...shifted(season(20).slice(10), 90)],
    'believe',
  ],
  ['seven lessons later by an hour', season(7), shifted(season(7), 60), 'believe'],
  [
    'the last lesson taken out of a page that still shows the past',
    [...season(1)],
    [occurrence('2026-11-18', '10:00')],
    'believe',
  ],
  ['every subject another', season(20), season(20, { subject: 'Что-то' }), 'foreign'],
  ['the same subjects on other days', season(40), shuffledDays(season(40)), 'foreign'],
  ['every lesson at another hour of its day', season(20), uneven(season(20)), 'believe'],
  ['a week is gone, the others stay', season(60), withoutWeek(season(60), '2026-12-07'), 'gap'],
  [
    'a short week is gone',
    season(60).filter((_, n) => n % 4 === 0),
    withoutWeek(
      season(60).filter((_, n) => n % 4 === 0),
      '2026-12-07',
    ),
    'believe',
  ],
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
  const judged = (count: number, now: number, usual = 0) =>
    verdict(season(count), season(count), WINDOW, { now, usual });

  test('up to a fifth is let through', () => {
    expect(judged(20, 0.2)).toBe('believe');
    expect(judged(20, 0.21)).toBe('unreadable');
  });

  test('a fifth more than there ever were: a page with many rows that are no lessons is believed as before', () => {
    expect(judged(20, 0.45, 0.3)).toBe('believe');
    expect(judged(20, 0.51, 0.3)).toBe('unreadable');
  });

  test('of a small timetable, most', () => {
    expect(judged(7, 0.5)).toBe('believe');
    expect(judged(7, 0.9)).toBe('unreadable');
  });
});

test('lessons beyond the old horizon do not excuse those lost before it', () => {
  const far = Array.from({ length: 30 }, (_, index) => occurrence(addDays('2027-03-01', index), '10:00'));
  expect(verdict(season(12), [...season(4), ...far], WINDOW)).toBe('shrunk');
});

describe('zones', () => {
  /** Across the change of the clocks on 28 March 2027, when Berlin goes from one hour ahead to two. */
  const spring = (zone: string, minutes = 0) =>
    Array.from({ length: 20 }, (_, index) =>
      occurrence(addDays('2027-03-15', index), clockOf(600 + minutes), { subject: `Предмет ${index % 7}` }, zone),
    );
  const window = { from: Date.parse('2027-03-14T00:00Z'), to: Date.parse('2027-05-01T00:00Z') };

  test('the same wall times in another zone: every lesson moved, though not all equally', () => {
    expect(verdict(spring('Europe/Berlin'), spring('UTC'), window)).toBe('shifted');
    expect(verdict(spring('Europe/Moscow'), spring('Asia/Barnaul'), window)).toBe('shifted');
  });

  test('the same instants by another zone: nothing moved', () => {
    expect(verdict(spring('Europe/Moscow'), spring('Asia/Barnaul', 240), window)).toBe('believe');
  });

  test('the same distance in truth, two distances by the wall', () => {
    const hours = 3 * 3_600_000;
    const late = spring('UTC').map((one) =>
      inZone({ ...one, startsAt: one.startsAt + hours, endsAt: one.endsAt + hours }, 'Europe/Berlin'),
    );
    expect(new Set(late.map(({ start }) => start)).size).toBe(2);
    expect(verdict(spring('UTC'), late, window)).toBe('shifted');
  });

  test('a week later, across the change of the clocks', () => {
    const named = spring('Europe/Berlin').map((one, index) => ({ ...one, subject: `Предмет ${index}` }));
    const later = named.map(({ day, start, subject }) =>
      occurrence(addDays(day, 7), start, { subject }, 'Europe/Berlin'),
    );
    expect(verdict(named, later, window)).toBe('week');
  });
});

/** A term: eight weeks of the same week of 8 to 24 lessons, no two at one hour. */
const anyTerm = fc
  .uniqueArray(fc.integer({ min: 0, max: 35 }), { minLength: 8, maxLength: 24 })
  .chain((slots) => fc.tuple(...slots.map((slot) => fc.tuple(fc.constant(slot), fc.integer({ min: 0, max: 6 })))))
  .map((week) =>
    Array.from({ length: 8 }, (_, n) =>
      week.map(([slot, subject]) =>
        occurrence(addDays('2026-11-23', n * 7 + Math.floor(slot / 6)), clockOf(500 + (slot % 6) * 100), {
          subject: `Предмет ${subject}`,
        }),
      ),
    )
      .flat()
      .filter(({ startsAt }) => startsAt > WINDOW.from),
  );

/** What honest people do to one lesson. */
const anyEdit = fc.constantFrom<(one: Occurrence) => Occurrence[]>(
  () => [],
  (one) => [{ ...one, place: { ...one.place, room: '510М' } }],
  (one) => [{ ...one, teachers: ['Петров П. П.'] }],
  (one) => [{ ...one, cancelled: true }],
  (one) => [{ ...one, subject: 'Другой предмет' }],
  (one) => [occurrence(addDays(one.day, 1), one.start, { subject: one.subject })],
  (one) => [occurrence(addDays(one.day, 9), '08:00', { subject: one.subject })],
  (one) => [one, occurrence(one.day, '20:00', { subject: 'Новое' })],
);

test('an honest edit of less than a third is believed', () => {
  fc.assert(
    fc.property(anyTerm, fc.array(fc.tuple(fc.nat(), anyEdit)), (term, edits) => {
      const most = Math.ceil(term.length / 3) - 1;
      const edited = new Map(edits.slice(0, most).map(([at, edit]) => [at % term.length, edit]));
      // Nobody edits every lesson of one week alone: that is a week gone.
      const kept = new Set<string>();
      const after = term.flatMap((one, index) => {
        const week = mondayOf(one.day);
        const first = !kept.has(week);
        kept.add(week);
        return first ? [one] : (edited.get(index)?.(one) ?? [one]);
      });
      expect(verdict(term, after, WINDOW)).toBe('believe');
    }),
    { numRuns: 300 },
  );
});

test('a term that lost more than a third, moved as a whole, or is of other subjects is held', () => {
  const lost = fc.tuple(anyTerm, fc.infiniteStream(fc.boolean())).map(([term, chance]) => {
    const least = Math.floor(term.length / 3) + 1;
    const order = term.map((_, index) => index).sort(() => (chance.next().value ? 1 : -1));
    const gone = new Set(order.slice(0, least));
    return [term, term.filter((_, index) => !gone.has(index))] as const;
  });
  const moved = fc
    .tuple(anyTerm, fc.integer({ min: -13 * 1440, max: 13 * 1440 }))
    .filter(([term, by]) => by !== 0 && standing(term, shifted(term, by)) === 0)
    .map(([term, by]) => [term, shifted(term, by)] as const);
  const other = anyTerm.map(
    (term) => [term, term.map((one) => ({ ...one, subject: `${one.subject} иначе` }))] as const,
  );
  fc.assert(
    fc.property(fc.oneof(lost, moved, other), ([before, after]) => {
      expect(verdict(before, after, WINDOW)).not.toBe('believe');
    }),
    { numRuns: 300 },
  );
});

function standing(before: readonly Occurrence[], after: readonly Occurrence[]): number {
  const places = new Set(after.map(({ startsAt, subject }) => `${startsAt} ${subject}`));
  return before.filter(({ startsAt, subject }) => places.has(`${startsAt} ${subject}`)).length;
}

test('the order of the lessons does not show, and what did not change is believed', () => {
  fc.assert(
    fc.property(anyTimetable, anyTimetable, (a, b) => {
      expect(verdict(a, a, WINDOW)).toBe('believe');
      expect(verdict(a.toReversed(), b.toReversed(), WINDOW)).toBe(verdict(a, b, WINDOW));
    }),
    { numRuns: 300 },
  );
});

test('what is told beyond doubt from what is gone alone is believed when all of it is looked at, whatever came instead', () => {
  let told = 0;
  fc.assert(
    fc.property(
      fc.oneof(anyTerm, anyTimetable),
      fc.array(fc.nat(), { maxLength: 12 }),
      anyTimetable,
      (term, places, fresh) => {
        const gone = new Set(places.map((place) => term[place % term.length]));
        const left = term.filter((one) => !gone.has(one));
        const kept = left.filter((one) => !one.cancelled && one.startsAt >= WINDOW.from && one.startsAt < WINDOW.to);
        if (
          !isBeyondDoubt(
            [...gone].flatMap((one) => one ?? []),
            kept.length,
            WINDOW,
          )
        )
          return;
        told += 1;
        expect(verdict(term, [...left, ...fresh], WINDOW)).toBe('believe');
      },
    ),
    { numRuns: 1000 },
  );
  expect(told).toBeGreaterThan(100);
});

test('a page of which more is unreadable than usual is never beyond doubt', () => {
  expect(isBeyondDoubt([], 100, WINDOW, { now: 0.1, usual: 0.1 })).toBe(true);
  expect(isBeyondDoubt([], 100, WINDOW, { now: 0.11, usual: 0.1 })).toBe(false);
});
