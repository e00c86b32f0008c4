/** People are counted without being remembered. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { headcount, NOBODY, withHead } from '../../src/domain/headcount.ts';

const counted = (marks: readonly number[]) => headcount(marks.reduce(withHead, NOBODY));

test('nobody is nobody, one is one however often they come', () => {
  expect(headcount(NOBODY)).toBe(0);
  expect(counted([7, 7, 7])).toBe(1);
  expect(counted([0, 3, 4, 255])).toBe(4);
});

test('the order does not matter, and it takes no more room', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(255)), (marks) => {
      const heads = marks.reduce(withHead, NOBODY);
      expect(heads).toMatch(/^[0-9a-f]{64}$/);
      expect(marks.toReversed().reduce(withHead, NOBODY)).toBe(heads);
      expect(headcount(heads)).toBeGreaterThanOrEqual(new Set(marks).size);
    }),
  );
});

test('a hundred people are about a hundred', () => {
  const marks = Array.from({ length: 100 }, (_, n) => createHash('sha256').update(`${n}`).digest().readUInt8(0));
  expect(counted(marks)).toBeGreaterThan(80);
  expect(counted(marks)).toBeLessThan(125);
});
