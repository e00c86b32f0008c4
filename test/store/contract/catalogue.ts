/** Universities, what they list, and who waits for a timetable that is being read. */
import { describe, expect, test } from 'vitest';
import { keyOf, type ListedKind } from '../../../src/domain/listed.ts';
import { digitsOf, fold } from '../../../src/domain/name.ts';
import type { Db, Store } from '../../../src/store/index.ts';
import {
  addFeed,
  boundFeeds,
  claimUniversity,
  deletePeer,
  deleteTimetable,
  dueUniversities,
  findBound,
  findListings,
  getListing,
  getUniversity,
  hurryUniversity,
  isKept,
  keepUniversity,
  keptListings,
  type ListingQuery,
  listForgotten,
  listingOf,
  saveUniversity,
  startWaiting,
  stopWaiting,
  sweep,
  switchOffOthers,
  touchTimetable,
  waitingFor,
  writeListings,
} from '../../../src/store/index.ts';
import { DAY, HOUR, MINUTE, NOW, peer, timetable } from '../make.ts';

const ANY = { home: [], limit: 50 };

export function catalogueContract(handle: () => Store): void {
  const db = (): Db => handle().db;

  function university(key: string, nextCheck: number | null = NOW): Promise<void> {
    return keepUniversity(db(), { key, name: key.toUpperCase(), zone: 'Europe/Moscow', nextCheck });
  }
  function list(university: string, kind: ListedKind, ...names: string[]): Promise<void> {
    const insert = names.map((name, at) => ({
      ...{ university, kind, name, folded: fold(name), digits: digitsOf(name), key: keyOf(kind, name) },
      ...{ source: 'ruz', ask: { id: String(at), [kind]: name } },
    }));
    return writeListings(db(), { insert, remove: [], update: [] });
  }
  const names = async (query: ListingQuery, how: { home: readonly string[]; limit: number } = ANY): Promise<string[]> =>
    (await findListings(db(), query, how)).map(({ university, name }) => `${university} ${name}`);

  describe('universities', () => {
    test('are known once, by their newest name, and read when it is time', async () => {
      await university('asu');
      await saveUniversity(db(), 'asu', { fingerprint: 'f', failures: 2, nextCheck: NOW + HOUR });
      await keepUniversity(db(), { key: 'asu', name: 'АлтГУ', zone: 'Asia/Barnaul', nextCheck: NOW });
      expect(await getUniversity(db(), 'asu')).toEqual({
        ...{ key: 'asu', name: 'АлтГУ', zone: 'Asia/Barnaul', listed: true, nextCheck: NOW + HOUR },
        ...{ checkedAt: null, goodAt: null, failures: 2, problem: null, held: null, heldSince: null, fingerprint: 'f' },
      });
      await university('demo', null);
      await university('ruz:hse', NOW - 1);
      await university('ruz:fa');
      expect((await dueUniversities(db(), NOW, 10)).map(({ key }) => key)).toEqual(['ruz:hse', 'ruz:fa']);
    });

    test('keep what a patch does not name', async () => {
      await university('asu');
      const problem = { kind: 'blocked', detail: 'token', since: NOW };
      await saveUniversity(db(), 'asu', { problem, held: 'group,room', heldSince: NOW, goodAt: NOW, checkedAt: NOW });
      await saveUniversity(db(), 'asu', {});
      expect(await getUniversity(db(), 'asu')).toMatchObject({
        problem,
        held: 'group,room',
        heldSince: NOW,
        goodAt: NOW,
      });
      await saveUniversity(db(), 'asu', { problem: null, held: null, heldSince: null });
      expect(await getUniversity(db(), 'asu')).toMatchObject({
        problem: null,
        held: null,
        heldSince: null,
        checkedAt: NOW,
      });
    });

    test('are taken by one of many', async () => {
      await university('asu');
      const claims = Array.from({ length: 5 }, () =>
        claimUniversity(db(), { key: 'asu', nextCheck: NOW }, NOW + MINUTE),
      );
      expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
      expect(await dueUniversities(db(), NOW, 10)).toEqual([]);
    });

    test('are hurried unless they were read a while ago', async () => {
      await university('asu', NOW + DAY);
      await saveUniversity(db(), 'asu', { checkedAt: NOW - HOUR });
      await hurryUniversity(db(), 'asu', NOW, NOW - 2 * HOUR);
      expect(await dueUniversities(db(), NOW, 10)).toEqual([]);
      await hurryUniversity(db(), 'asu', NOW, NOW - MINUTE);
      expect(await dueUniversities(db(), NOW, 10)).toHaveLength(1);
    });

    test('that are switched off are neither read nor searched', async () => {
      for (const key of ['asu', 'tsu']) {
        await university(key);
        await list(key, 'group', 'ПИ-21');
      }
      await university('demo', null);
      await list('demo', 'group', 'ПИ-21');
      await switchOffOthers(db(), ['tsu']);
      expect((await dueUniversities(db(), NOW, 10)).map(({ key }) => key)).toEqual(['tsu']);
      expect((await names({ folded: 'пи21' })).sort()).toEqual(['demo ПИ-21', 'tsu ПИ-21']);
      await switchOffOthers(db(), []);
      expect(await names({ folded: 'пи21' })).toEqual(['demo ПИ-21']);
    });
  });

  describe('listings', () => {
    test('are written as a difference, page by page', async () => {
      await university('asu');
      await list('asu', 'group', ...Array.from({ length: 250 }, (_, n) => `Г-${String(n).padStart(3, '0')}`));
      await list('asu', 'room', 'Г-000');
      const page = (after: string) => keptListings(db(), { university: 'asu', kind: 'group', after, limit: 200 });
      const first = await page('');
      const second = await page(first.at(-1)?.name ?? '');
      expect([first.length, second.length, await page(second.at(-1)?.name ?? '')]).toEqual([200, 50, []]);
      const [one, two, three] = first;
      if (one === undefined || two === undefined || three === undefined) throw new Error('nothing was kept');
      expect([
        isKept(one, 'ruz', { group: 'Г-000', id: '0' }),
        isKept(one, 'asu', { group: 'Г-000', id: '0' }),
      ]).toEqual([true, false]);
      expect(isKept(one, 'ruz', { group: 'Г-000', id: '1' })).toBe(false);
      const update = [{ id: two.id, source: 'asu', ask: { id: 'new' } }];
      await writeListings(db(), { insert: [], remove: [one.id], update });
      expect(await names({ folded: 'г000' })).toEqual(['asu Г-000']);
      expect(await names({ folded: 'г000', kind: 'group' })).toEqual([]);
      expect(await getListing(db(), two.id)).toMatchObject({ name: 'Г-001', source: 'asu', ask: { id: 'new' } });
      expect(await getListing(db(), one.id)).toBeNull();
    });

    test('of one name and kind there is one in a university', async () => {
      await list('asu', 'group', 'ПИ-21');
      await list('tsu', 'group', 'ПИ-21');
      await list('asu', 'room', 'ПИ-21');
      await expect(list('asu', 'group', 'ПИ-21')).rejects.toThrow();
    });

    test('are found by the whole name, by what people type, by digits, by how they begin; those of home first', async () => {
      await university('asu');
      await university('tsu');
      await list('asu', 'group', 'ПИ-21', 'ПИ-22', 'ЭБ-21', 'Юристы');
      await list('tsu', 'group', 'ПИ-21');
      await list('tsu', 'room', 'пи 21', '21');
      await list('tsu', 'teacher', 'Иванов И. И.', 'Иванова А. А.', 'Петров П. П.');
      expect(await names({ folded: 'пи21' })).toEqual(['asu ПИ-21', 'tsu ПИ-21', 'tsu пи 21']);
      expect(await names({ folded: 'пи21' }, { home: ['tsu'], limit: 2 })).toEqual(['tsu ПИ-21', 'tsu пи 21']);
      expect(await names({ folded: 'пи21', kind: 'room' })).toEqual(['tsu пи 21']);
      expect(await names({ key: 'иванов', kind: 'teacher' })).toEqual(['tsu Иванов И. И.']);
      expect(await names({ keyFrom: 'иван', kind: 'teacher' })).toEqual(['tsu Иванова А. А.', 'tsu Иванов И. И.']);
      expect(await names({ digits: '21', kind: 'group' })).toEqual(['asu ПИ-21', 'tsu ПИ-21', 'asu ЭБ-21']);
      expect(await names({ digits: '', from: 'ю' })).toEqual(['asu Юристы']);
      expect(await names({ from: 'пи' }, { home: ['asu'], limit: 2 })).toEqual(['asu ПИ-21', 'asu ПИ-22']);
    });

    test('name the timetable they have become', async () => {
      await university('tsu');
      await list('tsu', 'group', 'ПИ-21');
      await list('tsu', 'room', 'ПИ-21');
      const bound = { origin: 'tsu', category: 'group', name: 'ПИ-21' } as const;
      expect(await findBound(db(), bound)).toBeNull();
      const { id } = await timetable(db(), bound);
      await timetable(db(), { name: 'ПИ-21' });
      expect(await findBound(db(), bound)).toMatchObject({ id, origin: 'tsu', category: 'group' });
      const found = await findListings(db(), { folded: 'пи21' }, ANY);
      expect(found.map(({ kind, timetableId }) => [kind, timetableId])).toEqual([
        ['group', id],
        ['room', null],
      ]);
      expect(found[0]).toMatchObject({ universityName: 'TSU', zone: 'Europe/Moscow' });
      expect(await listingOf(db(), bound)).toEqual({ source: 'ruz', ask: { id: '0', group: 'ПИ-21' } });
      expect(await listingOf(db(), { ...bound, name: 'ПИ-22' })).toBeNull();
      const feed = { timetableId: id, source: 'ruz', ask: { id: '0' }, nextCheck: NOW } as const;
      await addFeed(db(), { ...feed, profile: 'configured' });
      expect(await boundFeeds(db(), 'tsu')).toMatchObject([{ category: 'group', name: 'ПИ-21', feed }]);
      expect(await boundFeeds(db(), 'asu')).toEqual([]);
    });
  });

  describe('timetables of a catalogue', () => {
    test('are forgotten when nobody asks for them or follows them', async () => {
      const old = await timetable(db(), { origin: 'tsu', name: 'А-1' });
      const asked = await timetable(db(), { origin: 'tsu', name: 'А-2' });
      const followed = await timetable(db(), { origin: 'tsu', name: 'А-3' });
      const own = await timetable(db(), { name: 'А-4' });
      for (const { id } of [old, asked, followed, own]) await touchTimetable(db(), id, NOW - 10 * DAY);
      await touchTimetable(db(), asked.id, NOW);
      // Kept to the day: the same hour is not written again.
      await touchTimetable(db(), asked.id, NOW + HOUR);
      await peer(db(), 1, { timetableId: followed.id });
      expect(await listForgotten(db(), NOW - DAY, 10)).toEqual([old.id]);
      expect(await listForgotten(db(), NOW + 1, 10)).toEqual([old.id, asked.id]);
    });
  });

  describe('waiting', () => {
    test('ends with the answer, with the timetable, with the peer, and by itself', async () => {
      const a = await timetable(db());
      const b = await timetable(db());
      await peer(db(), 1);
      for (const id of [a.id, b.id]) {
        await startWaiting(db(), id, 1, NOW - DAY);
        await startWaiting(db(), id, 2, NOW);
      }
      await startWaiting(db(), a.id, 1, NOW);
      expect(await waitingFor(db(), a.id)).toEqual([
        { peer: 1, at: NOW },
        { peer: 2, at: NOW },
      ]);
      await stopWaiting(db(), a.id, 2);
      expect(await waitingFor(db(), a.id)).toEqual([{ peer: 1, at: NOW }]);
      await deletePeer(db(), 1);
      expect(await waitingFor(db(), b.id)).toEqual([{ peer: 2, at: NOW }]);
      await stopWaiting(db(), b.id);
      expect(await waitingFor(db(), b.id)).toEqual([]);
      for (const { id } of [a, b]) await startWaiting(db(), id, 2, NOW);
      await startWaiting(db(), a.id, 3, NOW);
      await deleteTimetable(db(), a.id);
      expect(await sweep(db(), NOW + DAY, 10)).toMatchObject({ waiting: 0 });
      expect(await sweep(db(), NOW + 8 * DAY, 10)).toMatchObject({ waiting: 1 });
    });
  });
}
