/** Occurrences and the reminders that come due from them. */
import { describe, expect, test } from 'vitest';
import type { Db } from '../../../src/store/index.ts';
import {
  dueReminders,
  leadsInUse,
  setRolled,
  setZone,
  timetablesToRoll,
  writeOccurrences,
} from '../../../src/store/index.ts';
import { DAY, HOUR, MINUTE, NOW, occurrence, peer, timetable } from '../make.ts';

export function remindersContract(db: () => Db): void {
  describe('reminders', () => {
    test('come due once: [from, to) meets the lead time exactly', async () => {
      const { id } = await timetable(db());
      await peer(db(), 1, { timetableId: id, leads: [5] });
      await writeOccurrences(db(), id, NOW, [occurrence(NOW + HOUR)]);
      const due = NOW + HOUR - 5 * MINUTE;
      const count = async (from: number, to: number) => (await dueReminders(db(), 5, from, to)).length;
      expect(await count(due - 1000, due)).toBe(0);
      expect(await count(due, due + 1)).toBe(1);
      expect(await count(due + 1, due + HOUR)).toBe(0);
      expect((await dueReminders(db(), 15, due - HOUR, due + HOUR)).length).toBe(0);
    });

    test('are one a lesson and language, with everybody who asked for this lead, by start', async () => {
      const [a, b, silent] = [
        await timetable(db()),
        await timetable(db(), { zone: 'Asia/Omsk' }),
        await timetable(db()),
      ];
      for (const id of [12, 3, 2_000_000_001]) await peer(db(), id, { timetableId: a.id, leads: [15, 5] });
      await peer(db(), 4, { timetableId: a.id, leads: [5], language: 'en' });
      await peer(db(), 5, { timetableId: a.id, leads: [1] });
      await peer(db(), 6, { timetableId: b.id, leads: [5] });
      await writeOccurrences(db(), a.id, NOW, [
        occurrence(NOW + 2 * HOUR),
        occurrence(NOW + HOUR, { subject: 'Физика' }),
      ]);
      await writeOccurrences(db(), b.id, NOW, [occurrence(NOW + HOUR)]);
      await writeOccurrences(db(), silent.id, NOW, [occurrence(NOW + HOUR)]);
      const due = await dueReminders(db(), 5, NOW, NOW + DAY);
      expect(due.map((one) => [one.startsAt - NOW, one.timetableId, one.language, one.peers])).toEqual([
        [HOUR, a.id, 'en', [4]],
        [HOUR, a.id, 'ru', [3, 12, 2_000_000_001]],
        [HOUR, b.id, 'ru', [6]],
        [2 * HOUR, a.id, 'en', [4]],
        [2 * HOUR, a.id, 'ru', [3, 12, 2_000_000_001]],
      ]);
      expect(due[0]).toMatchObject({
        zone: 'Europe/Moscow',
        endsAt: NOW + HOUR + 95 * MINUTE,
        line: { subject: 'Физика', room: '404Л' },
      });
      expect(due[2]?.zone).toBe('Asia/Omsk');
      expect(await leadsInUse(db(), 'each')).toEqual([1, 5, 15]);
    });

    test('of cancelled and of all-day lessons there are none', async () => {
      const { id } = await timetable(db());
      await peer(db(), 1, { timetableId: id, leads: [5] });
      const rows = [occurrence(NOW + HOUR, { cancelled: true }), occurrence(NOW + HOUR, { allDay: true })];
      await writeOccurrences(db(), id, NOW, [...rows, occurrence(NOW + HOUR, { subject: 'Физика' })]);
      const due = await dueReminders(db(), 5, NOW, NOW + DAY);
      expect(due.map(({ line }) => line.subject)).toEqual(['Физика']);
    });

    test('follow the rewriting of what is still ahead; what is past stays', async () => {
      const { id } = await timetable(db());
      const other = await timetable(db());
      await peer(db(), 1, { timetableId: id, leads: [0] });
      await peer(db(), 2, { timetableId: other.id, leads: [0] });
      await writeOccurrences(db(), id, NOW, [
        occurrence(NOW),
        occurrence(NOW + HOUR),
        occurrence(NOW + HOUR, { subject: 'Физика' }),
      ]);
      await writeOccurrences(db(), other.id, NOW, [occurrence(NOW + HOUR)]);
      await writeOccurrences(db(), id, NOW + 1, [occurrence(NOW), occurrence(NOW + 2 * HOUR)]);
      const due = await dueReminders(db(), 0, NOW, NOW + DAY);
      expect(due.map((one) => [one.timetableId, one.startsAt - NOW])).toEqual([
        [id, 0],
        [other.id, HOUR],
        [id, 2 * HOUR],
      ]);
    });

    test('of many timetables are found together', async () => {
      const ids: number[] = [];
      await db()
        .transaction()
        .execute(async (tx) => {
          for (let n = 1; n <= 620; n++) {
            const { id } = await timetable(tx, { name: `Г-${n}` });
            ids.push(id);
            await peer(tx, n, { timetableId: id, leads: [10] });
            await writeOccurrences(tx, id, NOW, [occurrence(NOW + HOUR)]);
          }
        });
      const due = await dueReminders(db(), 10, NOW, NOW + HOUR);
      expect(due.map(({ timetableId }) => timetableId)).toEqual(ids);
      expect(due.flatMap(({ peers }) => peers)).toEqual(ids.map((_, index) => index + 1));
    });
  });

  describe('the daily roll', () => {
    test('meets those that are behind, the most behind first', async () => {
      const [a, b, c] = [await timetable(db()), await timetable(db()), await timetable(db())];
      await setRolled(db(), a.id, NOW + DAY);
      await setRolled(db(), b.id, NOW + HOUR);
      expect(await timetablesToRoll(db(), NOW + DAY, 10)).toEqual([c.id, b.id]);
      expect(await timetablesToRoll(db(), NOW + DAY, 1)).toEqual([c.id]);
      await setZone(db(), c.id, 'Asia/Omsk');
      expect(await timetablesToRoll(db(), NOW, 10)).toEqual([c.id]);
    });
  });
}
