/** Peers, and the rows derived from them, which never say anything else than the peer does. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Weekday } from '../../../src/domain/calendar.ts';
import type { Peer } from '../../../src/domain/peer.ts';
import { isFiltered, newPeer } from '../../../src/domain/peer.ts';
import type { Store } from '../../../src/store/index.ts';
import {
  claim,
  deletePeer,
  digestZones,
  dueDigests,
  enqueue,
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

const WHOLE_DAY = { from: '00:00', to: '24:00' } as const;

export function peersContract(store: () => Store): void {
  const db = () => store().db;

  describe('peers', () => {
    test('come back as they were saved, and null where there is none', async () => {
      const { id } = await timetable(db());
      const chat: Peer = {
        ...newPeer(2_000_000_007, 'en', 5),
        timetableId: id,
        leads: [15, 1],
        firstLead: 40,
        morning: '07:30',
        week: { weekday: 7, at: '18:00' },
        exams: false,
        role: 'parent',
        meetings: true,
        homework: '18:00',
        changes: false,
        horizon: 'near',
        muted: ['room', 'added'],
        quiet: { from: '23:00', to: '07:00' },
        subgroup: '2',
        hidden: [{ by: 'subject', name: 'Физкультура' }],
        zone: 'Asia/Omsk',
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
        firstLead: fc.constantFrom(null, 30, 40),
        evening: fc.constantFrom(null, '19:00', '20:30'),
        morning: fc.constantFrom(null, '07:30'),
        week: fc.constantFrom(null, { weekday: 7 as const, at: '18:00' }),
        exams: fc.boolean(),
        meetings: fc.boolean(),
        homework: fc.constantFrom(null, '18:00'),
        changes: fc.boolean(),
        subgroup: fc.constantFrom('', '2'),
        zone: fc.constantFrom(null, 'Asia/Omsk'),
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
          const inOrder = (leads: Iterable<number>) => [...new Set(leads)].sort((x, y) => x - y);
          const firsts = awake.flatMap((one) => (one.firstLead === null ? [] : [one.firstLead]));
          const used = await leadsInUse(db());
          const leadsOf = (what: string) => inOrder(used.filter((one) => one.what === what).map(({ lead }) => lead));
          expect(leadsOf('each')).toEqual(inOrder(awake.flatMap((one) => one.leads)));
          expect(leadsOf('first')).toEqual(inOrder(firsts));
          expect(leadsOf('exam')).toEqual(awake.some((one) => one.exams) ? [0] : []);
          expect(leadsOf('meeting')).toEqual(awake.some((one) => one.meetings) ? [0] : []);
          expect(new Set(used.map(({ filtered }) => filtered))).toEqual(
            new Set(
              awake
                .filter((one) => one.leads.length > 0 || one.firstLead !== null || one.exams || one.meetings)
                .map(isFiltered),
            ),
          );
          for (const { id, zone } of [a, b]) {
            const mine = awake.filter((one) => one.timetableId === id);
            const reminded = mine.flatMap((one) => {
              const me = { peer: one.id, language: one.language, filtered: isFiltered(one) };
              const first = one.firstLead === null ? [] : [{ ...me, what: 'first' as const, lead: one.firstLead }];
              const exam = one.exams ? [{ ...me, what: 'exam' as const, lead: 0 }] : [];
              const meeting = one.meetings ? [{ ...me, what: 'meeting' as const, lead: 0 }] : [];
              const each = one.leads.map((lead) => ({ ...me, what: 'each' as const, lead }));
              return [...each, ...exam, ...first, ...meeting];
            });
            expect(await subscriptionsOf(db(), id)).toEqual(
              reminded.sort((x, y) => x.lead - y.lead || x.peer - y.peer),
            );
            const wanting = mine
              .filter((one) => one.changes)
              .map(({ id: peerId, language, horizon, muted, subgroup, hidden, quiet, zone: ownZone }) => {
                return { id: peerId, language, horizon, muted, subgroup, hidden, quiet, zone: ownZone };
              });
            expect(await followers(db(), id)).toEqual(wanting);
            for (const kind of ['evening', 'morning', 'week', 'homework'] as const) {
              const sent: unknown[] = [];
              for (const clock of new Set([zone, 'Asia/Omsk']))
                for (const one of await dueDigests(db(), kind, { zone: clock, weekday: 7, ...WHOLE_DAY }))
                  for (const peerId of one.timetableId === id ? one.peers : [])
                    sent.push([peerId, clock, one.at, one.language, one.filtered]);
              const expected = mine.flatMap((one) => {
                const told = kind === 'homework' && one.evening !== null ? null : one[kind];
                const at = typeof told === 'string' ? told : told?.at;
                return at === null || at === undefined
                  ? []
                  : [[one.id, one.zone ?? zone, at, one.language, isFiltered(one)]];
              });
              expect(sent.sort()).toEqual(expected.sort());
            }
          }
        }),
        { numRuns: 25 },
      );
    });

    test('are sent digests: [from, to) by wall time, a group by time, timetable, language and way of planning', async () => {
      const { id } = await timetable(db());
      for (const peerId of [3, 1, 2]) await peer(db(), peerId, { timetableId: id, evening: '19:00' });
      await peer(db(), 4, { timetableId: id, evening: '19:00', language: 'en' });
      await peer(db(), 5, { timetableId: id, evening: '07:30' });
      await peer(db(), 6, { timetableId: id, evening: '19:00', subgroup: '2' });
      await peer(db(), 7, { timetableId: id, morning: '07:30' });
      const due = (from: string, to: string) =>
        dueDigests(db(), 'evening', { zone: 'Europe/Moscow', weekday: 1, from, to });
      expect(await due('18:59', '19:00')).toEqual([]);
      expect(await due('19:00', '19:01')).toEqual([
        { timetableId: id, at: '19:00', language: 'en', filtered: false, peers: [4] },
        { timetableId: id, at: '19:00', language: 'ru', filtered: false, peers: [1, 2, 3] },
        { timetableId: id, at: '19:00', language: 'ru', filtered: true, peers: [6] },
      ]);
      expect((await due('00:00', '24:00')).map(({ at }) => at)).toEqual(['07:30', '19:00', '19:00', '19:00']);
      expect(await dueDigests(db(), 'evening', { zone: 'Asia/Omsk', weekday: 1, ...WHOLE_DAY })).toEqual([]);
    });

    test('are sent the week ahead on their own day of the week', async () => {
      const { id } = await timetable(db());
      await peer(db(), 1, { timetableId: id, week: { weekday: 7, at: '18:00' } });
      await peer(db(), 2, { timetableId: id, week: { weekday: 6, at: '18:00' } });
      const on = async (weekday: Weekday) =>
        (await dueDigests(db(), 'week', { zone: 'Europe/Moscow', weekday, ...WHOLE_DAY })).map(({ peers }) => peers);
      expect([await on(5), await on(6), await on(7)]).toEqual([[], [[2]], [[1]]]);
    });

    test('move with the zone of their timetable, unless they have one of their own', async () => {
      const [a, b] = [await timetable(db()), await timetable(db(), { zone: 'Asia/Omsk' })];
      await peer(db(), 1, { timetableId: a.id, evening: '19:00' });
      await peer(db(), 2, { timetableId: b.id, evening: '19:00' });
      await peer(db(), 3, { timetableId: a.id, evening: '19:00', zone: 'Asia/Tomsk' });
      expect(await digestZones(db(), 'evening')).toEqual(['Asia/Omsk', 'Asia/Tomsk', 'Europe/Moscow']);
      expect(await digestZones(db(), 'morning')).toEqual([]);
      await setZone(db(), a.id, 'Europe/Samara');
      expect(await digestZones(db(), 'evening')).toEqual(['Asia/Omsk', 'Asia/Tomsk', 'Europe/Samara']);
      const due = await dueDigests(db(), 'evening', {
        zone: 'Europe/Samara',
        weekday: 1,
        from: '19:00',
        to: '19:01',
      });
      expect(due[0]?.peers).toEqual([1]);
    });

    test('cannot follow what does not exist', async () => {
      await expect(savePeer(db(), { ...newPeer(1, 'ru', null), timetableId: 999_999 })).rejects.toThrow();
    });

    test('forgotten leave nothing that is still to come', async () => {
      const { id } = await timetable(db());
      await peer(db(), 12, { timetableId: id, leads: [5], evening: '19:00' });
      await peer(db(), 123, { timetableId: id, leads: [5], firstLead: null, exams: false });
      await enqueue(db(), [entry({ peers: [12, 123] }), entry({ fire: 'alone', peers: [12] })], NOW);
      await enqueue(db(), [entry({ fire: 'later', due: NOW + MINUTE, deadline: NOW + DAY, peers: [123] })], NOW);
      await writeSession(db(), '12:12', { step: 1 }, NOW + DAY);
      await writeSession(db(), '123:123', { step: 2 }, NOW + DAY);
      await store().transaction((tx) => deletePeer(tx, 12));
      expect(await getPeer(db(), 12)).toBeNull();
      expect(await subscriptionsOf(db(), id)).toEqual([
        { peer: 123, what: 'each', lead: 5, language: 'ru', filtered: false },
      ]);
      expect(await dueDigests(db(), 'evening', { zone: 'Europe/Moscow', weekday: 1, ...WHOLE_DAY })).toEqual([]);
      expect(await readSession(db(), '12:12', NOW)).toBeNull();
      expect(await readSession(db(), '123:123', NOW)).toEqual({ step: 2 });
      expect((await claim(db(), NOW, 10, MINUTE)).map(({ peers }) => peers)).toEqual([[123]]);
      expect((await pending(db(), NOW)).waiting).toBe(1);
    });
  });
}
