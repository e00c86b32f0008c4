/** Who has not been told yet because of quiet hours. */
import { describe, expect, test } from 'vitest';
import {
  type Db,
  deletePeer,
  deleteTimetable,
  dropHeld,
  dueHeld,
  heldOf,
  heldSince,
  hold,
  putOffHeld,
  unhold,
} from '../../../src/store/index.ts';
import { MINUTE, NOW, timetable } from '../make.ts';

export function heldContract(db: () => Db): void {
  describe('what quiet hours hold', () => {
    test('held again a peer keeps what it was not told first, and waits for the new end', async () => {
      const { id } = await timetable(db());
      await hold(db(), id, [
        { peer: 2, since: NOW, due: NOW + MINUTE },
        { peer: 1, since: NOW, due: NOW + MINUTE },
      ]);
      await hold(db(), id, [{ peer: 1, since: NOW + 5, due: NOW + 2 * MINUTE }]);
      await hold(db(), id, [{ peer: 2, since: NOW - 5, due: NOW + MINUTE }]);
      expect(await heldOf(db(), id)).toEqual([
        { peer: 1, since: NOW, due: NOW + 2 * MINUTE },
        { peer: 2, since: NOW - 5, due: NOW + MINUTE },
      ]);
      expect(await heldOf(db(), id, NOW + MINUTE)).toEqual([{ peer: 2, since: NOW - 5, due: NOW + MINUTE }]);
      expect([await heldSince(db(), id, 1), await heldSince(db(), id, 3)]).toEqual([NOW, null]);
      await unhold(db(), id, [2, 3]);
      expect((await heldOf(db(), id)).map(({ peer }) => peer)).toEqual([1]);
    });

    test('timetables come as they are due, each once', async () => {
      const [first, second, third] = [
        (await timetable(db())).id,
        (await timetable(db())).id,
        (await timetable(db())).id,
      ];
      const many = Array.from({ length: 230 }, (_, n) => ({ peer: n + 1, since: NOW, due: NOW }));
      await hold(db(), second, many);
      await hold(db(), first, [{ peer: 1, since: NOW, due: NOW - 1 }]);
      await hold(db(), third, [{ peer: 1, since: NOW, due: NOW + 1 }]);
      expect(await dueHeld(db(), NOW, 10)).toEqual([first, second]);
      expect(await dueHeld(db(), NOW, 1)).toEqual([first]);
      expect(await heldOf(db(), second)).toEqual(many);
    });

    test('a timetable is looked at later when it could not be told', async () => {
      const { id } = await timetable(db());
      await hold(db(), id, [
        { peer: 1, since: NOW, due: NOW + 9 * MINUTE },
        { peer: 2, since: NOW, due: NOW },
      ]);
      await putOffHeld(db(), id, { now: NOW, due: NOW + MINUTE });
      expect((await heldOf(db(), id)).map(({ due }) => due - NOW)).toEqual([9 * MINUTE, MINUTE]);
    });

    test('who was held by a clock that has been set back since is looked at, and later when that could not be told', async () => {
      const { id } = await timetable(db());
      await hold(db(), id, [
        { peer: 1, since: NOW, due: NOW + 9 * MINUTE },
        { peer: 2, since: NOW + 60 * MINUTE, due: NOW + 400 * MINUTE },
      ]);
      expect(await dueHeld(db(), NOW, 10)).toEqual([id]);
      expect((await heldOf(db(), id, NOW)).map(({ peer }) => peer)).toEqual([2]);
      await putOffHeld(db(), id, { now: NOW, due: NOW + MINUTE });
      expect(await dueHeld(db(), NOW, 10)).toEqual([]);
      expect(await heldOf(db(), id, NOW + MINUTE)).toEqual([{ peer: 2, since: NOW, due: NOW + MINUTE }]);
    });

    test('goes with the peer, its wish or the timetable', async () => {
      const { id } = await timetable(db());
      await hold(
        db(),
        id,
        [1, 2, 3].map((peer) => ({ peer, since: NOW, due: NOW })),
      );
      await dropHeld(db(), 1);
      await deletePeer(db(), 2);
      expect((await heldOf(db(), id)).map(({ peer }) => peer)).toEqual([3]);
      await deleteTimetable(db(), id);
      expect(await dueHeld(db(), NOW, 10)).toEqual([]);
    });
  });
}
