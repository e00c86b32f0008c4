/** Who was appointed to write in a timetable. */
import { describe, expect, test } from 'vitest';
import {
  addEditor,
  deleteTimetable,
  dropEditor,
  editorsOf,
  forgetEditor,
  type Store,
} from '../../../src/store/index.ts';
import { timetable } from '../make.ts';

export function editorsContract(store: () => Store): void {
  const db = () => store().db;

  describe('editors', () => {
    test('are appointed and dismissed once, each in one timetable', async () => {
      const [one, other] = [await timetable(db()), await timetable(db())];
      expect(await addEditor(db(), one.id, 7)).toBe(true);
      expect(await addEditor(db(), one.id, 7)).toBe(false);
      await addEditor(db(), one.id, 3);
      await addEditor(db(), other.id, 7);
      expect(await editorsOf(db(), one.id)).toEqual([3, 7]);
      expect(await dropEditor(db(), one.id, 7)).toBe(true);
      expect(await dropEditor(db(), one.id, 7)).toBe(false);
      expect(await editorsOf(db(), other.id)).toEqual([7]);
    });

    test('go with the person, and with the timetable', async () => {
      const [one, other] = [await timetable(db()), await timetable(db())];
      for (const { id } of [one, other]) for (const person of [3, 7]) await addEditor(db(), id, person);
      await forgetEditor(db(), 7);
      expect(await editorsOf(db(), one.id)).toEqual([3]);
      await store().transaction((tx) => deleteTimetable(tx, other.id));
      expect(await editorsOf(db(), other.id)).toEqual([]);
    });
  });
}
