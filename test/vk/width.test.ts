/** The width of a mailing is found out: quickly while VK takes everything, carefully after its first refusal. */
import { expect, test } from 'vitest';
import { createWidth } from '../../src/vk/width.ts';

function load(calls: number, peers: number) {
  return Array.from({ length: calls }, () => ({ peers: Array.from({ length: peers }, (_, n) => n + 1) }));
}

test('what goes full and clean is twice as wide, up to what VK says it takes', () => {
  const width = createWidth();
  const seen = Array.from({ length: 6 }, () => {
    const now = width.now();
    width.grow(load(now.calls, now.peers));
    return now;
  });
  expect(seen.map(({ peers }) => peers)).toEqual([10, 20, 40, 80, 100, 100]);
  expect(seen.every(({ calls }) => calls === 25)).toBe(true);
});

test('what was not full proves nothing', () => {
  const width = createWidth();
  width.grow(load(25, 9));
  expect(width.now()).toEqual({ calls: 25, peers: 10 });
});

test('a refusal makes it half, and from then on it grows little by little', () => {
  const width = createWidth();
  width.grow(load(25, 10));
  width.grow(load(25, 20));
  width.narrow(load(25, 40));
  expect(width.now()).toEqual({ calls: 12, peers: 20 });
  width.grow(load(12, 20));
  expect(width.now()).toEqual({ calls: 13, peers: 22 });
});

test('calls that were on their way together and fail together halve once; a call is never narrower than at first', () => {
  const width = createWidth();
  width.grow(load(25, 10));
  for (let n = 0; n < 3; n += 1) width.narrow(load(25, 20));
  expect(width.now()).toEqual({ calls: 12, peers: 10 });
});

test('an answer to a narrower call that comes late does not widen it', () => {
  const width = createWidth();
  width.grow(load(25, 10));
  width.grow(load(25, 10));
  expect(width.now().peers).toBe(20);
});
