/** Batches of one thread: a peer gets the earlier first, whatever became of it, and what waits for its time holds up nobody. */
import { describe, expect, test } from 'vitest';
import type { Batch, Store } from '../../../src/store/index.ts';
import {
  claim,
  enqueue,
  expire,
  hasHeard,
  nextDeadline,
  queuedFor,
  releaseLeases,
  settle,
  unqueue,
  withdraw,
  writeHad,
} from '../../../src/store/index.ts';
import { entry, HOUR, MINUTE, NOW } from '../make.ts';

const NOTHING = { sent: [], later: [], gone: [], dead: [] };
const SECOND = 1000;

export function turnContract(store: () => Store): void {
  const db = () => store().db;
  const take = async (now: number) => claim(db(), now, 1000, MINUTE);
  const inWords = (batches: readonly Batch[]) => batches.map(({ fire, peers }) => `${fire} ${peers}`);
  const queue = (fire: string, change: Partial<Parameters<typeof entry>[0]> = {}) =>
    enqueue(db(), [entry({ fire, key: fire, thread: 5, ...change })], change?.due ?? NOW);
  const settleOne = async (batch: Batch | undefined, outcome: Partial<typeof NOTHING> | object, now: number) =>
    settle(db(), now, [{ ...NOTHING, id: batch?.id ?? 0, ...outcome }]);

  describe('in turn', () => {
    test('the later one comes when the earlier one has arrived, though its end is nearer', async () => {
      await queue('first', { deadline: NOW + 2 * HOUR });
      await queue('second', { due: NOW + 1 });
      await queue('third', { due: NOW + 2, deadline: NOW + MINUTE });
      for (const fire of ['first', 'second', 'third']) {
        const taken = await take(NOW + 2);
        expect(inWords(taken)).toEqual([`${fire} 1,2,3`]);
        expect(await take(NOW + 2)).toEqual([]);
        await settleOne(taken[0], { sent: [1, 2, 3] }, NOW + 2);
      }
      expect(await take(NOW + 2)).toEqual([]);
    });

    test('only who still waits for the earlier one waits for the later one', async () => {
      await queue('first', { peers: [1, 2] });
      const [first] = await take(NOW);
      await queue('second', { due: NOW + 1, peers: [2, 3] });
      expect(inWords(await take(NOW + 1))).toEqual(['second 3']);
      await settleOne(first, { sent: [1], later: [{ peers: [2], at: NOW + 30 * SECOND }] }, NOW + 2);
      expect(await take(NOW + 29 * SECOND)).toEqual([]);
      const [again] = await take(NOW + 30 * SECOND);
      expect(inWords(again === undefined ? [] : [again])).toEqual(['first 2']);
      await settleOne(again, { sent: [2] }, NOW + 30 * SECOND);
      expect(inWords(await take(NOW + 30 * SECOND))).toEqual(['second 2']);
    });

    test.each<[string, (batch: Batch | undefined) => Promise<unknown>]>([
      [
        'is refused for good',
        (batch) => settleOne(batch, { dead: [1, 2, 3].map((peer) => ({ peer, why: '914' })) }, NOW + MINUTE),
      ],
      [
        'is past its end',
        async () => {
          await releaseLeases(db());
          await expire(db(), NOW + HOUR);
        },
      ],
      [
        'is taken back',
        async () => {
          await releaseLeases(db());
          await withdraw(db(), 'first', [1, 2, 3], NOW + MINUTE);
        },
      ],
    ])('nobody waits for what %s', async (_, end) => {
      await queue('first');
      const [first] = await take(NOW);
      await queue('second', { due: NOW + 1, deadline: NOW + 3 * HOUR });
      expect(await take(NOW + 1)).toEqual([]);
      await end(first);
      expect(inWords(await take(NOW + HOUR))).toEqual(['second 1,2,3']);
    });

    test('other threads, and what is in none, wait for nothing', async () => {
      await queue('first');
      await take(NOW);
      await queue('other', { due: NOW + 1, thread: 6 });
      await enqueue(db(), [entry({ fire: 'free', key: 'free', due: NOW + 1 })], NOW + 1);
      expect(inWords(await take(NOW + 1)).sort()).toEqual(['free 1,2,3', 'other 1,2,3']);
    });

    test('what is due later waits for what is due before it, and not the other way round', async () => {
      const soon = NOW + 30 * MINUTE;
      await enqueue(db(), [entry({ fire: 'soon', key: 'soon', thread: 5, due: soon, deadline: NOW + 3 * HOUR })], NOW);
      await queue('now', { due: NOW + 1, deadline: NOW + 3 * HOUR });
      const [now] = await take(NOW + 1);
      expect(now?.fire).toBe('now');
      await releaseLeases(db());
      const [again] = await take(soon);
      expect(again?.fire).toBe('now');
      expect(await take(soon)).toEqual([]);
      await settleOne(again, { sent: [1, 2, 3] }, soon);
      expect(inWords(await take(soon))).toEqual(['soon 1,2,3']);
    });

    test('more of those that must wait than are taken at once hide nothing that need not', async () => {
      await queue('first', { peers: [1] });
      await take(NOW);
      for (let n = 0; n < 30; n += 1)
        await queue(`later ${n}`, { peers: [1], due: NOW + 1 + n, deadline: NOW + MINUTE });
      await enqueue(db(), [entry({ fire: 'free', key: 'free', due: NOW + 40 })], NOW + 40);
      expect(inWords(await claim(db(), NOW + 40, 5, MINUTE))).toEqual(['free 1,2,3']);
    });
  });

  describe('what waits for its time', () => {
    test('is taken when that comes, put away when its end does, and looked for in neither place in vain', async () => {
      await queue('soon', { due: NOW, deadline: NOW + 3 * HOUR, thread: undefined });
      const [soon] = await take(NOW);
      await settleOne(soon, { later: [{ peers: [1, 2, 3], at: NOW + HOUR }] }, NOW);
      expect(await nextDeadline(db())).toBe(NOW + 55 * MINUTE);
      expect(await expire(db(), NOW + 55 * MINUTE - 1)).toBe(0);
      expect(await expire(db(), NOW + 55 * MINUTE)).toBe(1);
      expect(await nextDeadline(db())).toBeNull();
    });

    test('comes back to it when the clock does', async () => {
      await enqueue(db(), [entry({ due: NOW + HOUR, deadline: NOW + 3 * HOUR })], NOW);
      expect(await claim(db(), NOW + HOUR, 0, MINUTE)).toEqual([]);
      expect(await take(NOW)).toEqual([]);
      expect(await take(NOW + HOUR)).toHaveLength(1);
    });
  });

  describe('what waits for one peer', () => {
    test('is found by its words or its thread, and is taken back from that peer alone, with a trace or without', async () => {
      await queue('a', { peers: [1, 2] });
      await queue('b', { peers: [1], since: NOW - 5 });
      await queue('c', { peers: [12] });
      const of = async (which: Parameters<typeof queuedFor>[2]) =>
        (await queuedFor(db(), 1, which)).map(({ key, fate, since }) => [key, fate, since]);
      expect(await of({ keys: ['a', 'c'] })).toEqual([['a', 'waits', null]]);
      expect(await of({ thread: 6 })).toEqual([]);
      const [a, b] = await queuedFor(db(), 1, { thread: 5 });
      expect(a === undefined || (await unqueue(db(), a, 1, NOW, { thread: 7, due: NOW - 1 }))).toBe(true);
      expect(b === undefined || (await unqueue(db(), b, 1, 'forget'))).toBe(true);
      // It is not as it was read any more.
      expect(a === undefined || (await unqueue(db(), a, 1, NOW))).toBe(false);
      expect(await of({ thread: 5 })).toEqual([]);
      expect(await of({ thread: 7 })).toEqual([['a', 'withdrawn', null]]);
      expect(await of({ keys: ['a'] })).toEqual([['a', 'withdrawn', null]]);
      expect(inWords(await take(NOW)).sort()).toEqual(['a 2', 'c 12']);
      // It was never sent, and may be said after all.
      expect(await queue('a', { peers: [1] })).toBe(1);
      expect(inWords(await take(NOW))).toEqual(['a 1']);
      expect((await of({ keys: ['a'] })).map(([, fate]) => fate)).toEqual(['withdrawn', 'sent']);
    });

    test('who has had it in other words is queued for it no more', async () => {
      await writeHad(db(), 'a', 2, NOW);
      expect(await queue('a', { peers: [1, 2] })).toBe(1);
      expect(inWords(await take(NOW))).toEqual(['a 1']);
    });

    test('it is known whether anything of the thread was heard since', async () => {
      await queue('a', { peers: [1, 2] });
      const [a] = await take(NOW);
      expect(await hasHeard(db(), 1, { thread: 5, since: NOW })).toBe(false);
      await settleOne(a, { sent: [1], dead: [{ peer: 2, why: '914' }] }, NOW + 1);
      expect(await hasHeard(db(), 1, { thread: 5, since: NOW + 1 })).toBe(true);
      expect(await hasHeard(db(), 1, { thread: 5, since: NOW + 2 })).toBe(false);
      expect(await hasHeard(db(), 2, { thread: 5, since: NOW })).toBe(false);
    });
  });

  test('what is withdrawn on its way is not tried again, and counts as sent where it arrived', async () => {
    await queue('one', { peers: [1, 2, 3], thread: undefined });
    const [one] = await take(NOW);
    expect(await withdraw(db(), 'one', [2, 3], NOW)).toEqual({ withdrawn: [], sent: [2, 3] });
    await settleOne(one, { sent: [3], later: [{ peers: [1, 2], at: NOW + 1 }] }, NOW);
    expect(inWords(await take(NOW + 1))).toEqual(['one 1']);
    expect(await withdraw(db(), 'one', [1], NOW + 2)).toEqual({ withdrawn: [], sent: [1] });
    expect(await take(NOW + 2 * MINUTE)).toEqual([]);
    expect(await withdraw(db(), 'one', [3], NOW + 2)).toEqual({ withdrawn: [], sent: [3] });
  });
}
