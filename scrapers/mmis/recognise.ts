/** Addresses by which a site of this engine names one timetable. Pure. */
import { pathUnder, type Recognised, type Stranger, shortHost } from '#source';
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

function entryIn(path: string): Recognised['entry'] {
  const found = /#\/Rasp\/(Group|Prep|Teacher|Aud|Auditorium)\/(-?\d{1,15})(?:[/?]|$)/i.exec(path);
  const kind = kindOf(found?.[1]);
  return kind === null ? null : { kind, ask: { id: found?.[2] ?? '' } };
}

function kindOf(word = ''): 'group' | 'teacher' | 'room' | null {
  return Object.entries(KINDS).find(([one]) => one === word.toLowerCase())?.[1] ?? null;
}

/** A site with this engine that no JSON tells of, and whose timetable the page is, where its address says so. */
export function strangerOn(sites: readonly Site[], address: string): Stranger | null {
  const found = ownOn(sites, address) === undefined ? siteAt(address) : null;
  if (found === null) return null;
  const { root, ...rest } = found;
  const draft = { id: shortHost(root), name: '?', zone: '?', ...rest };
  return { site: rest.site, draft, entry: entryIn(address) };
}

/** The site that an ask names by its address: one of ours, or one that no JSON tells of, with clocks of that zone. */
export function guestOn(sites: readonly Site[], address: string, zone: string): Site | undefined {
  const own = ownOn(sites, address);
  if (own !== undefined) return own;
  const found = siteAt(address);
  if (found === null || found.site !== address || zone === '') return undefined;
  const { root, ...rest } = found;
  return { id: '', name: shortHost(root), zone, ...rest };
}

function ownOn(sites: readonly Site[], address: string): Site | undefined {
  return sites.find(({ base }) => pathUnder(address, new URL(base).origin) !== null);
}

/**
 * `…/WebApp/#/Rasp…` are its pages, `…/api/raspGrouplist`, `…/api/Rasp?idGroup=` its interface. What differs from site to site is
 * filled in as most have it.
 */
function siteAt(address: string): (Omit<Site, 'id' | 'name' | 'zone'> & { readonly root: string }) | null {
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
  return { root, site: `${root}/WebApp/#/Rasp`, base: `${root}/api`, room: 'idAudLine', year: false, distance: [] };
}
