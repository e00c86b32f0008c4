import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, clockOf, instantOf, minutesOf } from '../../src/domain/calendar.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { line, sayingKey } from '../../src/domain/notice.ts';
import { type DueLesson, eveningNotice, evenings, reminderNotices, reminderSaying } from '../../src/domain/remind.ts';
import { occurrence, ZONE } from './arbitrary.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function due(patch: Partial<Lesson>, more: Partial<DueLesson> = {}): DueLesson {
  const one = occurrence('2026-11-24', '10:00', patch);
  const { startsAt, endsAt } = one;
  return { timetableId: 1, zone: ZONE, language: 'ru', startsAt, endsAt, line: line(one), peers: [1, 2], ...more };
}

describe('reminders', () => {
  test('one lesson, one notice, of no use ten minutes after the start', () => {
    const row = due({});
    const [only, ...others] = reminderNotices([row], 15);
    expect(others).toEqual([]);
    expect(only).toEqual({
      saying: { kind: 'reminder', zone: ZONE, language: 'ru', lessons: [row.line] },
      peers: [1, 2],
      due: row.startsAt - 15 * MINUTE,
      deadline: row.startsAt + 10 * MINUTE,
    });
  });

  test('a lesson of five minutes is not reminded of after its end', () => {
    const row = due({});
    expect(reminderNotices([{ ...row, endsAt: row.startsAt + 5 * MINUTE }], 1)[0]?.deadline).toBe(
      row.startsAt + 5 * MINUTE,
    );
  });

  test('two subgroups at one minute are one saying, in whatever order they come', () => {
    const rows = [due({ subgroup: '2', subject: 'Физика' }), due({ subgroup: '1' })];
    const [one, ...others] = reminderNotices(rows, 5);
    expect(others).toEqual([]);
    expect(one?.saying).toMatchObject({ lessons: [{ subgroup: '1' }, { subgroup: '2' }] });
    expect(reminderNotices(rows.toReversed(), 5)).toEqual([one]);
    expect(
      sayingKey(
        reminderSaying(
          rows.map((row) => row.line),
          ZONE,
          'ru',
        ),
      ),
    ).toBe(one === undefined ? '' : sayingKey(one.saying));
  });

  test('other listeners, languages, starts and timetables stay apart unless the saying is the same', () => {
    expect(reminderNotices([due({}), due({ subject: 'Физика' }, { timetableId: 2, peers: [3] })], 5)).toHaveLength(2);
    expect(reminderNotices([due({}), due({}, { language: 'en', peers: [3] })], 5)).toHaveLength(2);
    const stream = reminderNotices([due({}), due({}, { timetableId: 2, peers: [2, 3] })], 5);
    expect(stream.map((notice) => notice.peers)).toEqual([[1, 2, 3]]);
  });

  test('a lesson listed twice is said once', () => {
    expect(reminderNotices([due({}), due({})], 5)[0]?.saying).toMatchObject({ lessons: [{ subject: 'Матан' }] });
    const lines = [due({}).line, due({}).line];
    const twice = eveningNotice({
      day: '2026-11-24',
      lines,
      zone: ZONE,
      language: 'ru',
      peers: [5],
      due: due({}).startsAt - 15 * HOUR,
    });
    expect(twice?.saying).toMatchObject({ lessons: [{ subject: 'Матан' }] });
  });

  test('the lead is not in the saying', () => {
    const [early, late] = [15, 1].map((lead) => reminderNotices([due({})], lead)[0]);
    expect(early?.saying).toEqual(late?.saying);
    expect((late?.due ?? 0) - (early?.due ?? 0)).toBe(14 * MINUTE);
  });
});

describe('the evening notice', () => {
  const at = (clock: string) => instantOf('2026-11-23', clock, ZONE);
  const made = (clock: string, lines = [due({}).line]) =>
    eveningNotice({ day: '2026-11-24', lines, zone: ZONE, language: 'ru', peers: [5], due: at(clock) });

  test('lives three hours, never past midnight', () => {
    expect(made('19:00')?.deadline).toBe(at('22:00'));
    expect(made('23:30')?.deadline).toBe(at('23:30') + 30 * MINUTE);
  });

  test('says nothing of an empty day', () => {
    expect(made('19:00', [])).toBeNull();
  });
});

/** Every (day, clock) that a span covers, as «day HH:MM». */
function covered(zone: string, from: number, to: number): string[] {
  return evenings(zone, from, to).flatMap((evening) => {
    const [first, end] = [minutesOf(evening.from), minutesOf(evening.to)];
    return Array.from({ length: end - first }, (_, index) => `${evening.day} ${clockOf(first + index)}`);
  });
}

function everyClock(first: string, days: number): string[] {
  return Array.from(
    { length: days * 1440 },
    (_, index) => `${addDays(first, Math.floor(index / 1440) + 1)} ${clockOf(index % 1440)}`,
  );
}

describe('evenings', () => {
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
          // No span longer than a day: those are cut short on purpose.
          const daily = Array.from({ length: 6 }, (_, index) => start + index * 20 * HOUR).filter((at) => at < end);
          const marks = [...new Set([...daily, ...cuts, end])].sort((a, b) => a - b);
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
    expect(found[0]).toBe('2026-10-26 02:58');
    expect(found).toContain('2026-10-26 03:00');
  });

  test('what is due says its instant', () => {
    const [only] = evenings(ZONE, instantOf('2026-11-23', '18:59', ZONE), instantOf('2026-11-23', '19:01', ZONE));
    expect(only).toMatchObject({ day: '2026-11-24', from: '18:59', to: '19:01' });
    expect(only?.due('19:00')).toBe(instantOf('2026-11-23', '19:00', ZONE));
  });

  test('a skipped clock is due when the clocks jump', () => {
    const jump = Date.parse('2027-03-28T01:00:00Z');
    const [only] = evenings('Europe/Berlin', jump, jump + MINUTE);
    expect(only).toMatchObject({ day: '2027-03-29', from: '02:00', to: '03:01' });
    expect(only?.due('02:30')).toBe(jump);
  });

  test('the clocks of a day that a zone skipped are due when it is skipped', () => {
    const jump = Date.parse('2011-12-30T10:00:00Z');
    expect(evenings('Pacific/Apia', jump, jump + MINUTE)).toMatchObject([
      { day: '2011-12-31', from: '00:00', to: '24:00' },
      { day: '2012-01-01', from: '00:00', to: '00:01' },
    ]);
  });

  test('a day ends at 24:00', () => {
    const midnight = instantOf('2026-11-24', '00:00', ZONE);
    expect(evenings(ZONE, midnight - MINUTE, midnight + MINUTE)).toMatchObject([
      { day: '2026-11-24', from: '23:59', to: '24:00' },
      { day: '2026-11-25', from: '00:00', to: '00:01' },
    ]);
  });

  test('after a long sleep only the last three hours matter', () => {
    const now = instantOf('2026-11-23', '20:00', ZONE);
    expect(evenings(ZONE, now - 72 * HOUR, now)).toMatchObject([{ day: '2026-11-24', from: '17:00', to: '20:00' }]);
    expect(evenings(ZONE, now, now - HOUR)).toEqual([]);
  });
});
