/** The bell tables: the answer numbers the pairs and tells no times. */
import type { Clock } from '#source';

const DAY: readonly (readonly [Clock, Clock])[] = [
  ['09:00', '10:30'],
  ['10:40', '12:10'],
  ['12:20', '13:50'],
  ['14:30', '16:00'],
  ['16:10', '17:40'],
  ['17:50', '19:20'],
  ['19:30', '21:00'],
];

/** Evening groups have other sixth and seventh pairs. */
const EVENING: typeof DAY = [...DAY.slice(0, 5), ['18:20', '19:40'], ['19:50', '21:10']];

/** Times of pair «1» … «7»; undefined for any other. */
export function bell(pair: string, evening: boolean): readonly [start: Clock, end: Clock] | undefined {
  return (evening ? EVENING : DAY)[Number(pair) - 1];
}
