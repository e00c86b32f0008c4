/** Digests: when local clocks come due, what is told of which days, and until when that is worth sending. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Clock, clockOf, type Day, instantOf, minutesOf } from '../../src/domain/calendar.ts';
import { type DigestKind, daysTold, digestNotice, dueAt, partsOf } from '../../src/domain/digest.ts';
import type { Quiet } from '../../src/domain/peer.ts';
import { type Dated, datedOf } from '../../src/domain/sitting.ts';
import { occurrence, ZONE } from './arbitrary.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A Tuesday with lessons at ten and at two. */
const TUESDAY = '2026-11-24';
const lessons = ['10:00', '14:00'].map((hour) => datedOf(occurrence(TUESDAY, hour)));
const at = (day: Day, clock: Clock) => instantOf(day, clock, ZONE);

function digest(kind: DigestKind, sentOn: Day, clock: Clock, more: { lessons?: Dated[]; quiet?: Quiet } = {}) {
  const facts = { sentOn, wanted: at(sentOn, clock), zone: ZONE, language: 'ru' as const };
  return digestNotice(kind, { lessons, quiet: null, ...facts, ...more });
}

describe('a digest', () => {
  test.each<[DigestKind, Day, Day, Day]>([
    ['morning', TUESDAY, TUESDAY, '2026-11-25'],
    ['evening', TUESDAY, '2026-11-25', '2026-11-26'],
    ['week', '2026-11-29', '2026-11-30', '2026-12-07'],
    ['week', '2026-11-27', '2026-11-30', '2026-12-07'],
    ['week', '2026-11-30', '2026-11-30', '2026-12-07'],
    ['week', '2026-12-31', '2027-01-04', '2027-01-11'],
    ['evening', '2028-02-28', '2028-02-29', '2028-03-01'],
  ])('%s of %s tells [%s, %s)', (kind, sentOn, from, to) => {
    expect(daysTold(kind, sentOn)).toEqual([from, to]);
  });

  test('tells the lessons of its days and no others, in order, each once', () => {
    const all = [...lessons.toReversed(), ...lessons, datedOf(occurrence('2026-11-25', '10:00'))];
    expect(digest('evening', '2026-11-23', '19:00', { lessons: all })?.saying).toEqual({
      kind: 'evening',
      language: 'ru',
      zone: ZONE,
      day: TUESDAY,
      lessons: lessons.map(({ line }) => line),
    });
  });

  test('of an empty day is none', () => {
    expect(digest('evening', TUESDAY, '19:00')).toBeNull();
    expect(digest('morning', '2026-11-25', '07:30')).toBeNull();
    expect(digest('week', '2026-12-06', '18:00')).toBeNull();
  });

  test('in the morning of a day that is over is none', () => {
    expect(digest('morning', TUESDAY, '15:29')).not.toBeNull();
    expect(digest('morning', TUESDAY, '15:30')).toBeNull();
  });

  test.each<[DigestKind, Day, Clock, Day, Clock]>([
    ['evening', '2026-11-23', '19:00', '2026-11-23', '22:00'],
    ['evening', '2026-11-23', '23:30', TUESDAY, '00:00'],
    ['morning', TUESDAY, '07:30', TUESDAY, '10:30'],
    ['morning', TUESDAY, '13:00', TUESDAY, '15:30'],
    ['week', '2026-11-22', '18:00', '2026-11-22', '21:00'],
  ])('%s of %s %s is worth sending until %s %s', (kind, sentOn, clock, day, end) => {
    expect(digest(kind, sentOn, clock)?.deadline).toBe(at(day, end));
  });

  test.each<[string, DigestKind, Day, Clock, Quiet, Day, Clock, Day, Clock]>([
    [
      'until they end',
      'evening',
      '2026-11-23',
      '23:30',
      { from: '23:00', to: '07:00' },
      TUESDAY,
      '07:00',
      TUESDAY,
      '10:00',
    ],
    [
      'not past the first lesson',
      'evening',
      '2026-11-23',
      '23:30',
      { from: '23:00', to: '11:00' },
      '2026-11-23',
      '23:30',
      TUESDAY,
      '00:00',
    ],
    [
      'not outside them',
      'evening',
      '2026-11-23',
      '19:00',
      { from: '23:00', to: '07:00' },
      '2026-11-23',
      '19:00',
      '2026-11-23',
      '22:00',
    ],
  ])('is held back by quiet hours %s', (_, kind, sentOn, clock, quiet, dueDay, due, endDay, end) => {
    const made = digest(kind, sentOn, clock, { quiet });
    expect([made?.due, made?.deadline]).toEqual([at(dueDay, due), at(endDay, end)]);
  });
});

/** Every (day, clock) that a span covers, as «day HH:MM». */
function covered(zone: string, from: number, to: number): string[] {
  return partsOf(zone, from, to).flatMap((part) => {
    const [first, end] = [minutesOf(part.from), minutesOf(part.to)];
    return Array.from({ length: end - first }, (_, index) => `${part.day} ${clockOf(first + index)}`);
  });
}

function everyClock(first: string, days: number): string[] {
  return Array.from(
    { length: days * 1440 },
    (_, index) => `${addDays(first, Math.floor(index / 1440))} ${clockOf(index % 1440)}`,
  );
}

describe('local clocks', () => {
  const NIGHTS: [zone: string, first: string, days: number][] = [
    [ZONE, '2026-11-23', 2],
    // 02:00–02:59 twice.
    ['Europe/Berlin', '2026-10-24', 3],
    // 02:00–02:59 never.
    ['Europe/Berlin', '2027-03-27', 3],
    // Midnight skipped; midnight twice; half an hour; a whole day skipped.
    ['America/Santiago', '2026-09-05', 3],
    ['America/Santiago', '2026-04-03', 3],
    ['Australia/Lord_Howe', '2026-10-03', 3],
    ['Australia/Lord_Howe', '2026-04-04', 3],
    ['Pacific/Apia', '2011-12-29', 3],
  ];

  test.each(NIGHTS)(
    'every clock of %s from %s comes due exactly once, wherever the ticks fall',
    (zone, first, days) => {
      const [start, end] = [instantOf(first, '00:00', zone), instantOf(addDays(first, days), '00:00', zone)];
      const expected = everyClock(first, days);
      const anyCuts = fc.array(fc.integer({ min: start + 1, max: end - 1 }), { maxLength: 20 });
      fc.assert(
        fc.property(anyCuts, (cuts) => {
          const marks = [...new Set([start, ...cuts, end])].sort((a, b) => a - b);
          const found = marks.slice(1).flatMap((to, index) => covered(zone, marks[index] ?? start, to));
          expect(found.toSorted()).toEqual(expected.toSorted());
        }),
        { numRuns: 25 },
      );
    },
  );

  test('ticks of a second find each minute once', () => {
    const start = instantOf('2026-10-25', '02:58', 'Europe/Berlin') - 30_000;
    const found: string[] = [];
    // Two hours of ticks around the doubled hour, each a little over a second.
    for (let at = start; at < start + 2 * HOUR; at += 1_700) found.push(...covered('Europe/Berlin', at, at + 1_700));
    expect(new Set(found).size).toBe(found.length);
    expect(found[0]).toBe('2026-10-25 02:58');
    expect(found).toContain('2026-10-25 03:00');
  });

  test('what is due says its instant', () => {
    const [only] = partsOf(ZONE, instantOf('2026-11-23', '18:59', ZONE), instantOf('2026-11-23', '19:01', ZONE));
    expect(only).toMatchObject({ day: '2026-11-23', from: '18:59', to: '19:01' });
    expect(dueAt(only?.day ?? '', '19:00', ZONE)).toBe(instantOf('2026-11-23', '19:00', ZONE));
  });

  test('a skipped clock is due when the clocks jump', () => {
    const jump = Date.parse('2027-03-28T01:00:00Z');
    const [only] = partsOf('Europe/Berlin', jump, jump + MINUTE);
    expect(only).toMatchObject({ day: '2027-03-28', from: '02:00', to: '03:01' });
    expect(dueAt(only?.day ?? '', '02:30', 'Europe/Berlin')).toBe(jump);
  });

  test('the clocks of a day that a zone skipped are due when it is skipped', () => {
    const jump = Date.parse('2011-12-30T10:00:00Z');
    expect(partsOf('Pacific/Apia', jump, jump + MINUTE)).toMatchObject([
      { day: '2011-12-30', from: '00:00', to: '24:00' },
      { day: '2011-12-31', from: '00:00', to: '00:01' },
    ]);
  });

  test('a day ends at 24:00', () => {
    const midnight = instantOf('2026-11-24', '00:00', ZONE);
    expect(partsOf(ZONE, midnight - MINUTE, midnight + MINUTE)).toMatchObject([
      { day: '2026-11-23', from: '23:59', to: '24:00' },
      { day: '2026-11-24', from: '00:00', to: '00:01' },
    ]);
  });

  test('there are none in a span without a whole minute, or that ends before it begins', () => {
    const now = instantOf('2026-11-23', '20:00', ZONE);
    expect(partsOf(ZONE, now + 1, now + MINUTE)).toEqual([]);
    expect(partsOf(ZONE, now, now - HOUR)).toEqual([]);
  });
});
