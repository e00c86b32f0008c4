/** Lessons as sites print them become lessons: once for everybody; what cannot be understood is dropped, counted and explained. */
import { addDays, type Day, isZone, parseDay, type Term, type Zone } from '../domain/calendar.ts';
import type { Lesson, Times } from '../domain/lesson.ts';
import { type Content, contentReader, idOf, plain } from './content.ts';
import type { Parsed, RawLesson } from './contract.ts';
import { clock, clockRange, weekday, weeks } from './page.ts';
import { numbering, remembered } from './remember.ts';

export type Normalized = {
  readonly name?: string;
  readonly zone: Zone;
  /** Dates the weekly lessons; null when the source has none. */
  readonly term: Term | null;
  /** The days read; null = all that were asked. */
  readonly covers: NonNullable<Parsed['covers']> | null;
  readonly lessons: readonly Lesson[];
  /** At most 20 sentences; a last one counts the rest. */
  readonly skipped: readonly string[];
};

const EXPLAINED = 20;

/** A lesson as it crosses to the program: equal contents and equal times are one object each. */
export type Row = { readonly content: Content; readonly times: Times; readonly sourceId: string };

/** `fallback` is the zone when the reading names none. Never throws for what a site printed. */
export function normalize(parsed: Parsed, fallback: Zone): Normalized {
  const { rows, ...rest } = readRows(parsed, fallback);
  return { ...rest, lessons: rows.map(lessonOf) };
}

export function lessonOf({ content, times, sourceId }: Row): Lesson {
  return { ...content, times, sourceId };
}

/** What `normalize` gives, with the lessons still in two parts. */
export function readRows(
  parsed: Parsed,
  fallback: Zone,
): Omit<Normalized, 'lessons'> & { readonly rows: readonly Row[] } {
  const rows: Row[] = [];
  const reasons = parsed.skipped.map((reason) => plain(reason, 300));
  // A term repeats its lessons, times and days hundreds of times.
  const [contentOf, timesOf] = [contentReader(), timesReader()];
  for (const raw of parsed.lessons) {
    const times = timesOf(raw);
    const content = typeof times === 'string' ? times : contentOf(raw);
    if (typeof times === 'string' || typeof content === 'string')
      reasons.push(`«${plain(raw.subject, 60)}»: ${String(content)}`);
    else rows.push({ content, times, sourceId: idOf(raw) });
  }
  const zone = parsed.zone ?? fallback;
  if (!isZone(zone)) reasons.unshift(`no zone is called «${plain(zone, 40)}»`);
  const term = parsed.term === undefined || isTerm(parsed.term) ? (parsed.term ?? null) : null;
  if (parsed.term !== undefined && term === null) reasons.unshift('the term has no such days');
  const covers = parsed.covers ?? null;
  if (covers !== null && !isTerm({ start: covers.from, end: covers.to, week1: covers.from }))
    throw new Error(`a reading can not cover ${covers.from} to ${covers.to}`);
  const more = reasons.length - EXPLAINED;
  const skipped = more > 0 ? [...reasons.slice(0, EXPLAINED), `and ${more} more`] : reasons;
  const name = plain(parsed.name ?? '', 60);
  return { ...(name === '' ? {} : { name }), zone: isZone(zone) ? zone : fallback, term, covers, rows, skipped };
}

function isTerm({ start, end, week1 }: Term): boolean {
  return [start, end, week1].every((day) => parseDay(day) !== null) && start <= end;
}

function timesReader(): (raw: RawLesson) => Times | string {
  const numberOf = numbering();
  const day = remembered(dayOf);
  const known = new Map<string, Times | string>();
  return (raw) => {
    const { day: on, endDay, start, end, weekday, weeks, allDay } = raw;
    const of = numberOf;
    const key = `${of(on)} ${of(endDay)} ${of(start)} ${of(end)} ${of(weekday)} ${of(weeks)} ${allDay === true}`;
    const answer = known.get(key) ?? timesOf(raw, day);
    known.set(key, answer);
    return answer;
  };
}

function timesOf(raw: RawLesson, dayOf: (text: string) => Day | null): Times | string {
  const allDay = raw.allDay === true;
  const range = (raw.end ?? '').trim() === '' ? clockRange(raw.start ?? '') : null;
  const start = allDay ? '00:00' : (range?.start ?? clock(raw.start ?? ''));
  const end = allDay ? '00:00' : (range?.end ?? clock(raw.end ?? ''));
  if (start === null || end === null) return `no time in «${plain(`${raw.start ?? ''} ${raw.end ?? ''}`, 40)}»`;
  if (raw.day !== undefined) {
    const day = dayOf(raw.day);
    if (day === null) return `no date in «${plain(raw.day, 40)}»`;
    const endDay = (raw.endDay ?? '').trim() === '' ? lastDay(day, allDay, start, end) : dayOf(raw.endDay ?? '');
    if (endDay === null) return `no date in «${plain(raw.endDay ?? '', 40)}»`;
    if (`${endDay}T${end}` < `${day}T${start}`) return 'ends before it starts';
    // «From the 1st to the 1st» is that day.
    return { on: 'day', day, start, endDay: allDay && endDay === day ? addDays(day, 1) : endDay, end, allDay };
  }
  const on = weekday(raw.weekday ?? '');
  if (on === null) return `no day in «${plain(raw.weekday ?? '', 40)}»`;
  const every = weeks(raw.weeks ?? '');
  if (every === null) return `no weeks in «${plain(raw.weeks ?? '', 40)}»`;
  if (end <= start) return 'ends before it starts';
  return { on: 'weekly', weekday: on, weeks: every, start, end };
}

/** The end's day where it is not printed: the next one for a whole day, and for an evening that ends in the night. */
function lastDay(day: Day, allDay: boolean, start: string, end: string): Day {
  const overnight = start >= '18:00' && end <= '06:00';
  return allDay || overnight ? addDays(day, 1) : day;
}

/** `2026-09-14` or «14.09.2026»; null when there is no such day. */
function dayOf(text: string): Day | null {
  const printed = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.trim());
  if (printed === null) return parseDay(text.trim());
  const [, day = '', month = '', year = ''] = printed;
  return parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
