/** Sources as a whole: counted, told of once, listed with the worst first. */
import { describe, expect, test } from 'vitest';
import type { Ask } from '../../../src/source/contract.ts';
import type { Db } from '../../../src/store/index.ts';
import {
  addFeed,
  closeOutage,
  feedsInTrouble,
  getFeed,
  getOutage,
  growOutage,
  listOutages,
  livingFeeds,
  openOutage,
  saveFeed,
  setAsk,
  sourceHealth,
  sourceStates,
} from '../../../src/store/index.ts';
import { HOUR, NOW, timetable } from '../make.ts';

const HSE = { source: 'ruz', university: 'hse' };
const problem = { kind: 'unreachable', detail: 'timeout', since: NOW };

export function outagesContract(db: () => Db): void {
  async function feed(ask: Ask, profile: 'pasted' | 'configured' = 'configured') {
    const { id } = await timetable(db(), {
      university: profile === 'pasted' ? '' : 'НИУ ВШЭ',
      name: ask.group ?? 'Мой',
    });
    const source = profile === 'pasted' ? 'ics' : 'ruz';
    return addFeed(db(), { timetableId: id, source, ask, profile, nextCheck: NOW });
  }

  describe('sources as a whole', () => {
    test('count their configured feeds that ail and that are held', async () => {
      expect(await sourceHealth(db(), HSE)).toEqual({ all: 0, failing: 0, held: 0 });
      const [a, b] = [await feed({ university: 'hse', group: '1' }), await feed({ university: 'hse', group: '2' })];
      await feed({ university: 'unn', group: '1' });
      expect(a.university).toBe('hse');
      await saveFeed(db(), a.id, { ailing: true, problem, failures: 2 });
      await saveFeed(db(), b.id, { held: 'gap', skipped: 0.25, warnedAt: NOW });
      expect(await sourceHealth(db(), HSE)).toEqual({ all: 2, failing: 1, held: 1 });
      expect(await getFeed(db(), b.id)).toMatchObject({ held: 'gap', skipped: 0.25, warnedAt: NOW, ailing: false });
      expect(await getFeed(db(), a.id)).toMatchObject({ ailing: true, skipped: 0, warnedAt: null });
    });

    test('count a feed once: one that is held and then fails is held', async () => {
      const { id } = await feed({ university: 'hse', group: '1' });
      await saveFeed(db(), id, { held: 'gap', ailing: true, problem, failures: 3 });
      expect(await sourceHealth(db(), HSE)).toEqual({ all: 1, failing: 0, held: 1 });
      expect(await sourceStates(db())).toMatchObject([{ all: 1, failing: 0, held: 1, lacking: 0 }]);
    });

    test('belong to the university of what is asked now, and a feed pointed elsewhere is well', async () => {
      const { id } = await feed({ university: 'hse', group: '1' });
      await saveFeed(db(), id, { ailing: true, problem, failures: 5, warnedAt: NOW });
      await setAsk(db(), id, { university: 'unn', group: '9' });
      expect(await getFeed(db(), id)).toMatchObject({ university: 'unn', ailing: false, failures: 0 });
      expect(await sourceHealth(db(), HSE)).toEqual({ all: 0, failing: 0, held: 0 });
    });

    test('are told of once, grow, and close once', async () => {
      expect(await getOutage(db(), HSE)).toBeNull();
      expect(await openOutage(db(), HSE, NOW, 3)).toBe(true);
      expect(await openOutage(db(), HSE, NOW + 1, 4)).toBe(false);
      await growOutage(db(), HSE, NOW + HOUR, 300);
      expect(await getOutage(db(), HSE)).toEqual({ since: NOW, toldAt: NOW + HOUR, troubled: 300 });
      expect(await getOutage(db(), { source: 'ruz', university: '' })).toBeNull();
      expect(await listOutages(db())).toEqual([HSE]);
      expect(await closeOutage(db(), HSE)).toBe(true);
      expect(await closeOutage(db(), HSE)).toBe(false);
    });

    test('are listed, with calendars of people as one', async () => {
      const a = await feed({ university: 'hse', group: '1' });
      const b = await feed({ university: 'hse', group: '2' });
      await feed({ url: 'https://a.example' }, 'pasted');
      const own = await feed({ url: 'https://b.example' }, 'pasted');
      await saveFeed(db(), a.id, { goodAt: NOW, nextCheck: NOW + HOUR });
      await saveFeed(db(), b.id, { ailing: true, problem, goodAt: NOW - HOUR });
      await saveFeed(db(), own.id, { problem, failures: 1 });
      const states = (await sourceStates(db())).sort((x, y) => (x.key < y.key ? -1 : 1));
      expect(states).toEqual([
        { key: 'pasted', name: '', all: 2, failing: 0, held: 0, lacking: 1, goodAt: null, nextCheck: NOW },
        { key: 'ruz:hse', name: 'НИУ ВШЭ', all: 2, failing: 1, held: 0, lacking: 0, goodAt: NOW, nextCheck: NOW },
      ]);
      const pasted = await feedsInTrouble(db(), 'pasted', { limit: 5, offset: 0 });
      expect(pasted).toMatchObject({ all: 1, feeds: [{ id: own.id, name: '', key: 'pasted' }] });
    });

    test('show held feeds first, then those that failed most, a part at a time', async () => {
      const feeds = [];
      for (const group of ['1', '2', '3', '4']) feeds.push(await feed({ university: 'hse', group }));
      const [a, b, c] = feeds.map(({ id }) => id) as [number, number, number];
      await saveFeed(db(), a, { problem, failures: 1 });
      await saveFeed(db(), b, { problem, failures: 7 });
      await saveFeed(db(), c, { held: 'shrunk', heldSince: NOW });
      const first = await feedsInTrouble(db(), 'ruz:hse', { limit: 2, offset: 0 });
      expect(first).toMatchObject({ all: 3, feeds: [{ id: c, held: { reason: 'shrunk', since: NOW } }, { id: b }] });
      expect((await feedsInTrouble(db(), 'ruz:hse', { limit: 2, offset: 2 })).feeds.map(({ id }) => id)).toEqual([a]);
      expect((await feedsInTrouble(db(), 'ruz', { limit: 2, offset: 0 })).all).toBe(0);
      expect(await livingFeeds(db(), [a, 987_654])).toEqual(new Set([a]));
      expect(await livingFeeds(db(), [])).toEqual(new Set());
    });
  });
}
