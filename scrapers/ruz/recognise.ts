/** Addresses by which a site of this engine names one timetable. Pure. */
import { pathUnder, type Recognised } from '#source';
import type { Site } from './universities.ts';

/**
 * `{base}/schedule/group/123`, `lecturer/5`, `auditorium/9` of the interface; the page people look at keeps its choice out of
 * its address. Universities that share a site share the numbers too, and the catalogue tells whose it is.
 */
export function recogniseOn(sites: readonly Site[], address: string): readonly Recognised[] {
  return sites.flatMap(({ id: university, base }) => {
    const found = /^schedule\/(group|lecturer|auditorium)\/(\d{1,12})(?:[/?#]|$)/.exec(pathUnder(address, base) ?? '');
    if (found === null) return [];
    const kind = found[1] === 'group' ? 'group' : found[1] === 'lecturer' ? 'teacher' : 'room';
    return [{ university, entry: { kind, ask: { id: found[2] ?? '' } } } as const];
  });
}
