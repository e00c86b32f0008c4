/** Beside the saved pages (test/scrapers.test.ts): requests, titles, dates, lists, and the site's real answers where they are at hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Ask, type Page, SourceError, type Span } from '#source';
import spbu from './index.ts';
import { titleOf } from './title.ts';
import { dateIn, wallOf } from './wall.ts';

const SPAN: Span = { from: '2026-09-02', to: '2027-03-01', zone: 'Europe/Moscow' };
const REAL = join(import.meta.dirname, '../../../shared/data/real/spbu');

function page(body: unknown): Page {
  const url = 'https://timetable.spbu.ru/';
  return { request: { url }, url, status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) };
}

test('asks for five weeks at once, with all kinds of timetable for a group', () => {
  const path = (ask: Ask, span = SPAN): unknown => spbu.plan(ask, [], span);
  expect(path({ id: '7' })).toEqual([
    { url: 'https://timetable.spbu.ru/api/v1/groups/7/events/2026-09-14/2026-10-19?timetable=All' },
  ]);
  expect(path({ kind: 'teacher', id: '8' }, { ...SPAN, to: '2026-09-20' })).toEqual([
    { url: 'https://timetable.spbu.ru/api/v1/educators/8/events/2026-09-14/2026-09-20' },
  ]);
  const room = 'baf0eed7-4ef8-4e37-8dfb-df91d9021bd4';
  expect(path({ kind: 'room', id: room }, { ...SPAN, to: '2026-09-20' })).toEqual([
    { url: `https://timetable.spbu.ru/api/v1/classrooms/${room}/events/202609140000/202609200000` },
  ]);
  const bad: readonly Ask[] = [{}, { id: '7/events' }, { kind: 'room', id: '7' }];
  for (const ask of bad) expect(() => spbu.plan(ask, [], SPAN)).toThrow(SourceError);
});

test.each([
  ['Алгебра, лекция', 'Алгебра', 'лекция', '', []],
  [
    'История, теория и практика, практическое занятие, факультатив',
    'История, теория и практика',
    'практическое занятие',
    '',
    ['факультатив'],
  ],
  ['Английский язык, практическое занятие_x000d_ Подгруппа 2', 'Английский язык', 'практическое занятие', '2', []],
  [
    'Английский язык, практическое занятие\r\n Подгруппа 3\r\n Зум',
    'Английский язык',
    'практическое занятие',
    '3',
    ['Зум'],
  ],
  ['Физика, кружок', 'Физика, кружок', '', '', []],
  ['Физика, коллоквиум', 'Физика', 'коллоквиум', '', []],
  [
    'Физика, сам. работа под руководством преподавателя',
    'Физика',
    'сам. работа под руководством преподавателя',
    '',
    [],
  ],
  ['Физика, зачёт (пересдача)', 'Физика', 'зачёт', '', ['пересдача']],
  ['Физика, экзамен (комиссия)\r\n Подгруппа 1', 'Физика', 'экзамен', '1', ['комиссия']],
  [
    'Логика, Итоговый экзамен (апелляционная комиссия)',
    'Логика',
    'экзамен',
    '',
    ['Итоговый', 'апелляционная комиссия'],
  ],
  ['Оперный класс, консультация групповая', 'Оперный класс', 'консультация', '', ['групповая']],
  ['Лекция, семинар', 'Лекция', 'семинар', '', []],
])('«%s»', (printed, subject, kind, subgroup, marks) => {
  expect(titleOf(printed)).toEqual({ subject, kind, subgroup, marks });
});

test('times: local ones stay, moments become Moscow ones, nonsense is none', () => {
  expect(wallOf('2026-09-21T09:30:00')).toEqual({ day: '2026-09-21', clock: '09:30' });
  expect(wallOf('/Date(1789972200000+0300)/')).toEqual({ day: '2026-09-21', clock: '09:30' });
  expect(wallOf('2026-09-21T06:30:00Z')).toEqual({ day: '2026-09-21', clock: '09:30' });
  for (const none of ['вчера', '09:30:00', '', '/Date(x)/']) expect(wallOf(none)).toBeNull();
});

test('dates without a year fall into the range, across New Year too', () => {
  const range = { from: '2026-08-01', to: '2027-02-01' };
  expect(['16.1', '1.9', '31.12', '5.5', '16.1.2026', 'x'].map((date) => dateIn(date, range))).toEqual([
    '2027-01-16',
    '2026-09-01',
    '2026-12-31',
    null,
    '2026-01-16',
    null,
  ]);
});

describe('a group’s events', () => {
  const EVENT = {
    Subject: 'Алгебра, семинар',
    Start: '2026-09-21T09:30:00',
    End: '2026-09-21T11:05:00',
    EducatorIds: [{ Item1: 1, Item2: 'Громов А. Б., профессор' }],
    EventLocations: [{ DisplayName: 'Ауд. 6' }],
  };
  function read(...events: readonly object[]) {
    return spbu.parse([page({ Days: [{ DayStudyEvents: events }] })], { id: '7' }, SPAN);
  }

  test.each([
    ['TimeWasChanged', 'Изменено время'],
    ['LocationsWereChanged', 'Изменено место'],
    ['EducatorsWereReassigned', 'Замена преподавателя'],
    ['IsAssigned', 'Назначено дополнительно'],
  ])('%s is a mark of a change', (flag, note) => {
    expect(read({ ...EVENT, [flag]: true }).lessons).toMatchObject([{ changed: true, note }]);
    expect(read({ ...EVENT, [flag]: false }).lessons[0]).not.toHaveProperty('changed');
  });

  test('«by choice» and «cancelled» are no such mark', () => {
    const [elective, cancelled] = read({ ...EVENT, IsElective: true }, { ...EVENT, IsCancelled: true }).lessons;
    expect([elective?.changed, elective?.note, cancelled?.changed, cancelled?.cancelled]).toEqual([
      ...[undefined, 'По выбору', undefined, true],
    ]);
  });

  test('a teacher and a place are named for each place of the lesson, and are one', () => {
    const twice = { EducatorIds: [...EVENT.EducatorIds, ...EVENT.EducatorIds] };
    const lessons = read({
      ...EVENT,
      ...twice,
      EventLocations: [{ DisplayName: 'Ауд. 6' }, { DisplayName: 'Ауд. 6' }],
    });
    expect(lessons.lessons).toMatchObject([{ teachers: ['Громов А. Б.'], room: 'Ауд. 6' }]);
  });

  test('an event without a readable time is left out and named; nothing but such events is another site', () => {
    const broken = { ...EVENT, Subject: 'Логика, лекция', Start: 'скоро' };
    const { lessons, skipped } = read(broken, EVENT);
    expect([lessons.length, skipped]).toEqual([1, ['«Логика»: no time in «скоро 2026-09-21T11:05:00»']]);
    expect(() => read(broken, broken)).toThrow(expect.objectContaining({ kind: 'changed', detail: 'Start' }));
  });
});

describe('a teacher’s events between two days', () => {
  const EVENT = {
    Subject: 'Алгебра, семинар',
    Start: '2026-09-21T09:30:00',
    End: '2026-09-21T11:05:00',
    ContingentUnitName: '26.Б01-мм, 26.Б02-мм',
    EducatorIds: [{ Item1: 1, Item2: 'Громов А. Б., профессор' }],
    EventLocations: [{ DisplayName: 'Ауд. 6' }],
    IsCancelled: false,
    TimeWasChanged: true,
  };
  function read(...events: readonly object[]) {
    const days = [{ Day: '2026-09-21T00:00:00', DayStudyEvents: events }];
    const answer = { EducatorLongDisplayText: 'Громов Артём Борисович', EducatorEventsDays: days };
    return spbu.parse([page(answer)], { kind: 'teacher', id: '8' }, SPAN);
  }

  test('come with dates, as a group’s do, and name the groups', () => {
    const { name, lessons, skipped } = read(EVENT, { ...EVENT, IsCancelled: true, TimeWasChanged: false });
    expect([name, skipped]).toEqual(['Громов Артём Борисович', []]);
    expect(lessons).toEqual([
      {
        ...{ day: '2026-09-21', endDay: '2026-09-21', start: '09:30', end: '11:05', subject: 'Алгебра' },
        ...{ kind: 'семинар', teachers: ['Громов А. Б.'], room: 'Ауд. 6', changed: true },
        note: 'Изменено время\n26.Б01-мм, 26.Б02-мм',
      },
      {
        ...{ day: '2026-09-21', endDay: '2026-09-21', start: '09:30', end: '11:05', subject: 'Алгебра' },
        ...{ kind: 'семинар', teachers: ['Громов А. Б.'], room: 'Ауд. 6', cancelled: true },
        note: '26.Б01-мм, 26.Б02-мм',
      },
    ]);
  });

  test('that have neither a date nor dates are left out; all of them, and the site has changed', () => {
    const lost = { ...EVENT, Start: '09:30:00', End: '11:05:00' };
    expect(read(EVENT, lost)).toMatchObject({
      lessons: [{ day: '2026-09-21' }],
      skipped: [expect.stringContaining('Алгебра')],
    });
    expect(() => read(lost)).toThrow(expect.objectContaining({ kind: 'changed' }));
    expect(read().lessons).toEqual([]);
  });
});

describe('the real answers', () => {
  if (!existsSync(REAL)) {
    process.stdout.write('spbu: ../shared is not here, its real answers are not read\n');
    test.skip('no captures here', () => {});
    return;
  }
  function real(file: string): Page {
    return page(JSON.parse(readFileSync(join(REAL, 'api-2017', file), 'utf8')));
  }

  test('a group’s week', () => {
    const span = { from: '2016-11-07', to: '2016-12-01', zone: 'Europe/Moscow' };
    const parsed = spbu.parse([real('MATH_studentGroup_10014_events.json')], { id: '10014' }, span);
    expect(parsed.name).toBe('Группа 351 (14.Б10-мм)');
    expect(parsed.lessons).toMatchObject([
      { day: '2016-11-21', start: '09:30', end: '11:05', kind: 'практическое занятие', note: 'факультатив' },
    ]);
    const [lesson] = parsed.lessons;
    expect(lesson?.subject).not.toContain(',');
    expect(lesson?.room).toMatch(/, 1510$/);
    // The name without «, доцент».
    expect(lesson?.teachers).toEqual([expect.stringMatching(/^[А-Я][а-я]+ [А-Я]\. [А-Я]\.$/)]);
  });

  test('a teacher’s term, the year found in the range', () => {
    const span = { from: '2016-12-26', to: '2017-02-01', zone: 'Europe/Moscow' };
    const parsed = spbu.parse([real('Educators_2888_events.json')], { kind: 'teacher', id: '2888' }, span);
    expect(parsed.lessons).toMatchObject([
      { day: '2017-01-16', start: '10:00', end: '14:00', subject: 'Теоретическая информатика', kind: 'экзамен' },
    ]);
  });

  test('of 1,299 printed titles of 2024 every one gives its kind', () => {
    const files = readdirSync(REAL).filter((name) => name.startsWith('schedule'));
    const rows = files.flatMap((name) => readFileSync(join(REAL, name), 'utf8').trim().split('\n').slice(1));
    const titles = rows.map((row) => titleOf(row.split(';')[3] ?? ''));
    expect(titles.filter(({ kind }) => kind === '')).toEqual([]);
    expect(titles.filter(({ subgroup }) => subgroup !== '')).toHaveLength(741);
    expect(titles).toHaveLength(1_299);
  });
});
