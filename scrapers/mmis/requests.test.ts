/** What is asked of a site: dates, templates with both weeks, names looked up in its lists, asks that are none. */
import { expect, test } from 'vitest';
import { type Ask, SourceError, type Span } from '#source';
import { outcomeOf } from '../../test/source/saved.ts';
import { data, urls, week } from './fixture.ts';
import source from './index.ts';

const SPAN: Span = { from: '2026-08-31', to: '2027-04-01', zone: 'Europe/Moscow' };
const GROUP: Ask = { university: 'dstu', group: 'ЭБ-23-1', id: '501', year: '2026-2027' };
const YEARS = data({ years: ['2025-2026', '2026-2027'] });

test('dates: the current week first, then four more at once', () => {
  const base = 'https://edu.donstu.ru/api/Rasp?idGroup=501&sdate=';
  expect(urls(source.plan(GROUP, [], SPAN))).toEqual([`${base}2026-09-14`]);
  const rest = ['2026-09-21', '2026-09-28', '2026-10-05', '2026-10-12'].map((day) => `${base}${day}`);
  expect(urls(source.plan(GROUP, [week([])], SPAN))).toEqual(rest);
  expect(
    source.plan(
      GROUP,
      Array.from({ length: 5 }, () => week([])),
      SPAN,
    ),
  ).toBe('done');
});

test('a template that shows both its weeks needs no second page', () => {
  const rows = ['2026-09-14', '2026-09-22'].map((day) => ({ дата: day, дисциплина: 'лек Физика' }));
  expect(source.plan(GROUP, [week(rows, true)], SPAN)).toBe('done');
  expect(urls(source.plan(GROUP, [week(rows.slice(1), true)], SPAN))).toHaveLength(1);
});

test('an empty first week of a template says nothing of the second', () => {
  expect(urls(source.plan(GROUP, [week([], true)], SPAN))).toEqual([
    'https://edu.donstu.ru/api/Rasp?idGroup=501&sdate=2026-09-21',
  ]);
  expect(source.plan(GROUP, [week([], true), week([], true)], SPAN)).toBe('done');
  const row = { дата: '2026-09-22', начало: '8:30', конец: '10:00', дисциплина: 'лек Физика', типНедели: 2 };
  const { lessons } = source.parse([week([], true), week([row], true)], GROUP, SPAN);
  expect(lessons.map(({ day }) => day)).toEqual(['2026-09-22', '2026-10-06']);
});

test.each([
  [{ university: 'kosgos', room: 'Б-101', id: '3569734' }, 'eios.kosgos.ru/api/Rasp?idAud=3569734', '&year=2026-2027'],
  [{ university: 'sibadi', room: '2.104', id: '7' }, 'umu.sibadi.org/api/Rasp?idAudLine=7', ''],
  [{ university: 'bspu', teacher: 'Орлова', id: '83' }, 'asu.bspu.ru/api/Rasp?idTeacher=83', ''],
])('%o', (ask, path, tail) => {
  expect(urls(source.plan(ask, [], SPAN))).toEqual([`https://${path}&sdate=2026-09-14${tail}`]);
});

test('by name: years, the list of the year the days belong to, then the id', () => {
  const ask = { university: 'kosgos', group: '24-исбо 1' };
  expect(urls(source.plan(ask, [], SPAN))).toEqual(['https://eios.kosgos.ru/api/Rasp/ListYears']);
  const inYear = (from: string) => urls(source.plan(ask, [YEARS], { ...SPAN, from }))[0];
  expect(inYear('2026-08-31')).toMatch(/raspGrouplist\?year=2026-2027$/);
  expect(inYear('2026-05-01')).toMatch(/raspGrouplist\?year=2025-2026$/);
  expect(inYear('2027-09-01')).toMatch(/raspGrouplist\?year=2026-2027$/);
  const list = data([{ id: 8540, name: '24-ИСбо-1' }]);
  expect(urls(source.plan(ask, [YEARS, list], SPAN))[0]).toContain('idGroup=8540');
});

test('an unknown name brings the closest ones, look-alike letters forgiven', () => {
  const list = data(['24-ИСбо-1', '24-ИСбо-2', '21-ДИбо-5', '24-ИСбо-11'].map((name, id) => ({ id: id + 1, name })));
  const of = (group: string) => outcomeOf(() => source.parse([YEARS, list], { university: 'kosgos', group }, SPAN));
  expect(of('24-ИСбо-3')).toMatchObject({
    error: { kind: 'unknown-param', suggestions: ['24-ИСбо-1', '24-ИСбо-2', '24-ИСбо-11'] },
  });
  expect(of('24-ИCбo-2')).toMatchObject({ error: { kind: 'changed', detail: 'pages' } });
});

test.each<Ask>([
  { university: 'nowhere', group: 'ПИ-1' },
  { university: 'dstu' },
  { university: 'dstu', group: '' },
  { university: 'dstu', group: 'ПИ-1', id: '5&x=1' },
  { university: 'dstu', group: 'ПИ-1', id: '5', year: '2026' },
])('%o is refused', (ask) => {
  expect(() => source.plan(ask, [], SPAN)).toThrow(SourceError);
});
