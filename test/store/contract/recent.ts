/** What a peer was sent lately: found whether it is written down or not, with what became of it. */
import { describe, expect, test } from 'vitest';
import type { Outcome, Store } from '../../../src/store/index.ts';
import {
  claim,
  deletePeer,
  enqueue,
  expire,
  noteRecent,
  settle,
  sweep,
  traced,
  withdraw,
} from '../../../src/store/index.ts';
import { DAY, entry, HOUR, MINUTE, NOW, peer } from '../make.ts';

const NOTHING: Omit<Outcome, 'id'> = { sent: [], later: [], gone: [], dead: [] };

export function recentContract(store: () => Store): void {
  const db = () => store().db;
  const noteAll = async () => {
    // The first call sees what there is, the second writes it down.
    for (let calls = 0; calls < 2 || (await store().transaction((tx) => noteRecent(tx))); ) {
      if (calls < 2) await store().transaction((tx) => noteRecent(tx));
      calls += 1;
    }
  };
  const fates = async (id: number) =>
    Object.fromEntries((await traced(db(), id)).map(({ fire, fate, at }) => [fire, [fate, at]]));

  async function send(fire: string, outcome: Partial<Outcome>, now = NOW): Promise<void> {
    await enqueue(db(), [entry({ fire, peers: [1, 2, 12] })], NOW);
    const [batch] = await claim(db(), NOW, 1, MINUTE);
    if (batch === undefined) throw new Error('nothing was queued');
    await store().transaction((tx) => settle(tx, now, [{ ...NOTHING, ...outcome, id: batch.id }]));
  }

  describe.each([
    ['written down', true],
    ['not yet written down', false],
  ])('recent notices, %s', (_, noted) => {
    test('each with what became of it', async () => {
      for (const id of [1, 2, 12]) await peer(db(), id);
      await send('all', { sent: [1, 2, 12] }, NOW + 4 * MINUTE);
      await send('some', {
        sent: [1],
        dead: [{ peer: 12, why: '914' }],
        later: [{ peers: [2], at: NOW + MINUTE }],
      });
      await enqueue(db(), [entry({ fire: 'late', peers: [1], deadline: NOW - 1 })], NOW);
      await enqueue(db(), [entry({ fire: 'waits', peers: [2, 12], due: NOW + HOUR, deadline: NOW + DAY })], NOW);
      if (noted) await noteAll();
      const done = ['sent', NOW + 4 * MINUTE];
      expect(await fates(1)).toEqual({ all: done, some: ['sent', NOW], late: ['expired', NOW] });
      expect(await fates(2)).toEqual({ all: done, some: ['waiting', null], waits: ['waiting', null] });
      expect(await fates(12)).toEqual({ all: done, some: ['refused', NOW], waits: ['waiting', null] });
      expect(await fates(3)).toEqual({});
    });

    test('a peer that was forgotten has none, and gets none afterwards', async () => {
      await peer(db(), 1);
      await send('all', { sent: [1, 2, 12] });
      if (noted) await noteAll();
      await deletePeer(db(), 1);
      await noteAll();
      expect(await fates(1)).toEqual({});
    });
  });

  describe('recent notices', () => {
    test('one taken back from some is withdrawn for them, and what is said instead is another', async () => {
      for (const id of [1, 2]) await peer(db(), id);
      await enqueue(db(), [entry({ fire: 'wrong', key: 'k', due: NOW + HOUR, peers: [1, 2] })], NOW);
      await noteAll();
      await withdraw(db(), 'k', [1], NOW + MINUTE);
      expect(await fates(1)).toEqual({ wrong: ['withdrawn', null] });
      expect(await fates(2)).toEqual({ wrong: ['waiting', null] });
      await withdraw(db(), 'k', [2], NOW + 2 * MINUTE);
      expect(await fates(2)).toEqual({ wrong: ['withdrawn', NOW + 2 * MINUTE] });
    });

    test('who cannot be written to any more did not get it', async () => {
      await peer(db(), 2);
      await send('gone', { sent: [1, 12], gone: [{ peer: 2, why: '901' }] });
      await noteAll();
      expect(await fates(2)).toEqual({ gone: ['asleep', NOW] });
    });

    test('the newest are kept: two dozen batches, however many there were; what is swept away is forgotten', async () => {
      await peer(db(), 1);
      for (let n = 0; n < 60; n += 1)
        await enqueue(db(), [entry({ fire: `fire ${n}`, peers: [1], deadline: NOW - 1 })], NOW + n);
      await noteAll();
      const kept = Object.keys(await fates(1)).map((fire) => Number(fire.slice(5)));
      expect(kept.sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, n) => 36 + n));
      await sweep(db(), NOW + 15 * DAY, 500);
      expect(await fates(1)).toEqual({});
    });

    test('what is written down twice in a row is there once, and a call with nothing to do does nothing', async () => {
      await peer(db(), 1);
      await send('one', { sent: [1, 2, 12] });
      for (let calls = 0; calls < 5; calls += 1) expect(await store().transaction((tx) => noteRecent(tx))).toBe(false);
      expect(await db().selectFrom('recent').selectAll().execute()).toHaveLength(1);
      expect((await db().selectFrom('recent').select('batches').executeTakeFirstOrThrow()).batches).toHaveLength(7);
    });

    test('batches that never were sent are put away and found', async () => {
      await peer(db(), 1);
      await enqueue(db(), [entry({ fire: 'slow', peers: [1], deadline: NOW + MINUTE })], NOW);
      await noteAll();
      await expire(db(), NOW + HOUR);
      expect(await fates(1)).toEqual({ slow: ['expired', NOW + HOUR] });
    });
  });
}
