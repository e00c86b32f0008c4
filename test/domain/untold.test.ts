/** What waits to be told: laws that hold for any changes, told in any order and in any parts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from '../../src/domain/diff.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { afterTelling, asTold, keptOf, pendingIn, remember, type Untold } from '../../src/domain/untold.ts';
import { anyTimetable, occurrence } from './arbitrary.ts';
import { apply, seen } from './seen.ts';

const NOW = Date.parse('2026-11-01T00:00Z');
const MINUTE = 60_000;
const RUNS = { numRuns: 1000 };
const FACTS = { now: NOW, isTrusted: false };

function waiting(before: readonly Occurrence[], after: readonly Occurrence[]): Untold {
  return remember(null, before, new Set([...before, ...after].map(({ day }) => day)), NOW);
}

const changesOf = (untold: Untold, current: readonly Occurrence[]): Change[] =>
  pendingIn(untold, current, FACTS).map(({ change }) => change);

test('told in any parts, people know in the end what there is', () => {
  fc.assert(
    fc.property(anyTimetable, anyTimetable, fc.infiniteStream(fc.boolean()), (a, b, picks) => {
      let untold = waiting(a, b);
      const told: Change[][] = [];
      for (let round = 0; round < 40; round += 1) {
        const all = changesOf(untold, b);
        if (all.length === 0) break;
        const some = all.filter(() => picks.next().value === true);
        untold = afterTelling(untold, some);
        told.push(some);
      }
      untold = afterTelling(untold, changesOf(untold, b));
      expect(seen([...untold.told.values()].flat())).toEqual(seen(b));
      expect(changesOf(untold, b)).toEqual([]);
    }),
    RUNS,
  );
});

test('all at once it is the change from what people knew to what there is', () => {
  fc.assert(
    fc.property(anyTimetable, anyTimetable, (a, b) => {
      expect(apply(a, changesOf(waiting(a, b), b))).toEqual(seen(b));
    }),
    RUNS,
  );
});

test('whatever happens in between, back again is nothing to tell', () => {
  fc.assert(
    fc.property(anyTimetable, anyTimetable, anyTimetable, (a, b, c) => {
      const days = new Set([...a, ...b, ...c].map(({ day }) => day));
      const untold = remember(remember(null, a, days, NOW), b, days, NOW + MINUTE);
      expect(changesOf(untold, a)).toEqual([]);
      expect(keptOf(untold, pendingIn(untold, a, FACTS))).toBeNull();
    }),
    RUNS,
  );
});

test('what is kept is enough: the days without a change are known as they are', () => {
  fc.assert(
    fc.property(anyTimetable, anyTimetable, (a, b) => {
      const untold = waiting(a, b);
      const kept = keptOf(untold, pendingIn(untold, b, FACTS));
      expect(seen(asTold(kept, b, '2026-01-01', '2028-01-01'))).toEqual(seen(a));
    }),
    RUNS,
  );
});

test('two lessons that changed places are told one after the other', () => {
  const at = (start: string, room: string): Occurrence =>
    occurrence('2026-11-24', start, { place: { room, link: '', format: 'onsite' } });
  const [a, b] = [
    [at('10:00', '1'), at('12:00', '2')],
    [at('10:00', '2'), at('12:00', '1')],
  ];
  const untold = waiting(a, b);
  const [first, second] = changesOf(untold, b);
  const half = afterTelling(untold, first === undefined ? [] : [first]);
  expect(changesOf(half, b)).toEqual([second]);
});

test('a change keeps the minute it was first seen at while readings show it, and only then', () => {
  const [a, b] = [occurrence('2026-11-24', '10:00'), occurrence('2026-11-24', '10:00', { kind: 'exam' })];
  const first = waiting([a], [b]);
  const kept = keptOf(first, pendingIn(first, [b], FACTS));
  if (kept === null) throw new Error('nothing waits');
  const later = { ...FACTS, now: NOW + 2 * MINUTE };
  expect(pendingIn(kept, [b], later)).toMatchObject([{ seenAt: NOW, due: NOW + 3 * MINUTE }]);
  expect(pendingIn(kept, [occurrence('2026-11-24', '10:00', { kind: 'seminar' })], later)).toMatchObject([
    { seenAt: later.now },
  ]);
});
