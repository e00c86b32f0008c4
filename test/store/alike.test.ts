/** A saying of very many timetables, or persons: what they have alike is put together at once, not one after another. */
import { expect, test } from 'vitest';
import { enqueue } from '../../src/store/index.ts';
import { leastTime } from '../support/least-time.ts';
import { memoryStore } from '../support/store.ts';
import { entry, NOW } from './make.ts';

test('to queue what two thousand say alike costs no multiple of what as many say differently', async () => {
  const store = await memoryStore();
  let tries = 0;
  const queue = (nameOf: (n: number) => string) => async () => {
    tries += 1;
    const entries = Array.from({ length: 2_000 }, (_, n) => {
      const peers = Array.from({ length: 25 }, (_, k) => 25 * n + k + 1);
      const key = `${nameOf(n)} in try ${tries}`;
      return entry({ key, fire: `${key} now`, peers });
    });
    expect(await store.transaction((tx) => enqueue(tx, entries, NOW))).toBe(50_000);
  };
  const [alike, apart] = [await leastTime(queue(() => 'all')), await leastTime(queue(String))];
  expect(alike).toBeLessThan(3 * apart);
  await store.close();
});
