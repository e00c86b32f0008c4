/** Addresses by which a site of this engine names one timetable. Pure. */
import { pathUnder, type Recognised } from '#source';
import type { Site } from './universities.ts';

const KINDS = { group: 'group', prep: 'teacher', teacher: 'teacher', aud: 'room', auditorium: 'room' } as const;

/** `/WebApp/#/Rasp/Group/51342`, as the engine's own pages are addressed. */
export function recogniseOn(sites: readonly Site[], address: string): Recognised | null {
  for (const { id: university, base } of sites) {
    const path = pathUnder(address, new URL(base).origin) ?? '';
    const found = /#\/Rasp\/(Group|Prep|Teacher|Aud|Auditorium)\/(-?\d{1,15})(?:[/?]|$)/i.exec(path);
    const kind = kindOf(found?.[1]);
    if (kind !== null) return { university, entry: { kind, ask: { id: found?.[2] ?? '' } } };
  }
  return null;
}

function kindOf(word = ''): 'group' | 'teacher' | 'room' | null {
  return Object.entries(KINDS).find(([one]) => one === word.toLowerCase())?.[1] ?? null;
}
