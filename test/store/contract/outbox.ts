/** The outbox: each fire once a peer, nearest end first, dead when worthless, taken back in time. */
import { describe, expect, test } from 'vitest';
import { randomIdOf } from '../../../src/domain/notice.ts';
import type { Store } from '../../../src/store/index.ts';
import {
  claim,
  enqueue,
  expire,
  expiredCounts,
  pending,
  releaseLeases,
  settle,
  whoHeard,
  withdraw,
  withdrawCorrections,
} from '../../../src/store/index.ts';
import { entry, HOUR, MINUTE, NOW } from '../make.ts';

const SENT = { sent: [], later: [], gone: [], dead: [] };

export function outboxContract(store: () => Store): void {
  const db = () => store().db;
  const takeAll = (now: number) => claim(db(), now, 1000, MINUTE);

  describe('the outbox', () => {
    test('hands out what was queued, as it was', async () => {
      const one = entry();
      expect(await enqueue(db(), [one], NOW)).toBe(3);
      const [batch, ...more] = await takeAll(NOW);
      expect(more).toEqual([]);
      expect(batch).toEqual({ ...one, id: batch?.id, randomId: randomIdOf(one.fire), attempts: 1, firstTryAt: NOW });
    });

    test('queues a fire once a peer, however often and in whatever state it is', async () => {
      expect(await enqueue(db(), [entry({ peers: [1, 2, 2, 1] })], NOW)).toBe(2);
      expect(await enqueue(db(), [entry({ peers: [2, 1] })], NOW)).toBe(0);
      const [leased] = await takeAll(NOW);
      expect(await enqueue(db(), [entry({ peers: [1, 2, 3] })], NOW)).toBe(1);
      await settle(db(), NOW, [{ ...SENT, id: leased?.id ?? 0, sent: [1], gone: [{ peer: 2, why: '901' }] }]);
      expect(await enqueue(db(), [entry({ peers: [1, 2, 3, 4] }), entry({ peers: [4, 5] })], NOW)).toBe(2);
      await expire(db(), NOW + HOUR);
      // 3, 4 and 5 expired before any try: a clock that jumped ahead and came back owes it to them still.
      expect(await enqueue(db(), [entry({ peers: [1, 2, 3, 4, 5], deadline: NOW + 3 * HOUR })], NOW + HOUR)).toBe(3);
      expect(await enqueue(db(), [entry({ fire: 'fire-2', peers: [1], deadline: NOW + 3 * HOUR })], NOW + HOUR)).toBe(
        1,
      );
    });

    test('loses nobody and doubles nobody when many queue the same at the same moment', async () => {
      const queued = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          store().transaction((tx) => enqueue(tx, [entry({ peers: [1, 2, 100 + n] })], NOW)),
        ),
      );
      expect(queued.reduce((sum, count) => sum + count, 0)).toBe(10);
      const peers = (await takeAll(NOW)).flatMap((batch) => batch.peers);
      expect(peers.sort((a, b) => a - b)).toEqual([1, 2, 100, 101, 102, 103, 104, 105, 106, 107]);
    });

    test('cuts batches at a hundred peers, the same random_id in each', async () => {
      const peers = Array.from({ length: 250 }, (_, n) => n + 1);
      expect(await enqueue(db(), [entry({ peers })], NOW)).toBe(250);
      const batches = await takeAll(NOW);
      expect(batches.map((batch) => batch.peers.length)).toEqual([100, 100, 50]);
      expect(batches.flatMap((batch) => batch.peers)).toEqual(peers);
      expect(new Set(batches.map((batch) => batch.randomId))).toEqual(new Set([randomIdOf('fire-1')]));
    });

    test('takes many sayings at once', async () => {
      const many = Array.from({ length: 333 }, (_, n) => entry({ fire: `f${n}`, peers: [n + 1, n + 2] }));
      expect(await enqueue(db(), many, NOW)).toBe(666);
      expect(await enqueue(db(), many, NOW)).toBe(0);
      expect(await takeAll(NOW)).toHaveLength(333);
      expect(await enqueue(db(), [], NOW)).toBe(0);
    });

    test('hands out the nearest end first, nothing before it is due, no more than asked', async () => {
      const entries = [
        entry({ fire: 'c', deadline: NOW + 30 * MINUTE }),
        entry({ fire: 'a', deadline: NOW + 10 * MINUTE }),
        entry({ fire: 'early', due: NOW + 1, deadline: NOW + 5 * MINUTE }),
        entry({ fire: 'b', deadline: NOW + 20 * MINUTE }),
      ];
      await enqueue(db(), entries, NOW);
      expect((await claim(db(), NOW, 2, MINUTE)).map(({ fire }) => fire)).toEqual(['a', 'b']);
      expect((await claim(db(), NOW, 2, MINUTE)).map(({ fire }) => fire)).toEqual(['c']);
      expect(await claim(db(), NOW, 2, MINUTE)).toEqual([]);
      expect((await claim(db(), NOW + 1, 2, MINUTE)).map(({ fire }) => fire)).toEqual(['early']);
    });

    test('hands a batch to one of many', async () => {
      await enqueue(
        db(),
        Array.from({ length: 20 }, (_, n) => entry({ fire: `f${n}` })),
        NOW,
      );
      const claims = await Promise.all(Array.from({ length: 6 }, () => claim(db(), NOW, 10, MINUTE)));
      const ids = claims.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBe(20 - (await takeAll(NOW)).length);
    });

    test('takes a lease back when it runs out, or all at once, and counts every try', async () => {
      await enqueue(db(), [entry()], NOW);
      await claim(db(), NOW, 10, MINUTE);
      expect(await takeAll(NOW + MINUTE - 1)).toEqual([]);
      const [again] = await takeAll(NOW + MINUTE);
      expect(again).toMatchObject({ attempts: 2, firstTryAt: NOW, randomId: randomIdOf('fire-1') });
      await releaseLeases(db());
      expect((await takeAll(NOW + MINUTE))[0]).toMatchObject({ attempts: 3, firstTryAt: NOW });
    });

    test('lets die what is past its deadline, or was first tried 55 minutes ago', async () => {
      await enqueue(
        db(),
        [entry({ fire: 'short', deadline: NOW + MINUTE }), entry({ fire: 'long', deadline: NOW + 9 * HOUR })],
        NOW,
      );
      expect((await claim(db(), NOW + MINUTE, 10, MINUTE)).map(({ fire }) => fire)).toEqual(['long']);
      await releaseLeases(db());
      const last = NOW + 56 * MINUTE - 1;
      expect((await takeAll(last)).map(({ fire }) => fire)).toEqual(['long']);
      await releaseLeases(db());
      expect(await takeAll(last + 1)).toEqual([]);
      expect(await pending(db(), last + 1)).toEqual({ waiting: 0, leased: 0, due: 0, oldestDue: null });
    });

    test('counts what it lets die, and keeps what was dead on arrival out of the way', async () => {
      expect(await enqueue(db(), [entry({ deadline: NOW })], NOW)).toBe(0);
      await enqueue(db(), [entry({ fire: 'x', deadline: NOW + 1 }), entry({ fire: 'y', deadline: NOW + 2 })], NOW);
      expect(await expire(db(), NOW + 1)).toBe(1);
      expect(await expire(db(), NOW + 1)).toBe(0);
      expect((await takeAll(NOW + 1)).map(({ fire }) => fire)).toEqual(['y']);
    });

    test('counts by kind and peer what came too late, each once however often it is planned', async () => {
      const late = entry({ fire: 'late', due: NOW - MINUTE, deadline: NOW, peers: [1, 2, 3] });
      const common = { language: 'ru', zone: 'Europe/Moscow' } as const;
      const digest = { ...common, kind: 'evening', day: '2026-09-02', lessons: [] } as const;
      expect(await enqueue(db(), [late], NOW)).toBe(0);
      expect(await enqueue(db(), [late, { ...late, peers: [3, 4] }], NOW + 1)).toBe(0);
      await enqueue(db(), [entry({ fire: 'x', saying: digest, deadline: NOW + MINUTE, peers: [5, 6] })], NOW);
      expect(await expiredCounts(db())).toEqual({ reminder: 4 });
      await expire(db(), NOW + MINUTE);
      expect(await expiredCounts(db())).toEqual({ evening: 2, reminder: 4 });
      // The clock goes back: it is owed after all, and stays counted as what was found too late then.
      expect(await enqueue(db(), [late], NOW - 1)).toBe(3);
      expect((await takeAll(NOW - 1)).map(({ peers }) => peers)).toEqual([[1, 2, 3]]);
      expect(await enqueue(db(), [late], NOW)).toBe(0);
      expect(await expiredCounts(db())).toEqual({ evening: 2, reminder: 4 });
    });

    test('says how much waits and since when', async () => {
      await enqueue(
        db(),
        [entry({ fire: 'a', due: NOW - MINUTE, deadline: NOW + 2 * HOUR }), entry({ fire: 'b' })],
        NOW,
      );
      await enqueue(db(), [entry({ fire: 'c', due: NOW + HOUR, deadline: NOW + 2 * HOUR })], NOW);
      expect(await pending(db(), NOW)).toEqual({ waiting: 3, leased: 0, due: 2, oldestDue: NOW - MINUTE });
      await takeAll(NOW);
      expect(await pending(db(), NOW)).toEqual({ waiting: 1, leased: 2, due: 0, oldestDue: null });
    });
  });

  describe('withdrawing', () => {
    test('takes the named peers out of what waits, and names those who have it already', async () => {
      await enqueue(db(), [entry({ peers: [1, 2] })], NOW);
      const [done] = await takeAll(NOW);
      await settle(db(), NOW, [{ ...SENT, id: done?.id ?? 0, sent: [1], dead: [{ peer: 2, why: '914' }] }]);
      await enqueue(db(), [entry({ fire: 'fire-2', peers: [3] })], NOW);
      await takeAll(NOW);
      await enqueue(
        db(),
        [entry({ fire: 'fire-3', peers: [4, 5, 6] }), entry({ fire: 'fire-4', key: 'other', peers: [4] })],
        NOW,
      );
      expect(await withdraw(db(), 'key-1', [1, 2, 3, 4, 5, 9], NOW)).toEqual({ withdrawn: [4, 5], sent: [1, 3] });
      expect((await takeAll(NOW)).map(({ fire, peers }) => [fire, peers])).toEqual([
        ['fire-3', [6]],
        ['fire-4', [4]],
      ]);
      expect(await withdraw(db(), 'key-1', [4], NOW)).toEqual({ withdrawn: [], sent: [] });
    });

    test('corrections that wait for their time are taken from who is asked about, without a trace, and nothing else is', async () => {
      const later = { due: NOW + HOUR, deadline: NOW + 2 * HOUR, thread: 5 };
      await enqueue(
        db(),
        [
          entry({ ...later, fire: 'mine', key: 'a', peers: [1] }),
          entry({ ...later, fire: 'ours', key: 'b', peers: [1, 2] }),
          entry({ ...later, fire: 'news', key: 'c', peers: [3], since: NOW }),
          entry({ ...later, fire: 'of another', key: 'd', peers: [1], thread: 6 }),
          entry({ ...later, fire: 'due', key: 'e', peers: [1], due: NOW }),
        ],
        NOW,
      );
      await withdrawCorrections(db(), 5, [1, 3], NOW);
      expect((await takeAll(NOW + HOUR)).map(({ fire, peers }) => `${fire} ${peers}`).sort()).toEqual([
        'due 1',
        'news 3',
        'of another 1',
        'ours 2',
      ]);
      expect(await enqueue(db(), [entry({ ...later, fire: 'mine', key: 'a', peers: [1] })], NOW)).toBe(1);
    });

    test('who was sent a saying is known by its key, whoever else was', async () => {
      await enqueue(
        db(),
        [entry({ key: 'a', fire: 'a', peers: [1, 2] }), entry({ key: 'b', fire: 'b', peers: [2] })],
        NOW,
      );
      const [first, second] = (await takeAll(NOW)).sort((x, y) => (x.key < y.key ? -1 : 1));
      await settle(db(), NOW, [
        { ...SENT, id: first?.id ?? 0, sent: [1], dead: [{ peer: 2, why: '914' }] },
        { ...SENT, id: second?.id ?? 0, sent: [2] },
      ]);
      await enqueue(db(), [entry({ key: 'c', fire: 'c', peers: [1] })], NOW);
      expect(await whoHeard(db(), ['a', 'b', 'c', 'd'], [1, 2, 3])).toEqual(
        new Map([
          ['a', [1]],
          ['b', [2]],
        ]),
      );
      expect(await whoHeard(db(), [], [1])).toEqual(new Map());
    });

    test('empties a batch for good, yet the same may be queued anew: it was never sent', async () => {
      await enqueue(db(), [entry({ peers: [1, 2] })], NOW);
      expect(await withdraw(db(), 'key-1', [1, 2], NOW)).toEqual({ withdrawn: [1, 2], sent: [] });
      expect(await takeAll(NOW)).toEqual([]);
      expect(await enqueue(db(), [entry({ peers: [1] })], NOW)).toBe(1);
      expect((await takeAll(NOW)).map(({ peers }) => peers)).toEqual([[1]]);
    });

    test('and claiming at the same moment leave each peer on exactly one side', async () => {
      await enqueue(
        db(),
        Array.from({ length: 30 }, (_, n) => entry({ fire: `f${n}`, peers: [n + 1] })),
        NOW,
      );
      const peers = Array.from({ length: 30 }, (_, n) => n + 1);
      const [taken, back] = await Promise.all([claim(db(), NOW, 15, MINUTE), withdraw(db(), 'key-1', peers, NOW)]);
      expect([...back.withdrawn, ...back.sent].sort((a, b) => a - b)).toEqual(peers);
      expect(taken.flatMap((batch) => batch.peers).filter((one) => back.withdrawn.includes(one))).toEqual([]);
    });
  });
}
