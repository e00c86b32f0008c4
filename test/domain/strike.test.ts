/** One date of a series struck out by hand: nothing else of the timetable is touched, and taking it back leaves it as it was. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Term, Weekday } from '../../src/domain/calendar.ts';
import type { Known } from '../../src/domain/identity.ts';
import { occurrences } from '../../src/domain/occurrence.ts';
import { type Struck, struckOut } from '../../src/domain/strike.ts';
import { lesson } from '../support/make.ts';

const TERM: Term = { start: '2026-09-02', end: '2026-12-26', week1: '2026-08-31' };
const CALENDAR = { zone: 'Europe/Moscow', term: TERM };

const weeks = fc.oneof(
  fc.constantFrom('every' as const, 'odd' as const, 'even' as const),
  fc.uniqueArray(fc.integer({ min: 1, max: 17 }), { minLength: 1, maxLength: 5 }),
);
const lessons = fc
  .array(
    fc.record({
      subject: fc.constantFrom('Физика', 'История'),
      subgroup: fc.constantFrom('', '1', '2'),
      weekday: fc.integer({ min: 1, max: 6 }),
      hour: fc.integer({ min: 8, max: 18 }),
      weeks,
      dated: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) =>
    all.map(({ subject, subgroup, weekday, hour, weeks, dated }, n): Known => {
      const [start, end] = [hour, hour + 1].map((one) => `${String(one).padStart(2, '0')}:00`) as [string, string];
      const day = `2026-10-${String(5 + weekday).padStart(2, '0')}`;
      const times = dated
        ? { on: 'day' as const, day, start, endDay: day, end, allDay: false }
        : { on: 'weekly' as const, weekday: weekday as Weekday, weeks, start, end };
      return { ...lesson({ subject, subgroup, times }), uid: `lesson ${n}` };
    }),
  );

/** Every date as people see it, in order. */
function seen(all: Struck): string[] {
  return occurrences(all, CALENDAR, TERM.start, '2027-01-01')
    .map(({ day, start, end, subject, subgroup, cancelled }) =>
      [day, start, end, subject, subgroup, cancelled].join(' '),
    )
    .sort();
}

/** As the store gives ids to what has none. */
function known(all: Struck): Known[] {
  return all.map((one, n) => ({ ...one, uid: one.uid ?? `new ${n}` }));
}

test('any one date is struck out and no other, and comes back', () => {
  fc.assert(
    fc.property(lessons, fc.nat(), (all, which) => {
      const dates = occurrences(all, CALENDAR, TERM.start, '2027-01-01');
      const date = dates[which % Math.max(1, dates.length)];
      fc.pre(date !== undefined);
      const out = struckOut(all, date?.uid ?? '', true, CALENDAR);
      const expected = dates.map((one) => (one === date ? { ...one, cancelled: true } : one));
      expect(seen(out ?? [])).toEqual(
        expected
          .map(({ day, start, end, subject, subgroup, cancelled }) =>
            [day, start, end, subject, subgroup, cancelled].join(' '),
          )
          .sort(),
      );
      const after = known(out ?? []);
      const gone = occurrences(after, CALENDAR, TERM.start, '2027-01-01').find(({ cancelled }) => cancelled);
      expect(seen(struckOut(after, gone?.uid ?? '', false, CALENDAR) ?? [])).toEqual(seen(all));
    }),
    { numRuns: 300 },
  );
});

test('what is not there is not struck out', () => {
  const one: Known = {
    ...lesson({ times: { on: 'weekly', weekday: 1, weeks: 'odd', start: '09:00', end: '10:00' } }),
    uid: 'a',
  };
  for (const uid of ['a', 'b', 'a/2026-09-07', 'a/2027-01-04', ''])
    expect(struckOut([one], uid, true, CALENDAR), uid).toBeNull();
  expect(struckOut([one], 'a/2026-09-14', true, CALENDAR)).not.toBeNull();
});
