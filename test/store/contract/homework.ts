/** Homework by the lesson it is for. */
import { describe, expect, test } from 'vitest';
import {
  deleteTimetable,
  dropHomework,
  homeworkOf,
  moveHomework,
  type Store,
  saveHomework,
  sweep,
} from '../../../src/store/index.ts';
import { DAY, NOW, timetable } from '../make.ts';

const MATHS = { day: '2026-09-02', subject: 'матан', subgroup: '' };
const LATER = { ...MATHS, day: '2026-09-04' };
const WEEK = { from: '2026-09-01', to: '2026-09-08' };

export function homeworkContract(store: () => Store): void {
  const db = () => store().db;

  describe('homework', () => {
    test('is found by timetable and day, and the last word stands', async () => {
      const [one, other] = [await timetable(db()), await timetable(db())];
      await saveHomework(db(), one.id, { ...MATHS, text: '№1' });
      await saveHomework(db(), one.id, { ...MATHS, text: '№2' });
      await saveHomework(db(), one.id, { ...MATHS, subgroup: '2', text: '№3' });
      await saveHomework(db(), other.id, { ...LATER, text: 'эссе' });
      const found = await homeworkOf(db(), [one.id, other.id], WEEK);
      expect(found.get(one.id)?.map(({ text }) => text)).toEqual(['№2', '№3']);
      expect(found.get(other.id)).toEqual([{ ...LATER, text: 'эссе' }]);
      expect(await homeworkOf(db(), [one.id, other.id], { from: '2026-09-03', to: '2026-09-04' })).toEqual(new Map());
    });

    test('is taken away once', async () => {
      const { id } = await timetable(db());
      await saveHomework(db(), id, { ...MATHS, text: '№1' });
      expect(await dropHomework(db(), id, { ...MATHS, subgroup: '1' })).toBe(false);
      expect(await dropHomework(db(), id, MATHS)).toBe(true);
      expect(await dropHomework(db(), id, MATHS)).toBe(false);
    });

    test('goes where lessons went, two that change places too; what stands there already stays', async () => {
      const { id } = await timetable(db());
      const physics = { ...LATER, subject: 'физика' };
      await saveHomework(db(), id, { ...MATHS, text: 'a' });
      await saveHomework(db(), id, { ...LATER, text: 'b' });
      await moveHomework(db(), id, [
        { from: MATHS, to: LATER },
        { from: LATER, to: MATHS },
      ]);
      const texts = async () => (await homeworkOf(db(), [id], WEEK)).get(id)?.map(({ day, text }) => `${day} ${text}`);
      expect(await texts()).toEqual(['2026-09-02 b', '2026-09-04 a']);
      await saveHomework(db(), id, { ...physics, text: 'c' });
      await moveHomework(db(), id, [{ from: LATER, to: physics }]);
      expect(await texts()).toEqual(['2026-09-02 b', '2026-09-04 c']);
      await moveHomework(db(), id, []);
      expect(await texts()).toEqual(['2026-09-02 b', '2026-09-04 c']);
    });

    test('goes with its timetable, and a month after its day', async () => {
      const [one, other] = [await timetable(db()), await timetable(db())];
      await saveHomework(db(), one.id, { ...MATHS, text: '№1' });
      await saveHomework(db(), other.id, { ...MATHS, day: '2026-01-01', text: 'old' });
      await saveHomework(db(), other.id, { ...MATHS, text: 'young' });
      expect((await sweep(db(), NOW + DAY, 10)).homework).toBe(1);
      await store().transaction((tx) => deleteTimetable(tx, one.id));
      const left = await homeworkOf(db(), [one.id, other.id], { from: '2025-01-01', to: '2028-01-01' });
      expect([...left.values()].flat().map(({ text }) => text)).toEqual(['young']);
    });
  });
}
