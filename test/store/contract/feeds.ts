/** Feeds: found again, due in order, taken by one. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Db } from '../../../src/store/index.ts';
import {
  addFeed,
  asksAlike,
  asksStill,
  claimFeed,
  dueHosts,
  feedOf,
  findFeed,
  getFeed,
  nextFeed,
  saveAsking,
  saveFeed,
  setAsk,
} from '../../../src/store/index.ts';
import { MINUTE, NOW, timetable } from '../make.ts';

export function feedsContract(db: () => Db): void {
  async function feed(ask: Record<string, string>, nextCheck = NOW) {
    const { id } = await timetable(db());
    return addFeed(db(), { timetableId: id, source: 'ics', ask, profile: 'pasted', nextCheck });
  }

  describe('feeds', () => {
    test('begin empty and are found by timetable, by id, and by what they ask in any order of keys', async () => {
      const made = await feed({ url: 'https://example.test/a.ics', group: 'ПИ-21' });
      expect(made).toMatchObject({
        etag: '',
        fingerprint: '',
        failures: 0,
        problem: null,
        held: null,
        goodAt: null,
        profile: 'pasted',
      });
      expect(await feedOf(db(), made.timetableId)).toEqual(made);
      expect(await getFeed(db(), made.id)).toEqual(made);
      expect(await findFeed(db(), 'ics', { group: 'ПИ-21', url: 'https://example.test/a.ics' })).toEqual(made);
      expect(await findFeed(db(), 'other', made.ask)).toBeNull();
      expect(await findFeed(db(), 'ics', { group: 'ПИ-21' })).toBeNull();
      expect(await feedOf(db(), made.timetableId + 1)).toBeNull();
    });

    test('of one ask there is one', async () => {
      await feed({ a: '1', b: '2' });
      await expect(feed({ b: '2', a: '1' })).rejects.toThrow();
    });

    test('are taken by one of many', async () => {
      const { id } = await feed({ n: '1' });
      const claims = Array.from({ length: 5 }, () => claimFeed(db(), id, NOW, NOW + MINUTE));
      expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
      expect(await nextFeed(db(), 'ics:', NOW)).toBeNull();
      expect(await claimFeed(db(), id, NOW, NOW + MINUTE)).toBe(false);
      expect(await claimFeed(db(), id, NOW + MINUTE, NOW + 2 * MINUTE)).toBe(true);
    });

    test('keep what a patch does not name', async () => {
      const made = await feed({ url: 'https://example.test/a.ics' });
      const problem = { kind: 'unreachable', detail: 'timeout', since: NOW };
      await saveFeed(db(), made.id, { etag: '"1"', lastModified: 'x', fingerprint: 'f', goodAt: NOW, checkedAt: NOW });
      await saveFeed(db(), made.id, { failures: 3, problem, held: 'shrunk', nextCheck: NOW + MINUTE });
      await saveFeed(db(), made.id, {});
      const changed = {
        etag: '"1"',
        lastModified: 'x',
        fingerprint: 'f',
        goodAt: NOW,
        checkedAt: NOW,
        failures: 3,
        problem,
        held: 'shrunk',
      };
      expect(await feedOf(db(), made.timetableId)).toEqual({ ...made, ...changed, nextCheck: NOW + MINUTE });
      await saveFeed(db(), made.id, { failures: 0, problem: null, held: null });
      expect(await feedOf(db(), made.timetableId)).toMatchObject({
        etag: '"1"',
        failures: 0,
        problem: null,
        held: null,
      });
    });

    test('pointed elsewhere forget the old place', async () => {
      const made = await feed({ url: 'https://example.test/a.ics' });
      await saveFeed(db(), made.id, {
        etag: '"1"',
        lastModified: 'x',
        fingerprint: 'f',
        failures: 2,
        held: 'empty',
        goodAt: NOW,
      });
      await setAsk(db(), made.id, { url: 'https://example.test/b.ics' });
      const moved = await findFeed(db(), 'ics', { url: 'https://example.test/b.ics' });
      expect(moved).toMatchObject({
        id: made.id,
        etag: '',
        lastModified: '',
        fingerprint: '',
        failures: 0,
        held: null,
        goodAt: NOW,
      });
      expect(await findFeed(db(), 'ics', { url: 'https://example.test/a.ics' })).toBeNull();
    });

    test('ask what they asked until they are pointed elsewhere, or read by another source; saved as asking so they are then only', async () => {
      const made = await feed({ group: 'ПИ-21', id: '1' });
      const reordered = { ...made, ask: { id: '1', group: 'ПИ-21' } };
      const still = async (asked: typeof made) => {
        const before = await getFeed(db(), made.id);
        const [asks, saved] = [await asksStill(db(), asked), await saveAsking(db(), asked, { etag: randomUUID() })];
        const after = await getFeed(db(), made.id);
        expect([saved, before?.etag !== after?.etag, after !== null && asksAlike(after, asked)]).toEqual([
          asks,
          asks,
          asks,
        ]);
        return asks;
      };
      expect(await still(made)).toBe(true);
      expect(await still(reordered)).toBe(true);
      await saveFeed(db(), made.id, { source: 'other' });
      expect(await still(made)).toBe(false);
      await saveFeed(db(), made.id, { source: 'ics' });
      await setAsk(db(), made.id, { group: 'ПИ-21', id: '7' });
      expect(await still(made)).toBe(false);
      expect(await still({ ...made, ask: { group: 'ПИ-21', id: '7' } })).toBe(true);
    });

    test('say to their host when they are to be read, by whichever way they are saved', async () => {
      const made = await feed({ group: 'ПИ-21', id: '1' });
      const due = (at: number) => dueHosts(db(), at, 10);
      expect(await due(NOW - 5)).toEqual([]);
      await saveAsking(db(), made, { nextCheck: NOW - 5 });
      expect(await due(NOW - 5)).toEqual([made.host]);
      await saveFeed(db(), made.id, { host: 'a.example', nextCheck: NOW - 9 });
      expect(await due(NOW - 9)).toEqual(['a.example']);
      await saveFeed(db(), made.id, { host: 'b.example' });
      expect((await due(NOW - 9)).toSorted()).toEqual(['a.example', 'b.example']);
      expect(await saveAsking(db(), { ...made, source: 'other' }, { host: 'c.example', nextCheck: NOW - 99 })).toBe(
        false,
      );
      expect(await due(NOW - 99)).toEqual([]);
    });
  });
}
