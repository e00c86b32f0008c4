/** A series to its occurrences inside a window of days. */
import { instantOf, wallOf, type ZoneClock } from './clock.ts';
import type { Between } from './common.ts';
import { allDayLength, type CalendarEvent, isAllDay } from './event.ts';
import type { Member, Series } from './series.ts';
import { DAY_MS, dayStart, type Wall } from './stamp.ts';
import type { Zones } from './zones.ts';

/** One occurrence by its own clock; an all-day one has dates only and an exclusive end. */
export type Dated = {
  readonly index: number;
  readonly event: CalendarEvent;
  readonly allDay: boolean;
  readonly start: Wall;
  readonly end: Wall;
  readonly clock: ZoneClock;
  /** Clock of the end: an event may end in another zone than it began. */
  readonly endClock: ZoneClock;
  /** A date of a series that the calendar itself gives otherwise than the series: when, where or what. */
  readonly changed: boolean;
};

/** Days wanted, `to` exclusive, as midnights. They are compared with each event's own wall time. */
export type Window = { readonly from: Wall; readonly to: Wall };

export type Rules = { readonly plus: readonly Between[]; readonly minus: readonly Between[] };

export type Expander = {
  readonly zones: Zones;
  readonly window: Window;
  /** What the rules of the event at this place give, and what its exception rules take. */
  rulesOf(index: number): Rules;
  /** Called for every start a rule gave; throws over the bound. */
  count(starts: number): void;
};

/** Length by wall time, so that a lesson of a series ends at the same hour in winter and in summer. */
type Shape = { readonly clock: ZoneClock; readonly endClock: ZoneClock; readonly start: Wall; readonly length: number };

/** How far outside the window a date may begin and still be looked for: long events and changes that move dates. */
const MAX_REACH = 400 * DAY_MS;

export function expandSeries(series: Series, expander: Expander): readonly Dated[] {
  const { zones, window } = expander;
  const [lone] = series.masters;
  if (lone !== undefined && series.masters.length === 1 && series.changes.length === 0 && isSingle(lone, expander)) {
    const shape = shapeOf(lone.event, zones);
    return [dated(lone, shape, shape.start, null)].filter((item) => isInside(item, window));
  }
  const changes = series.changes.map((member) => ({ member, shape: shapeOf(member.event, zones) }));
  const found: Dated[] = [];
  const removed = new Set<Member>();
  const placed = new Set<Member>();
  const other = new Set<Member>();
  for (const master of series.masters) {
    const shape = shapeOf(master.event, zones);
    // Many events of one UID times many changes is work that no real calendar needs.
    if (series.masters.length > 1) expander.count(changes.length);
    const keyed = changes
      .map((change) => ({ ...change, key: keyIn(change.member.event, master.event, shape.clock, zones) }))
      .sort((a, b) => a.key - b.key);
    const onwards = keyed.filter((change) => change.member.event.onwards);
    const shifts = onwards.map(
      (change) => Math.abs(change.shape.start - change.key) + Math.max(shape.length, change.shape.length),
    );
    const reach = Math.min(
      MAX_REACH,
      shifts.reduce((most, shift) => Math.max(most, shift), shape.length),
    );
    const { starts, gone } = startsOf(master, shape, expander, reach);
    const replaced = new Set<Wall>();
    for (const { member, key, shape: its } of keyed) {
      const start = replacedStart(key, member.event, starts);
      replaced.add(start);
      if (gone(key, true)) removed.add(member);
      if (!starts.has(start) && !wasStart(key, master, expander)) continue;
      placed.add(member);
      if (isOther({ ...member, shape: its }, { ...master, shape: { ...shape, start } })) other.add(member);
    }
    for (const [start, end] of starts) {
      if (gone(start, false) || replaced.has(start)) continue;
      const later = onwards.findLast((change) => change.key <= start);
      if (later !== undefined) {
        const base = wallOf(instantOf(later.key, shape.clock), later.shape.clock);
        const here = wallOf(instantOf(start, shape.clock), later.shape.clock);
        const moved = isAllDay(master.event) ? start - later.key : here - base;
        found.push(dated(later.member, later.shape, later.shape.start + moved, null));
      } else found.push(dated(master, shape, start, end));
    }
  }
  const newest = series.masters.reduce((most, master) => Math.max(most, master.event.sequence), -1);
  for (const { member, shape } of changes) {
    // A newer version of the series no longer has that date: the change of it is a leftover.
    const stale = !placed.has(member) && member.event.sequence < newest;
    if (removed.has(member) || stale) continue;
    found.push({ ...dated(member, shape, shape.start, null), changed: other.has(member) });
  }
  return found.filter((item) => isInside(item, window));
}

type Shaped = Member & { readonly shape: Shape };

function isOther({ event, shape }: Shaped, { event: planned, shape: plan }: Shaped): boolean {
  const [at, wanted] = [instantOf(shape.start, shape.clock), instantOf(plan.start, plan.clock)];
  if (at !== wanted || shape.length !== plan.length) return true;
  return event.summary !== planned.summary || event.location !== planned.location;
}

/** True for an event that takes place once: most calendars hold nothing else. */
function isSingle({ event, index }: Member, expander: Expander): boolean {
  const { plus, minus } = expander.rulesOf(index);
  return plus.length + minus.length + event.dates.length + event.exceptDates.length === 0;
}

/** The moment a change replaces, by the clock of the series; a date for an all-day series. */
function keyIn(change: CalendarEvent, master: CalendarEvent, clock: ZoneClock, zones: Zones): Wall {
  if (change.replaces === null) return Number.NaN;
  return isAllDay(master) ? zones.dayOf(change.replaces) : zones.onClock(change.replaces, clock);
}

/** The start that a change replaces. One that names a day only takes that day's first. */
function replacedStart(key: Wall, change: CalendarEvent, starts: ReadonlyMap<Wall, Wall | null>): Wall {
  if (starts.has(key) || change.replaces?.form !== 'date') return key;
  for (const start of starts.keys()) if (dayStart(start) === key) return start;
  return key;
}

/** True when the series has a start at that very moment, be it outside the window. */
function wasStart(key: Wall, master: Member, expander: Expander): boolean {
  return expander.rulesOf(master.index).plus.some((between) => between(key, key + 1).length > 0);
}

type Starts = {
  /** Start to an end of its own (RDATE periods), null where the series' length holds. */
  readonly starts: ReadonlyMap<Wall, Wall | null>;
  /** True for what EXDATE or EXRULE takes away; `exact` asks for that very moment, not for its day. */
  gone(start: Wall, exact: boolean): boolean;
};

/** DTSTART, rules and RDATE; DTSTART always counts (RFC 5545 section 3.8.5.3). */
function startsOf(member: Member, shape: Shape, expander: Expander, reach: number): Starts {
  const { event } = member;
  const { zones, window } = expander;
  const { plus, minus } = expander.rulesOf(member.index);
  const allDay = isAllDay(event);
  const [from, to] = [window.from - reach, window.to + reach];
  const starts = new Map<Wall, Wall | null>([[shape.start, null]]);
  for (const between of plus) {
    const walls = between(from, to);
    expander.count(walls.length);
    for (const wall of walls) starts.set(wall, null);
  }
  for (const { start, end, duration } of event.dates) {
    const wall = allDay ? zones.dayOf(start) : zones.onClock(start, shape.clock);
    // A date among times, outside a period, means that day at the usual hour.
    const usual = start.form === 'date' && end === null && duration === null && !allDay;
    const at = usual ? wall + (shape.start - dayStart(shape.start)) : wall;
    const ends = end === null ? (duration === null ? null : at + duration) : zones.onClock(end, shape.clock);
    starts.set(at, ends === null || ends < at ? (starts.get(at) ?? null) : ends);
  }
  const exact = new Set<Wall>();
  const days = new Set<Wall>();
  for (const stamp of event.exceptDates) {
    if (allDay || stamp.form === 'date') days.add(zones.dayOf(stamp));
    else exact.add(zones.onClock(stamp, shape.clock));
  }
  for (const between of minus) for (const wall of between(from, to)) exact.add(wall);
  return {
    starts,
    gone: (start, only) => exact.has(start) || ((allDay || !only) && days.has(dayStart(start))),
  };
}

function shapeOf(event: CalendarEvent, zones: Zones): Shape {
  const clock = zones.clockOf(event.start);
  const start = zones.onClock(event.start, clock);
  const { end } = event;
  if (isAllDay(event)) {
    return {
      clock,
      endClock: clock,
      start: Math.min(start, dayStart(end?.wall ?? start)),
      length: allDayLength(event),
    };
  }
  if (end === null) return { clock, endClock: clock, start, length: Math.max(0, event.duration ?? 0) };
  // A date as the end of a timed event: midnight where it began.
  const endClock = end.form === 'date' || end.form === 'floating' ? clock : zones.clockOf(end);
  const endWall = zones.onClock(end, endClock);
  if (endClock === clock) {
    // Written the wrong way round: read it the right way.
    return { clock, endClock, start: Math.min(start, endWall), length: Math.abs(endWall - start) };
  }
  const length = instantOf(endWall, endClock) - instantOf(start, clock);
  return { clock, endClock, start: length < 0 ? start + length : start, length: Math.abs(length) };
}

/** @param own an end of its own, by the clock of the start */
function dated({ event, index }: Member, shape: Shape, start: Wall, own: Wall | null): Dated {
  const { clock, length } = shape;
  const endClock = own === null ? shape.endClock : clock;
  const end = own ?? (endClock === clock ? start + length : wallOf(instantOf(start, clock) + length, endClock));
  return { index, event, allDay: isAllDay(event), start, end, clock, endClock, changed: false };
}

/** Overlaps the window; what has no length must begin inside it. */
function isInside({ start, end }: Dated, { from, to }: Window): boolean {
  return start < to && (end > from || start >= from);
}
