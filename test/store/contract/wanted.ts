/** Sites that people brought: counted by people, bounded, gone when they are added. */
import { describe, expect, test } from 'vitest';
import type { Store } from '../../../src/store/index.ts';
import { addFeed, dropWanted, listWanted, noteWanted, saveFeed, triedAt } from '../../../src/store/index.ts';
import { HOUR, NOW, timetable } from '../make.ts';

export function wantedContract(store: () => Store): void {
  const note = (site: string, mark: number, now = NOW, most = 3) =>
    store().transaction((tx) => noteWanted(tx, { site, source: 'mmis', draft: '{"id":"x"}' }, { mark, now, most }));
  const listed = async () => (await listWanted(store().db)).map(({ site, people }) => [site, people]);

  describe('sites that are wanted', () => {
    test('are counted by people, however often one comes and however many at once', async () => {
      await note('https://a.example', 1);
      await note('https://a.example', 1, NOW + HOUR);
      expect(await listWanted(store().db)).toEqual([
        {
          site: 'https://a.example',
          source: 'mmis',
          draft: '{"id":"x"}',
          people: 1,
          firstAt: NOW,
          lastAt: NOW + HOUR,
        },
      ]);
      await Promise.all([2, 3, 4, 5].map((mark) => note('https://a.example', mark)));
      expect(await listed()).toEqual([['https://a.example', 5]]);
    });

    test('tell what people have of them already: what was read, of that site and engine, with the zones they named', async () => {
      const site = 'https://tried.example';
      const { db } = store();
      const feeds = [
        { source: 'mmis', ask: { site, zone: 'Asia/Omsk', group: 'А' }, goodAt: NOW },
        { source: 'mmis', ask: { site, zone: 'Asia/Omsk', group: 'Б' }, goodAt: NOW },
        { source: 'mmis', ask: { site, zone: 'Europe/Moscow', group: 'А' }, goodAt: NOW },
        { source: 'mmis', ask: { site, zone: 'Asia/Tomsk', group: 'never read' }, goodAt: null },
        { source: 'ruz', ask: { site, zone: 'Asia/Tomsk', group: 'another engine' }, goodAt: NOW },
        { source: 'mmis', ask: { site: `${site}/2`, zone: 'Asia/Tomsk', group: 'another site' }, goodAt: NOW },
      ];
      for (const { source, ask, goodAt } of feeds) {
        const { id: timetableId } = await timetable(db);
        const { id } = await addFeed(db, { timetableId, source, ask, profile: 'pasted', nextCheck: NOW });
        await saveFeed(db, id, { goodAt });
      }
      expect(await triedAt(db, { source: 'mmis', site })).toEqual({
        timetables: 3,
        zones: ['Asia/Omsk', 'Europe/Moscow'],
      });
      expect(await triedAt(db, { source: 'mmis', site: 'https://b.example' })).toEqual({ timetables: 0, zones: [] });
    });

    test('are no more than there is room for: those that few asked for long ago go', async () => {
      await note('https://many.example', 1);
      await note('https://many.example', 2);
      await note('https://old.example', 1);
      await note('https://b.example', 1, NOW + 1);
      await note('https://c.example', 1, NOW + 2);
      expect(await listed()).toEqual([
        ['https://many.example', 2],
        ['https://c.example', 1],
        ['https://b.example', 1],
      ]);
      await dropWanted(store().db, 'https://c.example');
      expect(await listed()).toHaveLength(2);
    });
  });
}
