/** What day a phrase means, seen from a today. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, findDate, termOf, usualTerms, whenWords } from '../../src/chat/dates.ts';
import { addDays, weekdayOf } from '../../src/domain/calendar.ts';

/** A Thursday. */
const TODAY = '2026-11-19';

test.each([
  ['сегодня', '2026-11-19'],
  ['завтра', '2026-11-20'],
  ['вчера', '2026-11-18'],
  ['через 3 дня', '2026-11-22'],
  ['чт', '2026-11-19'],
  ['пт', '2026-11-20'],
  ['среда', '2026-11-25'],
  ['следующий понедельник', '2026-11-23'],
  ['следующее воскресенье', '2026-11-29'],
  ['прошлую пятницу', '2026-11-13'],
  ['12.09', '2026-09-12'],
  ['12 января', '2027-01-12'],
  ['31.12', '2026-12-31'],
  ['12.09.2027', '2027-09-12'],
  ['12.09.27', '2027-09-12'],
  ['29.02', '2027-02-28'],
])('%s', (words, day) => {
  const found = findDate(words.split(' '));
  expect(found === null ? null : dayOf(found.when, TODAY)).toBe(day);
});

test.each(['32.01', '12.13', '0.5', '30.02', '09.03.01', '99 сентября', 'пи-21', 'среднее', 'майор'])(
  '«%s» is no date',
  (words) => {
    expect(findDate(words.split(' '))).toBeNull();
  },
);

test('a weekday is always within the coming week, and the words for it lead back to it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 7 }), (shift, weekday) => {
      const today = addDays('2024-01-01', shift);
      const when = { kind: 'weekday', weekday: weekday as 1, next: 0 } as const;
      const day = dayOf(when, today);
      expect(weekdayOf(day)).toBe(weekday);
      expect(day >= today && day <= addDays(today, 6)).toBe(true);
      const again = findDate([whenWords(when, today)]);
      expect(again === null ? null : dayOf(again.when, today)).toBe(day);
    }),
  );
});

test.each([
  ['с 1 сентября по 31 января', '2026-11-19', '2026-09-01', '2027-01-31'],
  ['с 1 сентября по 31 января', '2027-01-20', '2026-09-01', '2027-01-31'],
  ['с 1 сентября по 31 января', '2026-08-20', '2026-09-01', '2027-01-31'],
  ['с 1.09 по 28.12', '2026-11-19', '2026-09-01', '2026-12-28'],
  ['с 1 февраля по 30 июня', '2026-12-28', '2027-02-01', '2027-06-30'],
  ['с 01.02.2027 до 30.06.2027', '2026-11-19', '2027-02-01', '2027-06-30'],
])('%s, said on %s', (words, today, start, end) => {
  expect(termOf(words.split(' '), today)).toEqual({ start, end });
});

test.each(['с 1 сентября', 'по 3.04', 'с 1.09.2020 по 2.10.2020', 'пн'])('«%s» is no term', (words) => {
  expect(termOf(words.split(' '), TODAY)).toBeNull();
});

test('the offered half-year always holds today or lies just ahead, and its words are understood the same way', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), (shift) => {
      const today = addDays('2024-01-01', shift);
      const offers = usualTerms(today);
      expect(offers.some(({ start, end }) => start <= today && today <= end)).toBe(true);
      for (const { start, end } of offers) {
        const dotted = (day: string) => `${day.slice(8)}.${day.slice(5, 7)}`;
        expect(termOf(['с', dotted(start), 'по', dotted(end)], today)).toEqual({ start, end });
      }
    }),
  );
});
