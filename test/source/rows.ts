/** Rows as a site prints them, and what is read from them. */
import { expect } from 'vitest';
import type { Lesson } from '../../src/domain/lesson.ts';
import type { RawLesson } from '../../src/source/contract.ts';
import { type Normalized, normalize } from '../../src/source/normalize.ts';

const MONDAY: RawLesson = { day: '2026-09-07', start: '9:00', end: '10:35', subject: 'Физика' };

/** The rows given, each a lesson on Monday but for what it says. */
export function read(...lessons: readonly Partial<RawLesson>[]): Normalized {
  return normalize({ lessons: lessons.map((raw) => ({ ...MONDAY, ...raw })), skipped: [] }, 'Europe/Moscow');
}

/** The only lesson of a row of which nothing is left out. */
export function one(raw: Partial<RawLesson>): Lesson {
  const { lessons, skipped } = read(raw);
  expect(skipped).toEqual([]);
  const [lesson] = lessons;
  if (lesson === undefined) throw new Error('nothing was read');
  return lesson;
}

export const ZOOM = 'https://zoom.us/j/1';
export const COURSE = 'https://lms.univer.ru/course/5';
