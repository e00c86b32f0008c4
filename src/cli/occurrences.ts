/** `source occurrences`: the occurrences of calendar files inside a window, one JSON object a file. */
import { readFile, stat } from 'node:fs/promises';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { CONFIGURED } from '../../scrapers/ics/limits.ts';
import type { CalendarOccurrence } from '../../scrapers/ics/occurrences.ts';
import { readCalendar } from '../../scrapers/ics/parse.ts';
import { isZone } from '../domain/calendar.ts';
import { SourceError, type Span } from '../source/contract.ts';

export const OCCURRENCES_USAGE =
  'source occurrences FILE… --from YYYY-MM-DD --to YYYY-MM-DD [--zone Europe/Moscow]   (--to is exclusive)';

const OPTIONS: ParseArgsOptionsConfig = { from: { type: 'string' }, to: { type: 'string' }, zone: { type: 'string' } };

export type Asked = { readonly files: readonly string[]; readonly span: Span };

/** What `occurrences` prints for one occurrence. Timed: ISO 8601 with the offset of the event's zone; all-day: dates, the end exclusive. */
export type Printed = {
  readonly uid: string;
  readonly start: string;
  readonly end: string;
  readonly allDay: boolean;
  readonly summary: string;
  readonly location: string;
  readonly status: string;
};

export type PrintedFile =
  | { readonly file: string; readonly count: number; readonly occurrences: readonly Printed[] }
  | { readonly file: string; readonly error: { readonly kind: string; readonly message: string } };

/** Arguments to what is asked; a string says what is wrong with them. */
export function readArguments(args: readonly string[]): Asked | string {
  let values: Readonly<Record<string, unknown>>;
  let files: readonly string[];
  try {
    const parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    [values, files] = [parsed.values, parsed.positionals];
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { from, to, zone = 'Europe/Moscow' } = values;
  if (files.length === 0) return 'no file given';
  if (!isDay(from) || !isDay(to)) return '--from and --to must be days: YYYY-MM-DD';
  if (from >= to) return '--from must be before --to';
  if (typeof zone !== 'string' || !isZone(zone)) return `--zone ${zone} is no zone`;
  return { files, span: { from, to, zone } };
}

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** Reads one file; what is wrong with it is part of the answer. */
export async function printFile(file: string, span: Span): Promise<PrintedFile> {
  try {
    const facts = await stat(file);
    if (!facts.isFile()) throw new SourceError('unreachable', 'not-a-file', 'not a regular file');
    if (facts.size > CONFIGURED.bytes) throw new SourceError('too-big', 'bytes', `more than ${CONFIGURED.bytes} bytes`);
    const { occurrences } = readCalendar(await readFile(file), span, { floating: 'asked' });
    return { file, count: occurrences.length, occurrences: occurrences.map(printed) };
  } catch (error) {
    if (error instanceof SourceError) return { file, error: { kind: error.kind, message: error.message } };
    // Whatever is wrong with one file, the others are still read.
    const message = error instanceof Error ? error.message : String(error);
    return { file, error: { kind: error instanceof Error && 'syscall' in error ? 'unreachable' : 'bug', message } };
  }
}

function printed(occurrence: CalendarOccurrence): Printed {
  const { uid, allDay, start, end, startsAt, endsAt, summary, location, status } = occurrence;
  return {
    uid,
    start: allDay ? day(start) : time(start, startsAt),
    end: allDay ? day(end) : time(end, endsAt),
    allDay,
    summary,
    location,
    status,
  };
}

function day(wall: number): string {
  return new Date(wall).toISOString().slice(0, -14);
}

/** Wall time with its distance from UTC. An offset of odd seconds (before the zones were made) is rounded by the format. */
function time(wall: number, at: number): string {
  const minutes = Math.round((wall - at) / 60_000);
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return `${new Date(at + minutes * 60_000).toISOString().slice(0, -5)}${offset}`;
}
