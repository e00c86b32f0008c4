/** Addresses by which a site of this engine names one timetable. Pure. */
import { pathUnder, type Recognised, shortHost } from '#source';
import type { Site } from './universities.ts';

const KINDS = { group: 'group', prep: 'teacher', teacher: 'teacher', aud: 'room', auditorium: 'room' } as const;

/** `/WebApp/#/Rasp/Group/51342`, as the engine's own pages are addressed. */
export function recogniseOn(sites: readonly Site[], address: string): Recognised | null {
  for (const { id: university, base } of sites) {
    const entry = entryIn(pathUnder(address, new URL(base).origin) ?? '');
    if (entry !== null) return { university, entry };
  }
  return null;
}

/** Whose timetable an address, or what follows the site in it, names. */
export function entryIn(path: string): Recognised['entry'] {
  const found = /#\/Rasp\/(Group|Prep|Teacher|Aud|Auditorium)\/(-?\d{1,15})(?:[/?]|$)/i.exec(path);
  const kind = kindOf(found?.[1]);
  return kind === null ? null : { kind, ask: { id: found?.[2] ?? '' } };
}

function kindOf(word = ''): 'group' | 'teacher' | 'room' | null {
  return Object.entries(KINDS).find(([one]) => one === word.toLowerCase())?.[1] ?? null;
}

/**
 * `…/WebApp/#/Rasp…` are its pages, `…/api/raspGrouplist`, `…/api/Rasp?idGroup=` its interface. What differs from site to site is
 * filled in as most have it.
 */
export function siteAt(address: string, zone: string): Site | null {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const page = /^#\/Rasp(?:[/?]|$)/i.test(url.hash) ? /^(.*?)\/webapp\/(?:index\.html?)?$/i.exec(url.pathname) : null;
  const asked = /^(.*?)\/api\/(?:rasp(?:group|teacher|aud)list|getraspdates|rasp\/listyears)$/i.exec(url.pathname);
  const lessons = /[?&]id(?:Group|Teacher|Aud|AudLine)=/i.test(url.search)
    ? /^(.*?)\/api\/rasp$/i.exec(url.pathname)
    : null;
  const folder = (page ?? asked ?? lessons)?.[1];
  if (folder === undefined || !/^(?:\/[\w.-]+)*$/.test(folder)) return null;
  const root = `${url.origin}${folder}`;
  const known = { id: '', name: shortHost(root), zone, site: `${root}/WebApp/#/Rasp`, base: `${root}/api` };
  return { ...known, room: 'idAudLine', year: false, distance: [] };
}
