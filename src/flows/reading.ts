/** What one reading of a source is to the flows: which days are asked, how far it reaches, what came of it. */
import { addDays, type Instant, instantOf, wallOf, type Zone } from '../domain/calendar.ts';
import type { Doubt } from '../domain/verdict.ts';
import { type Link, type Page, SourceError, type SourceProblem, type Span } from '../source/contract.ts';
import type { Reading } from '../source/read.ts';
import { horizonAt } from './change.ts';

/** Lessons of the last days are kept, so that «вчера» and this week can be asked. */
const DAYS_BACK = 14;

export type Trouble = {
  readonly kind: SourceProblem;
  readonly detail: string;
  readonly suggestions: readonly string[];
  /** ms for which the host wants to be left alone, where it said so. */
  readonly retryAfter: number | null;
};
export type Read = Extract<Reading, { status: 'read' }>;

export type Outcome =
  | { readonly status: 'changed'; readonly changes: number }
  | { readonly status: 'same' }
  | { readonly status: 'held'; readonly reason: Doubt }
  | { readonly status: 'failed'; readonly problem: Trouble };

/** Two weeks back, the horizon ahead; moves once a day. */
export function spanAt(now: Instant, zone: Zone): Span {
  const today = wallOf(now, zone).day;
  return { from: addDays(today, -DAYS_BACK), to: addDays(wallOf(horizonAt(now), zone).day, 1), zone };
}

/** Up to where a reading knows the lessons: the days it covers, or all that was asked for. */
export function horizonOf({ covers, zone }: Read, now: Instant): Instant {
  return covers === null ? horizonAt(now) : Math.min(horizonAt(now), instantOf(covers.to, '00:00', zone));
}

/** What the next reading is compared with. */
export function goodReading(reading: Read) {
  const { etag, lastModified, fingerprint } = reading;
  return { etag, lastModified, fingerprint, skipped: skippedShare(reading) };
}

/** Of the rows of a page, the share (0 … 1) that could not be read. The last line of a long list of reasons counts the rest. */
export function skippedShare({ lessons, skipped }: Read): number {
  const more = Number(/^and (\d+) more$/.exec(skipped.at(-1) ?? '')?.[1] ?? 0);
  const lost = skipped.length + (more > 0 ? more - 1 : 0);
  return lost === 0 ? 0 : lost / (lost + lessons.length);
}

/** Lessons one timetable may hold: several times what a crowded one has. More is a whole university in one file, which nobody can follow. */
const MOST_LESSONS = 5_000;

/** The same reading. Throws SourceError too-big/occurrences for more lessons than one timetable may hold. */
export async function ofOneTimetable(reading: Promise<Reading>): Promise<Reading> {
  const read = await reading;
  if (read.status === 'read' && read.lessons.length > MOST_LESSONS)
    throw new SourceError('too-big', 'occurrences', `${read.lessons.length} lessons in one timetable`);
  return read;
}

/** Why there is no reading, with the pages that had come and where a web page among them leads to. */
export type Failed = { readonly problem: Trouble; readonly pages: readonly Page[]; readonly links: readonly Link[] };

/** A reading, or why there is none; only what a source may answer for is caught. */
export async function attempt<T extends object>(reading: Promise<T>): Promise<T | Failed> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { kind, detail, suggestions, retryAfter, pages, links } = error;
    return { problem: { kind, detail, suggestions, retryAfter }, pages, links };
  }
}
