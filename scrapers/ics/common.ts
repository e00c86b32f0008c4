/** The rules that nearly every timetable is made of – every day, every week, some weekdays – expanded by counting days. */
import { DAY_MS, type Wall } from './stamp.ts';

/** A rule without any part but INTERVAL, BYDAY, WKST, COUNT and UNTIL (RFC 5545 section 3.3.10). */
export type Common = {
  readonly freq: 'DAILY' | 'WEEKLY';
  readonly interval: number;
  /** Monday is 0; null = the weekday of the start, or any day. */
  readonly days: readonly number[] | null;
  readonly weekStart: number;
  /** At least 1. */
  readonly count: number | null;
  /** Inclusive. */
  readonly until: Wall | null;
};

/** Starts of a rule within [from, to), in order. */
export type Between = (from: Wall, to: Wall) => readonly Wall[];

/** Expands by wall time, which knows no change of the clocks: node-ical gives the same (common.test.ts), twenty times slower. */
export function commonBetween(rule: Common, start: Wall): Between {
  const first = Math.floor(start / DAY_MS);
  const time = start - first * DAY_MS;
  const { step, begin, days } = paceOf(rule, first);
  return (from, to) => {
    const found: Wall[] = [];
    const last = Math.min(to - 1, rule.until ?? Number.POSITIVE_INFINITY);
    // Only a COUNT has to be counted from the beginning.
    const skipped = rule.count === null ? Math.floor((from - DAY_MS - begin * DAY_MS) / (step * DAY_MS)) : 0;
    let left = rule.count ?? Number.POSITIVE_INFINITY;
    for (let base = begin + Math.max(0, skipped) * step; base * DAY_MS <= last; base += step) {
      for (const day of days) {
        const wall = (base + day) * DAY_MS + time;
        if (base + day < first || (rule.freq === 'DAILY' && !isWanted(rule, base))) continue;
        if (wall > last || left === 0) return found;
        left -= 1;
        if (wall >= from) found.push(wall);
      }
    }
    return found;
  };
}

/** Every `step` days from `begin` on, the days so many after each; all counted from 1970-01-01. */
function paceOf(rule: Common, first: number) {
  if (rule.freq === 'DAILY') return { step: rule.interval, begin: first, days: [0] };
  const own = weekday(first);
  const afterStart = (day: number): number => (day - rule.weekStart + 7) % 7;
  const days = (rule.days ?? [own]).map(afterStart).sort((a, b) => a - b);
  return { step: 7 * rule.interval, begin: first - afterStart(own), days };
}

function isWanted({ days }: Common, day: number): boolean {
  return days === null || days.includes(weekday(day));
}

/** 1970-01-01 was a Thursday; days before it count down. */
function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
