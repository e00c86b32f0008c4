/** Times and dates as this site writes them. */

import { DateTime } from 'luxon';
import { type Clock, type Day, textOf } from '#source';

const ZONE = 'Europe/Moscow';

/** `2016-11-21T09:30:00` is local time; `/Date(1479709800000)/` and a text with an offset are moments. null for anything else. */
export function wallOf(text: string): { readonly day: Day; readonly clock: Clock } | null {
  const local = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?$/.exec(text);
  if (local !== null) return { day: local[1] ?? '', clock: local[2] ?? '' };
  // Luxon would take a bare hour for one of today.
  if (!/^(?:\d{4}-\d\d-\d\dT|\/Date)/.test(text)) return null;
  const millis = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  const at =
    millis === undefined ? DateTime.fromISO(text, { zone: ZONE }) : DateTime.fromMillis(Number(millis), { zone: ZONE });
  return at.isValid ? { day: at.toFormat('yyyy-MM-dd'), clock: at.toFormat('HH:mm') } : null;
}

/** The printed dates of a row: one text or a list of texts; none where the row has no such field. */
export function printedDates(dates: unknown): readonly string[] {
  if (Array.isArray(dates)) return dates.map(textOf);
  return textOf(dates) === '' ? [] : textOf(dates).split(/[,;]\s*/);
}

/** «16.1» (day.month) or «16.1.2017»; a year is taken so that the date falls into the range. null when there is none. */
export function dateIn(printed: string, range: { readonly from: Day; readonly to: Day }): Day | null {
  const found = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?$/.exec(printed.trim());
  if (found === null) return null;
  const [, day = '', month = '', said] = found;
  const rest = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (said !== undefined) return `${said}-${rest}`;
  const years = [range.from.slice(0, 4), range.to.slice(0, 4)];
  return years.map((year) => `${year}-${rest}`).find((date) => date >= range.from && date <= range.to) ?? null;
}
