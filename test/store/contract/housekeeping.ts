/** Dialogues, cursors, events, audit, and forgetting by age. */
import { describe, expect, test } from 'vitest';
import type { Store } from '../../../src/store/index.ts';
import {
  audit,
  auditOf,
  claim,
  datedLessons,
  dropSession,
  enqueue,
  firstSeen,
  fullAt,
  getState,
  pending,
  readSession,
  receiptsOf,
  setFullAt,
  setState,
  settle,
  sweep,
  writeOccurrences,
  writeSession,
} from '../../../src/store/index.ts';
import { DAY, entry, HOUR, MINUTE, NOW, occurrence, peer, timetable } from '../make.ts';

export function housekeepingContract(store: () => Store): void {
  const db = () => store().db;

  describe('dialogues', () => {
    test('are replaced whole, expire, and are dropped', async () => {
      const key = '2000000001:5';
      expect(await readSession(db(), key, NOW)).toBeNull();
      await writeSession(db(), key, { form: { step: 1 }, old: true }, NOW + HOUR);
      await writeSession(db(), key, { form: { step: 2, lines: ['Пн 1 матан'] } }, NOW + HOUR);
      expect(await readSession(db(), key, NOW + HOUR - 1)).toEqual({ form: { step: 2, lines: ['Пн 1 матан'] } });
      expect(await readSession(db(), key, NOW + HOUR)).toBeNull();
      await dropSession(db(), key);
      expect(await readSession(db(), key, NOW)).toBeNull();
    });
  });

  describe('state and events', () => {
    test('a value is kept by name', async () => {
      expect(await getState(db(), 'cursor')).toBeNull();
      await setState(db(), 'cursor', '17');
      await setState(db(), 'cursor', '18');
      expect(await getState(db(), 'cursor')).toBe('18');
    });

    test('an event is new once, however many ask at once', async () => {
      const answers = await Promise.all(Array.from({ length: 5 }, () => firstSeen(db(), 'event-1', NOW)));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await firstSeen(db(), 'event-1', NOW + HOUR)).toBe(false);
      expect(await firstSeen(db(), 'event-2', NOW)).toBe(true);
    });
  });

  describe('audit', () => {
    test('tells who did what, newest first', async () => {
      const { id } = await timetable(db());
      const first = { at: NOW, who: 5, what: 'timetable-created', timetableId: id, detail: { name: 'ПИ-21' } };
      const second = { at: NOW + 1, who: 0, what: 'imported', timetableId: id, detail: {} };
      await audit(db(), first);
      await audit(db(), second);
      await audit(db(), { ...first, timetableId: null });
      expect(await auditOf(db(), id, 10)).toEqual([second, first]);
      expect(await auditOf(db(), id, 1)).toEqual([second]);
    });
  });

  describe('forgetting', () => {
    test('takes what is past its time, in chunks, and nothing younger', async () => {
      const { id } = await timetable(db());
      await peer(db(), 1, { timetableId: id, leads: [0] });
      for (const age of [0, 1, 2]) {
        const then = NOW - age * 7 * DAY - (age > 0 ? 1 : 0);
        for (let n = 0; n < 3; n++) {
          await enqueue(db(), [entry({ fire: `${age}/${n}`, due: then, deadline: then + HOUR, peers: [1, 2] })], then);
          const [batch] = await claim(db(), then, 1, MINUTE);
          await settle(db(), then, [
            { id: batch?.id ?? 0, sent: [1], later: [], gone: [], dead: [{ peer: 2, why: 'x' }] },
          ]);
          await firstSeen(db(), `${age}/${n}`, then);
          await audit(db(), {
            at: NOW - age * 200 * DAY - (age > 0 ? 1 : 0),
            who: 1,
            what: 'x',
            timetableId: id,
            detail: {},
          });
          await writeSession(db(), `${age}:${n}`, {}, NOW + 1 - age);
          await setFullAt(db(), 'address', 10 * age + n, NOW + 1 - age);
        }
        await writeOccurrences(db(), id, then, []);
      }
      await writeOccurrences(db(), id, 0, [
        occurrence(NOW),
        occurrence(NOW - 2 * DAY),
        occurrence(NOW - 2 * DAY - 1),
        occurrence(NOW - 9 * DAY),
      ]);
      await enqueue(db(), [entry({ fire: 'waits', due: NOW - 90 * DAY, deadline: NOW + DAY })], NOW);

      expect(await sweep(db(), NOW, 2)).toEqual({
        lateness: 0,
        told: 0,
        homework: 0,
        waiting: 0,
        outbox: 3,
        receipts: 3,
        events: 6,
        occurrences: 2,
        sessions: 6,
        allowances: 6,
        audit: 3,
      });
      expect(await sweep(db(), NOW, 2)).toEqual({
        lateness: 0,
        told: 0,
        homework: 0,
        waiting: 0,
        outbox: 0,
        receipts: 0,
        events: 0,
        occurrences: 0,
        sessions: 0,
        allowances: 0,
        audit: 0,
      });
      expect(await receiptsOf(db(), '1/0')).toHaveLength(1);
      expect(await receiptsOf(db(), '2/0')).toHaveLength(0);
      expect(await readSession(db(), '0:0', NOW)).toEqual({});
      const left = await datedLessons(db(), [id], { from: 0, to: NOW + DAY });
      expect(left.get(id)?.map(({ startsAt }) => NOW - startsAt)).toEqual([2 * DAY, 0]);
      expect([await fullAt(db(), 'address', 0), await fullAt(db(), 'address', 10)]).toEqual([NOW + 1, 0]);
      expect((await pending(db(), NOW)).waiting).toBe(1);
    });

    test('refuses to hold up everybody inside a transaction', async () => {
      await expect(store().transaction((tx) => sweep(tx, NOW, 10))).rejects.toThrow(/transaction/);
    });
  });
}
