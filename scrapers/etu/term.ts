/** What dates the template: the semester, and which of its weeks is the first. */

import { DateTime } from 'luxon';
import {
  addDays,
  type Day,
  type Fields,
  fieldsOf,
  isFields,
  mondayOf,
  type Page,
  rowsOf,
  type Term,
  textOf,
  type Weekday,
} from '#source';

export type Semester = {
  readonly start: Day;
  readonly end: Day;
  /** Monday of the week the university counts from: one for all groups, also for those that begin later. */
  readonly week1: Day;
};

/** The season that has begun last by `today`, as wide as its groups study; undefined when the answer names none. */
export function semesterOf(groups: readonly Fields[], today: Day): Semester | undefined {
  const all = groups
    .flatMap(({ semesterSeasons }) => rowsOf(semesterSeasons, 'semesterSeasons'))
    .filter((season) => isFields(season.GroupSemesterSeason))
    .map((season) => ({ ...boundsOf(season.GroupSemesterSeason), season: dayOf(season.startDate) }))
    .filter(({ start, end }) => start !== '' && start <= end)
    .sort((a, b) => a.start.localeCompare(b.start));
  const chosen = all.findLast(({ start }) => start <= today) ?? all[0];
  if (chosen === undefined) return undefined;
  const same = all.filter(({ season }) => season === chosen.season);
  const start = same[0]?.start ?? chosen.start;
  const end =
    same
      .map((one) => one.end)
      .sort()
      .at(-1) ?? chosen.end;
  return { start, end, week1: mondayOf(chosen.season === '' ? start : chosen.season) };
}

function boundsOf(value: unknown): { readonly start: Day; readonly end: Day } {
  const { semesterStart, semesterEnd } = fieldsOf(value, 'GroupSemesterSeason');
  return { start: dayOf(semesterStart), end: dayOf(semesterEnd) };
}

/** `2023-09-01` or `2023-09-01T00:00:00.000Z`: the hour is a formality. */
export function dayOf(value: unknown): Day {
  return /^\d{4}-\d\d-\d\d/.exec(textOf(value))?.[0] ?? '';
}

/**
 * The semester with its first week put right by the site's own «which week is it now» (`general/current`, `week` 1 or 2).
 * `current` may have failed: it is help, not the timetable.
 */
export function termOf({ start, end, week1 }: Semester, current: Page | undefined, today: Day): Term {
  const said = current === undefined || current.status !== 200 ? 0 : weekSaid(current);
  const now = mondayOf(serverDay(current) ?? today);
  // Before and after the semester the site's word is about another one.
  const within = said !== 0 && now >= week1 && now <= end;
  const same = Math.abs(said % 2) === Math.abs(weekOf(now, week1) % 2);
  return { start, end, week1: within && !same ? addDays(week1, -7) : week1 };
}

function weekSaid(page: Page): number {
  try {
    const answer: unknown = JSON.parse(new TextDecoder().decode(page.body));
    const week = isFields(answer) ? Number(answer.week) : 0;
    return Number.isInteger(week) && week > 0 ? week : 0;
  } catch (error) {
    // No JSON tells no week; the semester's beginning is used instead.
    if (error instanceof SyntaxError) return 0;
    throw error;
  }
}

function serverDay(page: Page | undefined): Day | null {
  const at = DateTime.fromHTTP(page?.headers.date ?? '', { zone: 'Europe/Moscow' });
  return at.isValid ? at.toFormat('yyyy-MM-dd') : null;
}

/** Academic week of a day. */
export function weekOf(day: Day, week1: Day): number {
  return Math.floor((Date.parse(mondayOf(day)) - Date.parse(week1)) / 604_800_000) + 1;
}

/** Numbers of the weeks in which this weekday falls between two days, both inclusive, and into the term. */
export function weeksBetween(term: Term, weekday: Weekday, from: Day, to: Day): readonly number[] {
  const [first, last] = [from > term.start ? from : term.start, to < term.end ? to : term.end];
  const weeks: number[] = [];
  for (let day = addDays(mondayOf(first), weekday - 1); day <= last; day = addDays(day, 7)) {
    if (day >= first) weeks.push(weekOf(day, term.week1));
  }
  return weeks;
}
