/** Lessons as they were known earlier: what was told of them, the other way round. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { diff } from '../../src/domain/diff.ts';
import { formerIn, undone } from '../../src/domain/former.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { anyTimetable, occurrence } from './arbitrary.ts';
import { anyEdits } from './edits.ts';
import { seen } from './seen.ts';

const EVER = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const NOW = Date.parse('2026-11-20T09:00Z');

test('what was told, undone, is what was before; step by step back to the first', () => {
  fc.assert(
    fc.property(anyEdits, anyTimetable, ({ before, after }, other) => {
      const [first, second] = [diff(before, after, EVER), diff(after, other, EVER)];
      expect(seen(undone(other, second))).toEqual(seen(after));
      expect(seen(undone(undone(other, second), first))).toEqual(seen(before));
    }),
    { numRuns: 1000 },
  );
});

test('one that was struck out stands struck out again', () => {
  const off = occurrence('2026-11-24', '10:00', { cancelled: true });
  const on = { ...off, cancelled: false };
  expect(undone([on], diff([off], [on], EVER))).toEqual([off]);
  expect(undone([off], diff([on], [off], EVER))).toEqual([on]);
});

test('a lesson is followed through all that was told of it, back and forth', () => {
  const at = (day: number, start: string): Occurrence => occurrence(addDays('2026-11-24', day), start);
  const states = [[at(0, '10:00')], [at(0, '12:00')], [at(1, '12:00')], []];
  const steps = states.slice(1).map((state, n) => diff(states[n] ?? [], state, EVER));
  const told = steps.flatMap((changes, n) => changes.map((change) => ({ at: NOW + n, change })));
  const starts = (n: number) =>
    formerIn(told)(steps[n]?.[0] as NonNullable<(typeof steps)[number][number]>).map(
      ({ day, start }) => `${day.slice(8)} ${start}`,
    );
  expect(starts(2)).toEqual(['25 12:00', '24 12:00', '24 10:00']);
  expect(starts(0)).toEqual(['24 10:00', '24 12:00', '25 12:00']);
  const [added] = diff([], [at(0, '10:00')], EVER);
  expect(added === undefined ? null : formerIn(told)(added)).toEqual([]);
});
