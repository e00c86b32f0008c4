/** Peers, and the rows derived from them, which never say anything else than the peer does. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Peer } from '../../../src/domain/peer.ts';
import { newPeer } from '../../../src/domain/peer.ts';
import type { Store } from '../../../src/store/index.ts';
import {
  claim,
  deletePeer,
  dueEvenings,
  enqueue,
  eveningZones,
  followers,
  getPeer,
  leadsInUse,
  pending,
  readSession,
  savePeer,
  setZone,
  subscriptionsOf,
  writeSession,
} from '../../../src/store/index.ts';
import { DAY, entry, MINUTE, NOW, peer, timetable } from '../make.ts';

export function peersContract(store: () => Store): void {
  const db = () => store().db;

  describe('peers', () => {
    test('come back as they were saved, and null where there is none', async () => {
      const { id } = await timetable(db());
      const chat: Peer = {
        ...newPeer(2_000_000_007, 'en', 5),
        timetableId: id,
        leads: [15, 1],
        changes: false,
        asleep: 'kicked',
      };
      await savePeer(db(), chat);
      expect(await getPeer(db(), chat.id)).toEqual(chat);
      const dm = newPeer(12, 'ru', null);
      await savePeer(db(), dm);
      expect(await getPeer(db(), 12)).toEqual(dm);
      expect(await getPeer(db(), 13)).toBeNull();
    });

    test('derived rows say what the peer says, after any series of saves', async () => {
      const [a, b] = [await timetable(db()), await timetable(db(), { zone: 'Asia/Omsk' })];
      const change = fc.record({
        id: fc.constantFrom(1, 2, 2_000_000_001),
        language: fc.constantFrom('ru' as const, 'en' as const),
        timetableId: fc.constantFrom(null, a.id, b.id),
        leads: fc.uniqueArray(fc.constantFrom(0, 1, 5, 15), { maxLength: 3 }),
        evening: fc.constantFrom(null, '19:00', '20:30'),
        changes: fc.boolean(),
        asleep: fc.constantFrom(null, 'denied'),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (series) => {
          for (const id of [1, 2, 2_000_000_001]) await deletePeer(db(), id);
          const now = new Map<number, Peer>();
          for (const one of series) {
            const saved = { ...newPeer(one.id, one.language, null), ...one };
            await store().transaction((tx) => savePeer(tx, saved));
            now.set(one.id, saved);
          }
          const awake = [...now.values()]
            .filter((one) => one.timetableId !== null && one.asleep === null)
            .sort((x, y) => x.id - y.id);
          const leads = new Set(awake.flatMap((one) => one.leads));
          expect(await leadsInUse(db())).toEqual([...leads].sort((x, y) => x - y));
          for (const { id, zone } of [a, b]) {
            const mine = awake.filter((one) => one.timetableId === id);
            const reminded = mine.flatMap((one) =>
              one.leads.map((lead) => ({ peer: one.id, lead, language: one.language })),
            );
            expect(await subscriptionsOf(db(), id)).toEqual(
              reminded.sort((x, y) => x.lead - y.lead || x.peer - y.peer),
            );
            const wanting = mine
              .filter((one) => one.changes)
              .map(({ id: peerId, language }) => ({ id: peerId, language }));
            expect(await followers(db(), id)).toEqual(wanting);
            const evenings = (await dueEvenings(db(), zone, '00:00', '24:00')).flatMap((one) =>
              one.peers.map((peerId) => [peerId, one.timetableId, one.at, one.language]),
            );
            const expected = mine
              .filter((one) => one.evening !== null)
              .map((one) => [one.id, id, one.evening, one.language]);
            expect(evenings.sort()).toEqual(expected.sort());
          }
        }),
        { numRuns: 25 },
      );
    });

    test('are written to in the evening: [from, to) by wall time, a group by time, timetable and language', async () => {
      const { id } = await timetable(db());
      for (const peerId of [3, 1, 2]) await peer(db(), peerId, { timetableId: id, evening: '19:00' });
      await peer(db(), 4, { timetableId: id, evening: '19:00', language: 'en' });
      await peer(db(), 5, { timetableId: id, evening: '07:30' });
      const due = (from: string, to: string) => dueEvenings(db(), 'Europe/Moscow', from, to);
      expect(await due('18:59', '19:00')).toEqual([]);
      expect(await due('19:00', '19:01')).toEqual([
        { timetableId: id, at: '19:00', language: 'en', peers: [4] },
        { timetableId: id, at: '19:00', language: 'ru', peers: [1, 2, 3] },
      ]);
      expect((await due('00:00', '24:00')).map(({ at }) => at)).toEqual(['07:30', '19:00', '19:00']);
      expect(await dueEvenings(db(), 'Asia/Omsk', '00:00', '24:00')).toEqual([]);
    });

    test('move with the zone of their timetable', async () => {
      const [a, b] = [await timetable(db()), await timetable(db(), { zone: 'Asia/Omsk' })];
      await peer(db(), 1, { timetableId: a.id, evening: '19:00' });
      await peer(db(), 2, { timetableId: b.id, evening: '19:00' });
      expect(await eveningZones(db())).toEqual(['Asia/Omsk', 'Europe/Moscow']);
      await setZone(db(), a.id, 'Europe/Samara');
      expect(await eveningZones(db())).toEqual(['Asia/Omsk', 'Europe/Samara']);
      expect((await dueEvenings(db(), 'Europe/Samara', '19:00', '19:01'))[0]?.peers).toEqual([1]);
    });

    test('cannot follow what does not exist', async () => {
      await expect(savePeer(db(), { ...newPeer(1, 'ru', null), timetableId: 999_999 })).rejects.toThrow();
    });

    test('forgotten leave nothing that is still to come', async () => {
      const { id } = await timetable(db());
      await peer(db(), 12, { timetableId: id, leads: [5], evening: '19:00' });
      await peer(db(), 123, { timetableId: id, leads: [5] });
      await enqueue(db(), [entry({ peers: [12, 123] }), entry({ fire: 'alone', peers: [12] })], NOW);
      await enqueue(db(), [entry({ fire: 'later', due: NOW + MINUTE, deadline: NOW + DAY, peers: [123] })], NOW);
      await writeSession(db(), '12:12', { step: 1 }, NOW + DAY);
      await writeSession(db(), '123:123', { step: 2 }, NOW + DAY);
      await store().transaction((tx) => deletePeer(tx, 12));
      expect(await getPeer(db(), 12)).toBeNull();
      expect(await subscriptionsOf(db(), id)).toEqual([{ peer: 123, lead: 5, language: 'ru' }]);
      expect(await dueEvenings(db(), 'Europe/Moscow', '00:00', '24:00')).toEqual([]);
      expect(await readSession(db(), '12:12', NOW)).toBeNull();
      expect(await readSession(db(), '123:123', NOW)).toEqual({ step: 2 });
      expect((await claim(db(), NOW, 10, MINUTE)).map(({ peers }) => peers)).toEqual([[123]]);
      expect((await pending(db(), NOW)).waiting).toBe(1);
    });
  });
}
