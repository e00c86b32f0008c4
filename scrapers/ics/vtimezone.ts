/** The clock of a zone that only the calendar itself defines (VTIMEZONE, RFC 5545 section 3.6.5). */
import type { Instant } from '#source';
import { type Onset, offsetIn, UTC, type ZoneClock } from './clock.ts';
import type { Observance, ZoneBlock } from './components.ts';
import { ask } from './engine.ts';
import { readRule } from './rule.ts';
import { offsetOf, readStamp, type Wall } from './stamp.ts';

/** Changes are computed for these years; earlier and later moments take the nearest known offset. */
const FIRST = Date.UTC(1970, 0, 1);
const LAST = Date.UTC(2100, 0, 1);
const MAX_RDATES = 500;

/** Builds the clock; null when the definition says no offset at all. Rules other than yearly ones are not followed. */
export function definedClock(block: ZoneBlock): ZoneClock | null {
  const onsets = block.observances.flatMap(onsetsOf).sort((a, b) => a.at - b.at);
  const [first] = onsets;
  if (first === undefined) return null;
  const table: readonly Onset[] = [{ at: Number.NEGATIVE_INFINITY, offset: first.before }, ...onsets];
  return { zone: '', offsetAt: (at: Instant) => offsetIn(table, at) };
}

/** The names a definition goes by. */
export function zoneNames(block: ZoneBlock): readonly string[] {
  return block.lines.filter((line) => line.name === 'TZID').map((line) => line.value.replaceAll('"', '').trim());
}

type Change = Onset & { readonly before: number };

function onsetsOf(observance: Observance): readonly Change[] {
  const { lines } = observance;
  const value = (name: string): string | undefined => lines.find((line) => line.name === name)?.value;
  const to = value('TZOFFSETTO');
  if (to === undefined) return [];
  const offset = offsetOf(to);
  const before = offsetOf(value('TZOFFSETFROM') ?? to);
  const start = readStamp(value('DTSTART') ?? '', new Map());
  if (start === null) return [{ at: FIRST, offset, before: offset }];

  const walls: Wall[] = [start.wall];
  for (const line of lines.filter((item) => item.name === 'RDATE').slice(0, MAX_RDATES)) {
    for (const text of line.value.split(',').slice(0, MAX_RDATES)) {
      const stamp = readStamp(text, line.params);
      if (stamp !== null) walls.push(stamp.wall);
    }
  }
  const text = value('RRULE');
  // UNTIL of an observance is UTC; its wall time is reckoned by the offset before the change.
  const rule = text === undefined ? null : readRule(text, start, { zone: '', offsetAt: () => before });
  if (rule !== null && typeof rule !== 'string' && rule.freq === 'YEARLY') {
    // The year 1601 or 1 only says «always»: begin where the years repeat.
    const modern = Math.max(start.wall, Date.UTC(1904, 0, 1));
    const from = rule.interval === 1 && rule.count === null ? moved(start.wall, modern) : start.wall;
    const [between] = ask([{ start: from, rule: rule.text }]);
    if (typeof between === 'function') walls.push(...between(FIRST, LAST));
  }
  return walls.map((wall) => ({ at: wall - before, offset, before }));
}

/** The same month, day and clock in the year of `modern`. */
function moved(start: Wall, modern: Wall): Wall {
  if (start >= modern) return start;
  const date = new Date(start);
  date.setUTCFullYear(new Date(modern).getUTCFullYear());
  return date.getTime();
}

/** A clock with one offset for ever. */
export function fixedClock(offset: number): ZoneClock {
  return offset === 0 ? UTC : { zone: '', offsetAt: () => offset };
}
