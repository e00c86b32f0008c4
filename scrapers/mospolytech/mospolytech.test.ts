/** Beside the saved pages (test/scrapers.test.ts): requests, weeks of dates, lists. No real answer of this site is at hand. */
import { describe, expect, test } from 'vitest';
import { type Page, SourceError, type Span } from '#source';
import mospolytech from './index.ts';
import { said } from './lesson.ts';
import { termOf, weeksBetween, weeksText } from './weeks.ts';

const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };

function page(body: string): Page {
  const url = 'https://rasp.dmami.ru/';
  return { request: { url }, url, status: 200, headers: {}, body: new TextEncoder().encode(body) };
}

test('asks for the term and the session, and pretends nothing unless the operator says so', () => {
  const [term, session] = ['0', '1'].map((n) => `https://rasp.dmami.ru/site/group?group=251-321&session=${n}`);
  expect(mospolytech.plan({ group: '251-321' }, [], SPAN)).toEqual([{ url: term }, { url: session }]);
  expect(mospolytech.plan({ group: '251-321', referer: 'yes' }, [], SPAN)).toMatchObject([
    { url: term, headers: { referer: 'https://rasp.dmami.ru/' } },
    { url: session },
  ]);
  expect(() => mospolytech.plan({}, [], SPAN)).toThrow(SourceError);
});

test('dates become weeks, to the day', () => {
  const term = termOf([
    { from: '2026-09-01', to: '2026-12-31' },
    { from: '2026-10-08', to: '2026-10-08' },
  ]);
  expect(term).toEqual({ start: '2026-09-01', end: '2026-12-31', week1: '2026-08-31' });
  if (term === undefined) return;
  // 1 September is a Tuesday: the first Monday of lessons is in week 2.
  expect(weeksBetween(term, 1, term.start, term.end)[0]).toBe(2);
  expect(weeksBetween(term, 4, '2026-10-08', '2026-10-08')).toEqual([6]);
  expect(weeksBetween(term, 5, '2026-10-08', '2026-10-08')).toEqual([]);
  expect(termOf([{ from: '2026-09-01', to: '2099-01-01' }])?.end).toBe('2027-10-24');
  expect(termOf([])).toBeUndefined();
});

test.each([
  [[1, 2, 3], [1, 2, 3], ''],
  [[1, 2, 4, 6, 7], [1, 2, 3, 4, 5, 6, 7], '1-2,4,6-7'],
  [[5], [1, 5], '5'],
])('weeks %j of %j are «%s»', (weeks, all, text) => {
  expect(weeksText(weeks, all)).toBe(text);
});

test.each([
  [['📷 Webinar'], '', 'Дистанционно (Webinar)', undefined],
  [['🏠 Обучение в LMS'], 'Автозаводская', 'Дистанционно (Обучение в LMS)', undefined],
  [['<a href="https://zoom.us/j/1">Zoom</a>'], '', 'Дистанционно (Zoom)', 'https://zoom.us/j/1'],
  [['пр2202', 'пр2203'], 'Прянишникова', 'пр2202, пр2203, Прянишникова', undefined],
  [['ав4805', 'Webinar'], '', 'ав4805, Webinar', undefined],
  [[], 'Спортзал', 'Спортзал', undefined],
])('rooms %j at «%s»', (titles, location, room, link) => {
  const cell = {
    sbj: 'Физика',
    type: 'Лекция',
    teacher: 'А Б, ',
    auditories: titles.map((title) => ({ title })),
    location,
  };
  expect(said(cell)).toMatchObject({ room, teachers: ['А Б'] });
  expect(said(cell).link).toBe(link);
});

test('groups are listed from a list and from an object; the script page stays a refusal', () => {
  const wanted = [{ kind: 'group', name: '251-321', ask: { group: '251-321' } }];
  expect(mospolytech.catalogue?.parse([page('{"groups":["251-321"]}')], {}, SPAN)).toEqual(wanted);
  expect(mospolytech.catalogue?.parse([page('{"groups":{"251-321":{}}}')], {}, SPAN)).toEqual(wanted);
  const script = page('<html><script>document.cookie="bpc=00;Path=/"</script></html>');
  expect(() => mospolytech.catalogue?.parse([script], {}, SPAN)).toThrow(expect.objectContaining({ kind: 'blocked' }));
});

describe('a group without a timetable', () => {
  const ASK = { group: '251-321' };
  const NONE = page('{"status":"error","message":"Не нашлось расписание для группы"}');
  const cell = { sbj: 'Физика', type: 'Экзамен', teacher: '', auditories: [] };
  const session = page(JSON.stringify({ status: 'ok', grid: { '2027-01-12': { 2: [cell] } }, isSession: true }));
  const read = (...pages: readonly Page[]) => mospolytech.parse(pages, ASK, SPAN);
  const error = (kind: string, detail: string) => expect.objectContaining({ kind, detail });

  test('has its exams all the same', () => {
    expect(read(NONE, session).lessons).toMatchObject([{ day: '2027-01-12', subject: 'Физика', kind: 'Экзамен' }]);
  });

  test('waits for it, in the words of the site', () => {
    expect(() => read(NONE, NONE)).toThrow(error('not-published', 'group'));
    const soon = page('Еще не готово расписание для группы');
    expect(() => read(soon, soon)).toThrow(error('not-published', 'soon'));
    expect(read(soon, session).lessons).toHaveLength(1);
  });

  test('is unknown when the site says anything else', () => {
    expect(() => read(page('{"status":"error","message":"Ошибка"}'), NONE)).toThrow(error('unknown-param', 'group'));
  });

  test('lessons of which none has dates are another site, not an empty week', () => {
    const grid = page(JSON.stringify({ status: 'ok', grid: { 1: { 1: [cell] } } }));
    expect(() => read(grid, NONE)).toThrow(error('changed', 'dates'));
  });
});

test.each([
  ['https://rasp.dmami.ru/?251-321', '251-321'],
  ['http://rasp.dmami.ru/session?251-321', '251-321'],
  ['https://rasp.dmami.ru/?%D0%90%D0%91-1', 'АБ-1'],
])('the address %s is the group %s', (address, group) => {
  expect(mospolytech.recognise?.(address)).toEqual({ entry: { kind: 'group', ask: { group } } });
});

test.each([
  'https://rasp.dmami.ru/',
  'https://rasp.dmami.ru/?%E0',
  'https://rasp.dmami.ru/?a=1',
  'https://dmami.ru/?251-321',
])('the address %s names no group', (address) => {
  expect(mospolytech.recognise?.(address)).toBeNull();
});
