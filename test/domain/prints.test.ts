/** Prints of days: every day that differs is found, and no day that does not. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day } from '../../src/domain/calendar.ts';
import type { Lesson } from '../../src/domain/lesson.ts';
import { blanked, daysApart, daysKept, printsOf } from '../../src/domain/prints.ts';
import { lesson } from '../support/make.ts';

const on = (day: Day, part: Partial<Lesson> = {}): Lesson =>
  lesson({ times: { on: 'day', day, start: '10:00', endDay: day, end: '11:35', allDay: false }, ...part });

const anyLesson = fc
  .record({
    day: fc.integer({ min: 0, max: 6 }),
    subject: fc.constantFrom('Матан', 'Физика'),
    sourceId: fc.constantFrom('', 'a', 'b'),
    note: fc.constantFrom('', 'у доски'),
    link: fc.constantFrom('', 'https://a.example/room'),
    cancelled: fc.boolean(),
    changed: fc.boolean(),
  })
  .map(({ day, link, changed, ...part }) =>
    on(addDays('2026-09-14', day), {
      ...part,
      ...(changed ? { changed } : {}),
      place: { room: '404', link, format: 'onsite' },
    }),
  );
const anyList = fc.array(anyLesson, { minLength: 1, maxLength: 12 });

const byDay = (lessons: readonly Lesson[]) =>
  new Map(
    [...Map.groupBy(lessons, ({ times }) => (times.on === 'day' ? times.day : ''))].map(([day, some]) => [
      day,
      some
        .map((one) => JSON.stringify(one))
        .sort()
        .join(),
    ]),
  );

test('the days apart are those whose lessons differ in anything, whatever their order', () => {
  fc.assert(
    fc.property(anyList, anyList, (a, b) => {
      const [here, there] = [byDay(a), byDay(b)];
      const differ = [...new Set([...here.keys(), ...there.keys()])].filter((day) => here.get(day) !== there.get(day));
      expect([...(daysApart(printsOf(a), printsOf(b)) ?? [])].sort()).toEqual(differ.sort());
      expect(daysApart(printsOf(a), printsOf(a.toReversed()))).toEqual(new Set());
    }),
  );
});

test('a day without a print is always looked at, and stays among the days', () => {
  fc.assert(
    fc.property(
      anyList,
      fc.array(fc.integer({ min: 0, max: 9 }).map((n) => addDays('2026-09-14', n))),
      (list, some) => {
        const [prints, days] = [printsOf(list), new Set(some)];
        expect(daysApart(blanked(prints, days), prints)).toEqual(days);
        expect(daysApart(prints, blanked(prints, days))).toEqual(days);
        expect(daysApart(blanked(prints, days), blanked(prints, days))).toEqual(days);
      },
    ),
  );
});

test('nothing is known of days where lessons come every week, where there are none, or more than anybody has', () => {
  const weekly = lesson({ times: { on: 'weekly', weekday: 1, weeks: 'every', start: '10:00', end: '11:35' } });
  const known = printsOf([on('2026-09-14')]);
  for (const list of [[on('2026-09-14'), weekly], [], Array.from({ length: 5_001 }, () => on('2026-09-14'))])
    for (const apart of [daysApart(printsOf(list), known), daysApart(known, printsOf(list))]) expect(apart).toBeNull();
});

test('stored otherwise are the days of lessons that another id or a mark did not write anew', () => {
  const stored = ['a', 'b', 'c', 'd'].map((uid, n) => ({ ...on(addDays('2026-09-14', n), { sourceId: uid }), uid }));
  const [a, b, c, d] = stored;
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('there are four');
  const after = [a, { ...b, sourceId: 'x' }, { ...c, changed: true as const }, { ...on('2026-09-20'), uid: 'new' }];
  expect(daysKept(stored, after)).toEqual(new Set(['2026-09-15', '2026-09-16']));
});
