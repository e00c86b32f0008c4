import { expect, test } from 'vitest';
import { checkLesson, type Lesson } from '../../src/domain/lesson.ts';
import { dayTimes, lesson } from './arbitrary.ts';

const weekly = (patch: Partial<Extract<Lesson['times'], { on: 'weekly' }>> = {}): Partial<Lesson> => ({
  times: { on: 'weekly', weekday: 1, weeks: 'every', start: '10:00', end: '11:30', ...patch },
});
const place = (room: string, link: string): Partial<Lesson> => ({ place: { room, link, format: 'hybrid' } });

const CASES: [string, Partial<Lesson>, string[]][] = [
  ['a plain lesson', {}, []],
  ['every week', weekly(), []],
  ['weeks by number', weekly({ weeks: [1, 3, 5] }), []],
  ['over midnight', { times: dayTimes('2026-11-24', '23:00', '00:30', '2026-11-25') }, []],
  [
    'all day',
    { times: { on: 'day', day: '2026-11-24', start: '00:00', endDay: '2026-11-25', end: '00:00', allDay: true } },
    [],
  ],
  ['no subject', { subject: ' \n ' }, ['subject empty']],
  ['a subject without end', { subject: 'м'.repeat(201) }, ['subject too-long']],
  ['no such day', { times: dayTimes('2026-02-30', '10:00', '11:30') }, ['day invalid', 'endDay invalid']],
  ['no such hour', { times: dayTimes('2026-11-24', '25:00', '11:30') }, ['start invalid']],
  ['ends before it starts', { times: dayTimes('2026-11-24', '10:00', '09:00') }, ['end before-start']],
  ['lasts no time', { times: dayTimes('2026-11-24', '10:00', '10:00') }, ['end before-start']],
  [
    'all of no day',
    { times: { on: 'day', day: '2026-11-24', start: '00:00', endDay: '2026-11-24', end: '00:00', allDay: true } },
    ['end before-start'],
  ],
  ['lasts a season', { times: dayTimes('2026-09-01', '10:00', '11:00', '2026-12-01') }, ['endDay too-long']],
  ['weekly, backwards', weekly({ end: '09:00' }), ['end before-start']],
  ['weekly, on no week', weekly({ weeks: [] }), ['weeks empty']],
  ['weekly, on week 0', weekly({ weeks: [0, 2] }), ['weeks invalid']],
  ['a link that is none', place('1', 'javascript:alert(1)'), ['link invalid']],
  ['a link', place('1', 'https://call.example/x'), []],
  ['a half pair', { number: 1.5 }, ['number invalid']],
  [
    'everything wrong at once',
    { subject: '', number: -1, ...weekly({ start: 'x', end: 'y' }) },
    ['subject empty', 'number invalid', 'start invalid', 'end invalid'],
  ],
  ['a crowd', { teachers: Array.from({ length: 21 }, () => 'Иванов') }, ['teachers too-long']],
];

test.each(CASES)('%s', (_, patch, expected) => {
  const checked = checkLesson(lesson(patch));
  expect(Array.isArray(checked) ? checked.map(({ field, code }) => `${field} ${code}`) : []).toEqual(expected);
});

test('a good lesson comes back tidied', () => {
  const checked = checkLesson(lesson({ subject: '  Высшая \n математика ', teachers: [' Иванов  И. ', ' '] }));
  expect(checked).toMatchObject({ subject: 'Высшая математика', teachers: ['Иванов И.'] });
});
