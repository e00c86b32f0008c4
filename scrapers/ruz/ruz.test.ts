/** What the saved pages do not show: requests, lists, what is never read, and the real capture where it is present. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Ask, type Page, SourceError, type Span } from '#source';
import { normalize } from '../../src/source/normalize.ts';
import { casesOf, outcomeOf, travel } from '../../test/source/saved.ts';
import source from './index.ts';
import { readSites } from './universities.ts';

const CAPTURE = join(import.meta.dirname, '../../../shared/data/real/ruz-fa/schedule_group_137271_one_lesson.json');
const SPAN: Span = { from: '2026-08-31', to: '2027-04-01', zone: 'Europe/Moscow' };
const GROUP: Ask = { university: 'fa', group: 'ПИ23-1', id: '137271' };

function page(body: unknown, status = 200): Page {
  const url = 'https://ruz.example.edu/api';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { request: { url }, url, status, headers: {}, body: new TextEncoder().encode(text) };
}

function urls(plan: ReturnType<typeof source.plan>): readonly string[] {
  return plan === 'done' ? [] : plan.map(({ url }) => decodeURIComponent(url));
}

describe('requests', () => {
  test('by id: one request for the current week and four ahead, the past two weeks left out', () => {
    expect(urls(source.plan(GROUP, [], SPAN))).toEqual([
      'https://ruz.fa.ru/api/schedule/group/137271?start=2026.09.14&finish=2026.10.18&lng=1',
    ]);
    expect(source.plan(GROUP, [page([])], SPAN)).toBe('done');
  });

  test.each([
    [{ teacher: 'Орлова В.П.', id: '5' }, 'lecturer/5'],
    [{ room: 'В4/1001', id: '6' }, 'auditorium/6'],
  ])('%o is read by its own kind of id', (ask, path) => {
    expect(urls(source.plan({ university: 'unn', ...ask }, [], SPAN))).toEqual([
      `https://portal.unn.ru/ruzapi/schedule/${path}?start=2026.09.14&finish=2026.10.18&lng=1`,
    ]);
  });

  test('by name: people are looked for as staff, never as students', () => {
    const ask = { university: 'hse', teacher: 'Орлова Вера' };
    expect(urls(source.plan(ask, [], SPAN))).toEqual(['https://ruz.hse.ru/api/search?term=Орлова Вера&type=person']);
    const student = page([{ id: '1', label: 'Орлова Вера', description: 'группа', type: 'student' }]);
    expect(outcomeOf(() => source.parse([student, page([])], ask, SPAN))).toEqual({
      error: { kind: 'unknown-param', detail: 'teacher', suggestions: [] },
    });
  });

  test('a campus in another zone finds its own groups only', () => {
    const found = page([
      { id: '7', label: 'РИ-1', description: 'Факультет (Пермь)', type: 'group' },
      { id: '8', label: 'РИ-1', description: 'Факультет', type: 'group' },
    ]);
    const at = (university: string) => urls(source.plan({ university, group: 'РИ-1' }, [found], SPAN))[0];
    expect(at('hse-perm')).toContain('/group/7?');
    expect(at('hse')).toContain('/group/8?');
  });

  test('two groups of one name are asked about, not chosen from', () => {
    const found = page([1, 2].map((id) => ({ id, label: 'РИ-1', description: '', type: 'group' })));
    expect(outcomeOf(() => source.parse([found], { university: 'fa', group: 'РИ-1' }, SPAN))).toMatchObject({
      error: { kind: 'unknown-param', detail: 'group' },
    });
  });

  test.each<Ask>([
    { university: 'nowhere', group: 'ПИ-1' },
    { university: 'fa' },
    { university: 'fa', group: ' ' },
    { university: 'fa', group: 'ПИ-1', id: '../student/5' },
  ])('%o is refused', (ask) => {
    expect(() => source.plan(ask, [], SPAN)).toThrow(SourceError);
  });

  test('a limit before the current week is «not published yet», a strange one too', () => {
    for (const limit of ['2026-09-01', '2099.01.01'])
      expect(outcomeOf(() => source.parse([page({ message: `не позже ${limit}` }, 422)], GROUP, SPAN))).toMatchObject({
        error: { kind: 'not-published', detail: 'limit' },
      });
  });
});

test.each([
  [401, 'blocked'],
  [404, 'unknown-param'],
  [422, 'changed'],
  [429, 'unreachable'],
  [503, 'unreachable'],
])('status %d is %s', (status, kind) => {
  expect(outcomeOf(() => source.parse([page([], status)], GROUP, SPAN))).toMatchObject({
    error: { kind, detail: `http-${status}` },
  });
});

describe('lists', () => {
  const groups = [
    { groupOid: 1, name: 'ПИ23-1', number: '101', faculty: 'ФИТ', YearOfEducation: 2023, is_schedule: 1 },
    { groupOid: 2, name: 'ПИ23-1', number: '101', faculty: 'ФИТ', YearOfEducation: 2025, is_schedule: 1 },
    { groupOid: 3, name: 'ПИ23-2', number: '102', faculty: 'ФИТ', YearOfEducation: 2025, is_schedule: 0 },
    { groupOid: 4, name: 'РИ-23-1', number: '103', faculty: 'Экономика (Пермь)', YearOfEducation: 2025 },
  ];
  const lecturers = [
    { lecturerOid: 5, fio: 'Орлова Вера Павловна', email: 'lecturer@example.invalid', chair: 'Кафедра' },
    { lecturerOid: 6, fio: '!Вакансия', email: null, chair: 'Кафедра' },
  ];
  function listed(university: string, ...pages: readonly Page[]) {
    expect(urls(source.catalogue?.plan({ university }, [], SPAN) ?? 'done')).toHaveLength(3);
    return source.catalogue?.parse(pages, { university }, SPAN).map(({ kind, name, ask }) => [kind, name, ask.id]);
  }

  test('the latest group of a name, those with a timetable, teachers without their addresses', () => {
    expect(listed('fa', page(groups), page(lecturers), page([{ auditoriumOid: 9, name: '1001' }]))).toEqual([
      ['group', 'ПИ23-1', '2'],
      ['group', 'РИ-23-1', '4'],
      ['teacher', 'Орлова Вера Павловна', '5'],
      ['room', '1001', '9'],
    ]);
  });

  test('campuses of one site are told apart; only groups must be there', () => {
    expect(listed('hse', page(groups), page('', 404), page('<html>'))).toEqual([['group', 'ПИ23-1', '2']]);
    expect(listed('hse-perm', page(groups), page({}), page('', 500))).toEqual([['group', 'РИ-23-1', '4']]);
    expect(listed('unn', page(groups), page([]), page([]))).toContainEqual(['group', '101', '2']);
    expect(() => listed('hse-perm', page(groups.slice(0, 1)), page([]), page([]))).toThrow(/no groups/);
    expect(() => listed('fa', page('<html>'), page([]), page([]))).toThrow(SourceError);
  });

  test('what a list gives is read without looking for it again', () => {
    const [first] = source.catalogue?.parse([page(groups)], { university: 'fa' }, SPAN) ?? [];
    expect(urls(source.plan(first?.ask ?? {}, [], SPAN))[0]).toContain('/schedule/group/2?');
  });
});

test('nothing of a person but a name and nothing of the staff but its work is given on', () => {
  for (const one of casesOf('ruz')) {
    const { outcome } = travel(source, one);
    expect(JSON.stringify(outcome)).not.toMatch(/@|DOMAIN|Доцент|38635/);
  }
});

test('a fixture becomes the lessons people see', () => {
  const one = casesOf('ruz').find(({ name }) => name === 'group-weeks');
  if (one === undefined) throw new Error('the fixture is gone');
  const { outcome } = travel(source, one);
  if ('error' in outcome) throw new Error(outcome.error.kind);
  const { lessons } = normalize(outcome, 'UTC');
  expect(lessons.map(({ kind }) => kind)).toEqual([
    ...['lecture', 'practice', 'lab', 'practice', 'practice', 'Элективы', 'practice', 'consultation', 'practice'],
  ]);
  expect(lessons.map(({ place }) => place.format)).toEqual([
    ...['onsite', 'onsite', 'remote', 'onsite', 'onsite', 'onsite', 'onsite', 'onsite', 'hybrid'],
  ]);
  expect(lessons.filter(({ cancelled }) => cancelled).map(({ sourceId }) => sourceId)).toEqual(['7']);
});

test.each([
  ['1001', 1],
  ['Online (ауд бронь 13)', 2],
  ['', 2],
])('two teachers at one time in «%s»: lessons', (auditorium, count) => {
  const row = { date: '2026.09.15', beginLesson: '9:00', endLesson: '10:30', discipline: 'Язык', auditorium };
  const rows = ['Орлова В.П.', 'Гусев П.П.'].map((lecturer) => ({ ...row, lecturer }));
  expect(source.parse([page(rows)], GROUP, SPAN).lessons).toHaveLength(count);
});

test('never throws anything but a SourceError, whatever the rows are', () => {
  const row = fc.dictionary(
    fc.constantFrom('date', 'discipline', 'beginLesson', 'listOfLecturers', 'listGroups', 'url1', 'note', 'stream'),
    fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant('2026.09.15'), fc.array(fc.jsonValue())),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(row, fc.jsonValue())), (rows) => {
      outcomeOf(() => source.parse([page(rows)], GROUP, SPAN));
    }),
  );
});

test('the files of the universities are checked', () => {
  expect(readSites().map(({ id }) => id)).toEqual(['fa', 'guz', 'hse-perm', 'hse', 'mgimo', 'omgtu', 'unn']);
  expect(source.universities?.find(({ id }) => id === 'hse-perm')?.zone).toBe('Asia/Yekaterinburg');
  expect(() => readSites(join(import.meta.dirname, 'fixtures/empty-weeks'))).toThrow(/ask\.json: id is not/);
});

describe('the real capture', () => {
  if (!existsSync(CAPTURE)) {
    process.stdout.write('ruz: ../shared is not here, the real lesson is not read\n');
    test.skip('no capture here', () => {});
    return;
  }
  test('one lesson of the Finance University reads as it is printed', () => {
    const body = readFileSync(CAPTURE, 'utf8');
    const parsed = source.parse([page(body)], GROUP, { from: '2024-10-07', to: '2024-10-14', zone: 'Europe/Moscow' });
    const { lessons, skipped } = normalize(parsed, 'UTC');
    expect(skipped).toEqual([]);
    expect(lessons).toMatchObject([
      {
        subject: 'Кроссплатформенная разработка',
        kind: 'practice',
        // Who it is stays in the capture.
        teachers: [/"lecturer_title":"([^"]+)"/.exec(body)?.[1]],
        place: { room: 'В4/ауд.3212(кк)', link: '', format: 'onsite' },
        number: 4,
        cancelled: false,
        times: { on: 'day', day: '2024-10-11', start: '14:00', end: '15:30' },
      },
    ]);
    expect(JSON.stringify(parsed)).not.toMatch(/@|FADOMAIN|Ассистент/);
  });
});
