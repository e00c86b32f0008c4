/** How often a person may ask: a few times at once, then one by one, whatever the clock does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ask } from '../../src/domain/allowance.ts';

const FIVE = { burst: 5, every: 1000 };

/** Asks at each of these moments; true where it was granted. */
function granted(moments: readonly number[], allowance = FIVE): boolean[] {
  let fullAt = 0;
  return moments.map((now) => {
    const asked = ask(fullAt, now, allowance);
    if ('wait' in asked) return false;
    fullAt = asked.fullAt;
    return true;
  });
}

test.each([
  [[0, 0, 0, 0, 0, 0], 'five at once, not six', [true, true, true, true, true, false]],
  [
    [0, 0, 0, 0, 0, 999, 1000, 1000],
    'one comes back after its time',
    [true, true, true, true, true, false, true, false],
  ],
  [[0, 0, 0, 0, 0, 9000, 9000, 9000, 9000, 9000, 9000], 'never more than five', Array(10).fill(true).concat(false)],
] as const)('%j: %s', (moments, _, answers) => {
  expect(granted(moments.map((at) => at + 1e12))).toEqual(answers);
});

test('in no time of any length more than the burst and one for each `every` in it', () => {
  const steps = fc.array(fc.nat(3000), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 6 }), (gaps, burst) => {
      const moments = gaps.map((_, n) => 1e12 + gaps.slice(0, n + 1).reduce((sum, gap) => sum + gap, 0));
      const allowed = granted(moments, { burst, every: 1000 });
      const when = moments.filter((_, n) => allowed[n]);
      for (const [n, from] of when.entries())
        for (const [m, to] of when.slice(n).entries())
          expect(m + 1).toBeLessThanOrEqual(burst + Math.floor((to - from) / 1000));
    }),
  );
});

test('who waits as long as was said is granted; one moment sooner is not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (ahead) => {
      const now = 1e12;
      const asked = ask(now + ahead, now, FIVE);
      if (!('wait' in asked)) return;
      const still = Math.min(now + ahead, now + 5000);
      expect(ask(still, now + asked.wait, FIVE)).not.toHaveProperty('wait');
      expect(ask(still, now + asked.wait - 1, FIVE)).toHaveProperty('wait');
    }),
  );
});

test('a clock set back by a year makes nobody wait for a year', () => {
  expect(ask(2e12, 1e12, FIVE)).toEqual({ wait: 1000 });
});
