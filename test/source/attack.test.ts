/** Answers made to exhaust whoever reads them, fetched and read as a pasted calendar: each is refused, none takes us along. */
import { expect, test } from 'vitest';
import { attack } from '../../bench/import/attack.ts';

test('every hostile answer is refused, or its reader killed; we stay small and read the next calendar', {
  timeout: 180_000,
}, async () => {
  const attacks = await attack();
  expect(attacks.length).toBeGreaterThanOrEqual(20);
  // On a machine that is slow enough the time is up before the bound is met: that is a refusal as well.
  const unlike = attacks.filter(({ outcome, wanted }) => !wanted.test(outcome) && outcome !== 'too-big time');
  expect(unlike).toEqual([]);
  expect(attacks.filter(({ alive }) => !alive)).toEqual([]);
  expect(attacks.filter(({ grownMb }) => grownMb >= 50)).toEqual([]);
});
