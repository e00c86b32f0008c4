/** Which clock a time of the calendar is read by: the names of zones, the calendar's own zone, floating time. */
import type { Zone } from '#source';
import { ianaClock, instantOf, UTC, wallOf, type ZoneClock } from './clock.ts';
import type { CalendarBlock } from './components.ts';
import { zoneByName } from './engine.ts';
import { dayStart, offsetOf, type Stamp, type Wall } from './stamp.ts';
import { definedClock, fixedClock, zoneNames } from './vtimezone.ts';

export type Zones = {
  /** Clock of a time without a zone. */
  readonly floating: ZoneClock;
  /** The clock a time is shown and repeated by. */
  clockOf(stamp: Stamp): ZoneClock;
  /** The time as another clock shows it; a date stays what it is. */
  onClock(stamp: Stamp, clock: ZoneClock): Wall;
  /** The day a time falls on, for comparing with whole days: as it is written, and UTC by the calendar's own clock. */
  dayOf(stamp: Stamp): Wall;
  /** Names nobody knows, read as floating time. */
  readonly unknown: ReadonlySet<string>;
};

/** How clocks are found by name, kept for one reading of one file. */
export type ClockFinder = (tzid: string) => ZoneClock | null;

/** Finds clocks by name, each looked up once. Names known to the runtime win over a definition of the same name. */
export function clockFinder(calendar: CalendarBlock): ClockFinder {
  const found = new Map<string, ZoneClock | null>();
  return (tzid) => {
    const known = found.get(tzid);
    if (known !== undefined) return known;
    const clock = findClock(tzid, calendar);
    found.set(tzid, clock);
    return clock;
  };
}

const MAX_NAME = 200;

function findClock(tzid: string, calendar: CalendarBlock): ZoneClock | null {
  if (tzid.length > MAX_NAME) return null;
  const zone = knownZone(tzid);
  if (zone !== null) return ianaClock(zone);
  const block = calendar.zones.find((item) => zoneNames(item).includes(tzid));
  const defined = block === undefined ? null : definedClock(block);
  if (defined !== null) return defined;
  const tail = tailZone(tzid);
  if (tail !== null) return ianaClock(tail);
  const offset = /^\(?(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?\b/i.exec(tzid);
  if (offset === null) return null;
  const [, sign, hours = '', minutes = '00'] = offset;
  return fixedClock(offsetOf(`${sign}${hours.padStart(2, '0')}${minutes}`));
}

/** The IANA zone a name stands for, Windows names included; null when it is neither. */
function knownZone(name: string): Zone | null {
  if (isIana(name)) return name;
  const zone = zoneByName(name);
  return zone !== null && isIana(zone) ? zone : null;
}

/** `/freeassociation.sourceforge.net/Europe/Berlin`, `posix/Europe/Vaduz`: the end of a path. */
function tailZone(tzid: string): Zone | null {
  const parts = tzid.split('/').filter((part) => part !== '');
  for (const size of [3, 2]) {
    const tail = parts.slice(-size).join('/');
    if (parts.length >= size && isIana(tail)) return tail;
  }
  return null;
}

function isIana(name: string): boolean {
  // The runtime also takes bare offsets for zones; a definition in the calendar says more than those.
  if (!/^[A-Za-z]/.test(name) || name.length > 60) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The zone a calendar names for itself (X-WR-TIMEZONE), null when it names none or nonsense. */
export function declaredClock(calendar: CalendarBlock, find: ClockFinder): ZoneClock | null {
  for (const line of calendar.lines) {
    if (line.name === 'X-WR-TIMEZONE') return find(line.value.replaceAll('"', '').trim());
  }
  return null;
}

/** The only zone a calendar defines: exporters that write times without a zone still send its definition along. */
export function onlyDefinedClock(calendar: CalendarBlock, find: ClockFinder): ZoneClock | null {
  const names = calendar.zones.flatMap(zoneNames);
  return names.length === 1 ? find(names[0] ?? '') : null;
}

/**
 * @param declared the zone of X-WR-TIMEZONE: times in UTC are brought to it, so that a series written in UTC keeps its hour
 * through the year, as Google Calendar shows it
 * @param own the calendar's own clock, which floating time need not follow
 */
export function makeZones(find: ClockFinder, declared: ZoneClock | null, floating: ZoneClock, own: ZoneClock): Zones {
  const unknown = new Set<string>();
  function clockOf(stamp: Stamp): ZoneClock {
    if (stamp.form === 'utc') return declared ?? UTC;
    if (stamp.form !== 'zoned') return floating;
    const clock = find(stamp.tzid);
    if (clock === null) unknown.add(stamp.tzid);
    return clock ?? floating;
  }
  function onClock(stamp: Stamp, clock: ZoneClock): Wall {
    if (stamp.form === 'utc') return wallOf(stamp.wall, clock);
    const its = stamp.form === 'zoned' ? clockOf(stamp) : clock;
    return its === clock ? stamp.wall : wallOf(instantOf(stamp.wall, its), clock);
  }
  function dayOf(stamp: Stamp): Wall {
    return dayStart(stamp.form === 'utc' ? wallOf(stamp.wall, own) : stamp.wall);
  }
  return { floating, clockOf, onClock, dayOf, unknown };
}
