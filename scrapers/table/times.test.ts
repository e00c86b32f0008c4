/** Times as tables write them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberIn, timesIn, withoutFraction } from './times.ts';

test('a fraction of a day is a time, whichever minute it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1439 }), fc.boolean(), (minutes, comma) => {
      // As a workbook's number becomes text: noon is «0.5».
      const text = String(Number((minutes / 1440).toPrecision(12))).replace('.', comma ? ',' : '.');
      if (text.includes('e')) return;
      const wanted = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
      expect(withoutFraction(text)).toBe(wanted);
    }),
    { numRuns: 1000 },
  );
  expect(withoutFraction('0.5')).toBe('12:00');
  for (const text of ['8:00', '0', '1.5', '12.30', '0.', '']) expect(withoutFraction(text)).toBe(text);
});

test.each([
  ['1 пара 09.25-10.45', null, '09:25–10:45', ''],
  ['8:00 – 9:30', null, '08:00–09:30', ''],
  ['III 12:50', 90, '12:50–14:20', ''],
  ['0.5', 95, '12:00–13:35', ''],
  ['3 пара 12:20-13:50 / 12:50-14:20', null, '12:20–13:50', '12:50–14:20'],
  ['23:30', 90, '23:30–23:59', ''],
])('«%s»', (cell, minutes, wanted, also) => {
  const times = timesIn(cell, minutes);
  expect([`${times?.start}–${times?.end}`, times?.also]).toEqual([wanted, also]);
});

test.each(['', 'пара', '25:00-26:00', '10:00-9:00', '9:00'])('«%s» is no time', (cell) => {
  expect(timesIn(cell, null)).toBeNull();
});

test.each([
  ['1', '1'],
  ['3 пара 12.35-13.55', '3'],
  ['2-я пара', '2'],
  ['III 12:50', '3'],
  ['5 урок', '5'],
  ['Обед', ''],
  ['404', ''],
])('number of «%s»', (cell, wanted) => {
  expect(numberIn(cell)).toBe(wanted);
});
