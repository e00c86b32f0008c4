/** The text of a calendar to its blocks: calendars, their events, each read as it ends, and their zone definitions as lines. */
import { SourceError } from '#source';
import { type CalendarEvent, type EventBlock, type Refusal, readEvent } from './event.ts';
import { type Limits, tooBig } from './limits.ts';
import { type Line, lineName, lineReader } from './line.ts';

/** STANDARD or DAYLIGHT: its lines. */
export type Observance = { readonly lines: Line[] };
export type ZoneBlock = { readonly lines: Line[]; readonly observances: Observance[] };

export type CalendarBlock = {
  readonly lines: Line[];
  readonly zones: ZoneBlock[];
  readonly events: (CalendarEvent | Refusal)[];
};

const TEXTS = new Set(['SUMMARY', 'LOCATION', 'DESCRIPTION', 'CATEGORIES', 'URL', 'CONFERENCE']);
const EVENT = new Set([
  ...TEXTS,
  ...['UID', 'DTSTART', 'DTEND', 'DURATION', 'RRULE', 'RDATE', 'EXDATE', 'EXRULE'],
  ...['RECURRENCE-ID', 'SEQUENCE', 'STATUS', 'X-GOOGLE-CONFERENCE', 'X-MICROSOFT-SKYPETEAMSMEETINGURL'],
]);
const CALENDAR = new Set(['X-WR-TIMEZONE', 'X-WR-CALNAME', 'NAME']);
const ZONE = new Set(['TZID', 'DTSTART', 'RRULE', 'RDATE', 'TZOFFSETFROM', 'TZOFFSETTO']);

const MAX_DEPTH = 50;
/** Zone definitions and, over the whole file, their parts that are read; more is no calendar anyone exports. */
const MAX_ZONES = 200;
const MAX_OBSERVANCES = 1_000;

type Open = { readonly name: string; readonly lines: Line[] | null; readonly wanted: ReadonlySet<string> };

/**
 * Splits the text. A stream of bare VEVENT blocks is read as one calendar.
 * @throws SourceError changed/cut for a file without its end, changed/not-a-calendar, too-big/events, too-big/depth
 */
export function splitCalendars(text: string, limits: Limits): readonly CalendarBlock[] {
  const calendars: CalendarBlock[] = [];
  let bare: CalendarBlock | null = null;
  let calendar: CalendarBlock | null = null;
  let event: EventBlock | null = null;
  let zone: ZoneBlock | null = null;
  let events = 0;
  let observances = 0;
  let last = '';
  const open: Open[] = [];
  const readLine = lineReader();

  function begin(name: string): void {
    if (open.length >= MAX_DEPTH) throw tooBig('depth', 'blocks are nested too deep');
    let lines: Line[] | null = null;
    let wanted: ReadonlySet<string> = EVENT;
    if (name === 'VCALENDAR') {
      if (calendar !== null) throw cut('a calendar begins inside a calendar');
      calendar = { lines: [], zones: [], events: [] };
      calendars.push(calendar);
      [lines, wanted] = [calendar.lines, CALENDAR];
    } else if (name === 'VEVENT') {
      if (event !== null) throw cut('an event begins inside an event');
      if (++events > limits.events) throw tooBig('events', `more than ${limits.events} events`);
      event = { lines: [], oversized: [] };
      lines = event.lines;
      home();
    } else if (name === 'VTIMEZONE' && home().zones.length < MAX_ZONES) {
      zone = { lines: [], observances: [] };
      home().zones.push(zone);
      [lines, wanted] = [zone.lines, ZONE];
    } else if ((name === 'STANDARD' || name === 'DAYLIGHT') && zone !== null) {
      const observance = { lines: [] };
      if (++observances <= MAX_OBSERVANCES) zone.observances.push(observance);
      [lines, wanted] = [observance.lines, ZONE];
    }
    open.push({ name, lines, wanted });
  }

  function home(): CalendarBlock {
    if (calendar !== null) return calendar;
    if (bare === null) {
      bare = { lines: [], zones: [], events: [] };
      calendars.push(bare);
    }
    return bare;
  }

  /** Closes the block and whatever was left open inside it; a stray END closes nothing. */
  function end(name: string): void {
    const at = open.findLastIndex((block) => block.name === name);
    if (at < 0) return;
    if (name !== 'VEVENT' && open.slice(at + 1).some((block) => block.name === 'VEVENT'))
      throw cut(`${name} ends inside an event`);
    open.length = at;
    if (name === 'VCALENDAR') calendar = null;
    if (name === 'VEVENT' && event !== null) {
      home().events.push(readEvent(event, limits));
      event = null;
    }
    if (name === 'VTIMEZONE') zone = null;
  }

  function keep(text: string): void {
    const block = open.at(-1);
    if (block === undefined || block.lines === null) return;
    const name = lineName(text);
    if (name === '') {
      // Outlook and some sites leave the line ends of a description unescaped.
      const before = last === 'DESCRIPTION' && text.trim() !== '' ? block.lines.pop() : undefined;
      if (before !== undefined) block.lines.push({ ...before, value: `${before.value}\\n${text}` });
      return;
    }
    last = name;
    if (!block.wanted.has(name)) return;
    const line = text.length <= limits.line || TEXTS.has(name) ? readLine(text.slice(0, limits.line), name) : null;
    if (line !== null) block.lines.push(line);
    else if (text.length > limits.line && !TEXTS.has(name) && block.name === 'VEVENT') event?.oversized.push(name);
  }

  for (let from = 0; from < text.length; ) {
    const found = text.indexOf('\n', from);
    const to = found < 0 ? text.length : found;
    const line = text.slice(from, to);
    from = to + 1;
    const marker = isMarker(line) ? /^\s*(BEGIN|END)\s*:\s*([\w-]+)\s*$/i.exec(line) : null;
    if (marker === null) keep(line);
    else if (marker[1]?.toUpperCase() === 'BEGIN') begin((marker[2] ?? '').toUpperCase());
    else end((marker[2] ?? '').toUpperCase());
  }

  const unfinished = open.find((block) => block.name === 'VCALENDAR' || block.name === 'VEVENT');
  if (unfinished !== undefined) throw cut(`${unfinished.name} has no end`);
  if (calendars.length === 0) throw new SourceError('changed', 'not-a-calendar', 'no VCALENDAR in the answer');
  return calendars;
}

/** Whether a line may be BEGIN or END: it starts with a B, an E or a blank. */
function isMarker(line: string): boolean {
  const code = line.charCodeAt(0);
  return (code | 32) === 98 || (code | 32) === 101 || code <= 32 || code > 127;
}

function cut(message: string): SourceError {
  return new SourceError('changed', 'cut', `the calendar is damaged: ${message}`);
}
