/** Hosts: looked at when something is due there, left alone when they ask for it, each with its own queue. */
import { describe, expect, test } from 'vitest';
import { IDLE, type Wish } from '../../../src/domain/polling.ts';
import type { Db } from '../../../src/store/index.ts';
import {
  addFeed,
  claimFeed,
  claimsOf,
  dropHost,
  dueHosts,
  fullAt,
  getFeed,
  getHost,
  idleHosts,
  lookAgain,
  nearFeeds,
  nextFeed,
  saveFeed,
  saveHost,
  setFullAt,
  standingOf,
  writeOccurrences,
} from '../../../src/store/index.ts';
import { HOUR, MINUTE, NOW, occurrence, peer, timetable } from '../make.ts';

const NEAR: Wish = { rank: 'near', every: 75_000, weight: 2 };
const FOLLOWED: Wish = { rank: 'followed', every: 900_000, weight: 0.02 };

export function hostsContract(db: () => Db): void {
  let made = 0;
  async function feed(host: string, nextCheck = NOW, wish?: Wish) {
    const { id } = await timetable(db());
    made += 1;
    const ask = { url: `https://${host}/${made}.ics` };
    const added = await addFeed(db(), { timetableId: id, source: 'ics', ask, profile: 'pasted', nextCheck });
    if (wish !== undefined) await saveFeed(db(), added.id, { wish });
    return added;
  }

  describe('hosts', () => {
    test('are due with their first feed, the longest overdue first', async () => {
      await feed('b.example', NOW);
      await feed('a.example', NOW - MINUTE);
      await feed('a.example', NOW + HOUR);
      await feed('c.example', NOW + 1);
      expect(await dueHosts(db(), NOW, 10)).toEqual(['a.example', 'b.example']);
      expect(await dueHosts(db(), NOW, 1)).toEqual(['a.example']);
    });

    test('are known by the address, or by the university until the first reading', async () => {
      const { id: timetableId } = await timetable(db());
      const of = { timetableId, profile: 'configured', nextCheck: NOW } as const;
      const engine = await addFeed(db(), { ...of, source: 'ruz', ask: { university: 'hse', group: 'ПИ-21' } });
      expect(engine.host).toBe('ruz:hse');
      await saveFeed(db(), engine.id, { host: 'ruz.hse.ru' });
      expect(await nextFeed(db(), 'ruz:hse', NOW)).toBeNull();
      expect((await nextFeed(db(), 'ruz.hse.ru', NOW))?.id).toBe(engine.id);
      expect(await dueHosts(db(), NOW, 10)).toContain('ruz.hse.ru');
      expect((await feed('webcal.example')).host).toBe('webcal.example');
    });

    test('give their feeds by rank, then by time; the longest overdue when that is asked for; none that is not due', async () => {
      const idle = await feed('a.example', NOW - HOUR, IDLE);
      const followed = await feed('a.example', NOW - MINUTE, FOLLOWED);
      const near = await feed('a.example', NOW, NEAR);
      const nearest = await feed('a.example', NOW - 1, NEAR);
      await feed('a.example', NOW + 1, NEAR);
      await feed('b.example', NOW - HOUR, NEAR);
      expect((await nextFeed(db(), 'a.example', NOW, true))?.id).toBe(idle.id);
      const order = [];
      for (let next = await nextFeed(db(), 'a.example', NOW); next; next = await nextFeed(db(), 'a.example', NOW)) {
        order.push(next.id);
        expect(await claimFeed(db(), next.id, next.nextCheck, NOW + HOUR)).toBe(true);
      }
      expect(order).toEqual([nearest.id, near.id, followed.id, idle.id]);
      expect(await nextFeed(db(), 'a.example', NOW, true)).toBeNull();
    });

    test('that have nothing more to do are looked at when the next is due, at the latest in a minute; an earlier need is heard', async () => {
      const soon = await feed('a.example', NOW + 20_000);
      await saveHost(db(), 'a.example', { lookAt: NOW });
      await lookAgain(db(), 'a.example', NOW);
      expect(await dueHosts(db(), NOW + 19_999, 10)).toEqual([]);
      expect(await dueHosts(db(), NOW + 20_000, 10)).toEqual(['a.example']);
      await saveFeed(db(), soon.id, { nextCheck: NOW + HOUR });
      await lookAgain(db(), 'a.example', NOW);
      expect(await dueHosts(db(), NOW + MINUTE - 1, 10)).toEqual([]);
      expect(await dueHosts(db(), NOW + MINUTE, 10)).toEqual(['a.example']);
      await saveFeed(db(), soon.id, { nextCheck: NOW + 5000 });
      expect(await dueHosts(db(), NOW + 5000, 10)).toEqual(['a.example']);
    });

    test('left alone are not due before their time, whatever becomes due there', async () => {
      await feed('a.example', NOW);
      await saveHost(db(), 'a.example', { waitUntil: NOW + MINUTE, failures: 2 });
      await feed('a.example', NOW);
      expect(await dueHosts(db(), NOW + MINUTE - 1, 10)).toEqual([]);
      expect(await dueHosts(db(), NOW + MINUTE, 10)).toEqual(['a.example']);
      expect(await getHost(db(), 'a.example')).toMatchObject({ failures: 2, perRequest: 1000, price: 0 });
      await saveHost(db(), 'a.example', { perRequest: 2100.5, price: 75_000.25, pricedAt: NOW });
      expect(await getHost(db(), 'a.example')).toMatchObject({ perRequest: 2100.5, price: 75_000.25, pricedAt: NOW });
      expect(await getHost(db(), 'z.example')).toBeNull();
    });

    test('that nothing is read from are forgotten by age, unless they want peace or a feed came to them', async () => {
      const { id } = await feed('a.example');
      for (const name of ['old.example', 'touchy.example', 'lately.example', 'again.example']) {
        await saveFeed(db(), id, { host: name });
        await saveHost(db(), name, { pricedAt: NOW - HOUR });
      }
      await saveFeed(db(), id, { host: 'a.example' });
      await saveHost(db(), 'touchy.example', { waitUntil: NOW + HOUR });
      await saveHost(db(), 'lately.example', { pricedAt: NOW });
      expect(await idleHosts(db(), NOW, 1)).toHaveLength(1);
      expect((await idleHosts(db(), NOW, 10)).sort()).toEqual(['again.example', 'old.example']);
      await saveFeed(db(), id, { host: 'again.example' });
      expect(await dropHost(db(), 'again.example')).toBe(false);
      expect(await dropHost(db(), 'old.example')).toBe(true);
      expect(await getHost(db(), 'old.example')).toBeNull();
      expect(await getHost(db(), 'again.example')).not.toBeNull();
      expect(await idleHosts(db(), NOW, 10)).toEqual(['a.example']);
    });

    test('tell what their feeds wish, equal wishes as one', async () => {
      await feed('a.example', NOW, NEAR);
      const costly = await feed('a.example', NOW, NEAR);
      await saveFeed(db(), costly.id, { requests: 5 });
      await feed('a.example', NOW, FOLLOWED);
      await feed('b.example', NOW, NEAR);
      const claims = (await claimsOf(db(), 'a.example')).sort((a, b) => a.every - b.every);
      expect(claims).toEqual([
        { every: 75_000, weight: 2, requests: 6 },
        { every: 900_000, weight: 0.02, requests: 1 },
      ]);
    });
  });

  describe('feeds', () => {
    test('keep how they wish to be read and how they were', async () => {
      const { id } = await feed('a.example');
      expect(await getFeed(db(), id)).toMatchObject({ wish: IDLE, requests: 1, gaps: [] });
      await saveFeed(db(), id, { wish: NEAR, gaps: [75_000, 80_000], goodAt: NOW });
      expect(await getFeed(db(), id)).toMatchObject({ wish: NEAR, gaps: [75_000, 80_000] });
      await feed('b.example', NOW, FOLLOWED);
      expect(await nearFeeds(db())).toEqual([{ key: 'pasted', gaps: [75_000, 80_000], goodAt: NOW, every: 75_000 }]);
    });
  });

  describe('a timetable', () => {
    test('stands as high as those who follow it and are awake, and its nearest lesson that has not begun', async () => {
      const { id } = await timetable(db());
      expect(await standingOf(db(), id, NOW)).toEqual({ followers: 0, nextLesson: null });
      await peer(db(), 1, { timetableId: id });
      await peer(db(), 2, { timetableId: id, changes: false });
      await peer(db(), 3, { timetableId: id, asleep: 'blocked' });
      await writeOccurrences(db(), id, NOW - HOUR, [occurrence(NOW - 1), occurrence(NOW + HOUR), occurrence(NOW + 2)]);
      expect(await standingOf(db(), id, NOW)).toEqual({ followers: 2, nextLesson: NOW + 2 });
    });
  });

  describe('allowances', () => {
    test('are kept by what and by whom', async () => {
      expect(await fullAt(db(), 'address', 1)).toBe(0);
      await setFullAt(db(), 'address', 1, NOW);
      await setFullAt(db(), 'refresh', 1, NOW + 1);
      await setFullAt(db(), 'address', 2, NOW + 2);
      await setFullAt(db(), 'address', 1, NOW + 3);
      expect(await fullAt(db(), 'address', 1)).toBe(NOW + 3);
      expect(await fullAt(db(), 'refresh', 1)).toBe(NOW + 1);
    });
  });
}
