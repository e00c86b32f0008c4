/** Laws of the diff that hold for any two readings: nothing is told without a cause, and what is told is all there is to know. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, clockOf, mondayOf } from '../../src/domain/calendar.ts';
import { diff } from '../../src/domain/diff.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { anyTimetable, occurrence } from './arbitrary.ts';
import { anyEdits } from './edits.ts';
import { apply, seen } from './seen.ts';

const ALL = { from: Date.parse('2026-11-01T00:00Z'), to: Date.parse('2027-02-01T00:00Z') };
const RUNS = { numRuns: 1000 };

describe('diff, as properties', () => {
  test('nothing changed, nothing told', () => {
    fc.assert(
      fc.property(anyTimetable, (list) => {
        expect(diff(list, list, ALL)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('what a source says of its own changes is no change', () => {
    const marks = fc.array(fc.boolean(), { minLength: 1 });
    const marked = (list: readonly Occurrence[], flags: readonly boolean[]): Occurrence[] =>
      list.map((one, n) => (flags[n % flags.length] === true ? { ...one, changed: true } : one));
    const bare = (list: readonly unknown[]) => JSON.parse(JSON.stringify(list).replaceAll(',"changed":true', ''));
    fc.assert(
      fc.property(anyTimetable, anyTimetable, marks, (a, b, flags) => {
        expect(diff(a, marked(a, flags), ALL)).toEqual([]);
        expect(bare(diff(marked(a, flags), marked(b, flags.toReversed()), ALL))).toEqual(bare(diff(a, b, ALL)));
      }),
      RUNS,
    );
  });

  test('the order of either list does not show', () => {
    const twoShuffled = fc
      .tuple(anyTimetable, anyTimetable)
      .chain(([a, b]) =>
        fc.tuple(
          fc.constant(a),
          fc.constant(b),
          fc.shuffledSubarray(a, { minLength: a.length }),
          fc.shuffledSubarray(b, { minLength: b.length }),
        ),
      );
    fc.assert(
      fc.property(twoShuffled, ([a, b, mixedA, mixedB]) => {
        expect(diff(mixedA, mixedB, ALL)).toEqual(diff(a, b, ALL));
      }),
      RUNS,
    );
  });

  test('the changes applied to the old give the new', () => {
    fc.assert(
      fc.property(anyTimetable, anyTimetable, (a, b) => {
        expect(apply(a, diff(a, b, ALL))).toEqual(seen(b));
      }),
      RUNS,
    );
  });

  test('one lesson moved within its week is one change of time and nothing else', () => {
    const moved = fc.tuple(anyTimetable, fc.nat(), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 8, max: 18 }));
    fc.assert(
      fc.property(moved, ([list, at, weekday, hour]) => {
        const old = list[at % Math.max(1, list.length)];
        fc.pre(old !== undefined && !old.cancelled);
        if (old === undefined) return;
        const { subject, kind, teachers, place, subgroup, note } = old;
        const same = { subject, kind, teachers, place, subgroup, note };
        const fresh = occurrence(addDays(mondayOf(old.day), weekday), clockOf(hour * 60), same);
        // A move onto a twin would be a cancellation; a twin of the old one stays.
        fc.pre(!seen(list).some((look) => seen([fresh]).includes(look)));
        fc.pre(list.filter((one) => seen([one])[0] === seen([old])[0]).length === 1);
        expect(diff(list, list.with(list.indexOf(old), fresh), ALL)).toEqual([
          { kind: 'altered', before: old, after: fresh, what: ['time'] },
        ]);
      }),
      RUNS,
    );
  });

  test('two subgroups never become one change', () => {
    fc.assert(
      fc.property(anyTimetable, anyTimetable, (a, b) => {
        for (const change of diff(a, b, ALL)) {
          if (change.kind === 'altered') expect(change.after.subgroup).toBe(change.before.subgroup);
        }
      }),
      RUNS,
    );
  });
});

describe('diff after edits', () => {
  test('the changes applied to the old give the new, however many edits there were', () => {
    fc.assert(
      fc.property(anyEdits, ({ before, after }) => {
        expect(apply(before, diff(before, after, ALL))).toEqual(seen(after));
      }),
      RUNS,
    );
  });

  /** Without ids a lesson put into another week, or that becomes another subject in doubt, is one cancelled and one added. */
  const MOST = { swap: 4, split: 3, subject: 2 } as const;
  test('no more is told than was done: a field, a move, a cancellation is one change', () => {
    fc.assert(
      fc.property(anyEdits, ({ before, after, edits }) => {
        const most = edits.reduce((sum, { what }) => sum + (what in MOST ? MOST[what as keyof typeof MOST] : 1), 0);
        expect(diff(before, after, ALL).length).toBeLessThanOrEqual(most);
      }),
      RUNS,
    );
  });

  test('two subgroups never mix, and every field that differs is named', () => {
    fc.assert(
      fc.property(anyEdits, ({ before, after }) => {
        for (const change of diff(before, after, ALL)) {
          if (change.kind !== 'altered') continue;
          expect(change.after.subgroup).toBe(change.before.subgroup);
          expect(change.what.includes('room')).toBe(change.after.place.room !== change.before.place.room);
          expect(change.what.includes('subject')).toBe(change.after.subject !== change.before.subject);
          expect(change.what.includes('time')).toBe(change.after.startsAt !== change.before.startsAt);
          expect(change.what.length).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  });

  test('ids that are dealt anew tell nothing, and so do rows in another order, listed twice', () => {
    const renumbered = anyEdits.chain(({ before }) =>
      fc
        .tuple(fc.shuffledSubarray(before, { minLength: before.length }), fc.shuffledSubarray(before), fc.integer())
        .map(([mixed, again, seed]) => ({
          before,
          after: [...mixed, ...again].map((one, index) => ({ ...one, sourceId: `${seed + index}` })),
        })),
    );
    fc.assert(
      fc.property(renumbered, ({ before, after }) => {
        expect(diff(before, after, ALL)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('there and back is nothing; the other way round is as many changes', () => {
    fc.assert(
      fc.property(anyEdits, ({ before, after }) => {
        expect(diff(before, [...before], ALL)).toEqual([]);
        const struck = (list: readonly Occurrence[]) => list.some(({ cancelled }) => cancelled);
        if (struck(before) || struck(after)) return;
        expect(diff(after, before, ALL)).toHaveLength(diff(before, after, ALL).length);
      }),
      RUNS,
    );
  });

  test('one lesson with an id of its own, moved anywhere, is exactly one move', () => {
    const moved = fc.tuple(anyEdits, fc.nat(), fc.integer({ min: 0, max: 18 }), fc.constantFrom(14, 16, 18));
    fc.assert(
      fc.property(moved, ([{ before: list }, at, day, hour]) => {
        const alone = list.filter(
          (one) => !one.cancelled && list.filter((two) => seen([two])[0] === seen([one])[0]).length === 1,
        );
        const old = alone[at % Math.max(1, alone.length)];
        fc.pre(old !== undefined && old.sourceId !== '');
        if (old === undefined) return;
        const { subject, kind, teachers, place, subgroup, sourceId } = old;
        const same = { subject, kind, teachers, place, subgroup, sourceId };
        const fresh = occurrence(addDays('2026-11-23', day), clockOf(hour * 60), same);
        expect(diff(list, list.with(list.indexOf(old), fresh), ALL)).toEqual([
          { kind: 'altered', before: old, after: fresh, what: ['time'] },
        ]);
      }),
      RUNS,
    );
  });
});
