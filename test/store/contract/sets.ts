/** Sets of subscribers while many save peers at the same moment: nobody waits for ever, and nobody is lost from a set or left in one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newPeer, type Peer } from '../../../src/domain/peer.ts';
import type { Store } from '../../../src/store/index.ts';
import {
  claim,
  deletePeer,
  deleteTimetable,
  enqueue,
  getPeer,
  leadsInUse,
  savePeer,
  savePeers,
  settle,
  subscriptionsOf,
  takePeers,
} from '../../../src/store/index.ts';
import { entry, MINUTE, NOW, timetable } from '../make.ts';

export function setsContract(store: () => Store): void {
  const db = () => store().db;

  /** Who is in a set of these timetables, in order; each as often as it is there. */
  async function kept(places: readonly number[]) {
    const found = await Promise.all(places.map((id) => subscriptionsOf(db(), id)));
    return found
      .flatMap((rows, n) => rows.map(({ peer, what, lead }) => `${places[n]} ${what} ${lead} ${peer}`))
      .sort();
  }

  /** What of that the peers' rows ask for. */
  function wanted(peers: Iterable<Peer>): string[] {
    return [...peers]
      .filter(({ timetableId, asleep }) => timetableId !== null && asleep === null)
      .flatMap((one) => [
        ...one.leads.map((lead) => `${one.timetableId} each ${lead} ${one.id}`),
        ...(one.firstLead === null ? [] : [`${one.timetableId} first ${one.firstLead} ${one.id}`]),
        ...(one.exams ? [`${one.timetableId} exam 0 ${one.id}`] : []),
        ...(one.meetings ? [`${one.timetableId} meeting 0 ${one.id}`] : []),
      ])
      .sort();
  }

  function follower(id: number, timetableId: number | null, change: Partial<Peer> = {}): Peer {
    return { ...newPeer(id, 'ru', null), timetableId, leads: [15], ...change };
  }

  async function stored(ids: readonly number[]): Promise<Peer[]> {
    return (await Promise.all(ids.map((id) => getPeer(db(), id)))).filter((one) => one !== null);
  }

  describe('sets', () => {
    test('hold who asks for them, however many move crosswise at the same moment', async () => {
      const places = [await timetable(db()), await timetable(db())].map(({ id }) => id);
      const ids = Array.from({ length: 16 }, (_, n) => n + 1);
      for (let round = 0; round < 4; round += 1) {
        const asked = ids.map((id) =>
          follower(id, places[(id + round) % 2] ?? null, {
            leads: round % 2 === id % 2 ? [5, 15] : [15],
            asleep: (id + round) % 5 === 0 ? 'gone' : null,
          }),
        );
        // Some one by one, some two at once, in either order.
        const [alone, pairs] = [asked.slice(0, 8), asked.slice(8)];
        await Promise.all([
          ...alone.map((one) => store().transaction((tx) => savePeer(tx, one))),
          ...[0, 2, 4, 6].map((n) => {
            const two = pairs.slice(n, n + 2);
            return store().transaction((tx) => savePeers(tx, n % 4 === 0 ? two : two.toReversed()));
          }),
        ]);
        expect(await kept(places)).toEqual(wanted(asked));
      }
    });

    test('hold each peer once and as it was given last, whatever was given at once, forgotten or let go of before', async () => {
      const places = [await timetable(db()), await timetable(db())].map(({ id }) => id);
      const id = fc.constantFrom(1, 2, 3, 2_000_000_001);
      const asked = fc.record({
        id,
        place: fc.constantFrom(0, 1, null),
        leads: fc.constantFrom([5], [15], [5, 15], []),
        language: fc.constantFrom('ru' as const, 'en' as const),
        firstLead: fc.constantFrom(null, 40),
        subgroup: fc.constantFrom('', '2'),
        asleep: fc.constantFrom(null, null, 'gone'),
      });
      const step = fc.oneof(
        { weight: 5, arbitrary: fc.record({ save: fc.array(asked, { minLength: 1, maxLength: 5 }) }) },
        { weight: 2, arbitrary: fc.record({ forget: id }) },
        { weight: 1, arbitrary: fc.record({ letGo: fc.constantFrom(0, 1) }) },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
          for (const table of ['subscription', 'digest', 'peer'] as const) await db().deleteFrom(table).execute();
          const now = new Map<number, Peer>();
          for (const one of steps)
            await store().transaction(async (tx) => {
              if ('save' in one) {
                const peers = one.save.map(({ place, ...rest }) => {
                  return {
                    ...newPeer(rest.id, 'ru', null),
                    ...rest,
                    timetableId: place === null ? null : (places[place] ?? null),
                  };
                });
                await savePeers(tx, peers);
                for (const peer of peers) now.set(peer.id, peer);
              } else if ('forget' in one) {
                await deletePeer(tx, one.forget);
                now.delete(one.forget);
              } else {
                const gone = places[one.letGo] ?? 0;
                await deleteTimetable(tx, gone);
                for (const peer of now.values())
                  if (peer.timetableId === gone) now.set(peer.id, { ...peer, timetableId: null });
                places[one.letGo] = (await timetable(tx)).id;
              }
            });
          expect(await kept(places)).toEqual(wanted(now.values()));
          if (wanted(now.values()).length === 0) expect(await leadsInUse(db())).toEqual([]);
        }),
        { numRuns: 40 },
      );
    });

    test('whoever is put to sleep while it changes its settings has changed them', async () => {
      const { id: place } = await timetable(db());
      const ids = Array.from({ length: 12 }, (_, n) => n + 1);
      for (const id of ids) await savePeer(db(), follower(id, place));
      await enqueue(
        db(),
        ids.map((id) => entry({ fire: `fire-${id}`, key: `key-${id}`, peers: [id] })),
        NOW,
      );
      const batches = await claim(db(), NOW, ids.length, MINUTE);
      await Promise.all([
        ...ids.map((id) => store().transaction((tx) => savePeer(tx, follower(id, place, { leads: [30] })))),
        ...batches.map(({ id, peers }) =>
          store().transaction((tx) => {
            const gone = peers.map((peer) => ({ peer, why: '901' }));
            return settle(tx, NOW, [{ id, sent: [], later: [], gone, dead: [] }]);
          }),
        ),
      ]);
      const now = await stored(ids);
      expect(now.map(({ leads }) => leads)).toEqual(ids.map(() => [30]));
      expect(await kept([place])).toEqual(wanted(now));
    });

    test('whoever is taken is changed by one at a time, and no change is lost', async () => {
      const { id: place } = await timetable(db());
      await savePeer(db(), follower(1, place, { leads: [] }));
      const minutes = Array.from({ length: 12 }, (_, n) => n + 1);
      await Promise.all(
        minutes.map((lead) =>
          store().transaction(async (tx) => {
            for (const one of await takePeers(tx, [1, 1, 2]))
              await savePeer(tx, { ...one, leads: [...one.leads, lead] });
          }),
        ),
      );
      const [now, ...others] = await stored([1, 2]);
      expect(now?.leads.toSorted((a, b) => a - b)).toEqual(minutes);
      expect(others).toEqual([]);
      expect(await kept([place])).toEqual(wanted(now === undefined ? [] : [now]));
    });

    test('whoever is forgotten while it is saved leaves nothing behind but what is saved later', async () => {
      const { id: place } = await timetable(db());
      const ids = Array.from({ length: 12 }, (_, n) => n + 1);
      for (let round = 0; round < 4; round += 1) {
        for (const id of ids) await savePeer(db(), follower(id, place, { evening: '19:00' }));
        const change = { evening: '20:00', morning: '07:00', leads: [5] };
        await Promise.all(
          ids.flatMap((id) => [
            store().transaction((tx) => savePeer(tx, follower(id, place, change))),
            store().transaction((tx) => deletePeer(tx, id)),
          ]),
        );
        const now = await stored(ids);
        expect(await kept([place])).toEqual(wanted(now));
        const digests = await db().selectFrom('digest').select('peer_id').distinct().orderBy('peer_id').execute();
        expect(digests.map(({ peer_id }) => peer_id)).toEqual(now.map(({ id }) => id));
      }
    });

    test('a timetable goes while its followers are saved, put to sleep and forgotten', async () => {
      const ids = Array.from({ length: 12 }, (_, n) => n + 1);
      for (let round = 0; round < 6; round += 1) {
        const { id: place } = await timetable(db());
        // In an order of their own, so that they do not lie as they are numbered.
        for (const id of round % 2 === 0 ? ids : ids.toReversed())
          await savePeer(db(), follower(id, place, { evening: '19:00' }));
        const sleep = (some: readonly number[]) =>
          store().transaction(async (tx) =>
            savePeers(
              tx,
              (await takePeers(tx, some)).map((one) => ({ ...one, asleep: '901' })),
            ),
          );
        await Promise.all([
          sleep([1, 4, 7]),
          sleep([2, 5, 8]),
          store().transaction((tx) => deleteTimetable(tx, place)),
          sleep([3, 6, 9]),
          store().transaction((tx) => deletePeer(tx, 10)),
          store().transaction((tx) => deletePeer(tx, 11)),
        ]);
        expect(await kept([place])).toEqual([]);
        for (const id of ids) await deletePeer(db(), id);
      }
    });
  });
}
