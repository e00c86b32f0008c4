/** How long a host wants to be left alone, by what it answered (RFC 9110 section 10.2.3). */
import { DateTime } from 'luxon';

const SECOND = 1000;
/** Who says «too many» without saying for how long. */
const UNSAID = 60 * SECOND;
const LEAST = 5 * SECOND;
/** A site that says «next year» is asked again all the same. */
const MOST = 6 * 60 * 60 * SECOND;

/**
 * Milliseconds, bounded to 5 s … 6 h; null for an answer that asks for no peace: any status but 429 and 503, and a 503 that names no
 * time. A date is measured against the host's own `Date` where it says one: clocks differ. `now` is epoch milliseconds.
 */
export function peaceAsked(status: number, headers: Readonly<Record<string, string>>, now: number): number | null {
  if (status !== 429 && status !== 503) return null;
  const asked = askedIn((headers['retry-after'] ?? '').trim(), headers.date ?? '', now);
  if (asked === null) return status === 429 ? UNSAID : null;
  return Math.min(Math.max(asked, LEAST), MOST);
}

function askedIn(said: string, date: string, now: number): number | null {
  if (/^\d+$/.test(said)) return Number(said) * SECOND;
  const until = DateTime.fromHTTP(said);
  if (!until.isValid) return null;
  const theirs = DateTime.fromHTTP(date);
  return until.toMillis() - (theirs.isValid ? theirs.toMillis() : now);
}
