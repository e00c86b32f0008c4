/** What a reading that is not believed says, as a short print: exports differ in their bytes at every download and say the same. */
import { hash } from 'node:crypto';
import { type Day, type Instant, wallOf } from '../domain/calendar.ts';
import type { Lesson } from '../domain/lesson.ts';
import type { Breathe } from './breath.ts';
import { hashesOfAll } from './change.ts';
import { horizonOf, type Read } from './reading.ts';

/** Days compared, `to` exclusive: those that both readings show, for what is asked for moves on every midnight. */
type Days = { readonly from: Day; readonly to: Day };

/**
 * The print of a reading: of its lessons in any order, over the days from now to its end. `known`, the print of an earlier reading,
 * when this one says the same over the days of that one.
 */
export async function printOf(reading: Read, known: string | null, now: Instant, breathe: Breathe): Promise<string> {
  const before = daysOf(known);
  if (before !== null && (await printOver(reading, before, breathe)) === known) return known;
  const from = wallOf(now, reading.zone).day;
  return printOver(reading, { from, to: wallOf(horizonOf(reading, now), reading.zone).day }, breathe);
}

function daysOf(print: string | null): Days | null {
  const [, from, to] = /^\w+ (\S{10})…(\S{10})$/.exec(print ?? '') ?? [];
  return from === undefined || to === undefined ? null : { from, to };
}

async function printOver({ lessons, term, zone }: Read, { from, to }: Days, breathe: Breathe): Promise<string> {
  const inside = ({ times }: Lesson): boolean => times.on === 'weekly' || (times.day >= from && times.day < to);
  const hashes = await hashesOfAll(lessons.filter(inside), breathe);
  const said = JSON.stringify([zone, term, [...hashes.values()].sort()]);
  return `${hash('sha256', said, 'hex')} ${from}…${to}`;
}
