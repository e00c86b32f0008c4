/** Which semester the title of a sheet means, seen from a day. */
import { describe, expect, test } from 'vitest';
import { titledTerm, usualTerm } from './term.ts';

function said(title: string, today: string): string | null {
  const term = titledTerm([['УТВЕРЖДАЮ'], ['', title]], today);
  return term === null ? null : `${term.start} ${term.end}`;
}

describe('a title', () => {
  test.each([
    ['РАСПИСАНИЕ занятий осеннего семестра 2 курса на 2022-2023 учебный год', '2026-11-27', '2022-09-01 2022-12-31'],
    ['Расписание на весенний семестр 2025/26 уч. г.', '2026-11-27', '2026-02-01 2026-06-30'],
    ['Расписание на 4 семестр 2026–2027 уч. года', '2026-11-27', '2027-02-01 2027-06-30'],
    ['Расписание на 2 полугодие 2026-2027 учебного года', '2026-11-27', '2027-01-09 2027-05-31'],
  ])('«%s» read on %s with its year', (title, today, wanted) => {
    expect(said(title, today)).toBe(wanted);
  });

  test.each([
    ['Расписание занятий на 1 полугодие для 8А', '2026-11-27', '2026-09-01 2026-12-31'],
    ['Расписание занятий на 1 полугодие для 8А', '2026-07-20', '2026-09-01 2026-12-31'],
    // What is over is not dated anew.
    ['Расписание занятий на 1 полугодие для 8А', '2027-03-01', '2026-09-01 2026-12-31'],
    // Nothing of it is this autumn's.
    ['Расписание занятий на 2 полугодие для 8А', '2026-11-27', '2027-01-09 2027-05-31'],
    ['Расписание занятий на 2 полугодие для 8А', '2027-03-01', '2027-01-09 2027-05-31'],
    ['Весенний семестр', '2027-01-15', '2027-02-01 2027-06-30'],
    ['Осенний семестр', '2026-12-30', '2026-09-01 2026-12-31'],
  ])('«%s» read on %s without a year', (title, today, wanted) => {
    expect(said(title, today)).toBe(wanted);
  });

  test.each(['Расписание занятий', 'Семестр', 'полугодовой отчёт', '2026-2027 учебный год'])(
    '«%s» says none',
    (title) => {
      expect(said(title, '2026-11-27')).toBeNull();
    },
  );
});

test.each([
  ['2026-08-20', '2026-09-01'],
  ['2027-01-10', '2026-09-01'],
  ['2027-02-01', '2027-02-01'],
])('no title at all on %s: from %s', (day, start) => {
  expect(usualTerm(day).start).toBe(start);
});
