/** The gate before node-ical: a recurrence rule is put in order, or refused with a reason (RFC 5545 section 3.3.10). */
import type { ZoneClock } from './clock.ts';
import { wallOf } from './clock.ts';
import type { Common } from './common.ts';
import { compact, DAY_MS, dayStart, readStamp, type Stamp, type Wall } from './stamp.ts';

export type Rule = {
  /** What node-ical is given; UNTIL as wall time. */
  readonly text: string;
  readonly freq: Freq;
  readonly interval: number;
  readonly count: number | null;
  /** How many starts one day may have at most. */
  readonly perDay: number;
  /** The rule where it is a common one: then nothing else need expand it. */
  readonly common: Common | null;
};

type Freq = 'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY' | 'HOURLY' | 'MINUTELY' | 'SECONDLY';

/** Days that one step takes, at least; for counting work, not for dates. */
const STEP: Readonly<Record<Freq, number>> = {
  YEARLY: 365,
  MONTHLY: 28,
  WEEKLY: 7,
  DAILY: 1,
  HOURLY: 1 / 24,
  MINUTELY: 1 / 1_440,
  SECONDLY: 1 / 86_400,
};

/** Numbers a BY part may hold, by size; negative ones too where marked. */
const RANGES: ReadonlyMap<string, readonly [min: number, max: number, negative: boolean]> = new Map([
  ['BYSECOND', [0, 60, false]],
  ['BYMINUTE', [0, 59, false]],
  ['BYHOUR', [0, 23, false]],
  ['BYMONTHDAY', [1, 31, true]],
  ['BYYEARDAY', [1, 366, true]],
  ['BYWEEKNO', [1, 53, true]],
  ['BYMONTH', [1, 12, false]],
  ['BYSETPOS', [1, 366, true]],
]);
const WEEKDAY = /^[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)$/;
const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** Steps node-ical walks before it gives up. */
export const MAX_STEPS = 10_000;
const MAX_PER_DAY = 24;
const MAX_SHORT = 1_000;

/**
 * Reads a rule of an event that begins at `start`.
 * @returns the rule, or the reason of a refusal as words for the log
 */
export function readRule(value: string, start: Stamp, clock: ZoneClock): Rule | string {
  const parts = new Map<string, string>();
  for (const part of value.toUpperCase().split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && at < part.length - 1) parts.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  const freq = parts.get('FREQ') ?? '';
  if (!isFreq(freq)) return `FREQ «${freq.slice(0, 20)}»`;
  if ((parts.get('RSCALE') ?? 'GREGORIAN') !== 'GREGORIAN') return 'RSCALE';
  const interval = Number(parts.get('INTERVAL') ?? 1);
  if (!Number.isInteger(interval) || interval < 1) return 'INTERVAL below 1';
  const count = parts.has('COUNT') ? Number(parts.get('COUNT')) : null;
  if (count !== null && (!Number.isInteger(count) || count < 0)) return 'COUNT that is no number';

  // FREQ goes first: node-ical throws away whatever stands before it.
  const text = [`FREQ=${freq}`, `INTERVAL=${Math.min(interval, 1_000_000)}`];
  if (count !== null) text.push(`COUNT=${count}`);
  const until = parts.has('UNTIL') ? readUntil(parts.get('UNTIL') ?? '', start, clock) : null;
  if (until === null && parts.has('UNTIL')) return 'UNTIL that is no date';
  if (until !== null) text.push(`UNTIL=${compact(until)}`);
  const by = byParts(parts, freq);
  if (typeof by === 'string') return by;
  const perDay = timesPerDay(by, freq, interval);
  // Rules by the hour and finer are no timetable; a short countable one does no harm.
  const fine = freq === 'MINUTELY' || freq === 'SECONDLY';
  if (by.has('BYSECOND') && (by.get('BYSECOND')?.length ?? 0) > 1) return 'several BYSECOND';
  if (fine ? count === null || count > MAX_SHORT : perDay > MAX_PER_DAY) return 'too many starts a day';
  for (const [name, values] of by) text.push(`${name}=${values.join(',')}`);
  const wkst = parts.get('WKST');
  const weekStart = wkst !== undefined && WEEKDAY.test(wkst) ? wkst.slice(-2) : 'MO';
  if (weekStart !== 'MO') text.push(`WKST=${weekStart}`);
  const isCommon =
    (freq === 'DAILY' || freq === 'WEEKLY') && count !== 0 && [...by.keys()].every((name) => name === 'BYDAY');
  const days = by.get('BYDAY')?.map((day) => WEEK.indexOf(day)) ?? null;
  const common = isCommon ? { freq, interval, days, weekStart: WEEK.indexOf(weekStart), count, until } : null;
  return { text: text.join(';'), freq, interval, count, perDay, common };
}

/** Steps node-ical has to walk from the beginning because a COUNT must be counted. 0 when it can jump. */
export function stepsToWalk(rule: Rule, start: Wall, to: Wall): number {
  if (rule.count === null) return 0;
  const steps = Math.max(0, (to - start) / DAY_MS / STEP[rule.freq] / rule.interval);
  return Math.min(steps, rule.count) * Math.max(1, rule.perDay);
}

/** Years, months, weeks, days in the 400 years after which the Gregorian calendar repeats itself, weekdays too. */
const CYCLE: Readonly<Partial<Record<Freq, number>>> = { YEARLY: 400, MONTHLY: 4_800, WEEKLY: 20_871, DAILY: 146_097 };
const CYCLE_MS = 146_097 * DAY_MS;

/**
 * Where a rule may begin instead, so that an endless rule from the year 1 (birthdays without a year) gives the same dates:
 * node-ical takes the year 1 for 1901. null when it cannot be moved.
 */
export function modernStart(rule: Rule, start: Wall): Wall | null {
  const year = new Date(start).getUTCFullYear();
  if (year >= 1600) return start;
  const cycles = Math.ceil((1600 - year) / 400);
  const steps = (CYCLE[rule.freq] ?? 0) * cycles;
  return rule.count === null && steps > 0 && steps % rule.interval === 0 ? start + cycles * CYCLE_MS : null;
}

function isFreq(text: string): text is Freq {
  return Object.hasOwn(STEP, text);
}

/** BY parts whose every value is possible. WEEKLY takes plain weekdays only, so the numbers before them go. */
function byParts(parts: ReadonlyMap<string, string>, freq: Freq): ReadonlyMap<string, readonly string[]> | string {
  const by = new Map<string, readonly string[]>();
  for (const [name, value] of parts) {
    const values = [...new Set(value.split(',').map((item) => item.trim()))].filter((item) => item !== '');
    if (values.length === 0) continue;
    if (name === 'BYDAY') {
      if (!values.every((item) => WEEKDAY.test(item))) return 'BYDAY that is no weekday';
      const plain = freq !== 'MONTHLY' && freq !== 'YEARLY';
      by.set(name, plain ? [...new Set(values.map((item) => item.slice(-2)))] : values);
      continue;
    }
    const range = RANGES.get(name);
    if (range === undefined) continue;
    const [min, max, negative] = range;
    const sane = values.map(Number).every((item) => {
      const size = negative ? Math.abs(item) : item;
      return Number.isInteger(item) && size >= min && size <= max;
    });
    if (!sane) return `${name} out of range`;
    by.set(name, values);
  }
  return by;
}

function timesPerDay(by: ReadonlyMap<string, readonly string[]>, freq: Freq, interval: number): number {
  const hours = by.get('BYHOUR')?.length ?? (freq === 'HOURLY' ? 24 / interval : 1);
  return hours * (by.get('BYMINUTE')?.length ?? 1);
}

/**
 * The last wall time a rule may reach. A date alone means all of that day, since UNTIL is inclusive; UTC is brought to the
 * event's own clock. Of a time in an all-day rule only the date is taken.
 */
function readUntil(value: string, start: Stamp, clock: ZoneClock): Wall | null {
  const until = readStamp(value, new Map());
  if (until === null) return null;
  if (start.form === 'date') return dayStart(until.wall);
  if (until.form === 'date') return until.wall + DAY_MS - 1_000;
  return until.form === 'utc' ? wallOf(until.wall, clock) : until.wall;
}
