/** How late messages are, counted in buckets: small enough to keep for every hour, exact enough for «99 % within 4 s». */

/**
 * Upper bounds of the buckets, ms; one more bucket takes what is later still. Kept rows name a bucket by its place here, so
 * this list is never reordered.
 */
export const LATE_WITHIN: readonly number[] = [
  250, 500, 1_000, 2_000, 3_000, 4_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 300_000, 900_000,
  3_600_000,
];

/** How many fell into each bucket; a bucket that is absent is empty. */
export type Lateness = ReadonlyMap<number, number>;

/** Which bucket `late` ms belongs to. A clock that was set back makes it negative: that is on time. */
export function bucketOf(late: number): number {
  const found = LATE_WITHIN.findIndex((within) => late <= within);
  return found === -1 ? LATE_WITHIN.length : found;
}

/** Counts in buckets what `count` peers got `late` ms after it was due. */
export function bucketed(items: Iterable<{ readonly late: number; readonly count: number }>): Lateness {
  const counts = new Map<number, number>();
  for (const { late, count } of items) {
    if (count > 0) counts.set(bucketOf(late), (counts.get(bucketOf(late)) ?? 0) + count);
  }
  return counts;
}

/** How many were counted. */
export function total(lateness: Lateness): number {
  return [...lateness.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * Within how many ms at least this share (0 < share ≤ 1) came: the upper bound of the bucket it falls into, so never less
 * than the truth. Infinity when it is beyond the last bound, null when nothing was counted.
 */
export function within(lateness: Lateness, share: number): number | null {
  const wanted = total(lateness) * share;
  if (wanted === 0) return null;
  let seen = 0;
  for (const bucket of [...lateness.keys()].sort((a, b) => a - b)) {
    seen += lateness.get(bucket) ?? 0;
    if (seen >= wanted) return LATE_WITHIN[bucket] ?? Number.POSITIVE_INFINITY;
  }
  return Number.POSITIVE_INFINITY;
}
