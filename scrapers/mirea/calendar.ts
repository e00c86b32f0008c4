/** The only door to node-ical: the calendar's text, gated, becomes events with their dates by Moscow's clock. */

import { DateTime } from 'luxon';
import ical, { type VEvent } from 'node-ical';
import { type Clock, type Day, SourceError, type Span } from '#source';

const ZONE = 'Europe/Moscow';
const MOST_EVENTS = 5_000;

export type Meeting = { readonly day: Day; readonly start: Clock; readonly endDay: Day; readonly end: Clock };

export type CalendarEvent = {
  /** The site's own, '' when none. */
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  /** `CATEGORIES`, '' when there are none: the site repeats the kind of the lesson there. */
  readonly category: string;
  readonly cancelled: boolean;
  /** Nobody's time is taken (`TRANSP:TRANSPARENT`): a mark in the calendar, no lesson. */
  readonly transparent: boolean;
  /** Values of an `X-META-…` property, however often it stands there. */
  meta(name: string): readonly string[];
  /** The day and the exclusive last day of an event without hours; null for one with hours. */
  readonly days: { readonly from: Day; readonly to: Day } | null;
  /** Its dates within the span, in order; none for an event without hours. */
  readonly meetings: readonly Meeting[];
};

/** `skipped` names the events that are written in a way this site has not been seen to write. @throws SourceError */
export function readEvents(
  body: Uint8Array,
  span: Span,
): { readonly events: readonly CalendarEvent[]; readonly skipped: readonly string[] } {
  const blocks = blocksOf(body);
  const refusals = blocks.map(refusal);
  const fit = blocks.filter((_, index) => refusals[index] === '');
  // node-ical keeps one event of each UID, so every one gets a name of its own.
  const lines = fit.map((block, index) => `BEGIN:VEVENT\nUID:e${index}\n${block.replace(/^UID:.*\n/m, '')}END:VEVENT`);
  const calendar = ical.sync.parseICS(['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\n'));
  const events = fit.map((block, index) => {
    const event = calendar[`e${index}`];
    if (event?.type !== 'VEVENT') throw new SourceError('changed', 'event', 'an event cannot be read');
    return eventOf(event as VEvent, /^UID:(.*)$/m.exec(block)?.[1] ?? '', span);
  });
  return { events, skipped: refusals.filter((reason) => reason !== '') };
}

/** The inside of each event, lines unfolded, each ending in a line feed. @throws SourceError changed: html, not-a-calendar, cut */
function blocksOf(body: Uint8Array): readonly string[] {
  // A fold may stand inside a letter, so bytes are unfolded, not text.
  const bytes = Buffer.from(body)
    .toString('latin1')
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '');
  const text = new TextDecoder().decode(Buffer.from(bytes, 'latin1')).trim();
  if (text.startsWith('<')) throw new SourceError('changed', 'html', 'a web page came instead of a calendar');
  if (!text.startsWith('BEGIN:VCALENDAR\n')) throw new SourceError('changed', 'not-a-calendar', 'no calendar came');
  if (!text.endsWith('\nEND:VCALENDAR')) throw new SourceError('changed', 'cut', 'the calendar has no end');
  const blocks = [...text.matchAll(/^BEGIN:VEVENT\n([\s\S]*?)^END:VEVENT$/gm)].map((found) => found[1] ?? '');
  if (blocks.length > MOST_EVENTS) throw new SourceError('too-big', 'events', `more than ${MOST_EVENTS} events`);
  return blocks.map((block) =>
    block
      // node-ical reads a time without a zone by the machine's own; here it can only be Moscow's.
      .replace(/^(DTSTART|DTEND|EXDATE):(?=\d{8}T\d{6}(?:,|$))/gm, `$1;TZID=${ZONE}:`)
      // The last day of a rule belongs to it (RFC 5545 3.3.10); node-ical would end at its midnight.
      .replace(/^(RRULE:.*;UNTIL=\d{8})(?=;|$)/gm, '$1T235959'),
  );
}

const TIME = /^(?:;TZID=Europe\/Moscow:\d{8}T\d{6}|:\d{8}T\d{6}Z|;VALUE=DATE:\d{8})$/;
const EXCLUDED = /^(?:;TZID=Europe\/Moscow)?:\d{8}T\d{6}Z?(?:,\d{8}T\d{6}Z?)*$|^;VALUE=DATE:\d{8}(?:,\d{8})*$/;
/** Weekly, with an end: no other rule reaches node-ical, so none can explode. */
const RULE =
  /^FREQ=WEEKLY(?=.*;(?:UNTIL|COUNT)=)(?:;(?:INTERVAL=[1-9]\d?|UNTIL=\d{8}T\d{6}Z?|COUNT=\d{1,3}|WKST=[A-Z]{2}|BYDAY=[A-Z]{2}))+$/;

/** Why an event is left out, '' when it is not. */
function refusal(block: string): string {
  const of = (name: string): readonly string[] =>
    [...block.matchAll(new RegExp(`^${name}(?=[;:])(.*)$`, 'gm'))].map((found) => found[1] ?? '');
  const named = `«${(of('SUMMARY')[0] ?? '').replace(/^[^:]*:/, '').slice(0, 60)}»`;
  const times = [...of('DTSTART'), ...of('DTEND')];
  if (of('DTSTART').length !== 1 || !times.every((time) => TIME.test(time)))
    return `${named}: unknown times ${times.join(' ').slice(0, 80)}`;
  const rules = of('RRULE').map((rule) => rule.slice(1));
  if (rules.length > 1 || !rules.every((rule) => RULE.test(rule)))
    return `${named}: unknown rule ${rules.join(' ').slice(0, 80)}`;
  if (!of('EXDATE').every((dates) => EXCLUDED.test(dates))) return `${named}: unknown excluded dates`;
  if (of('RECURRENCE-ID').length + of('RDATE').length > 0) return `${named}: dates of its own`;
  return '';
}

function eventOf(event: VEvent, id: string, span: Span): CalendarEvent {
  const dated = event.datetype === 'date';
  return {
    id: id.trim(),
    summary: plain(event.summary),
    description: plain(event.description),
    location: plain(event.location),
    category: plain(event.categories?.[0]),
    cancelled: plain(event.status) === 'CANCELLED',
    transparent: plain(event.transparency) === 'TRANSPARENT',
    meta: (name) => metaOf(event, name),
    days: dated ? { from: hostDay(event.start), to: hostDay(event.end ?? event.start) } : null,
    meetings: dated ? [] : meetingsOf(event, span),
  };
}

/** EXDATE may name the very first date, so the first is no better than the others. */
function meetingsOf(event: VEvent, { from, to }: Span): readonly Meeting[] {
  const length = (event.end ?? event.start).getTime() - event.start.getTime();
  const [after, before] = [from, to].map((day) => DateTime.fromISO(day, { zone: ZONE }).toJSDate()) as [Date, Date];
  const excluded = new Set(Object.values(event.exdate ?? {}).map((date) => date.getTime()));
  const starts = event.rrule === undefined ? [event.start] : event.rrule.between(after, before, true);
  return starts
    .filter((start) => start >= after && start < before && !excluded.has(start.getTime()))
    .map((start) => {
      const [wall, end] = [start.getTime(), start.getTime() + length].map((at) =>
        DateTime.fromMillis(at, { zone: ZONE }),
      ) as [DateTime, DateTime];
      return {
        day: wall.toFormat('yyyy-MM-dd'),
        start: wall.toFormat('HH:mm'),
        endDay: end.toFormat('yyyy-MM-dd'),
        end: end.toFormat('HH:mm'),
      };
    });
}

/** node-ical puts a date without hours at midnight of the machine's own zone. */
function hostDay(date: Date): Day {
  return DateTime.fromObject(
    { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() },
    { zone: 'utc' },
  ).toFormat('yyyy-MM-dd');
}

function metaOf(event: VEvent, name: string): readonly string[] {
  const found = Object.entries(event).find(([key]) => key === `META-${name}`)?.[1];
  return (Array.isArray(found) ? found : [found]).map(plain).filter((text) => text !== '');
}

/** A value alone, or beside its parameters. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'object' && value !== null && 'val' in value) return plain(value.val);
  return '';
}
