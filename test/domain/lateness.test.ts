/** Lateness in buckets: a quantile is never told better than it is, nor worse than its bucket. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketed, LATE_WITHIN, total, within } from '../../src/domain/lateness.ts';

const lates = fc.array(
  fc.record({ late: fc.integer({ min: -60_000, max: 5_000_000 }), count: fc.integer({ min: 0, max: 9 }) }),
  { maxLength: 40 },
);

test('bounds rise, so that every bucket means something', () => {
  expect([...LATE_WITHIN]).toEqual([...new Set(LATE_WITHIN)].sort((a, b) => a - b));
});

test.each([
  [-5000, 250],
  [0, 250],
  [250, 250],
  [251, 500],
  [4000, 4000],
  [3_600_000, 3_600_000],
  [3_600_001, Number.POSITIVE_INFINITY],
])('%i ms late is told as within %d', (late, told) => {
  expect(within(bucketed([{ late, count: 1 }]), 1)).toBe(told);
});

test('the quantile’s bucket holds the true quantile', () => {
  fc.assert(
    fc.property(lates, fc.constantFrom(0.01, 0.5, 0.95, 0.99, 1), (items, share) => {
      const lateness = bucketed(items);
      const all = items.flatMap(({ late, count }) => Array<number>(count).fill(late)).sort((a, b) => a - b);
      expect(total(lateness)).toBe(all.length);
      const told = within(lateness, share);
      if (all.length === 0) {
        expect(told).toBeNull();
        return;
      }
      const truth = all[Math.max(0, Math.ceil(all.length * share) - 1)] ?? Number.NaN;
      expect(truth).toBeLessThanOrEqual(told ?? Number.NaN);
      const below = LATE_WITHIN.filter((bound) => bound < (told ?? 0)).at(-1) ?? Number.NEGATIVE_INFINITY;
      expect(truth).toBeGreaterThan(below);
    }),
  );
});
