/** What waits to be told, and what was. */
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/domain/diff.ts';
import { occurrences } from '../../../src/domain/occurrence.ts';
import type { Untold } from '../../../src/domain/untold.ts';
import {
  type Db,
  deleteTimetable,
  dropUntold,
  dueUntold,
  hasUntold,
  lookAtUntold,
  saveUntold,
  toldOf,
  toldOfDays,
  untoldOf,
  writeTold,
} from '../../../src/store/index.ts';
import { DAY, lesson, MINUTE, NOW, timetable } from '../make.ts';

const LESSON = lesson({
  place: { room: '404Л', link: 'https://example.org/secret', format: 'hybrid' },
  note: 'тетрадь',
  times: { on: 'day', day: '2026-09-02', start: '10:00', endDay: '2026-09-02', end: '11:35', allDay: false },
});
const [ONE] = occurrences([LESSON], { zone: 'Europe/Moscow', term: null }, '2026-09-01', '2026-09-09');

function waiting(days: readonly string[], since = NOW): Untold {
  if (ONE === undefined) throw new Error('no lesson');
  return {
    since,
    seen: new Map([['a1', since]]),
    told: new Map(days.map((day) => [day, day === ONE.day ? [ONE] : []])),
  };
}

export function untoldContract(db: () => Db): void {
  describe('what waits to be told', () => {
    test('comes back as it was, days without lessons too; the next replaces it', async () => {
      const { id } = await timetable(db());
      expect([await untoldOf(db(), id), await hasUntold(db(), id)]).toEqual([null, false]);
      const many = Array.from(
        { length: 120 },
        (_, n) => `2027-${String(1 + Math.floor(n / 28)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`,
      );
      await saveUntold(db(), id, waiting(['2026-09-02', ...many]), NOW + MINUTE);
      expect(await untoldOf(db(), id)).toEqual(waiting(['2026-09-02', ...many]));
      expect(await hasUntold(db(), id)).toBe(true);
      await saveUntold(db(), id, waiting(['2026-09-02', '2026-09-03'], NOW + 1), NOW + MINUTE);
      expect(await untoldOf(db(), id)).toEqual(waiting(['2026-09-02', '2026-09-03'], NOW + 1));
      await dropUntold(db(), id);
      expect(await untoldOf(db(), id)).toBeNull();
      await saveUntold(db(), id, waiting(['2026-09-02']), NOW, null);
      expect(await untoldOf(db(), id)).toEqual(waiting(['2026-09-02']));
    });

    test('is looked at when it may be told, the longest due first, and when it was seen in the future', async () => {
      const [soon, due, late, ahead] = [
        (await timetable(db())).id,
        (await timetable(db())).id,
        (await timetable(db())).id,
        (await timetable(db())).id,
      ];
      await saveUntold(db(), soon, waiting([]), NOW + 1);
      await saveUntold(db(), due, waiting([]), NOW);
      await saveUntold(db(), late, waiting([]), NOW - MINUTE);
      await saveUntold(db(), ahead, waiting([], NOW + DAY), NOW + DAY);
      expect(await dueUntold(db(), NOW, 10)).toEqual([late, due, ahead]);
      await lookAtUntold(db(), late, NOW + MINUTE);
      expect(await dueUntold(db(), NOW, 10)).toEqual([due, ahead]);
    });
  });

  describe('what was told', () => {
    const cancelled = (subject: string): Change => {
      if (ONE === undefined) throw new Error('no lesson');
      return { kind: 'cancelled', before: { ...ONE, subject } };
    };

    test('comes back by age, the latest first, without links and notes', async () => {
      const { id } = await timetable(db());
      const other = await timetable(db());
      await writeTold(db(), id, NOW, [cancelled('Матан'), cancelled('Физика')]);
      await writeTold(db(), id, NOW + MINUTE, [cancelled('Право')]);
      await writeTold(db(), id, NOW - 20 * DAY, [cancelled('История')]);
      await writeTold(db(), other.id, NOW, [cancelled('Химия')]);
      const told = await toldOf(db(), id, NOW - 14 * DAY, 10);
      expect(told.map(({ at, change }) => [at - NOW, 'before' in change && change.before.subject])).toEqual([
        [MINUTE, 'Право'],
        [0, 'Физика'],
        [0, 'Матан'],
      ]);
      expect(JSON.stringify(told)).not.toMatch(/secret|тетрадь/);
      await writeTold(db(), id, NOW + 2 * MINUTE, [cancelled('Логика')], 'unsure');
      expect((await toldOf(db(), id, NOW + MINUTE, 10)).map(({ unsure }) => unsure)).toEqual([true, undefined]);
      expect(await toldOf(db(), id, NOW - 14 * DAY, 1)).toHaveLength(1);
    });

    test('comes back by the days on which a lesson stood and stands', async () => {
      const { id } = await timetable(db());
      const days = async (from: string, to: string, limit = 10) =>
        (await toldOfDays(db(), id, { since: NOW - 14 * DAY, from, to }, limit)).map(({ at }) => at - NOW).sort();
      if (ONE === undefined) throw new Error('no lesson');
      const moved: Change = { kind: 'altered', before: ONE, after: { ...ONE, day: '2026-09-05' }, what: ['time'] };
      await writeTold(db(), id, NOW, [moved]);
      await writeTold(db(), id, NOW + 1, [cancelled('Матан')]);
      await writeTold(db(), id, NOW + 2, [{ kind: 'cancelled', before: { ...ONE, day: '2026-09-09' } }]);
      await writeTold(db(), id, NOW - 20 * DAY, [cancelled('История')]);
      expect(await days('2026-09-02', '2026-09-03')).toEqual([0, 1]);
      expect(await days('2026-09-05', '2026-09-06')).toEqual([0]);
      expect(await days('2026-09-03', '2026-09-05')).toEqual([]);
      expect(await days('2026-09-01', '2026-09-10')).toEqual([0, 1, 2]);
      expect(await days('2026-09-02', '2026-09-03', 1)).toEqual([1]);
    });

    test('goes with its timetable, as does what waits', async () => {
      const { id } = await timetable(db());
      await writeTold(db(), id, NOW, [cancelled('Матан')]);
      await saveUntold(db(), id, waiting(['2026-09-02']), NOW);
      await deleteTimetable(db(), id);
      expect(await toldOf(db(), id, 0, 10)).toEqual([]);
      expect(await dueUntold(db(), NOW, 10)).toEqual([]);
    });
  });
}
