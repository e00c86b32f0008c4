/** A clock of one place: how far its wall time is from UTC at any moment, by the runtime's own zone data. */
import type { Instant, Zone } from '#source';
import { DAY_MS, type Wall } from './stamp.ts';

export type ZoneClock = {
  /** IANA name, '' for a definition that only this calendar knows. */
  readonly zone: Zone;
  /** Milliseconds to add to UTC. */
  offsetAt(at: Instant): number;
};

export const UTC: ZoneClock = { zone: 'UTC', offsetAt: () => 0 };

/** A moment from which an offset holds. */
export type Onset = { readonly at: Instant; readonly offset: number };

/**
 * Wall time to the moment it names. In the hour that comes twice it is the first one; a time that the spring change
 * skips is read with the offset before the change (RFC 5545 section 3.3.5).
 */
export function instantOf(wall: Wall, clock: ZoneClock): Instant {
  const before = clock.offsetAt(wall - DAY_MS);
  const after = clock.offsetAt(wall + DAY_MS);
  const early = wall - before;
  if (before === after || clock.offsetAt(early) === before) return early;
  return clock.offsetAt(wall - after) === after ? wall - after : early;
}

export function wallOf(at: Instant, clock: ZoneClock): Wall {
  return at + clock.offsetAt(at);
}

/** The clock of an IANA zone. Years are looked up once each: a semester costs some eighty calls of Intl, not one per lesson. */
export function ianaClock(zone: Zone): ZoneClock {
  if (/^(?:Etc\/)?(?:UTC|GMT|Zulu)$/i.test(zone)) return { zone, offsetAt: UTC.offsetAt };
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const years = new Map<number, readonly Onset[]>();
  // Lessons come in crowds: most are asked about within the stretch of the one before.
  let [low, high, offset] = [0, 0, 0];
  function offsetAt(at: Instant): number {
    if (at >= low && at < high) return offset;
    const year = new Date(at).getUTCFullYear();
    let onsets = years.get(year);
    if (onsets === undefined) {
      onsets = onsetsOf(year, (moment) => intlOffset(format, moment));
      years.set(year, onsets);
    }
    const index = onsets.findLastIndex((onset) => onset.at <= at);
    low = onsets[index]?.at ?? at;
    high = onsets[index + 1]?.at ?? yearStart(year + 1);
    offset = offsetIn(onsets, at);
    return offset;
  }
  return { zone, offsetAt };
}

/** The offset that holds at a moment; before the first onset the first one's. */
export function offsetIn(onsets: readonly Onset[], at: Instant): number {
  let offset = onsets[0]?.offset ?? 0;
  for (const onset of onsets) {
    if (onset.at > at) break;
    offset = onset.offset;
  }
  return offset;
}

/** Looks every five days (Morocco changes twice within a month) and halves the span where the offset changed. */
function onsetsOf(year: number, offset: (at: Instant) => number): readonly Onset[] {
  const [begin, end] = [yearStart(year), yearStart(year + 1)];
  const onsets: Onset[] = [{ at: begin, offset: offset(begin) }];
  let was = offset(begin);
  let is = was;
  for (let from = begin; from < end; from += 5 * DAY_MS, was = is) {
    const to = Math.min(from + 5 * DAY_MS, end);
    is = offset(to);
    if (was === is) continue;
    let [low, high] = [from, to];
    while (high - low > 1_000) {
      const middle = low + Math.floor((high - low) / 2_000) * 1_000;
      if (offset(middle) === was) low = middle;
      else high = middle;
    }
    onsets.push({ at: high, offset: is });
  }
  return onsets;
}

/** Not Date.UTC: it reads the year 1 as 1901. */
function yearStart(year: number): Instant {
  return new Date(0).setUTCFullYear(year, 0, 1);
}

function intlOffset(format: Intl.DateTimeFormat, at: Instant): number {
  const parts = new Map(format.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const wall = new Date(0);
  wall.setUTCFullYear(part('year'), part('month') - 1, part('day'));
  wall.setUTCHours(part('hour'), part('minute'), part('second'));
  return wall.getTime() - Math.floor(at / 1_000) * 1_000;
}
