/** What the lessons of each day are, as a short print: where two lists have the same print for a day, nothing of it needs a look. */
import { hash } from 'node:crypto';
import { type Day, dayNumber, dayOfNumber } from './calendar.ts';
import type { Known } from './identity.ts';
import type { Lesson } from './lesson.ts';

/**
 * A text for every day that has lessons: its number, and the print of all that is said of them, in whatever order; an empty print
 * is like no other. None at all where a list has lessons that come every week: they are of no day.
 */
export type Prints = readonly string[];

/** Hexadecimal digits and more, six bits each: no two days of all universities have the same by chance. */
const LENGTH = 11;
/** A list of more is a whole university's; nobody compares it by its days. */
const MOST = 5_000;

/** The prints of a list as a source gives it. */
export function printsOf(lessons: readonly Lesson[]): Prints {
  if (lessons.length > MOST) return [];
  const days = new Map<Day, string[]>();
  for (const lesson of lessons) {
    if (lesson.times.on === 'weekly') return [];
    const { day } = lesson.times;
    const some = days.get(day) ?? [];
    some.push(JSON.stringify(lesson));
    days.set(day, some);
  }
  return [...days].map(([day, some]) => {
    const print = hash('sha256', some.sort().join('\n'), 'base64url');
    return `${numberOf(day)}.${print.slice(0, LENGTH)}`;
  });
}

/** The days whose lessons may differ; null where that can be any. */
export function daysApart(a: Prints, b: Prints): Set<Day> | null {
  if (a.length === 0 || b.length === 0) return null;
  // Most stand in the same place of both, and each in one place only.
  const here = new Set(a.filter((one, place) => one !== b[place] || isBlank(one)));
  const there = new Set(b.filter((one, place) => one !== a[place]));
  const apart = [...here].filter((one) => !there.has(one) || isBlank(one));
  apart.push(...[...there].filter((one) => !here.has(one)));
  return new Set(apart.map(dayIn));
}

/** The same, with an empty print for each of these days. */
export function blanked(prints: Prints, days: ReadonlySet<Day>): Prints {
  if (days.size === 0 || prints.length === 0) return prints;
  const blank = [...days].map((day) => `${numberOf(day)}.`);
  return [...prints.filter((one) => !days.has(dayIn(one))), ...blank];
}

/**
 * The days whose lessons are stored otherwise than their source gave them: one that says the same is not written again for another
 * id, or because its source marks it.
 */
export function daysKept(before: readonly Known[], after: readonly Known[]): Set<Day> {
  const was = new Map(before.map((lesson) => [lesson.uid, lesson]));
  const days = new Set<Day>();
  for (const { uid, sourceId, changed, times } of after) {
    const old = was.get(uid);
    if (old === undefined || times.on === 'weekly') continue;
    if (old.sourceId !== sourceId || old.changed !== changed) days.add(times.day);
  }
  return days;
}

function isBlank(print: string): boolean {
  return print.endsWith('.');
}

function dayIn(print: string): Day {
  return dayOfNumber(Number.parseInt(print, 36));
}

function numberOf(day: Day): string {
  return dayNumber(day).toString(36);
}
