/** Long work stops where others may have their turn, and gives what it would give at once. */
import { expect, test } from 'vitest';
import { diff, diffing } from '../../src/domain/diff.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { eachOf, finish, PIECE, type Steps } from '../../src/domain/steps.ts';
import { occurrence } from './arbitrary.ts';

/** The result, and how often it stopped. */
function stopped<T>(steps: Steps<T>): { readonly result: T; readonly stops: number } {
  for (let stops = 0; ; stops += 1) {
    const step = steps.next();
    if (step.done === true) return { result: step.value, stops };
  }
}

test.each([
  [0, 0],
  [PIECE - 1, 0],
  [PIECE, 1],
  [PIECE * 3, 3],
])('%d items stop %d times', (count, stops) => {
  const items = Array.from({ length: count }, (_, n) => n);
  expect(stopped(eachOf(items, (n) => n * 2))).toEqual({ result: items.map((n) => n * 2), stops });
  expect(finish(eachOf(items, (n) => n))).toEqual(items);
});

test('thousands of lessons in other rooms are compared in many pieces', () => {
  const list = (room: string): Occurrence[] =>
    Array.from({ length: 4_000 }, (_, n) => {
      const day = new Date(Date.UTC(2026, 10, 24 + (n % 100))).toISOString().slice(0, 10);
      return occurrence(day, '10:00', { subject: `Предмет ${n}`, place: { room, link: '', format: 'onsite' } });
    });
  const [before, after] = [list('404Л'), list('510М')];
  const window = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const { result, stops } = stopped(diffing(before, after, window));
  expect(result).toEqual(diff(before, after, window));
  expect(result).toHaveLength(4_000);
  expect(stops).toBeGreaterThan((2 * 4_000) / PIECE);
});
