/** What the saved pages do not show: lists, titles, templates, noise among the rows. */
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Ask, type Page, SourceError, type Span } from '#source';
import { normalize } from '../../src/source/normalize.ts';
import { casesOf, outcomeOf, travel } from '../../test/source/saved.ts';
import { data, page, urls, week } from './fixture.ts';
import source from './index.ts';
import { titleOf } from './title.ts';
import { readSites } from './universities.ts';

const SPAN: Span = { from: '2026-08-31', to: '2027-04-01', zone: 'Europe/Moscow' };
const GROUP: Ask = { university: 'dstu', group: 'ЭБ-23-1', id: '501', year: '2026-2027' };

const YEARS = data({ years: ['2025-2026', '2026-2027'] });

test.each([
  [401, 'blocked'],
  [403, 'blocked'],
  [404, 'unknown-param'],
  [429, 'unreachable'],
  [500, 'unreachable'],
])('status %d is %s', (status, kind) => {
  expect(outcomeOf(() => source.parse([page('', status)], GROUP, SPAN))).toMatchObject({
    error: { kind, detail: `http-${status}` },
  });
});

test.each([
  ['Группа не найдена', 'unknown-param'],
  ['Расписание отсутствует', 'not-published'],
  ['Необходима авторизация', 'blocked'],
  ['Ошибка', 'changed'],
])('the site says «%s» with status 200: %s', (msg, kind) => {
  expect(outcomeOf(() => source.parse([page({ data: null, state: -1, msg })], GROUP, SPAN))).toMatchObject({
    error: { kind, detail: 'state' },
  });
});

test('lists: every group, teacher and room of the year, each once', () => {
  const ask = { university: 'dstu' };
  const plan = source.catalogue?.plan(ask, [YEARS], SPAN) ?? 'done';
  expect(urls(plan).map((url) => url.replace(/^.*\//, ''))).toEqual([
    ...['raspGrouplist?year=2026-2027', 'raspTeacherlist?year=2026-2027', 'raspAudlist?year=2026-2027'],
  ]);
  const lists = [
    [
      { id: 1, name: ' ПИ-21 ' },
      { id: 1, name: 'ПИ-21' },
    ],
    [{ id: 2, name: 'Орлова Вера Павловна', kaf: null }],
    [
      { id: 3, name: '8-101' },
      { id: 4, name: '-' },
    ],
  ].map(data);
  const rest = { university: 'dstu', year: '2026-2027' };
  expect(source.catalogue?.plan(ask, [YEARS, ...lists], SPAN)).toBe('done');
  expect(source.catalogue?.parse([YEARS, ...lists], ask, SPAN)).toEqual([
    { kind: 'group', name: 'ПИ-21', ask: { ...rest, group: 'ПИ-21', id: '1' } },
    { kind: 'teacher', name: 'Орлова Вера Павловна', ask: { ...rest, teacher: 'Орлова Вера Павловна', id: '2' } },
    { kind: 'room', name: '8-101', ask: { ...rest, room: '8-101', id: '3' } },
  ]);
  expect(() => source.catalogue?.parse([YEARS, data([{ id: 1 }])], ask, SPAN)).toThrow(SourceError);
});

test('lists: without teachers or rooms there are still groups; without groups there is nothing', () => {
  const read = (groups: Page, teachers: Page, rooms: Page) =>
    outcomeOf(() => ({
      ...{ lessons: [], skipped: [] },
      name: (source.catalogue?.parse([YEARS, groups, teachers, rooms], { university: 'dstu' }, SPAN) ?? [])
        .map(({ kind, name }) => `${kind} ${name}`)
        .join(),
    }));
  const [good, none] = [data([{ id: 1, name: 'ПИ-21' }]), page('<html>', 404)];
  expect(read(good, none, good)).toMatchObject({ name: 'group ПИ-21,room ПИ-21' });
  expect(read(good, data([]), page({ data: null, state: -1, msg: 'Ошибка' }))).toMatchObject({ name: 'group ПИ-21' });
  expect(read(none, good, good)).toMatchObject({ error: { kind: 'unknown-param', detail: 'http-404' } });
});

test.each([
  ['лек Физика', 'лек', 'Физика', ''],
  ['пра Информатика, п/г 2', 'пр', 'Информатика', '2'],
  ['зчО Право', 'зачет с оценкой', 'Право', ''],
  ['Лаб. Химия п/г1', 'Лаб', 'Химия', '1'],
  ['пр ""Школа"" (часть 1), п/г 1', 'пр', '"Школа" (часть 1)', '1'],
  ['Практика чтения', '', 'Практика чтения', ''],
  ['фв Физическая культура', 'фв', 'Физическая культура', ''],
  ['Экзаменационная сессия', '', 'Экзаменационная сессия', ''],
])('title «%s»', (printed, kind, subject, subgroup) => {
  expect(titleOf(printed)).toEqual({ kind, subject, subgroup });
});

test('the title tells the subgroup before the field does', () => {
  expect(titleOf('лаб Химия, п/г 1', 2).subgroup).toBe('1');
  expect(titleOf('лаб Химия', 2).subgroup).toBe('2');
  expect(titleOf('лаб Химия', 0).subgroup).toBe('');
});

test('a template alternates from the dates of its rows on, whatever the number of the week in the year', () => {
  const monday = fc.integer({ min: 0, max: 60 }).map((n) => new Date(Date.UTC(2026, 8, 7) + n * 7 * 86_400_000));
  fc.assert(
    fc.property(monday, fc.constantFrom(1, 2), (at, type) => {
      const day = at.toISOString().slice(0, 10);
      const rows = [{ дата: day, начало: '8:30', конец: '10:00', дисциплина: 'лек Физика', типНедели: type }];
      const span = { ...SPAN, from: day, to: new Date(at.getTime() + 14 * 86_400_000).toISOString().slice(0, 10) };
      const { lessons } = source.parse([week(rows, true), week([], true)], GROUP, span);
      expect(lessons.map((lesson) => lesson.day)).toEqual([day]);
    }),
  );
});

test('a fixture becomes the lessons people see', () => {
  const one = casesOf('mmis').find(({ name }) => name === 'group-weeks');
  if (one === undefined) throw new Error('the fixture is gone');
  const { outcome } = travel(source, one);
  if ('error' in outcome) throw new Error(outcome.error.kind);
  const { lessons, skipped } = normalize(outcome, 'UTC');
  expect(skipped).toHaveLength(2);
  expect(lessons.map(({ kind }) => kind)).toEqual([
    ...['lab', 'lecture', 'practice', 'фв', 'practice', 'practice', 'lecture', 'lab', 'lecture', 'graded-test'],
  ]);
  expect(lessons.map(({ place }) => place.format)).toEqual([
    ...['onsite', 'onsite', 'remote', 'onsite', 'remote', 'remote', 'onsite', 'onsite', 'onsite', 'onsite'],
  ]);
  expect(lessons[0]?.times).toMatchObject({ start: '08:30', end: '10:00' });
});

test.each([
  ['8-101', 1],
  ['ДО', 2],
  ['-', 2],
])('two teachers at one time in «%s»: lessons', (room, count) => {
  const row = { дата: '2026-09-15', начало: '9:00', конец: '10:30', дисциплина: 'пр Язык', аудитория: room };
  const rows = ['Орлова В.П.', 'Гусев П.П.'].map((преподаватель) => ({ ...row, преподаватель }));
  expect(source.parse(Array(5).fill(week(rows)), GROUP, SPAN).lessons).toHaveLength(count);
});

test.each([
  ['Орлова В.П.', 'Орлова Вера Павловна', ['Орлова Вера Павловна'], ''],
  ['Орлова В. ..', 'Орлова', ['Орлова В.'], ''],
  ['Орлова В.П.', 'Гусев П.П.', ['Орлова В.П.'], 'На сайте назван и другой преподаватель – Гусев П.П.'],
  [
    'Иванов А.Б.',
    'Иванов Сергей Петрович',
    ['Иванов А.Б.'],
    'На сайте назван и другой преподаватель – Иванов Сергей Петрович',
  ],
  ['', 'Гусев П.П.', ['Гусев П.П.'], ''],
  [null, null, undefined, ''],
])('«%s» and «%s» are the teacher', (преподаватель, фиоПреподавателя, teachers, note) => {
  const row = { дата: '2026-09-15', начало: '9:00', конец: '10:30', дисциплина: 'пр Язык' };
  const pages = Array(5).fill(week([{ ...row, преподаватель, фиоПреподавателя }]));
  const [lesson] = source.parse(pages, GROUP, SPAN).lessons;
  expect([lesson?.teachers, lesson?.note ?? '']).toEqual([teachers, note]);
});

test('never throws anything but a SourceError, whatever the rows are', () => {
  const row = fc.dictionary(
    fc.constantFrom('дата', 'дисциплина', 'начало', 'типНедели', 'преподаватель', 'фиоПреподавателя', 'замена'),
    fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant('2026-09-15'), fc.array(fc.jsonValue())),
  );
  const rows = fc.array(fc.oneof(row, fc.jsonValue()));
  fc.assert(
    fc.property(rows, fc.boolean(), (rasp, cyclical) => {
      outcomeOf(() => source.parse(Array(5).fill(week(rasp, cyclical)), GROUP, SPAN));
    }),
  );
});

test('the files of the universities are checked', () => {
  expect(readSites().map(({ id, zone }) => [id, zone])).toEqual([
    ['bspu', 'Asia/Yekaterinburg'],
    ['dongau', 'Europe/Moscow'],
    ['dstu', 'Europe/Moscow'],
    ['kosgos', 'Europe/Moscow'],
    ['sibadi', 'Asia/Omsk'],
  ]);
  expect(() => readSites(join(import.meta.dirname, 'fixtures/empty-week'))).toThrow(/ask\.json: id is not/);
});
