/** Settling: each peer of a batch ends in exactly one place. */
import { describe, expect, test } from 'vitest';
import { randomIdOf } from '../../../src/domain/notice.ts';
import type { Batch, Outcome, Store } from '../../../src/store/index.ts';
import {
  claim,
  dueDigests,
  enqueue,
  getPeer,
  pending,
  receiptsOf,
  settle,
  subscriptionsOf,
  withdraw,
} from '../../../src/store/index.ts';
import { entry, HOUR, MINUTE, NOW, peer, timetable } from '../make.ts';

const NOTHING: Omit<Outcome, 'id'> = { sent: [], later: [], gone: [], dead: [] };

export function settleContract(store: () => Store): void {
  const db = () => store().db;

  async function leased(peers: number[]): Promise<Batch> {
    await enqueue(db(), [entry({ peers })], NOW);
    const [batch] = await claim(db(), NOW, 1, MINUTE);
    if (batch === undefined) throw new Error('nothing was queued');
    return batch;
  }

  function settleIt(batch: Batch, outcome: Partial<Outcome>, now = NOW): Promise<void> {
    return store().transaction((tx) => settle(tx, now, [{ ...NOTHING, ...outcome, id: batch.id }]));
  }

  describe('settling', () => {
    test('a first try of which VK certainly has nothing is as good as none: an hour later there is still time', async () => {
      await enqueue(db(), [entry({ peers: [1, 2, 3], deadline: NOW + 5 * HOUR })], NOW);
      const [batch] = await claim(db(), NOW, 1, MINUTE);
      if (batch === undefined) throw new Error('nothing was queued');
      const at = NOW + HOUR;
      const later = [
        { peers: [2], at, untouched: true as const },
        { peers: [3], at },
      ];
      await settleIt(batch, { sent: [1], later });
      const [again] = await claim(db(), at, 10, MINUTE);
      expect(again).toMatchObject({ peers: [2], attempts: 1, firstTryAt: at, deadline: NOW + 5 * HOUR });
      // Of the other try nobody knows, and after an hour VK would take it for a new message.
      expect(await pending(db(), at)).toMatchObject({ waiting: 0, leased: 1 });
    });

    test('a batch that another version named for VK keeps that name, whatever becomes of its parts', async () => {
      const batch = await leased([1, 2, 3, 4, 5]);
      await db().updateTable('outbox').set({ random_id: 77 }).execute();
      const later = [
        { peers: [2], at: NOW },
        { peers: [3], at: NOW + MINUTE },
      ];
      await settleIt(batch, { sent: [1], later });
      await withdraw(db(), batch.key, [4], NOW);
      const again = [...(await claim(db(), NOW, 10, HOUR)), ...(await claim(db(), NOW + MINUTE, 10, HOUR))];
      expect(again.map(({ peers, randomId }) => `${peers} ${randomId}`).sort()).toEqual(['2 77', '3 77', '5 77']);
      // Queued for others since, it is the fire's own: they have nothing of it yet.
      await enqueue(db(), [entry({ peers: [6] })], NOW);
      expect(await claim(db(), NOW, 10, MINUTE)).toMatchObject([{ peers: [6], randomId: randomIdOf(batch.fire) }]);
    });

    test('what may have arrived before counts, however certain the last refusal is', async () => {
      await enqueue(db(), [entry({ peers: [1], deadline: NOW + 5 * HOUR })], NOW);
      const [batch] = await claim(db(), NOW, 1, MINUTE);
      if (batch === undefined) throw new Error('nothing was queued');
      await settleIt(batch, { later: [{ peers: [1], at: NOW + MINUTE }] });
      await claim(db(), NOW + MINUTE, 1, MINUTE);
      await settleIt(batch, { later: [{ peers: [1], at: NOW + HOUR, untouched: true }] }, NOW + MINUTE);
      expect(await claim(db(), NOW + HOUR, 10, MINUTE)).toEqual([]);
      expect(await pending(db(), NOW + HOUR)).toMatchObject({ waiting: 0, leased: 0 });
    });

    test('splits a batch: sent stays, later waits with its own time, gone sleeps, dead is noted', async () => {
      const { id } = await timetable(db());
      await peer(db(), 4, { timetableId: id, leads: [5], evening: '19:00' });
      const batch = await leased([1, 2, 3, 4, 5]);
      await settleIt(batch, {
        sent: [1],
        later: [
          { peers: [2], at: NOW + MINUTE },
          { peers: [3], at: NOW + 2 * MINUTE },
        ],
        gone: [{ peer: 4, why: '901 blocked' }],
        dead: [{ peer: 5, why: '914 too long' }],
      });
      expect(await withdraw(db(), 'key-1', [1, 4, 5], NOW)).toEqual({ withdrawn: [], sent: [1] });
      expect((await getPeer(db(), 4))?.asleep).toBe('901 blocked');
      expect(await subscriptionsOf(db(), id)).toEqual([]);
      expect(
        await dueDigests(db(), 'evening', { zone: 'Europe/Moscow', weekday: 1, from: '00:00', to: '24:00' }),
      ).toEqual([]);
      expect(await receiptsOf(db(), 'fire-1')).toEqual([
        { peer: 4, what: 'gone', why: '901 blocked', at: NOW },
        { peer: 5, what: 'dead', why: '914 too long', at: NOW },
      ]);
      expect(await claim(db(), NOW + MINUTE - 1, 10, HOUR)).toEqual([]);
      const [second] = await claim(db(), NOW + MINUTE, 10, HOUR);
      const { fire, key, randomId, saying, due, deadline, firstTryAt } = batch;
      expect(second).toEqual({
        fire,
        key,
        randomId,
        saying,
        due,
        deadline,
        firstTryAt,
        peers: [2],
        attempts: 2,
        id: second?.id,
      });
      expect(second?.id).not.toBe(batch.id);
      expect((await claim(db(), NOW + 2 * MINUTE - 1, 10, HOUR)).map(({ peers }) => peers)).toEqual([]);
      expect((await claim(db(), NOW + 2 * MINUTE, 10, HOUR)).map(({ peers }) => peers)).toEqual([[3]]);
    });

    test('keeps the row where nobody has it yet', async () => {
      const batch = await leased([1, 2]);
      await settleIt(batch, { later: [{ peers: [1, 2], at: NOW + MINUTE }] });
      const [again] = await claim(db(), NOW + MINUTE, 10, MINUTE);
      expect(again).toEqual({ ...batch, attempts: 2 });
    });

    test('lets a peer it hears nothing of wait for another try', async () => {
      await settleIt(await leased([1, 2, 3]), { sent: [2] });
      expect((await claim(db(), NOW, 10, MINUTE)).map(({ peers }) => peers)).toEqual([[1, 3]]);
    });

    test('ends a batch that nobody will get', async () => {
      await settleIt(await leased([1, 2]), { dead: [{ peer: 1, why: '100' }], gone: [{ peer: 2, why: '936' }] });
      expect(await pending(db(), NOW)).toEqual({ waiting: 0, leased: 0, due: 0, oldestDue: null });
      expect(await enqueue(db(), [entry({ peers: [1, 2] })], NOW)).toBe(0);
    });

    test('twice changes nothing', async () => {
      const batch = await leased([1, 2]);
      const outcome = { sent: [1], later: [{ peers: [2], at: NOW + MINUTE }] };
      await settleIt(batch, outcome);
      await settleIt(batch, outcome);
      expect((await claim(db(), NOW + MINUTE, 10, MINUTE)).map(({ peers }) => peers)).toEqual([[2]]);
      await settle(db(), NOW, [{ ...NOTHING, id: 999_999 }]);
    });

    test('counts after the lease ran out, and does not bring back what was withdrawn meanwhile', async () => {
      const batch = await leased([1, 2, 3]);
      await claim(db(), NOW + MINUTE, 0, MINUTE);
      expect(await withdraw(db(), 'key-1', [2, 3], NOW + MINUTE)).toEqual({ withdrawn: [2, 3], sent: [] });
      await settleIt(batch, { sent: [1, 3], later: [{ peers: [2], at: NOW + MINUTE }] }, NOW + MINUTE);
      expect(await claim(db(), NOW + 2 * MINUTE, 10, MINUTE)).toEqual([]);
      expect(await withdraw(db(), 'key-1', [1, 2, 3], NOW)).toEqual({ withdrawn: [], sent: [1, 3] });
    });

    test('keeps the 55 minutes of the first try over every split', async () => {
      await enqueue(db(), [entry({ deadline: NOW + 9 * HOUR, peers: [1, 2] })], NOW);
      const [batch] = await claim(db(), NOW, 1, MINUTE);
      if (batch === undefined) throw new Error('nothing was queued');
      await settleIt(batch, { sent: [1], later: [{ peers: [2], at: NOW + 54 * MINUTE }] });
      expect(await claim(db(), NOW + 54 * MINUTE, 10, MINUTE)).toHaveLength(1);
      expect(await claim(db(), NOW + 55 * MINUTE, 10, MINUTE)).toEqual([]);
    });
  });
}
