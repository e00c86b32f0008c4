/** Who has not been told yet because of quiet hours. */
import { describe, expect, test } from 'vitest';
import { occurrences } from '../../../src/domain/occurrence.ts';
import {
  bringBack,
  type Db,
  deletePeer,
  deleteTimetable,
  dropHeld,
  dueHeld,
  heldOf,
  heldSince,
  hold,
  putOffHeld,
  toldOf,
  unhold,
  writeTold,
} from '../../../src/store/index.ts';
import { MINUTE, NOW, onDay, timetable } from '../make.ts';

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
      await putOffHeld(db(), id, NOW + MINUTE);
      expect((await heldOf(db(), id)).map(({ due }) => due - NOW)).toEqual([9 * MINUTE, MINUTE]);
    });

    test('who was held by a clock that has been set back since is looked at; what was told then was told just now, in the same order', async () => {
      const { id } = await timetable(db());
      const other = (await timetable(db())).id;
      const [after] = occurrences(
        [onDay('2026-09-02')],
        { zone: 'Europe/Moscow', term: null },
        '2026-09-01',
        '2026-09-09',
      );
      if (after === undefined) throw new Error('no lesson');
      const change = { kind: 'added', after } as const;
      for (const minutes of [-5, 10, 20, 30]) await writeTold(db(), id, NOW + minutes * MINUTE, [change]);
      await writeTold(db(), other, NOW + 10 * MINUTE, [change]);
      await hold(db(), id, [
        { peer: 1, since: NOW - 5 * MINUTE, due: NOW + 9 * MINUTE },
        { peer: 2, since: NOW + 20 * MINUTE, due: NOW + 400 * MINUTE },
        { peer: 3, since: NOW + 25 * MINUTE, due: NOW + 400 * MINUTE },
      ]);
      expect(await dueHeld(db(), NOW, 10)).toEqual([id]);
      expect((await heldOf(db(), id, NOW)).map(({ peer }) => peer)).toEqual([2, 3]);
      await bringBack(db(), id, NOW);
      expect(await dueHeld(db(), NOW, 10)).toEqual([]);
      expect((await toldOf(db(), id, 0, 10)).map(({ at }) => at - NOW)).toEqual([-1, -2, -3, -5 * MINUTE]);
      expect((await heldOf(db(), id)).map(({ since, due }) => [since - NOW, (due - NOW) / MINUTE])).toEqual([
        [-5 * MINUTE, 9],
        [-2, 400],
        [0, 400],
      ]);
      expect((await toldOf(db(), other, 0, 10)).map(({ at }) => at - NOW)).toEqual([10 * MINUTE]);
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
