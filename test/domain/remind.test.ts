import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lesson } from '../../src/domain/lesson.ts';
import { fireOf, line, sayingKey } from '../../src/domain/notice.ts';
import { type DueLesson, deadlineOf, reminderNotices, reminderSaying } from '../../src/domain/remind.ts';
import { leastTime } from '../support/least-time.ts';
import { occurrence, ZONE } from './arbitrary.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function due(patch: Partial<Lesson>, more: Partial<DueLesson> = {}): DueLesson {
  const one = occurrence('2026-11-24', '10:00', patch);
  const { startsAt, endsAt } = one;
  return { timetableId: 1, zone: ZONE, language: 'ru', startsAt, endsAt, line: line(one), peers: [1, 2], ...more };
}

describe('reminders', () => {
  test('one lesson, one notice, of no use a quarter of an hour after it was due', () => {
    const row = due({});
    const [only, ...others] = reminderNotices([row], 15);
    expect(others).toEqual([]);
    expect(only).toEqual({
      saying: { kind: 'reminder', zone: ZONE, language: 'ru', lessons: [row.line] },
      peers: [1, 2],
      due: row.startsAt - 15 * MINUTE,
      deadline: row.startsAt,
    });
  });

  test('a lesson of five minutes is not reminded of after its end', () => {
    const row = due({});
    expect(reminderNotices([{ ...row, endsAt: row.startsAt + 5 * MINUTE }], 1)[0]?.deadline).toBe(
      row.startsAt + 5 * MINUTE,
    );
  });

  test('two subgroups at one minute are one saying, in whatever order they come', () => {
    const rows = [due({ subgroup: '2', subject: 'Физика' }), due({ subgroup: '1' })];
    const [one, ...others] = reminderNotices(rows, 5);
    expect(others).toEqual([]);
    expect(one?.saying).toMatchObject({ lessons: [{ subgroup: '1' }, { subgroup: '2' }] });
    expect(reminderNotices(rows.toReversed(), 5)).toEqual([one]);
    expect(
      sayingKey(
        reminderSaying(
          rows.map((row) => row.line),
          ZONE,
          'ru',
        ),
      ),
    ).toBe(one === undefined ? '' : sayingKey(one.saying));
  });

  test('other listeners, languages, starts and timetables stay apart unless the saying is the same', () => {
    expect(reminderNotices([due({}), due({ subject: 'Физика' }, { timetableId: 2, peers: [3] })], 5)).toHaveLength(2);
    expect(reminderNotices([due({}), due({}, { language: 'en', peers: [3] })], 5)).toHaveLength(2);
    const stream = reminderNotices([due({}), due({}, { timetableId: 2, peers: [2, 3] })], 5);
    expect(stream.map((notice) => notice.peers)).toEqual([[1, 2, 3]]);
  });

  test('a lesson that a thousand groups have alike costs no multiple of a thousand that differ', async () => {
    const rows = (subject: (n: number) => string) =>
      Array.from({ length: 1_000 }, (_, n) => {
        const peers = Array.from({ length: 25 }, (_, k) => 25 * n + k + 1);
        return due({ subject: subject(n) }, { timetableId: n + 1, peers });
      });
    const [alike, apart] = [rows(() => 'Разговоры о важном'), rows((n) => `Предмет ${n}`)];
    expect(reminderNotices(alike, 5).map(({ peers }) => peers.length)).toEqual([25_000]);
    expect(reminderNotices(apart, 5)).toHaveLength(1_000);
    const cost = (some: readonly DueLesson[]) => leastTime(() => reminderNotices(some, 5));
    expect(await cost(alike)).toBeLessThan(10 * (await cost(apart)));
  });

  test('a lesson listed twice is said once', () => {
    expect(reminderNotices([due({}), due({})], 5)[0]?.saying).toMatchObject({ lessons: [{ subject: 'Матан' }] });
  });

  const anyRow = fc
    .record({
      timetableId: fc.nat(2),
      language: fc.constantFrom('ru' as const, 'en' as const),
      zone: fc.constantFrom(ZONE, 'Asia/Omsk'),
      hours: fc.nat(1),
      lasts: fc.constantFrom(5 * MINUTE, 90 * MINUTE),
      subject: fc.constantFrom('Матан', 'Физика', 'Право'),
      peers: fc.subarray([1, 2, 3], { minLength: 1 }),
    })
    .map(({ hours, lasts, subject, ...row }) => {
      const one = due({ subject }, row);
      const startsAt = one.startsAt + hours * HOUR;
      return { ...one, startsAt, endsAt: startsAt + lasts };
    });

  test('whoever hears of a lesson is told it in time and nothing else, once a saying, in whatever order the lessons come', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 8 }), fc.constantFrom(1, 15), fc.nat(7), (rows, lead, turn) => {
        const notices = reminderNotices(rows, lead);
        const named = (some: typeof notices) =>
          some
            .map(({ saying, due: at, peers, deadline }) => `${fireOf(saying, at)} ${peers.toSorted()} ${deadline}`)
            .sort();
        expect(new Set(notices.map(({ saying, due: at }) => fireOf(saying, at))).size).toBe(notices.length);
        for (const { peers } of notices) expect(new Set(peers).size).toBe(peers.length);
        const told = notices.flatMap(({ saying, due: at, peers, deadline }) => {
          const lessons = saying.kind === 'reminder' ? saying.lessons : [];
          return lessons.flatMap(({ subject }) =>
            peers.map((peer) => ({ what: `${at} ${saying.zone} ${saying.language} ${subject} ${peer}`, deadline })),
          );
        });
        const wanted = rows.flatMap((row) => {
          const at = row.startsAt - lead * MINUTE;
          const { zone, language, peers, line: said } = row;
          return peers.map((peer) => ({
            what: `${at} ${zone} ${language} ${said.subject} ${peer}`,
            deadline: deadlineOf(at, row),
          }));
        });
        expect(new Set(told.map(({ what }) => what))).toEqual(new Set(wanted.map(({ what }) => what)));
        // Never later than the soonest of those it was made of says.
        for (const one of wanted)
          expect(
            Math.min(...told.filter(({ what }) => what === one.what).map(({ deadline }) => deadline)),
          ).toBeLessThanOrEqual(one.deadline);
        const turned = [...rows.slice(turn), ...rows.slice(0, turn)].toReversed();
        expect(named(reminderNotices(turned, lead))).toEqual(named(notices));
      }),
    );
  });

  const START = due({}).startsAt;
  test.each([
    ['a minute before the lesson', START - MINUTE, START + 14 * MINUTE],
    ['two hours before it', START - 2 * HOUR, START - 2 * HOUR + 15 * MINUTE],
    ['a day before it: no minute matters then', START - DAY, START - DAY + 3 * HOUR],
    ['after its start', START + 2 * MINUTE, START + 17 * MINUTE],
    ['near its end', START + 85 * MINUTE, START + 90 * MINUTE],
  ])('what may be sent from %s on is worth sending until…', (_, from, until) => {
    expect(deadlineOf(from, due({}))).toBe(until);
  });

  test('the lead is not in the saying', () => {
    const [early, late] = [15, 1].map((lead) => reminderNotices([due({})], lead)[0]);
    expect(early?.saying).toEqual(late?.saying);
    expect((late?.due ?? 0) - (early?.due ?? 0)).toBe(14 * MINUTE);
  });
});
