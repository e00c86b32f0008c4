/** How what a peer asked for is named inside English sentences: minutes, days, kinds of change, what is hidden. */
import type { Weekday } from '../../domain/calendar.ts';
import { CHANGE_KINDS, type ChangeKind } from '../../domain/diff.ts';
import type { Hidden, Horizon, Quiet } from '../../domain/peer.ts';
import { plural } from '../format.ts';

export const ON_WEEKDAY: Readonly<Record<Weekday, string>> = {
  1: 'on Mondays',
  2: 'on Tuesdays',
  3: 'on Wednesdays',
  4: 'on Thursdays',
  5: 'on Fridays',
  6: 'on Saturdays',
  7: 'on Sundays',
};
const HORIZONS: Readonly<Record<Horizon, string>> = {
  near: 'for today and tomorrow',
  week: 'for 7 days ahead',
  all: 'for any day',
};
const KIND_NAMES: Readonly<Record<ChangeKind, string>> = {
  cancelled: 'cancellations',
  restored: 'lessons restored',
  added: 'new lessons',
  moved: 'moves',
  room: 'rooms',
  teacher: 'teachers',
  subject: 'subjects',
  kind: 'kinds of lesson',
  format: 'format',
};
const LESSONS: Readonly<Record<string, string>> = {
  lecture: 'lectures',
  practice: 'practice',
  lab: 'labs',
  seminar: 'seminars',
  test: 'pass/fail tests',
  'graded-test': 'graded tests',
  exam: 'exams',
  consultation: 'consultations',
  'class-hour': 'class hours',
  meeting: 'meetings',
};

/** The shorter list of the two is said: what is told, or what is not. */
export function changesText(horizon: Horizon | null, muted: readonly ChangeKind[]): string {
  if (horizon === null) return 'not sent';
  const told = CHANGE_KINDS.filter((kind) => !muted.includes(kind));
  const isFew = told.length > 0 && told.length < muted.length;
  const kinds = isFew ? told : muted;
  const which =
    kinds.length === 0 ? '' : `, ${isFew ? 'only' : 'except'} ${listed(kinds.map((kind) => KIND_NAMES[kind]))}`;
  return `at once, ${HORIZONS[horizon]}${which}`;
}

export function quietText({ from, to }: Quiet): string {
  return `from ${from} to ${to}`;
}

export function leadsText(leads: readonly number[]): string {
  return `${listed(leads.map(minutesText))} before`;
}

export function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    hours === 0 ? '' : `${hours} ${plural(hours, ['hour', 'hours', 'hours'], 'en')}`,
    rest === 0 ? '' : `${rest} ${plural(rest, ['minute', 'minutes', 'minutes'], 'en')}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** “a, b and c”. */
export function listed(names: readonly string[]): string {
  return names.join(', ').replace(/, (?=[^,]*$)/, ' and ');
}

export function hiddenName({ by, name }: Hidden): string {
  if (by === 'slot') return `lesson no. ${name}`;
  return by === 'kind' ? (LESSONS[name] ?? name) : name;
}
