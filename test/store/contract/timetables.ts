/** Timetables and their lessons. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../src/domain/calendar.ts';
import type { Known } from '../../../src/domain/identity.ts';
import type { Lesson } from '../../../src/domain/lesson.ts';
import type { Db } from '../../../src/store/index.ts';
import {
  bumpRevision,
  deleteTimetable,
  findExact,
  findSimilar,
  getTimetable,
  hasAny,
  isVisible,
  lessonHash,
  lessonRows,
  lessonsIn,
  lessonsOf,
  listOwned,
  listTimetables,
  renameTimetable,
  rowsOn,
  savePrints,
  setFresh,
  setTerm,
  storedPrints,
} from '../../../src/store/index.ts';
import { canonical } from '../../../src/store/json.ts';
import { lesson, NOW, onDay, peer, storeLessons, timetable } from '../make.ts';

const WEEKLY = lesson({ times: { on: 'weekly', weekday: 1, weeks: 'odd', start: '08:00', end: '09:35' } });

export function timetablesContract(db: () => Db): void {
  describe('timetables', () => {
    test('come back as they were made, and null where there is none', async () => {
      const term = { start: '2026-09-01', end: '2026-12-31', week1: '2026-08-31' };
      const made = await timetable(db(), { kind: 'manual', ownerId: 5, listed: false, term, university: '' });
      expect(await getTimetable(db(), made.id)).toEqual(made);
      expect(made).toMatchObject({
        kind: 'manual',
        ownerId: 5,
        listed: false,
        term,
        language: 'ru',
        revision: 0,
        freshAt: null,
      });
      expect(made.bells[1]).toEqual({ number: 2, start: '09:45', end: '11:20' });
      expect(await getTimetable(db(), made.id + 1)).toBeNull();
    });

    test('are renamed, refreshed and given a term', async () => {
      const { id } = await timetable(db());
      const bells = [{ number: 1, start: '09:00', end: '10:30' }];
      await renameTimetable(db(), id, { name: 'ПИ-22', folded: 'пи22', digits: '22' });
      await setFresh(db(), id, NOW);
      await setTerm(db(), id, { start: '2026-09-01', end: '2026-12-31', week1: '2026-08-31' }, bells);
      expect(await getTimetable(db(), id)).toMatchObject({
        name: 'ПИ-22',
        folded: 'пи22',
        digits: '22',
        freshAt: NOW,
        bells,
      });
      await setTerm(db(), id, null, bells);
      expect((await getTimetable(db(), id))?.term).toBeNull();
    });

    test('of two writers that read the same revision one wins', async () => {
      const { id, revision } = await timetable(db());
      const both = await Promise.all([
        bumpRevision(db(), id, revision, NOW),
        bumpRevision(db(), id, revision, NOW + 1),
      ]);
      expect(both.filter(Boolean)).toHaveLength(1);
      expect((await getTimetable(db(), id))?.revision).toBe(revision + 1);
      expect(await bumpRevision(db(), id, revision, NOW)).toBe(false);
      expect(await bumpRevision(db(), id, revision + 1, NOW)).toBe(true);
    });

    test('are found by name where listed, owned or followed, and by nobody else', async () => {
      const open = await timetable(db());
      const mine = await timetable(db(), { listed: false, ownerId: 7, university: '' });
      await peer(db(), 8, { timetableId: mine.id });
      const found = async (viewer: number) =>
        (await findExact(db(), 'пи21', viewer)).map(({ id }) => id).sort((a, b) => a - b);
      expect(await found(7)).toEqual([open.id, mine.id]);
      expect(await found(8)).toEqual([open.id, mine.id]);
      expect(await found(9)).toEqual([open.id]);
      expect(await findExact(db(), 'пи22', 7)).toEqual([]);
      expect(await isVisible(db(), mine.id, 8)).toBe(true);
      expect(await isVisible(db(), mine.id, 9)).toBe(false);
      expect((await findSimilar(db(), '21', 9, 5)).map(({ id }) => id)).toEqual([open.id]);
      expect(await findSimilar(db(), '22', 7, 5)).toEqual([]);
      expect((await listOwned(db(), 7)).map(({ id }) => id)).toEqual([mine.id]);
    });

    test('of one name are given eleven at most: ten buttons and the news that there are more', async () => {
      for (let n = 0; n < 13; n++) await timetable(db(), { university: `Университет ${n}` });
      expect(await findExact(db(), 'пи21', 1)).toHaveLength(11);
      expect(await findSimilar(db(), '21', 1, 4)).toHaveLength(4);
    });

    test('are listed by university, the unlisted never', async () => {
      const a = await timetable(db(), { university: 'А', name: 'Б-1', folded: 'б1' });
      await timetable(db(), { university: 'А', listed: false });
      await timetable(db(), { university: 'Б', name: 'А-1', folded: 'а1' });
      expect((await listTimetables(db(), { university: 'А' }, 10)).map(({ id }) => id)).toEqual([a.id]);
      expect((await listTimetables(db(), {}, 10)).map(({ name }) => name)).toEqual(['А-1', 'Б-1']);
    });
  });

  describe('lessons', () => {
    test('come back as they were written, whatever they hold', async () => {
      const { id } = await timetable(db());
      const odd = lesson({ subject: 'Ёлка «№ 1» \u{1F4BB} "\\', sourceId: 'uid-1@x', teachers: [], number: null });
      const listed = lesson({ times: { on: 'weekly', weekday: 3, weeks: [1, 2, 5], start: '08:00', end: '09:35' } });
      await storeLessons(db(), id, { remove: [], insert: [odd, WEEKLY, listed] });
      const stored = await lessonsOf(db(), id);
      expect(stored.map(({ id: _, hash: __, ...rest }) => rest)).toEqual([WEEKLY, listed, odd]);
      expect(stored.map(({ hash }) => hash)).toEqual([WEEKLY, listed, odd].map(lessonHash));
    });

    test.each<[string, Known, boolean]>([
      ['the first day', onDay('2026-09-07'), true],
      ['the last day', onDay('2026-09-13'), true],
      ['the day after the last', onDay('2026-09-14'), false],
      ['the day before the first', onDay('2026-09-06'), false],
      ['over midnight into the first day', onDay('2026-09-06', '2026-09-07', '01:00'), true],
      ['up to midnight before the first day', onDay('2026-09-06', '2026-09-07', '00:00'), false],
      ['all day, ending before the first', onDay('2026-09-05', '2026-09-07', '00:00', true), false],
      ['all day, reaching into the first', onDay('2026-09-05', '2026-09-08', '00:00', true), true],
      ['weekly', WEEKLY, true],
    ])('of a week are asked for: %s', async (_, one, inside) => {
      const { id } = await timetable(db());
      await storeLessons(db(), id, { remove: [], insert: [one] });
      expect(await lessonsOf(db(), id, { from: '2026-09-07', to: '2026-09-14' })).toHaveLength(inside ? 1 : 0);
      expect(await lessonsOf(db(), id, {})).toHaveLength(1);
    });

    test('are removed by id from their own timetable only, and many are written at once', async () => {
      const [{ id }, other] = [await timetable(db()), await timetable(db())];
      const many = Array.from({ length: 321 }, (_, n) => lesson({ note: String(n) }));
      await storeLessons(db(), id, { remove: [], insert: many });
      await storeLessons(db(), other.id, { remove: [], insert: [lesson()] });
      const hashes = await lessonRows(db(), id);
      expect(new Set(hashes.map(({ hash }) => hash))).toEqual(new Set(many.map(lessonHash)));
      const ids = hashes.map((row) => row.id);
      await storeLessons(db(), other.id, { remove: ids, insert: [] });
      expect(await lessonRows(db(), id)).toHaveLength(321);
      await storeLessons(db(), id, { remove: ids.slice(0, 320), insert: [] });
      expect((await lessonsOf(db(), id)).map(({ note }) => note)).toEqual(['320']);
      expect(await lessonRows(db(), other.id)).toHaveLength(1);
    });

    test('have one own id each in a timetable, given back when they go', async () => {
      const [{ id }, other] = [await timetable(db()), await timetable(db())];
      const one = { ...lesson(), uid: 'a1' };
      await storeLessons(db(), id, { remove: [], insert: [one] });
      await storeLessons(db(), other.id, { remove: [], insert: [one] });
      await expect(storeLessons(db(), id, { remove: [], insert: [{ ...one, note: 'другая' }] })).rejects.toThrow();
      const [stored] = await lessonsOf(db(), id);
      const moved = { ...one, place: { ...one.place, room: '510М' } };
      await storeLessons(db(), id, { remove: [stored?.id ?? 0], insert: [moved] });
      expect(await lessonsOf(db(), id)).toMatchObject([{ uid: 'a1', place: { room: '510М' } }]);
    });

    test('that changed stand in the row they had; others, and those of other timetables, stay', async () => {
      const [{ id }, other] = [await timetable(db()), await timetable(db())];
      const many = Array.from({ length: 120 }, (_, n) => ({ ...lesson({ note: String(n) }), uid: `u${n}` }));
      await storeLessons(db(), id, { remove: [], insert: many });
      await storeLessons(db(), other.id, { remove: [], insert: many.slice(0, 2) });
      const before = await lessonsOf(db(), id);
      const moved = many.slice(0, 110).map((one) => ({ ...onDay('2026-09-20'), uid: one.uid }));
      await storeLessons(db(), id, { remove: [], insert: [], update: moved });
      const after = await lessonsOf(db(), id);
      const rowOf = new Map(before.map((one) => [one.uid, one.id]));
      expect(after.map((one) => one.id).sort()).toEqual(before.map((one) => one.id).sort());
      expect(after.every(({ uid, id }) => rowOf.get(uid) === id)).toBe(true);
      expect((await rowsOn(db(), id, ['2026-09-20'])).map(({ hash }) => hash)).toEqual(moved.map(lessonHash));
      expect((await lessonsOf(db(), other.id)).map(({ note }) => note)).toEqual(['0', '1']);
    });

    test('are read by the days they are on, and known by their ids', async () => {
      const [{ id }, other] = [await timetable(db()), await timetable(db())];
      const days = Array.from({ length: 130 }, (_, n) => addDays('2026-09-01', n));
      await storeLessons(db(), id, { remove: [], insert: [...days.map((day) => onDay(day)), WEEKLY] });
      await storeLessons(db(), other.id, { remove: [], insert: [{ ...lesson(), uid: 'foreign' }] });
      const rows = await rowsOn(db(), id, [...days.slice(3).reverse(), '2030-01-01']);
      expect(rows.map(({ day }) => day)).toEqual(days.slice(3));
      expect(rows).toEqual((await lessonRows(db(), id)).filter(({ day }) => day !== null && day >= '2026-09-04'));
      expect(await rowsOn(db(), id, [])).toEqual([]);
      const strangers = Array.from({ length: 130 }, (_, n) => `none ${n}`);
      expect(await hasAny(db(), id, [...strangers, WEEKLY.uid])).toBe(true);
      expect(await hasAny(db(), id, [...strangers, 'foreign'])).toBe(false);
      expect(await hasAny(db(), id, [])).toBe(false);
    });

    test('have prints of their days beside them, which go with the timetable', async () => {
      const [{ id }, other] = [await timetable(db()), await timetable(db())];
      expect(await storedPrints(db(), id)).toEqual([]);
      for (const prints of [['fyx.a', 'fyy.'], ['fyz.b']]) {
        await savePrints(db(), id, prints);
        expect(await storedPrints(db(), id)).toEqual(prints);
      }
      await savePrints(db(), other.id, ['fyx.a']);
      await savePrints(db(), id, []);
      expect([await storedPrints(db(), id), await storedPrints(db(), other.id)]).toEqual([[], ['fyx.a']]);
      await deleteTimetable(db(), other.id);
      expect(await storedPrints(db(), other.id)).toEqual([]);
    });

    test('have the hash of their canonical text, be their fields in any order', () => {
      const weekly = { on: 'weekly', weekday: 3, weeks: [1, 2], start: '08:00', end: '09:35' } as const;
      for (const one of [lesson(), WEEKLY, lesson({ times: weekly }), lesson({ number: 2, teachers: ['А', 'Б'] })]) {
        const { sourceId: _, uid: __, ...content } = one;
        const wanted = createHash('sha256').update(canonical(content)).digest('hex').slice(0, 32);
        expect(lessonHash(one)).toBe(wanted);
      }
    });

    test('keep the mark of a source that it changed them, which is nothing of their content', async () => {
      const { id } = await timetable(db());
      const [plain, marked] = [lesson({ note: 'обычное' }), lesson({ note: 'замена', changed: true })];
      await storeLessons(db(), id, { remove: [], insert: [plain, marked] });
      const stored = await lessonsOf(db(), id);
      expect(stored.map((one) => [one.note, 'changed' in one])).toEqual([
        ['обычное', false],
        ['замена', true],
      ]);
      expect(lessonHash({ ...plain, changed: true })).toBe(lessonHash(plain));
    });

    test('are the same whether they are read out of their text or taken from an equal one at hand', async () => {
      const { id } = await timetable(db());
      const listed = lesson({ times: { on: 'weekly', weekday: 3, weeks: [1, 2], start: '08:00', end: '09:35' } });
      const kept = [
        lesson({ sourceId: 'a', changed: true }),
        lesson({ note: ',"sourceId":"x"}', sourceId: ',"sourceId":"y"' }),
        lesson({ note: '\\', sourceId: '\\"' }),
        { ...listed, sourceId: '' },
      ];
      await storeLessons(db(), id, { remove: [], insert: kept });
      const plain = await lessonsOf(db(), id);
      // What stands beside the content is theirs, never that of the equal one.
      const atHand = kept.map((one): Lesson => ({ ...one, sourceId: 'other', changed: true }));
      const alike = new Map(atHand.map((one) => [lessonHash(one), one]));
      const rows = await lessonRows(db(), id);
      expect(await lessonsIn(db(), rows, alike)).toStrictEqual(plain);
      expect(await lessonsIn(db(), rows, new Map([...alike].slice(1, 2)))).toStrictEqual(plain);
      const same = new Map(kept.map((one) => [lessonHash(one), one]));
      expect(await lessonsIn(db(), rows, same)).toStrictEqual(plain);
    });

    test('have the hash of their content, after a trip through the store too', async () => {
      const { id } = await timetable(db());
      const one = lesson();
      await storeLessons(db(), id, { remove: [], insert: [one] });
      const [stored] = await lessonsOf(db(), id);
      if (stored === undefined) throw new Error('the lesson is gone');
      expect(lessonHash(stored)).toBe(lessonHash(one));
      expect(lessonHash({ ...one, sourceId: 'renumbered' })).toBe(lessonHash(one));
      const reversed = Object.fromEntries(Object.entries(one).reverse());
      expect(lessonHash({ ...one, ...reversed })).toBe(lessonHash(one));
      fc.assert(
        fc.property(fc.string(), fc.string(), (a, b) => {
          expect(lessonHash(lesson({ note: a })) === lessonHash(lesson({ note: b }))).toBe(a === b);
        }),
      );
    });
  });
}
