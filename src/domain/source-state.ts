/** How a source does: what operators look at. */
import type { Instant } from './calendar.ts';
import type { Doubt, Verdict } from './verdict.ts';

/** Where the calendars that people brought are counted. */
export const PASTED = 'pasted';

/** «ruz:hse», «asu»: how operators and settings name a source, with its university where it is an engine of many. */
export function keyOf({ source, university }: { readonly source: string; readonly university: string }): string {
  return university === '' ? source : `${source}:${university}`;
}

/** How soon its changes of today and tomorrow reach people: `near` timetables are meant, `p95` is ms, null until it is known. */
export type Delay = { readonly near: number; readonly p95: number | null };

/** A source with all its timetables, or all calendars that people brought. */
export type SourceState = {
  /** `keyOf`, or PASTED. */
  readonly key: string;
  /** As its timetables name their university; '' when they name none. */
  readonly name: string;
  readonly all: number;
  /** Fail for the source's sake, are held, and fail for a reason of their own (not published, no such group). */
  readonly failing: number;
  readonly held: number;
  readonly lacking: number;
  /** The newest good reading of any of them, and the soonest reading to come. */
  readonly goodAt: Instant | null;
  readonly nextCheck: Instant;
  /** Absent while nobody waits for changes of today or tomorrow. */
  readonly delay?: Delay;
};

/** One feed in trouble, or looked at. */
export type FeedState = {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly held: { readonly reason: Doubt; readonly since: Instant } | null;
  readonly problem: { readonly kind: string; readonly detail: string; readonly since: Instant } | null;
  /** Failed readings in a row. */
  readonly failures: number;
  readonly goodAt: Instant | null;
  readonly nextCheck: Instant;
};

/** What is kept of a reading that was not believed. */
export type KeptState = { readonly at: Instant; readonly why: string; readonly pages: number; readonly bytes: number };

/** What the kept pages give today. */
export type Replayed =
  | { readonly lessons: number; readonly skipped: number; readonly verdict: Verdict; readonly at: Instant }
  | { readonly problem: { readonly kind: string; readonly detail: string }; readonly at: Instant };
