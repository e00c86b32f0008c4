/** Sets of subscribers while many save peers at the same moment: nobody waits for ever, and nobody is lost from a set. */
import { describe, expect, test } from 'vitest';
import { newPeer } from '../../../src/domain/peer.ts';
import type { Store } from '../../../src/store/index.ts';
import { savePeer, savePeers, subscriptionsOf } from '../../../src/store/index.ts';
import { timetable } from '../make.ts';

export function setsContract(store: () => Store): void {
  const db = () => store().db;

  describe('sets', () => {
    test('hold who asks for them, however many move crosswise at the same moment', async () => {
      const places = [await timetable(db()), await timetable(db())].map(({ id }) => id);
      const ids = Array.from({ length: 16 }, (_, n) => n + 1);
      for (let round = 0; round < 4; round += 1) {
        const asked = ids.map((id) => ({
          ...newPeer(id, 'ru', null),
          timetableId: places[(id + round) % 2] ?? null,
          leads: round % 2 === id % 2 ? [5, 15] : [15],
          asleep: (id + round) % 5 === 0 ? 'gone' : null,
        }));
        // Some one by one, some two at once, in either order.
        const [alone, pairs] = [asked.slice(0, 8), asked.slice(8)];
        await Promise.all([
          ...alone.map((one) => store().transaction((tx) => savePeer(tx, one))),
          ...[0, 2, 4, 6].map((n) => {
            const two = pairs.slice(n, n + 2);
            return store().transaction((tx) => savePeers(tx, n % 4 === 0 ? two : two.toReversed()));
          }),
        ]);
        const found = await Promise.all(places.map((id) => subscriptionsOf(db(), id)));
        const each = found.map((rows, n) =>
          rows.filter(({ what }) => what === 'each').map(({ peer: id, lead }) => [n, id, lead]),
        );
        const wanted = places.map((place, n) =>
          [5, 15].flatMap((lead) =>
            asked
              .filter((one) => one.timetableId === place && one.asleep === null && one.leads.includes(lead))
              .map(({ id }) => [n, id, lead]),
          ),
        );
        expect(each).toEqual(wanted);
      }
    });
  });
}
