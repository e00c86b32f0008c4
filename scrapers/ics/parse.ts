/** Reads a calendar: bytes in, dated occurrences of a window out, with the reasons for whatever was left out. */
import { SourceError, type Span, type Zone } from '#source';
import { bytesToText } from './bytes.ts';
import { ianaClock, type ZoneClock } from './clock.ts';
import { type CalendarBlock, splitCalendars } from './components.ts';
import type { CalendarEvent } from './event.ts';
import { CONFIGURED, type Limits, tooBig } from './limits.ts';
import { type CalendarOccurrence, makeMeter, occurrencesOf } from './occurrences.ts';
import { makeSkipLog, type SkipLog } from './skipped.ts';
import { type ClockFinder, clockFinder, declaredClock, makeZones, onlyDefinedClock } from './zones.ts';

export type CalendarReading = {
  /** X-WR-CALNAME, '' when the calendar has no name. */
  readonly name: string;
  /** The calendar's own zone: X-WR-TIMEZONE, else its commonest TZID, else the only zone it defines, else the asked one. */
  readonly zone: Zone;
  /** Sorted by start. */
  readonly occurrences: readonly CalendarOccurrence[];
  /** What was left out or read otherwise, for the log. */
  readonly skipped: readonly string[];
};

export type ReadOptions = {
  readonly limits?: Limits;
  /** The `content-type` header of the answer. */
  readonly contentType?: string;
  /** Where a time without a zone is read when X-WR-TIMEZONE is absent: in the calendar's own zone, or in the asked one. */
  readonly floating?: 'own' | 'asked';
};

/**
 * Reads all calendars of a file, whatever the host's zone. An occurrence belongs when it overlaps [from, to) by its own
 * wall time.
 * @throws SourceError changed (empty, not-a-calendar, cut, unreadable) or too-big (bytes, depth, events, occurrences, rule,
 * line, exdates, rdates)
 */
export function readCalendar(bytes: Uint8Array, span: Span, options: ReadOptions = {}): CalendarReading {
  const limits = options.limits ?? CONFIGURED;
  if (bytes.length > limits.bytes) throw tooBig('bytes', `more than ${limits.bytes} bytes`);
  const text = bytesToText(bytes, options.contentType);
  if (text.trim() === '') throw new SourceError('changed', 'empty', 'the answer is empty');
  const calendars = splitCalendars(text, limits);
  const window = { from: Date.parse(`${span.from}T00:00:00Z`), to: Date.parse(`${span.to}T00:00:00Z`) };
  const asked = ianaClock(span.zone);
  const log = makeSkipLog();
  const meter = makeMeter(limits);
  const found: CalendarOccurrence[] = [];
  let zone: Zone | null = null;
  for (const calendar of calendars) {
    const find = clockFinder(calendar);
    const events = eventsOf(calendar, log);
    const declared = declaredClock(calendar, find);
    const own = declared ?? commonest(events, find) ?? onlyDefinedClock(calendar, find);
    if (own !== null && own.zone !== '') zone ??= own.zone;
    const floating = declared ?? (options.floating === 'asked' ? asked : (own ?? asked));
    const zones = makeZones(find, declared, floating, own ?? asked);
    for (const occurrence of occurrencesOf(events, zones, window, meter, log)) found.push(occurrence);
    for (const tzid of zones.unknown) log.say(`zone «${tzid.slice(0, 60)}» is not known, its times are read as local`);
  }
  const verdict = log.verdict();
  if (verdict !== null) throw verdict;
  found.sort((a, b) => a.startsAt - b.startsAt || a.endsAt - b.endsAt);
  return { name: nameOf(calendars), zone: zone ?? span.zone, occurrences: found, skipped: log.told() };
}

function eventsOf(calendar: CalendarBlock, log: SkipLog): readonly CalendarEvent[] {
  const events: CalendarEvent[] = [];
  for (const event of calendar.events) {
    if ('reason' in event) log.skip('event', event);
    else events.push(event);
  }
  return events;
}

/** The clock most events are written by; a zone of the calendar's own making does not count, nobody else knows its name. */
function commonest(events: readonly CalendarEvent[], find: ClockFinder): ZoneClock | null {
  const votes = new Map<string, number>();
  for (const { start } of events) if (start.form === 'zoned') votes.set(start.tzid, (votes.get(start.tzid) ?? 0) + 1);
  const [most] = [...votes].sort((a, b) => b[1] - a[1]);
  return most === undefined ? null : find(most[0]);
}

function nameOf(calendars: readonly CalendarBlock[]): string {
  const lines = calendars.flatMap((calendar) => calendar.lines);
  const named = ['X-WR-CALNAME', 'NAME'].map((name) => lines.find((line) => line.name === name)?.value ?? '');
  const value = named.find((name) => name.trim() !== '') ?? '';
  return value.replaceAll(/\\([,;\\])/g, '$1').trim();
}
