/** Days, clocks and zones: local wall time is data, an instant exists only where a lesson really happens. */
import { IANAZone } from 'luxon';

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;
/** Wall-clock time, `HH:MM`, 24 hours. */
export type Clock = string;
/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;
/** ISO weekday: 1 = Monday … 7 = Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;
/** IANA zone name. */
export type Zone = string;

/** One lesson number and its times, e.g. pair 2 is 09:45–11:20. */
export type Bell = { readonly number: number; readonly start: Clock; readonly end: Clock };

/** What a template timetable needs to become dates. `week1` is the Monday of academic week 1 (an odd week). */
export type Term = {
  readonly start: Day;
  /** Last day with lessons, inclusive. */
  readonly end: Day;
  readonly week1: Day;
};

/** Half an ordinary day of a Russian university; used when a timetable names pair numbers and no bells. */
export const DEFAULT_BELLS: readonly Bell[] = [
  { number: 1, start: '08:00', end: '09:35' },
  { number: 2, start: '09:45', end: '11:20' },
  { number: 3, start: '11:30', end: '13:05' },
  { number: 4, start: '13:30', end: '15:05' },
  { number: 5, start: '15:15', end: '16:50' },
  { number: 6, start: '17:00', end: '18:35' },
  { number: 7, start: '18:45', end: '20:20' },
];

const MINUTE = 60_000;
const DAY = 86_400_000;

/** True for an IANA zone this runtime knows («local» and offsets spelled in words are none). */
export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

/** The day when the text is one that exists, written `YYYY-MM-DD`; null otherwise. */
export function parseDay(text: string): Day | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  // Date.parse lets 30 February through as 2 March on some inputs: what comes back must be what went in.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : text;
}

/** True for `00:00` … `23:59`. */
export function isClock(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** Minutes since midnight. */
export function minutesOf(clock: Clock): number {
  return twoDigits(clock, 0) * 60 + twoDigits(clock, 3);
}

/** The number that two digits of a text are: millions of them are read, and to cut them out first costs several times as much. */
function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 11 * ZERO;
}

const ZERO = 48;

/** Minutes since midnight -> clock; 1440 is `24:00`, the exclusive end of a day. */
export function clockOf(minutes: number): Clock {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Days since 1970-01-01, by arithmetic alone: years begin in March here, so that the day more of a leap year is their last. */
export function dayNumber(day: Day): number {
  const [month, date] = [twoDigits(day, 5), twoDigits(day, 8)];
  const year = twoDigits(day, 0) * 100 + twoDigits(day, 2) - (month <= 2 ? 1 : 0);
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  // March is 0. From the first of March on the months are 31, 30, 31, 30, 31 days long, and again.
  const inYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1;
  return year * 365 + leapDays + inYear - EPOCH;
}

/** Days from the first of March of the year 0 to 1970-01-01. */
const EPOCH = 719_468;

/** Days by their numbers: a calendar has the same few hundred all the time. */
const daysByNumber = new Map<number, Day>();
/** So many are kept: years of them. */
const KEPT_DAYS = 5000;

/** The reverse of `dayNumber`. */
export function dayOfNumber(number: number): Day {
  const known = daysByNumber.get(number);
  if (known !== undefined) return known;
  const day = new Date(number * DAY).toISOString().slice(0, 10);
  if (daysByNumber.size >= KEPT_DAYS) daysByNumber.clear();
  daysByNumber.set(number, day);
  return day;
}

/** Wall time in a zone -> instant. A time inside a spring gap moves forward by the gap; an ambiguous one is the earlier. */
export function instantOf(day: Day, clock: Clock, zone: Zone): Instant {
  const wall = dayNumber(day) * DAY + minutesOf(clock) * MINUTE;
  const offset = steadyOffset(zone, wall);
  return offset === null ? resolve(wall, zoneNamed(zone)) : wall - offset * MINUTE;
}

/** Instant -> wall time in a zone. */
export function wallOf(instant: Instant, zone: Zone): { day: Day; clock: Clock } {
  const offset = steadyOffset(zone, instant) ?? zoneNamed(zone).offset(instant);
  const wall = Math.trunc(instant + offset * MINUTE);
  const day = Math.floor(wall / DAY);
  return { day: dayOfNumber(day), clock: clockOf(Math.floor((wall - day * DAY) / MINUTE)) };
}

/** luxon's own resolution of an ambiguous time depends on the season it is asked in; ours may not. */
function resolve(wall: number, zone: IANAZone): Instant {
  const [before, after] = [zone.offset(wall - DAY), zone.offset(wall + DAY)];
  const candidates = [wall - before * MINUTE, wall - after * MINUTE];
  const real = candidates.filter((at) => at + zone.offset(at) * MINUTE === wall);
  return real.length > 0 ? Math.min(...real) : wall - before * MINUTE;
}

/** Days that share one look-up, where no change of the clocks is near: no zone changes them and back within so few, and a day more on both sides. */
const BLOCK = 8;
/** So many look-ups of a zone are kept: years of them, whatever dates a calendar brings. */
const KEPT = 2000;

/**
 * What luxon has said of the zones, which never changes: asking it costs more than all else that is done with a lesson's hours.
 * By zone, then by the run of days: its offset, null where it changes within a day of them.
 */
const said = new Map<Zone, Map<number, number | null>>();

/** The offset of a zone, in minutes, around this time of its own or of UTC; null on the days around a change of the clocks. */
function steadyOffset(zone: Zone, time: number): number | null {
  return offsetOfRun(zone, time, BLOCK) ?? offsetOfRun(zone, time, 1);
}

function offsetOfRun(zone: Zone, time: number, days: number): number | null {
  const run = Math.floor(time / (days * DAY));
  const of = said.get(zone) ?? new Map<number, number | null>();
  const key = run * 2 * BLOCK + days;
  let offset = of.get(key);
  if (offset === undefined) {
    const named = zoneNamed(zone);
    const [before, after] = [named.offset((run * days - 1) * DAY), named.offset(((run + 1) * days + 1) * DAY)];
    offset = before === after ? before : null;
    if (of.size >= KEPT) of.clear();
    said.set(zone, of.set(key, offset));
  }
  return offset;
}

function zoneNamed(zone: Zone): IANAZone {
  const named = IANAZone.create(zone);
  if (!named.isValid) throw new RangeError(`not a time zone: ${zone}`);
  return named;
}

/** Whether the clocks of two zones show different times at this instant. */
export function clocksDiffer(a: Zone, b: Zone, at: Instant): boolean {
  return a !== b && (wallOf(at, a).clock !== wallOf(at, b).clock || wallOf(at, a).day !== wallOf(at, b).day);
}

export function addDays(day: Day, days: number): Day {
  return dayOfNumber(dayNumber(day) + days);
}

export function weekdayOf(day: Day): Weekday {
  return weekdayOfNumber(dayNumber(day));
}

/** 1970-01-01 was a Thursday. */
export function weekdayOfNumber(number: number): Weekday {
  return (((((number + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** The Monday on or before the day. */
export function mondayOf(day: Day): Day {
  return addDays(day, 1 - weekdayOf(day));
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** Academic week of a day: 1 for the week that begins at `week1`, 2 for the next; 0 and below before it. Never the ISO week. */
export function weekNumber(day: Day, week1: Day): number {
  return Math.floor(daysBetween(mondayOf(week1), mondayOf(day)) / 7) + 1;
}
