/** A feed, and its row: from one to the other. */
import type { Selectable, Updateable } from 'kysely';
import type { Instant } from '../domain/calendar.ts';
import { RANKS, type Wish } from '../domain/polling.ts';
import { DOUBTS, type Doubt } from '../domain/verdict.ts';
import type { Ask } from '../source/contract.ts';
import { canonical, parse } from './json.ts';
import type { FeedTable } from './schema.ts';

export type Feed = {
  readonly id: number;
  readonly timetableId: number;
  /** Folder name of the scraper. */
  readonly source: string;
  /** Of an engine, the university that was asked for; '' where there is one only. Follows from the ask. */
  readonly university: string;
  readonly ask: Ask;
  readonly profile: 'pasted' | 'configured';
  readonly nextCheck: Instant;
  readonly etag: string;
  readonly lastModified: string;
  readonly fingerprint: string;
  /** Failed readings in a row. */
  readonly failures: number;
  readonly problem: { readonly kind: string; readonly detail: string; readonly since: Instant } | null;
  /** Why the last reading was not believed; the one before stays. */
  readonly held: Doubt | null;
  /** When the reading that is held was first seen, and what it says, as a print: one that stays the same for long is believed. */
  readonly heldSince: Instant | null;
  readonly heldPrint: string | null;
  readonly goodAt: Instant | null;
  /** Up to where the last good reading knows the lessons: beyond it nothing can be missing. */
  readonly horizon: Instant | null;
  readonly checkedAt: Instant | null;
  /** The last readings failed, and not for a reason of this timetable's own: the source as a whole may be broken. */
  readonly ailing: boolean;
  /** When its owner was told that it has been failing for long; null when there was nothing to tell. */
  readonly warnedAt: Instant | null;
  /** Of the rows of the last good reading, the share (0 … 1) that could not be read. */
  readonly skipped: number;
  /** Whom it is read from: a guess by its ask until the first reading, then the host of its first page. */
  readonly host: string;
  /** How urgent it was at its last reading, how often it wishes to be read (ms), and how much that weighs: see domain/polling. */
  readonly wish: Wish;
  /** Requests that one reading takes. */
  readonly requests: number;
  /** ms between its last readings while it was near, by day; the latest last. */
  readonly gaps: readonly number[];
};

export type FeedPatch = Partial<Omit<Feed, 'id' | 'timetableId' | 'university'>>;

/** A row as the rest of the program knows it. */
export function fromRow(row: Selectable<FeedTable>): Feed {
  return {
    id: row.id,
    timetableId: row.timetable_id,
    source: row.source,
    university: row.university,
    ask: parse<Ask>(row.ask),
    profile: row.profile === 'configured' ? 'configured' : 'pasted',
    nextCheck: row.next_check,
    etag: row.etag,
    lastModified: row.last_modified,
    fingerprint: row.fingerprint,
    failures: row.failures,
    problem: row.problem === null ? null : parse<NonNullable<Feed['problem']>>(row.problem),
    held: DOUBTS.find((held) => held === row.held) ?? null,
    heldSince: row.held_since,
    heldPrint: row.held_print,
    goodAt: row.good_at,
    horizon: row.horizon,
    checkedAt: row.checked_at,
    ailing: row.ailing === 1,
    warnedAt: row.warned_at,
    skipped: row.skipped / 1000,
    host: row.host,
    wish: { rank: RANKS[row.rank] ?? 'idle', every: row.every, weight: row.weight },
    requests: row.requests,
    gaps: parse<number[]>(row.gaps),
  };
}

/** What a patch names, as columns. */
export function patchRow(patch: FeedPatch): Updateable<FeedTable> {
  const row: Updateable<FeedTable> = {};
  if (patch.source !== undefined) row.source = patch.source;
  if (patch.ask !== undefined) Object.assign(row, { ask: canonical(patch.ask), university: universityOf(patch.ask) });
  if (patch.profile !== undefined) row.profile = patch.profile;
  if (patch.nextCheck !== undefined) row.next_check = patch.nextCheck;
  if (patch.etag !== undefined) row.etag = patch.etag;
  if (patch.lastModified !== undefined) row.last_modified = patch.lastModified;
  if (patch.fingerprint !== undefined) row.fingerprint = patch.fingerprint;
  if (patch.failures !== undefined) row.failures = patch.failures;
  if (patch.problem !== undefined) row.problem = patch.problem === null ? null : canonical(patch.problem);
  if (patch.held !== undefined) row.held = patch.held;
  if (patch.heldSince !== undefined) row.held_since = patch.heldSince;
  if (patch.heldPrint !== undefined) row.held_print = patch.heldPrint;
  if (patch.goodAt !== undefined) row.good_at = patch.goodAt;
  if (patch.horizon !== undefined) row.horizon = patch.horizon;
  if (patch.checkedAt !== undefined) row.checked_at = patch.checkedAt;
  if (patch.ailing !== undefined) row.ailing = patch.ailing ? 1 : 0;
  if (patch.warnedAt !== undefined) row.warned_at = patch.warnedAt;
  if (patch.skipped !== undefined) row.skipped = Math.round(patch.skipped * 1000);
  if (patch.host !== undefined) row.host = patch.host;
  if (patch.wish !== undefined) Object.assign(row, wishRow(patch.wish));
  if (patch.requests !== undefined) row.requests = patch.requests;
  if (patch.gaps !== undefined) row.gaps = canonical(patch.gaps);
  return row;
}

/** A wish as its columns. */
export function wishRow({ rank, every, weight }: Wish): Pick<FeedTable, 'rank' | 'every' | 'weight'> {
  return { rank: RANKS.indexOf(rank), every, weight };
}

/** The university that an ask names, '' when none. */
export function universityOf({ university }: Ask): string {
  return university ?? '';
}
