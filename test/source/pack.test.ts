/** Lessons and pages cross to the child and back whole, in order, and nothing twice. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RawLesson } from '../../src/source/contract.ts';
import type { Piece } from '../../src/source/messages.ts';
import { normalize, readRows } from '../../src/source/normalize.ts';
import { packed, printer, unpacker } from '../../src/source/pack.ts';
import { pageKeeper } from '../../src/source/pages.ts';

const raw: fc.Arbitrary<RawLesson> = fc.record(
  {
    day: fc.constantFrom('2026-09-07', '2026-09-08'),
    start: fc.constantFrom('9:00', '10:45'),
    end: fc.constantFrom('10:35', '12:20'),
    subject: fc.constantFrom('Физика (лек.)', 'История', 'Химия'),
    room: fc.constantFrom('404', 'ДО', ''),
    teachers: fc.subarray(['Иванов И. И.', 'Петров П. П.']),
    id: fc.constantFrom('1', '2', ''),
    cancelled: fc.boolean(),
    changed: fc.boolean(),
  },
  { requiredKeys: ['day', 'start', 'end', 'subject'] },
);

test('any lessons arrive as they were read, in parts of any size', () => {
  fc.assert(
    fc.property(fc.array(raw, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (lessons, size) => {
      const parsed = { lessons, skipped: [] };
      const packs = [...packed(readRows(parsed, 'Europe/Moscow').rows, size)];
      const unpack = unpacker();
      expect(packs.flatMap((pack) => unpack(structuredClone(pack)))).toEqual(
        normalize(parsed, 'Europe/Moscow').lessons,
      );
      expect(packs.every((pack) => pack.rows.length <= 3 * size)).toBe(true);
    }),
  );
});

test('readings have the same print exactly when they say the same', () => {
  const printOf = (lessons: readonly RawLesson[], skipped: readonly string[]) => {
    const { rows, ...rest } = readRows({ lessons, skipped }, 'Europe/Moscow');
    const print = printer();
    for (const pack of packed(rows, 3)) print.add(pack);
    return { print: print.digest(rest), said: JSON.stringify([rows, rest]) };
  };
  const reading = fc.tuple(fc.array(raw, { maxLength: 4 }), fc.subarray(['no time', 'no day'] as const));
  fc.assert(
    fc.property(reading, reading, (one, other) => {
      const [a, b] = [printOf(...one), printOf(...other)];
      expect(a.print === b.print).toBe(a.said === b.said);
      expect(printOf(structuredClone(one[0]), one[1]).print).toBe(a.print);
    }),
    { numRuns: 300 },
  );
});

test('what repeats is sent once, in whatever part it comes again', () => {
  const lessons = Array.from({ length: 40 }, (_, n) => ({
    ...{ day: n % 2 === 0 ? '2026-09-07' : '2026-09-08', start: '9:00', end: '10:35' },
    subject: `Предмет ${n % 3}`,
    id: String(n),
  }));
  const packs = [...packed(readRows({ lessons, skipped: [] }, 'UTC').rows, 7)];
  const sent = (of: 'contents' | 'times' | 'ids') => packs.reduce((sum, pack) => sum + pack[of].length, 0);
  expect([sent('contents'), sent('times'), sent('ids')]).toEqual([3, 2, 40]);
});

test('a reference to what was never sent is an error, not a lesson', () => {
  const [pack] = packed(
    readRows({ lessons: [{ day: '2026-09-07', start: '9:00', end: '10:00', subject: 'Физика' }], skipped: [] }, 'UTC')
      .rows,
    10,
  );
  if (pack === undefined) throw new Error('nothing was packed');
  expect(() => unpacker()({ ...pack, rows: Uint32Array.from([0, 1, 0]) })).toThrow('was not sent');
});

test('the child keeps the pages its newest job names, and no others', () => {
  const keeper = pageKeeper();
  const piece = (page: number, text: string, at = 0, size = text.length): Piece => ({
    ...{ page, at, size },
    bytes: new TextEncoder().encode(text),
  });
  const job = (...numbers: readonly number[]) => ({
    ...{ id: 1, source: 'ics', ask: {}, work: 'plan' as const, span: { from: '', to: '', zone: 'UTC' } },
    pages: numbers.map((number) => ({ number, request: { url: '' }, url: '', status: 200, headers: {} })),
  });
  const bodies = (...numbers: readonly number[]) =>
    keeper.pagesOf(job(...numbers)).map(({ body }) => new TextDecoder().decode(body));
  keeper.take(piece(1, 'one'));
  keeper.take(piece(2, 'tw', 0, 3));
  keeper.take(piece(2, 'o', 2, 3));
  expect(bodies(1, 2, 1)).toEqual(['one', 'two', 'one']);
  expect(bodies(2)).toEqual(['two']);
  expect(() => bodies(1)).toThrow('page 1 was not sent');
});
