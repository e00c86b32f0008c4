/** Beside the saved pages (test/scrapers.test.ts): requests, the bell table, lists, and the site's real answers where they are at hand. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Page, SourceError, type Span } from '#source';
import { slotOf } from './bells.ts';
import etu from './index.ts';

const SPAN: Span = { from: '2023-09-18', to: '2024-02-01', zone: 'Europe/Moscow' };
const REAL = join(import.meta.dirname, '../../../shared/data/real/etu');

function page(body: unknown, status = 200): Page {
  const url = 'https://digital.etu.ru/';
  return { request: { url }, url, status, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) };
}

test('asks for the template and for the week it is now', () => {
  const plan = etu.plan({ id: '4362' }, [], SPAN);
  const [schedule, current] = plan === 'done' ? [] : plan.map(({ url }) => new URL(url));
  expect(schedule?.searchParams.getAll('groups')).toEqual(['4362']);
  expect(schedule?.searchParams.getAll('subjectType')).toContain('Лек');
  expect(current?.pathname).toBe('/api/general/current');
  const teacher = etu.plan({ kind: 'teacher', id: '77' }, [], SPAN);
  expect(teacher === 'done' ? '' : teacher[0]?.url).toContain('anyTeacherId=77');
  expect(() => etu.plan({ id: '0303&groups=1' }, [], SPAN)).toThrow(SourceError);
});

test.each([
  [100, 1100, '08:00', '09:30', '1'],
  [101, 1101, '09:50', '11:20', '2'],
  [101, 1104, '09:50', '17:00', '2'],
  [107, 1107, '20:50', '22:20', '8'],
])('pair %d–%d is %s–%s', (first, last, start, end, number) => {
  expect(slotOf(first, last)).toEqual({ start, end, number });
});

test.each([
  [108, 1108],
  [99, 1100],
  [103, 1101],
  [null, 1101],
  ['x', undefined],
])('%s–%s is no pair', (first, last) => {
  expect(slotOf(first, last)).toBeNull();
});

test('lists groups and teachers by name alone', () => {
  const groups = page([
    { id: 1, fullNumber: '0491', number: '0491/1' },
    { id: 2, fullNumber: '0491', number: '0491/2' },
  ]);
  const teachers = page([
    { id: 77, surname: 'Лосев', name: 'Пётр', midname: 'Ильич', initials: 'Лосев П.И.', email: 'x', phone: 'y' },
  ]);
  expect(etu.catalogue?.parse([groups, teachers], {}, SPAN)).toEqual([
    { kind: 'group', name: '0491/1', ask: { kind: 'group', id: '1' } },
    { kind: 'group', name: '0491/2', ask: { kind: 'group', id: '2' } },
    { kind: 'teacher', name: 'Лосев Пётр Ильич', ask: { kind: 'teacher', id: '77' } },
  ]);
  expect(etu.catalogue?.parse([groups, page({}, 403)], {}, SPAN)).toHaveLength(2);
});

test('a teacher without a father’s name has no dash for it', () => {
  const row = { id: 78, surname: 'Ли', name: 'Вэй', midname: ' - ', initials: 'Ли В.' };
  expect(etu.catalogue?.parse([page([]), page([row])], {}, SPAN)).toMatchObject([{ name: 'Ли Вэй' }]);
});

describe('stored classes', () => {
  const time = {
    startTime: 101,
    endTime: 1101,
    weekDay: 'MON',
    week: null,
    startDate: '2023-09-04',
    endDate: '2023-09-25',
  };
  function stored(lesson: object = {}) {
    const reservation = { auditoriumNumber: '2113', reservationTime: time };
    const subject = { title: 'Физика', subjectType: 'Лек' };
    return { lesson: { subject, teacher: { initials: 'Орлова В.П.' }, auditoriumReservation: reservation, ...lesson } };
  }
  function read(...objects: readonly object[]) {
    return etu.parse([page([{ fullNumber: '0303', scheduleObjects: objects }]), page({}, 404)], { id: '1' }, SPAN);
  }

  test.each([
    [{ newTeacher: { initials: 'Сомов В.В.' }, newTeacherDateStart: '2023-09-11', newTeacherDateEnd: '2023-09-17' }],
    [
      {
        newAuditoriumReservation: { auditoriumNumber: '5230' },
        newAudDateStart: '2023-09-11',
        newAudDateEnd: '2023-09-17',
      },
    ],
  ])('%j is a change of its own weeks only', (replacement) => {
    const { lessons } = read(stored(replacement));
    expect(lessons.map(({ weeks, changed }) => [weeks, changed])).toEqual([
      ['1,3,4', undefined],
      ['2', true],
    ]);
  });

  test.each([
    ['no room is reserved', { auditoriumReservation: null }],
    ['no time is reserved', { auditoriumReservation: { auditoriumNumber: '1' } }],
    ['it has no subject', { subject: null }],
  ])('%s: the class is left out and named', (_what, lesson) => {
    const { lessons, skipped } = read(stored(lesson), stored());
    expect([lessons.length, skipped.length]).toEqual([1, 1]);
    expect(() => read(stored(lesson), stored(lesson))).toThrow(expect.objectContaining({ kind: 'changed' }));
  });
});

test.each([
  ['https://digital.etu.ru/schedule/?faculty=ФКТИ&schedule=group&course=1&group=4344', 'group', '4344'],
  [
    'https://digital.etu.ru/schedule/?department=каф.Физики&initials=Лосев+Пётр+Ильич&schedule=teacher',
    'teacher',
    'Лосев Пётр Ильич',
  ],
])('the address %s is the %s %s', (address, kind, name) => {
  expect(etu.recognise?.(address)).toEqual({ entry: { kind, ask: { [kind]: name } } });
});

test.each([
  'https://digital.etu.ru/schedule/',
  'https://digital.etu.ru/?group=4344',
  'https://etu.ru/schedule/?group=1',
])('the address %s names nobody', (address) => {
  expect(etu.recognise?.(address)).toBeNull();
});

describe('the real answers', () => {
  if (!existsSync(REAL)) {
    process.stdout.write('etu: ../shared is not here, its real answers are not read\n');
    test.skip('no captures here', () => {});
    return;
  }
  function real(file: string): Page {
    return page(JSON.parse(readFileSync(join(REAL, file), 'utf8')));
  }

  test('28 stored classes are 19 lessons, and nothing personal is in them', () => {
    const parsed = etu.parse([real('0303_schedule.redacted.json'), page({}, 404)], { id: '4362' }, SPAN);
    expect(parsed.term).toEqual({ start: '2023-09-01', end: '2023-12-29', week1: '2023-08-28' });
    expect([parsed.name, parsed.skipped]).toEqual(['0303', []]);
    const lines = parsed.lessons.map((one) =>
      [
        one.weekday,
        one.weeks || 'все',
        one.start,
        one.end,
        one.subject,
        one.kind,
        one.room ?? '',
        one.teachers?.join(' + '),
      ].join(' | '),
    );
    expect(lines).toHaveLength(19);
    expect(lines).toContain('5 | все | 09:50 | 17:00 | Военно-морская подготовка | Лек |  | ');
    expect(lines.filter((line) => line.includes(' + '))).toHaveLength(1);
    expect(JSON.stringify(parsed)).not.toMatch(/REDACTED|@|birthday|phone/);
  });

  test('all 594 groups are listed, each under a name of its own', () => {
    const listed = etu.catalogue?.parse([real('groups_response_test.json.txt'), page({}, 404)], {}, SPAN) ?? [];
    expect(listed).toHaveLength(594);
    expect(new Set(listed.map(({ name }) => name)).size).toBe(594);
  });
});
