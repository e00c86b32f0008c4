/** What is kept of a lesson line gives the very line back on any day, and is short where the lesson is a usual one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { canonical } from '../../src/domain/canonical.ts';
import { KINDS } from '../../src/domain/lesson.ts';
import type { LessonLine } from '../../src/domain/notice.ts';
import { factsOf, lineOf } from '../../src/store/facts.ts';

const text = fc.oneof(fc.constant(''), fc.string(), fc.constantFrom('null', '[]', 'onsite', '0', ...KINDS));
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const day = fc.integer({ min: -3000, max: 60_000 }).map((days) => addDays('1970-01-01', days));

const line: fc.Arbitrary<LessonLine> = fc
  .record(
    {
      ...{ day, start: clock, end: clock, allDay: fc.boolean(), cancelled: fc.boolean(), subject: text, kind: text },
      ...{ teachers: fc.array(text, { maxLength: 3 }), room: text, subgroup: text, days: fc.nat(40) },
      number: fc.option(fc.integer({ min: 0, max: 12 })),
      format: fc.constantFrom('onsite' as const, 'remote' as const, 'hybrid' as const),
      joined: fc.integer({ min: 2, max: 9 }),
    },
    {
      requiredKeys: [
        'day',
        'start',
        'end',
        'allDay',
        'cancelled',
        'subject',
        'kind',
        'teachers',
        'room',
        'subgroup',
        'days',
        'number',
        'format',
      ],
    },
  )
  .map(({ days, ...rest }) => ({ ...rest, endDay: addDays(rest.day, days) }));

test('a line comes back as it was, in the order of canonical text, with its length', () => {
  fc.assert(
    fc.property(line, fc.oneof(fc.nat(10 * 86_400_000), fc.constant(95 * 60_000)), (whole, lasts) => {
      const back = lineOf(factsOf(whole, lasts), whole.day);
      expect(back).toStrictEqual({ line: whole, lasts });
      expect(JSON.stringify(back.line)).toBe(canonical(whole));
    }),
  );
});

test('the same lesson on another day has the same facts', () => {
  fc.assert(
    fc.property(line, fc.integer({ min: -400, max: 400 }), (whole, later) => {
      const moved = { ...whole, day: addDays(whole.day, later), endDay: addDays(whole.endDay, later) };
      expect(factsOf(moved, 1)).toBe(factsOf(whole, 1));
      expect(lineOf(factsOf(whole, 1), moved.day).line).toStrictEqual(moved);
    }),
  );
});
