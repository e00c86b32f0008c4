/** Occurrences and the reminders that come due from them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DueLesson } from '../../../src/domain/remind.ts';
import type { Db, Place } from '../../../src/store/index.ts';
import {
  datedLessons,
  deletePeer,
  deleteTimetable,
  dueSittings,
  leadsInUse,
  listenersOf,
  setRolled,
  setZone,
  timetablesOfPersons,
  timetablesToRoll,
  writeOccurrences,
} from '../../../src/store/index.ts';
import { DAY, HOUR, MINUTE, NOW, occurrence, peer, timetable } from '../make.ts';

const FROM_THE_START = { after: null, limit: 1000 };

/** Everything that a lead of minutes before each sitting makes due in [from, to), for sets. */
async function dueReminders(db: Db, lead: number, from: number, to: number) {
  return (await dueSittings(db, { what: 'each', lead, row: lead }, { from, to }, FROM_THE_START)).rows;
}

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
      const each = (await leadsInUse(db())).filter(({ what }) => what === 'each');
      expect(each.map(({ lead, filtered }) => [lead, filtered])).toEqual([1, 5, 15].map((lead) => [lead, false]));
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

    test('keep what comes each week once, and forget what no lesson says any more', async () => {
      const { id } = await timetable(db());
      const week = (n: number) => NOW + HOUR + n * 7 * DAY;
      const lines = async () => (await db().selectFrom('occurrence_line').select('facts').execute()).length;
      const subjects = async () =>
        [...(await datedLessons(db(), [id], { from: NOW, to: NOW + 30 * DAY })).values()].flatMap((all) =>
          all.map(({ line }) => `${line.day} ${line.subject}`),
        );
      await writeOccurrences(db(), id, NOW, [
        occurrence(week(0)),
        occurrence(week(1), { day: '2026-09-08', endDay: '2026-09-08' }),
        occurrence(week(2), { subject: 'Физика' }),
      ]);
      expect(await lines()).toBe(2);
      // The first one has begun and keeps its line, the one of physics is needed no more.
      const next = occurrence(week(2), { subject: 'История' });
      await writeOccurrences(db(), id, week(1), [next]);
      expect(await lines()).toBe(2);
      expect(await subjects()).toEqual(['2026-09-01 Математический анализ', '2026-09-01 История']);
      await writeOccurrences(db(), id, NOW, [next]);
      expect(await lines()).toBe(1);
      expect(await subjects()).toEqual(['2026-09-01 История']);
    });

    test('written over others are as if there had been none, whatever stood there; no line is kept that none says', async () => {
      const one = fc
        .record({
          hour: fc.integer({ min: 0, max: 3 }),
          subject: fc.constantFrom('Матан', 'Физика', 'История'),
          joined: fc.boolean(),
          exam: fc.boolean(),
        })
        .map(({ hour, subject, joined, exam }) => {
          const made = occurrence(NOW + hour * HOUR, { subject }, { exam });
          return joined ? { ...made, told: { ...made.told, joined: 2 } } : made;
        });
      const rowsOf = async (id: number) => {
        const lines = await db().selectFrom('occurrence_line').selectAll().where('timetable_id', '=', id).execute();
        const facts = new Map(lines.map(({ n, facts }) => [n, facts]));
        const rows = await db()
          .selectFrom('occurrence')
          .selectAll()
          .where('timetable_id', '=', id)
          .orderBy('starts_at')
          .orderBy('n')
          .execute();
        const said = rows.map(({ timetable_id: _, line, told, ...rest }) => ({
          ...rest,
          line: facts.get(line),
          told: told === null ? null : facts.get(told),
        }));
        return { said, lines: [...facts.values()].sort() };
      };
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(one, { maxLength: 6 }), { minLength: 1, maxLength: 4 }), async (writes) => {
          const [{ id }, once] = [await timetable(db()), await timetable(db())];
          for (const rows of writes) await writeOccurrences(db(), id, NOW, rows);
          await writeOccurrences(db(), once.id, NOW, writes.at(-1) ?? []);
          expect(await rowsOf(id)).toEqual(await rowsOf(once.id));
        }),
        { numRuns: 25 },
      );
    });

    test('say the hours of the whole sitting, once; the lesson itself stays as it is', async () => {
      const { id } = await timetable(db());
      await peer(db(), 1, { timetableId: id, leads: [5] });
      const first = occurrence(NOW + HOUR);
      const told = { ...first.line, end: '13:05', joined: 2 };
      await writeOccurrences(db(), id, NOW, [
        { ...first, told },
        occurrence(NOW + 3 * HOUR, { start: '11:30', end: '13:05' }, { joins: true }),
      ]);
      const due = await dueReminders(db(), 5, NOW, NOW + DAY);
      expect(due.map(({ line }) => line)).toEqual([told]);
      const dated = await datedLessons(db(), [id, 999], { from: NOW, to: NOW + DAY });
      expect([...dated].map(([of, lessons]) => [of, lessons.map(({ line }) => line.end)])).toEqual([
        [id, ['11:20', '13:05']],
      ]);
    });

    test('the first of the day, exams and meetings are found by their marks', async () => {
      const { id } = await timetable(db());
      await peer(db(), 1, { timetableId: id, firstLead: 40, exams: false });
      await peer(db(), 2, { timetableId: id, firstLead: null, exams: true });
      await writeOccurrences(db(), id, NOW, [
        occurrence(NOW + HOUR, {}, { first: true }),
        occurrence(NOW + 3 * HOUR, { subject: 'Физика', kind: 'exam' }, { exam: true }),
        occurrence(NOW + 5 * HOUR),
        occurrence(NOW + 7 * HOUR, { subject: 'Собрание', kind: 'meeting' }, { meeting: true }),
      ]);
      await peer(db(), 3, { timetableId: id, firstLead: null, exams: false, meetings: true });
      const span = { from: NOW - DAY, to: NOW + DAY };
      const first = await dueSittings(db(), { what: 'first', lead: 40, row: 40 }, span, FROM_THE_START);
      expect(first.rows.map(({ startsAt, peers }) => [startsAt, peers])).toEqual([[NOW + HOUR, [1]]]);
      const exam = await dueSittings(db(), { what: 'exam', lead: 60, row: 0 }, span, FROM_THE_START);
      expect(exam.rows.map(({ line, peers }) => [line.subject, peers])).toEqual([['Физика', [2]]]);
      const meeting = await dueSittings(db(), { what: 'meeting', lead: 60, row: 0 }, span, FROM_THE_START);
      expect(meeting.rows.map(({ line, peers }) => [line.subject, peers])).toEqual([['Собрание', [3]]]);
    });

    test('in chunks are all of them, and what begins together in one timetable is never parted', async () => {
      const [a, b] = [await timetable(db()), await timetable(db())];
      for (const [n, { id }] of [a, b].entries()) await peer(db(), n + 1, { timetableId: id, leads: [5] });
      const groups = ['1', '2', '3'].map((subgroup) => occurrence(NOW + HOUR, { subgroup }));
      await writeOccurrences(db(), a.id, NOW, [...groups, occurrence(NOW + 2 * HOUR)]);
      await writeOccurrences(db(), b.id, NOW, groups);
      for (const limit of [1, 2, 3, 4, 5, 100]) {
        const chunks: string[][] = [];
        let after: Parameters<typeof dueSittings>[3]['after'] = null;
        do {
          const span = { from: NOW, to: NOW + DAY };
          const { rows, next } = await dueSittings(db(), { what: 'each', lead: 5, row: 5 }, span, { after, limit });
          chunks.push(rows.map((row) => `${row.timetableId} ${row.startsAt - NOW}`));
          after = next;
        } while (after !== null);
        const together = [a, b].flatMap(({ id }) => Array.from({ length: 3 }, () => `${id} ${HOUR}`));
        expect(chunks.flat()).toEqual([...together, `${a.id} ${2 * HOUR}`]);
        for (const group of new Set(chunks.flat()))
          expect(chunks.filter((chunk) => chunk.includes(group))).toHaveLength(1);
      }
    });

    test('in chunks of any size are those of one, each place in one chunk, in however many languages', async () => {
      const lessons = fc.array(
        fc.record({ place: fc.nat(1), hour: fc.nat(2), subgroup: fc.constantFrom('1', '2', '3') }),
        {
          maxLength: 8,
        },
      );
      const heard = fc.array(
        fc.record({
          place: fc.nat(1),
          language: fc.constantFrom('ru' as const, 'en' as const),
          leads: fc.subarray([5, 15]),
        }),
        { maxLength: 5 },
      );
      await fc.assert(
        fc.asyncProperty(lessons, heard, fc.integer({ min: 1, max: 9 }), async (some, peers, limit) => {
          const places = [await timetable(db()), await timetable(db())].map(({ id }) => id);
          for (const [n, { place, ...wishes }] of peers.entries())
            await peer(db(), n + 1, { timetableId: places[place] ?? null, ...wishes });
          for (const [n, id] of places.entries()) {
            const mine = some.filter(({ place }) => place === n);
            await writeOccurrences(
              db(),
              id,
              NOW,
              mine.map(({ hour, subgroup }) => occurrence(NOW + (1 + hour) * HOUR, { subgroup })),
            );
          }
          const due = (after: Place | null, size: number) =>
            dueSittings(db(), { what: 'each', lead: 5, row: 5 }, { from: NOW, to: NOW + DAY }, { after, limit: size });
          const chunks: DueLesson[][] = [];
          for (let after: Place | null | undefined; after !== null; ) {
            const { rows, next } = await due(after ?? null, limit);
            chunks.push(rows);
            after = next;
          }
          expect(chunks.flat()).toEqual((await due(null, 1000)).rows);
          const told = chunks.map((rows) => new Set(rows.map((row) => `${row.startsAt} ${row.timetableId}`)));
          expect(told.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(told.flatMap((set) => [...set])).size);
          // As often as the lessons and the peers say.
          const pairs = chunks.flat().flatMap((row) => row.peers.map((one) => `${one} ${row.startsAt}`));
          const wanted = peers.flatMap(({ place, leads }, n) =>
            !leads.includes(5)
              ? []
              : some.filter((one) => one.place === place).map(({ hour }) => `${n + 1} ${NOW + (1 + hour) * HOUR}`),
          );
          expect(pairs.sort()).toEqual(wanted.sort());
          for (const id of places) await deleteTimetable(db(), id);
          for (const n of peers.keys()) await deletePeer(db(), n + 1);
        }),
        { numRuns: 25 },
      );
    });

    test('of peers with filters are asked for by timetable, and are in no set', async () => {
      const [a, b] = [await timetable(db()), await timetable(db())];
      await peer(db(), 1, { timetableId: a.id, leads: [5], subgroup: '2' });
      await peer(db(), 2, { timetableId: a.id, leads: [5] });
      await peer(db(), 3, { timetableId: b.id, leads: [5] });
      await peer(db(), 4, { timetableId: b.id, leads: [15], subgroup: '2', asleep: '901' });
      for (const { id } of [a, b])
        await writeOccurrences(db(), id, NOW, [occurrence(NOW + HOUR, {}, { joins: id === a.id })]);
      const span = { from: NOW, to: NOW + DAY };
      expect(await timetablesOfPersons(db(), { what: 'each', lead: 5, row: 5 }, span)).toEqual([a.id]);
      expect(await timetablesOfPersons(db(), { what: 'each', lead: 5, row: 5 }, { from: NOW, to: NOW + 1 })).toEqual(
        [],
      );
      expect(await timetablesOfPersons(db(), { what: 'exam', lead: 60, row: 0 }, span)).toEqual([]);
      expect((await dueReminders(db(), 5, NOW, NOW + DAY)).map(({ peers }) => peers)).toEqual([[3]]);
      expect((await listenersOf(db(), [a.id, b.id], true)).map(({ id }) => id)).toEqual([1]);
      expect((await listenersOf(db(), [a.id, b.id])).map(({ id }) => id)).toEqual([1, 2, 3]);
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
