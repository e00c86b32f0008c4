/** When a lesson is; what is dropped and how that is explained; the reading as a whole. */
import { describe, expect, test } from 'vitest';
import type { Parsed } from '../../src/source/contract.ts';
import { type Normalized, normalize } from '../../src/source/normalize.ts';
import { one, read } from './rows.ts';

describe('times', () => {
  const day = { on: 'day', day: '2026-09-07', endDay: '2026-09-07', allDay: false };
  const weekly = { day: undefined, weekday: 'Вт' } as const;
  test.each([
    ['both ends in one field', { start: '9:00–10:35', end: undefined }, { ...day, start: '09:00', end: '10:35' }],
    ['both ends, the other field empty', { start: '9:00-10:35', end: ' ' }, { ...day, start: '09:00', end: '10:35' }],
    ['a date as people write it', { day: '07.09.2026' }, { ...day, start: '09:00', end: '10:35' }],
    ['a moment', { end: '9:00' }, { ...day, start: '09:00', end: '09:00' }],
    [
      'over midnight, said',
      { start: '23:00', end: '0:30', endDay: '2026-09-08' },
      { ...day, start: '23:00', endDay: '2026-09-08', end: '00:30' },
    ],
    [
      'over midnight, unsaid',
      { start: '23:00', end: '0:30' },
      { ...day, start: '23:00', endDay: '2026-09-08', end: '00:30' },
    ],
    [
      'a whole day',
      { allDay: true, start: undefined, end: undefined },
      { ...day, start: '00:00', endDay: '2026-09-08', end: '00:00', allDay: true },
    ],
    [
      'a whole day to itself',
      { allDay: true, endDay: '2026-09-07' },
      { ...day, start: '00:00', endDay: '2026-09-08', end: '00:00', allDay: true },
    ],
    [
      'three whole days',
      { allDay: true, endDay: '2026-09-10' },
      { ...day, start: '00:00', endDay: '2026-09-10', end: '00:00', allDay: true },
    ],
    ['every week', { ...weekly }, { on: 'weekly', weekday: 2, weeks: 'every', start: '09:00', end: '10:35' }],
    [
      'odd weeks',
      { ...weekly, weeks: 'нечёт' },
      { on: 'weekly', weekday: 2, weeks: 'odd', start: '09:00', end: '10:35' },
    ],
    [
      'listed weeks',
      { ...weekly, weeks: '1-3,9' },
      { on: 'weekly', weekday: 2, weeks: [1, 2, 3, 9], start: '09:00', end: '10:35' },
    ],
  ] satisfies readonly (readonly [string, object, object])[])('%s', (_name, raw, times) => {
    expect(one(raw).times).toEqual(times);
  });

  test.each([
    ['no clock', { start: 'утром' }, 'no time in «утром 10:35»'],
    ['no clock at all', { start: undefined, end: undefined }, 'no time in «»'],
    ['no such hour', { start: '25:00' }, 'no time in «25:00 10:35»'],
    ['no such day', { day: '2026-02-30' }, 'no date in «2026-02-30»'],
    ['no such printed day', { day: '31.09.2026' }, 'no date in «31.09.2026»'],
    ['no such last day', { endDay: 'завтра' }, 'no date in «завтра»'],
    ['the end before the start', { end: '8:00' }, 'ends before it starts'],
    ['the last day before the first', { endDay: '2026-09-06' }, 'ends before it starts'],
    ['no weekday', { day: undefined }, 'no day in «»'],
    ['a strange weekday', { day: undefined, weekday: 'чтение' }, 'no day in «чтение»'],
    ['strange weeks', { day: undefined, weekday: 'Пн', weeks: 'иногда' }, 'no weeks in «иногда»'],
    ['weeks backwards', { day: undefined, weekday: 'Пн', weeks: '9-1' }, 'no weeks in «9-1»'],
    [
      'a weekly one over midnight',
      { day: undefined, weekday: 'Пн', start: '23:00', end: '1:00' },
      'ends before it starts',
    ],
    ['no subject', { subject: ' \u200b ' }, 'no subject'],
    ['a link for a subject', { subject: 'https://univer.ru/secret' }, 'no subject'],
  ] satisfies readonly (readonly [string, object, string])[])('dropped and explained: %s', (_name, raw, reason) => {
    const { lessons, skipped } = read({}, raw);
    expect(lessons).toHaveLength(1);
    expect(skipped).toEqual([expect.stringMatching(/^«[^»]*»: /)]);
    expect(skipped[0]).toContain(reason);
    expect(skipped[0]).not.toContain('secret');
  });

  test('twenty reasons are told, the rest is counted', () => {
    const { skipped } = read(...Array.from({ length: 50 }, () => ({ start: '' })));
    expect([skipped.length, skipped.at(-1)]).toEqual([21, 'and 30 more']);
  });
});

describe('the reading as a whole', () => {
  const whole = (parsed: Partial<Parsed>): Normalized =>
    normalize({ lessons: [], skipped: [], ...parsed }, 'Asia/Omsk');
  const term = { start: '2026-09-01', end: '2027-01-31', week1: '2026-08-31' };

  test('zone, term and name are kept', () => {
    expect(whole({ zone: 'Asia/Tomsk', term, name: ' ПИ-21\u202e https://univer.ru/x ' })).toMatchObject({
      zone: 'Asia/Tomsk',
      term,
      name: 'ПИ-21',
    });
    expect(whole({})).toEqual({ zone: 'Asia/Omsk', term: null, covers: null, lessons: [], skipped: [] });
  });

  test('a zone or a term that is none is not believed, and said', () => {
    const { zone, term: read, skipped } = whole({ zone: 'Сибирь', term: { ...term, end: '2026-02-30' } });
    expect([zone, read]).toEqual(['Asia/Omsk', null]);
    expect(skipped).toEqual(['the term has no such days', 'no zone is called «Сибирь»']);
  });
});
