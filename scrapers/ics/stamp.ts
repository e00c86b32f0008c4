/** Dates, times, durations and periods as a calendar writes them (RFC 5545 sections 3.3.4–3.3.6, 3.3.9). */
import type { Params } from './line.ts';

/** Wall time as milliseconds «as if it were UTC», so that it can be counted with and never meets the host's zone. */
export type Wall = number;

export const DAY_MS = 86_400_000;

export type Stamp = {
  readonly wall: Wall;
  readonly form: 'date' | 'floating' | 'utc' | 'zoned';
  /** '' unless zoned. */
  readonly tzid: string;
};

export type Period = { readonly start: Stamp; readonly end: Stamp | null; readonly duration: number | null };

const DATE = /^(\d{4})-?(\d{2})-?(\d{2})$/;
const DATE_TIME = /^(\d{4})-?(\d{2})-?(\d{2})[Tt ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?([Zz]|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads one value; null when its digits are no real date. A time of day is kept though `VALUE=DATE` is written beside it:
 * whoever wrote 12:00 meant it.
 */
export function readStamp(value: string, params: Params): Stamp | null {
  const text = value.trim();
  const date = DATE.exec(text);
  if (date !== null) {
    const day = dayOf(date);
    return day === null ? null : { wall: day, form: 'date', tzid: '' };
  }
  const match = DATE_TIME.exec(text);
  const day = match === null ? null : dayOf(match);
  if (match === null || day === null) return null;
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Math.min(59, Number(match[6] ?? 0))];
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0) || Number(match[6] ?? 0) > 60) return null;
  const wall = day + hour * 3_600_000 + minute * 60_000 + second * 1_000;
  const zone = match[7];
  if (zone !== undefined) return { wall: wall - offsetOf(zone), form: 'utc', tzid: '' };
  const tzid = params.get('TZID')?.trim() ?? '';
  return { wall, form: tzid === '' ? 'floating' : 'zoned', tzid };
}

/** Midnight of the day the first three groups name; null for 31 February. */
function dayOf(match: RegExpExecArray): Wall | null {
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(0);
  // Not Date.UTC: it reads the year 1 as 1901.
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null;
}

/** `Z`, `+0300`, `-03:00`, `+034505` in milliseconds. */
export function offsetOf(text: string): number {
  const match = /^([+-])(\d{2}):?(\d{2}):?(\d{2})?$/.exec(text.trim());
  if (match === null) return 0;
  const size = Number(match[2]) * 3_600_000 + Number(match[3]) * 60_000 + Number(match[4] ?? 0) * 1_000;
  return match[1] === '-' ? -size : size;
}

const DURATION = /^([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/i;

/** A duration in milliseconds; null when it is none. */
export function readDuration(text: string): number | null {
  const match = DURATION.exec(text.trim());
  if (match === null || /[PT]$/i.test(text.trim())) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const size = (weeks * 7 + days) * DAY_MS + hours * 3_600_000 + minutes * 60_000 + seconds * 1_000;
  return match[1] === '-' ? -size : size;
}

/** One RDATE value: a moment, or a period `start/end` or `start/duration`. */
export function readPeriod(value: string, params: Params): Period | null {
  const [first = '', second] = value.split('/');
  const start = readStamp(first, params);
  if (start === null) return null;
  if (second === undefined) return { start, end: null, duration: null };
  if (/^[+-]?P/i.test(second.trim())) return { start, end: null, duration: readDuration(second) };
  return { start, end: readStamp(second, params), duration: null };
}

/** Midnight of the day a wall time is in. */
export function dayStart(wall: Wall): Wall {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}

export type Printer = { day(wall: Wall): string; clock(wall: Wall): string };

/** Prints wall times as `YYYY-MM-DD` and `HH:MM`. A term has some hundred days and a day some dozen times: each is written once. */
export function makePrinter(): Printer {
  const days = new Map<number, string>();
  const clocks = new Map<number, string>();
  return {
    day(wall) {
      const start = dayStart(wall);
      const known = days.get(start);
      if (known !== undefined) return known;
      const text = new Date(start).toISOString().slice(0, -14);
      days.set(start, text);
      return text;
    },
    clock(wall) {
      const minute = Math.floor((wall - dayStart(wall)) / 60_000);
      const known = clocks.get(minute);
      if (known !== undefined) return known;
      const text = new Date(minute * 60_000).toISOString().slice(11, 16);
      clocks.set(minute, text);
      return text;
    },
  };
}

/** `YYYYMMDDTHHMMSSZ`, the form in which wall time is handed to node-ical. */
export function compact(wall: Wall): string {
  return `${new Date(wall).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
