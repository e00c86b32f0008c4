/** The bell table: the answer numbers the pairs from zero and tells no times. */
import type { Clock } from '#source';

/** Pairs of 90 minutes, as two clients of the site have them. */
const BELLS: readonly (readonly [Clock, Clock])[] = [
  ['08:00', '09:30'],
  ['09:50', '11:20'],
  ['11:40', '13:10'],
  ['13:40', '15:10'],
  ['15:30', '17:00'],
  ['17:20', '18:50'],
  ['19:05', '20:35'],
  ['20:50', '22:20'],
];

export type Slot = { readonly start: Clock; readonly end: Clock; readonly number: string };

/**
 * `startTime` 100 … 107 is the beginning of pair 1 … 8, `endTime` 1100 … 1107 the end of one: 101 and 1104 are pairs 2 to 5 in
 * one lesson. null when they are none of these.
 */
export function slotOf(startTime: unknown, endTime: unknown): Slot | null {
  const [first, last] = [Number(startTime) - 100, Number(endTime) - 1100];
  const [start, end] = [BELLS[first]?.[0], BELLS[last]?.[1]];
  if (start === undefined || end === undefined || last < first) return null;
  return { start, end, number: String(first + 1) };
}
