/** How late messages came: added up by the hour, asked for by age, forgotten after a month. */
import { describe, expect, test } from 'vitest';
import type { Store } from '../../../src/store/index.ts';
import { asleepCount, countSent, enqueue, latenessSince, nextDeadline, sweep } from '../../../src/store/index.ts';
import { DAY, entry, HOUR, MINUTE, NOW, peer } from '../make.ts';

export function latenessContract(store: () => Store): void {
  const db = () => store().db;
  const count = (buckets: [number, number][], at = NOW) =>
    store().transaction((tx) => countSent(tx, new Map(buckets), at));

  describe('lateness', () => {
    test('adds up within an hour and over hours', async () => {
      await count([
        [2, 100],
        [0, 7],
      ]);
      await count([[2, 5]], NOW + MINUTE);
      await count([[2, 1]], NOW + HOUR);
      await count([]);
      expect(await latenessSince(db(), NOW - HOUR)).toEqual(
        new Map([
          [0, 7],
          [2, 106],
        ]),
      );
      expect(await latenessSince(db(), NOW)).toEqual(new Map([[2, 1]]));
      expect(await latenessSince(db(), NOW + DAY)).toEqual(new Map());
    });

    test('is forgotten after 35 days', async () => {
      await count([[3, 1]]);
      expect((await sweep(db(), NOW + 35 * DAY, 500)).lateness).toBe(0);
      expect((await sweep(db(), NOW + 35 * DAY + HOUR, 500)).lateness).toBe(1);
    });

    test('the nearest deadline is that of what waits', async () => {
      expect(await nextDeadline(db())).toBeNull();
      await enqueue(db(), [entry({ deadline: NOW + HOUR })], NOW);
      await enqueue(db(), [entry({ fire: 'sooner', deadline: NOW + MINUTE })], NOW);
      expect(await nextDeadline(db())).toBe(NOW + MINUTE);
    });

    test('peers that can not be written to are counted', async () => {
      await peer(db(), 1, { asleep: '901 no permission' });
      await peer(db(), 2);
      expect(await asleepCount(db())).toBe(1);
    });
  });
}
