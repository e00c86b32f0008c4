/** Homework finds its lesson, follows it when it moves, and is said once. */
import { describe, expect, test } from 'vitest';
import { instantOf } from '../../src/domain/calendar.ts';
import { diff } from '../../src/domain/diff.ts';
import { assigned, type Homework, movedHomework, saidOnce, withHomework } from '../../src/domain/homework.ts';
import { line, withoutHomework } from '../../src/domain/notice.ts';
import { datedOf } from '../../src/domain/sitting.ts';
import { occurrence, ZONE } from './arbitrary.ts';

const DAY = '2026-11-24';
const given = (subject: string, text: string, subgroup = '', day = DAY): Homework => ({ day, subject, subgroup, text });

describe('what is assigned to a lesson', () => {
  const entries = [given('матан', '№5–7'), given('физика', 'всем'), given('физика', 'второй', '2')];
  test.each<[string, object, string | undefined]>([
    ['by its subject, however it is written', { subject: 'МАТАН' }, '№5–7'],
    ['not another subject', { subject: 'История' }, undefined],
    ['what all were given', { subject: 'Физика', subgroup: '1' }, 'всем'],
    ['its own and what all were given', { subject: 'Физика', subgroup: 'п/г 2' }, 'второй; всем'],
    ['nothing when it is off', { subject: 'Матан', cancelled: true }, undefined],
  ])('%s', (_, patch, text) => {
    expect(assigned(entries)(occurrence(DAY, '10:00', patch))).toBe(text);
  });

  test('nothing on another day', () => {
    expect(assigned(entries)(occurrence('2026-11-25', '10:00', { subject: 'Матан' }))).toBeUndefined();
  });
});

test('a lecture and its practice on one day say it once, two days say it each', () => {
  const lessons = [
    occurrence(DAY, '10:00', { subject: 'Матан' }),
    occurrence(DAY, '12:00', { subject: 'Матан', kind: 'practice' }),
    occurrence('2026-11-25', '10:00', { subject: 'Матан' }),
  ].map(datedOf);
  const lines = withHomework(lessons, [given('матан', '№5'), given('матан', '№5', '', '2026-11-25')]).map(
    (one) => one.line,
  );
  expect(saidOnce(lines, withoutHomework).map(({ homework }) => homework)).toEqual(['№5', undefined, '№5']);
});

test('what both subgroups are to do is said with each of them, and not again where it was said to all', () => {
  const of = (clock: string, subgroup: string) => datedOf(occurrence(DAY, clock, { subject: 'Англ', subgroup }));
  const homework = (lessons: ReturnType<typeof of>[]) =>
    saidOnce(
      withHomework(lessons, [given('англ', 'слова')]).map((one) => one.line),
      withoutHomework,
    ).map((one) => one.homework);
  expect(homework([of('10:00', '1'), of('10:00', '2'), of('12:00', '1')])).toEqual(['слова', 'слова', undefined]);
  expect(homework([of('10:00', ''), of('12:00', '1'), of('12:00', '2')])).toEqual(['слова', undefined, undefined]);
});

describe('homework follows its lesson', () => {
  const window = { from: instantOf('2026-11-20', '00:00', ZONE), to: instantOf('2026-12-20', '00:00', ZONE) };
  const maths = occurrence(DAY, '10:00', { subject: 'Матан' });
  const moves = (before: (typeof maths)[], after: (typeof maths)[]) =>
    movedHomework(diff(before, after, window), after).map(
      ({ from, to }) => `${from.day} ${from.subject} ${from.subgroup} > ${to.day} ${to.subject} ${to.subgroup}`,
    );
  const thursday = occurrence('2026-11-26', '14:00', { subject: 'Матан' });

  test.each<[string, (typeof maths)[], (typeof maths)[], string[]]>([
    ['to another day', [maths], [thursday], ['2026-11-24 матан  > 2026-11-26 матан ']],
    ['to another name', [maths], [{ ...maths, subject: 'Алгебра' }], ['2026-11-24 матан  > 2026-11-24 алгебра ']],
    [
      'not when only the hour or the room changed',
      [maths],
      [{ ...occurrence(DAY, '14:00', { subject: 'Матан' }) }],
      [],
    ],
    [
      'not when another lesson of the subject stays that day',
      [maths, occurrence(DAY, '16:00', { subject: 'Матан' })],
      [thursday, occurrence(DAY, '16:00', { subject: 'Матан' })],
      [],
    ],
    ['nowhere when the lesson is cancelled', [maths], [], []],
  ])('%s', (_, before, after, expected) => {
    expect(moves(before, after)).toEqual(expected);
  });
});

test('a line without homework is the same object: most lessons have none', () => {
  const one = datedOf(occurrence(DAY, '10:00'));
  expect(withHomework([one], [])[0]).toBe(one);
  expect(line(occurrence(DAY, '10:00'))).not.toHaveProperty('homework');
});
