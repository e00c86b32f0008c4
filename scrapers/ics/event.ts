/** One VEVENT block to typed values, or to the reason why it cannot be used. */
import type { Limits } from './limits.ts';
import type { Line } from './line.ts';
import { DAY_MS, type Period, readDuration, readPeriod, readStamp, type Stamp } from './stamp.ts';
import { readText, readTexts } from './text.ts';

/** The lines of one VEVENT that matter to us, without those of blocks inside it (alarms). */
export type EventBlock = {
  readonly lines: Line[];
  /** Names of lines longer than the limit, left out. */
  readonly oversized: string[];
};

export type CalendarEvent = {
  /** '' when the block has none. */
  readonly uid: string;
  readonly sequence: number;
  readonly status: string;
  readonly start: Stamp;
  readonly end: Stamp | null;
  /** Milliseconds; null when none is written. */
  readonly duration: number | null;
  readonly rules: readonly string[];
  readonly exceptRules: readonly string[];
  readonly dates: readonly Period[];
  readonly exceptDates: readonly Stamp[];
  readonly replaces: Stamp | null;
  /** RANGE=THISANDFUTURE: replaces that one and all later ones. */
  readonly onwards: boolean;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  readonly url: string;
  readonly categories: readonly string[];
  /** Join address of a call, raw; '' when none. */
  readonly conference: string;
};

/** `hostile`: over a bound, not just wrong. */
export type Refusal = { readonly reason: string; readonly hostile: boolean; readonly detail: string };

const CALLS = ['CONFERENCE', 'X-GOOGLE-CONFERENCE', 'X-MICROSOFT-SKYPETEAMSMEETINGURL'];
const MAX_RULES = 10;
const MAX_CATEGORIES = 20;

/** Reads a block. Repeated single properties: the first one counts, as exporters repeat them by mistake. */
export function readEvent(block: EventBlock, limits: Limits): CalendarEvent | Refusal {
  const { lines } = block;
  const first = (name: string): Line | undefined => lines.find((line) => line.name === name);
  const all = (name: string): readonly Line[] => lines.filter((line) => line.name === name);
  const text = (name: string): string => readText(first(name)?.value ?? '');
  const over = (detail: string, reason: string): Refusal => ({ reason, hostile: true, detail });

  if (block.oversized.length > 0) return over('line', `line of ${block.oversized[0]} is too long`);
  const startLine = first('DTSTART');
  if (startLine === undefined) return wrong('no DTSTART');
  const start = readStamp(startLine.value, startLine.params);
  if (start === null) return wrong(`no such date: ${startLine.value.slice(0, 40)}`);

  const endLine = first('DTEND');
  const end = endLine === undefined ? null : readStamp(endLine.value, endLine.params);
  // Some exporters write an empty RRULE for «does not repeat».
  const ruleTexts = (name: string): readonly string[] =>
    all(name).flatMap((line) => (line.value.trim() === '' ? [] : [line.value]));
  const rules = ruleTexts('RRULE');
  const exceptRules = ruleTexts('EXRULE');
  if (rules.length + exceptRules.length > MAX_RULES) return over('rule', 'too many rules');

  const exceptions = values(all('EXDATE'), limits.dates);
  const additions = values(all('RDATE'), limits.dates);
  if (exceptions === null) return over('exdates', `more than ${limits.dates} EXDATE`);
  if (additions === null) return over('rdates', `more than ${limits.dates} RDATE`);

  const replaced = first('RECURRENCE-ID');
  const replaces = replaced === undefined ? null : readStamp(replaced.value, replaced.params);
  if (replaced !== undefined && replaces === null) return wrong('RECURRENCE-ID that is no date');

  return {
    uid: first('UID')?.value.trim() ?? '',
    sequence: Number.parseInt(first('SEQUENCE')?.value ?? '0', 10) || 0,
    status: first('STATUS')?.value.trim().toUpperCase() ?? '',
    start,
    end,
    duration: readDuration(first('DURATION')?.value ?? ''),
    rules: [...new Set(rules)],
    exceptRules,
    dates: additions.map(([text, line]) => readPeriod(text, line.params)).filter((period) => period !== null),
    exceptDates: exceptions.map(([text, line]) => readStamp(text, line.params)).filter((stamp) => stamp !== null),
    replaces,
    onwards: replaced?.params.get('RANGE')?.trim().toUpperCase() === 'THISANDFUTURE',
    summary: text('SUMMARY'),
    location: text('LOCATION'),
    description: text('DESCRIPTION'),
    url: text('URL'),
    categories: all('CATEGORIES')
      .slice(0, MAX_CATEGORIES)
      .flatMap((line) => readTexts(line.value)),
    conference: CALLS.map((name) => first(name)?.value.trim() ?? '').find((value) => value !== '') ?? '',
  };
}

function wrong(reason: string): Refusal {
  return { reason, hostile: false, detail: 'unreadable' };
}

/** The comma-separated values of all lines; null when there are too many. */
function values(lines: readonly Line[], limit: number): readonly (readonly [string, Line])[] | null {
  const found: [string, Line][] = [];
  for (const line of lines) {
    for (const text of line.value.split(',', limit + 1)) if (text.trim() !== '') found.push([text, line]);
    if (found.length > limit) return null;
  }
  return found;
}

/** True for an event that fills whole days. */
export function isAllDay(event: CalendarEvent): boolean {
  return event.start.form === 'date';
}

/** Length of an all-day event, whole days: DTEND is exclusive, a date without an end is that day. 0 where an exporter wrote the same day twice. */
export function allDayLength(event: CalendarEvent): number {
  const length = event.end === null ? (event.duration ?? DAY_MS) : Math.abs(event.end.wall - event.start.wall);
  return Math.max(0, Math.ceil(length / DAY_MS)) * DAY_MS;
}
