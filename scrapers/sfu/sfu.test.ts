/** Beside the saved pages (test/scrapers.test.ts): requests, which week it is in every part of the year, lists. No real answer of this site is at hand. */
import { expect, test } from 'vitest';
import { type Page, SourceError, type Span } from '#source';
import { normalize } from '../../src/source/normalize.ts';
import sfu from './index.ts';
import { termOf } from './term.ts';

const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Asia/Krasnoyarsk' };

function page(body: string, headers: Page['headers'] = {}, status = 200): Page {
  const url = 'https://edu.sfu-kras.ru/';
  return { request: { url }, url, status, headers, body: new TextEncoder().encode(body) };
}

test('asks for the template by name and for the page that says which week it is', () => {
  const plan = sfu.plan({ target: 'КИ26-17/1б (2 подгруппа)' }, [], SPAN);
  const [first, second] = plan === 'done' ? [] : plan.map(({ url }) => new URL(url));
  expect(first?.searchParams.get('target')).toBe('КИ26-17/1б (2 подгруппа)');
  expect(second?.href).toBe('https://edu.sfu-kras.ru/timetable');
  expect(() => sfu.plan({ target: ' ' }, [], SPAN)).toThrow(SourceError);
});

test.each([
  ['2026-09-02', 'нечётная', '2026-09-01', '2026-12-31', '2026-08-31'],
  ['2026-09-02', 'четная', '2026-09-01', '2026-12-31', '2026-08-24'],
  ['2026-12-28', 'чётная', '2026-09-01', '2026-12-31', '2026-08-31'],
  ['2027-01-11', 'чётная', '2026-09-01', '2026-12-31', '2026-08-31'],
  ['2027-02-15', 'нечетная', '2027-02-01', '2027-06-30', '2027-02-01'],
  // 1 September 2024 is a Sunday: studies begin on Monday the 2nd, week 1.
  ['2024-09-04', 'нечётная', '2024-09-01', '2024-12-31', '2024-09-02'],
  ['2026-08-26', 'чётная', '2026-09-01', '2026-12-31', '2026-08-31'],
])('%s in a week that is %s', (today, word, start, end, week1) => {
  expect(termOf(page(`<p>Идёт <b>${word}</b> неделя</p>`), today)).toEqual({ start, end, week1 });
});

test('the day is the server’s, by the clock of Krasnoyarsk', () => {
  const site = page('<b>Идет нечётная неделя</b>', { date: 'Sun, 06 Sep 2026 18:00:00 GMT' });
  expect(termOf(site, '2026-09-04').week1).toBe('2026-08-24');
});

test('a page without a week, or no page, is no guess', () => {
  for (const site of [page('<p>Каникулы</p>'), page('Идёт нечётная неделя', {}, 503), undefined])
    expect(() => termOf(site, '2026-09-04')).toThrow(SourceError);
});

test('groups are listed once by name', () => {
  const rows = [
    { name: 'КИ26-17/1б', institute: 'ИКИТ', course: 1 },
    { name: 'КИ26-17/1б', institute: 'ИКИТ', course: 1 },
  ];
  expect(sfu.catalogue?.parse([page(JSON.stringify(rows))], {}, SPAN)).toEqual([
    { kind: 'group', name: 'КИ26-17/1б', ask: { target: 'КИ26-17/1б' } },
  ]);
});

test('teachers are listed where the site gives them, as objects or as names; without them the groups stand alone', () => {
  const groups = page('[{"name":"КИ26-17/1б"}]');
  const listed = (body: string, status = 200) =>
    sfu.catalogue
      ?.parse([groups, page(body, {}, status)], {}, SPAN)
      .map(({ kind, name, ask }) => [kind, name, ask.target]);
  const group = ['group', 'КИ26-17/1б', 'КИ26-17/1б'];
  expect(sfu.catalogue?.plan({}, [], SPAN)).toHaveLength(2);
  expect(sfu.catalogue?.plan({}, [groups, groups], SPAN)).toBe('done');
  expect(listed('[{"name":"Орлова В. П."},{"name":""},{"id":1},"Лосев П. И.",null]')).toEqual([
    group,
    ['teacher', 'Орлова В. П.', 'Орлова В. П.'],
    ['teacher', 'Лосев П. И.', 'Лосев П. И.'],
  ]);
  for (const [body, status] of [
    ['{}', 200],
    ['<html>', 200],
    ['[]', 404],
    ['', 200],
  ] as const)
    expect(listed(body, status)).toEqual([group]);
});

test.each([
  [
    'https://edu.sfu-kras.ru/timetable?group=%D0%9A%D0%9823-17%2F1%D0%B1+%282+%D0%BF%D0%BE%D0%B4%D0%B3%D1%80%D1%83%D0%BF%D0%BF%D0%B0%29',
    'КИ23-17/1б (2 подгруппа)',
  ],
  ['http://edu.sfu-kras.ru/timetable?group=РФ16-33Б', 'РФ16-33Б'],
])('the address %s is the group %s', (address, target) => {
  expect(sfu.recognise?.(address)).toEqual({ entry: { kind: 'group', ask: { target } } });
});

test('a teacher’s page names the teacher', () => {
  expect(sfu.recognise?.('https://edu.sfu-kras.ru/timetable?teacher=Орлова+В.+П.')).toEqual({
    entry: { kind: 'teacher', ask: { target: 'Орлова В. П.' } },
  });
});

test.each(['https://edu.sfu-kras.ru/timetable', 'https://edu.sfu-kras.ru/?group=А'])(
  'the address %s names no group',
  (address) => {
    expect(sfu.recognise?.(address)).toBeNull();
  },
);

test('a row without a day or a time is left out by name, the rest is read', () => {
  const row = { day: '1', week: '1', time: '08:30-10:05', subject: 'Физика', type: 'лекция', teacher: '', place: '' };
  const answer = page(JSON.stringify({ timetable: [{ ...row, time: '', subject: 'Логика' }, row] }));
  const { lessons, skipped } = normalize(
    sfu.parse([answer, page('<b>Идёт чётная неделя</b>')], { target: 'А' }, SPAN),
    'UTC',
  );
  expect([lessons.length, skipped]).toEqual([1, [expect.stringContaining('Логика')]]);
});
