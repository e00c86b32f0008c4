/** Addresses by which a site of this engine names one timetable. Pure. */
import { pathUnder, type Recognised, type Stranger, shortHost } from '#source';
import type { Site } from './universities.ts';

/**
 * `{base}/schedule/group/123` (and its calendar, `123.ics`), `lecturer/5`, `auditorium/9` of the interface; the page people look at keeps its choice out of
 * its address. Universities that share a site share the numbers too, and the catalogue tells whose it is.
 */
export function recogniseOn(sites: readonly Site[], address: string): readonly Recognised[] {
  return sites.flatMap(({ id: university, base }) => {
    const found = /^schedule\/(group|lecturer|auditorium)\/(\d{1,12})(?:\.ics)?(?:[/?#]|$)/.exec(
      pathUnder(address, base) ?? '',
    );
    if (found === null) return [];
    const kind = found[1] === 'group' ? 'group' : found[1] === 'lecturer' ? 'teacher' : 'room';
    return [{ university, entry: { kind, ask: { id: found[2] ?? '' } } } as const];
  });
}

/** A site with this engine that no JSON tells of. Whose timetable it is, its pages do not say: a group's name is needed. */
export function strangerOn(sites: readonly Site[], address: string): Stranger | null {
  const own = ownOn(sites, address);
  const found = own.length > 0 ? null : siteAt(address);
  if (found === null) return null;
  const { root, ...rest } = found;
  return { site: rest.site, draft: { id: shortHost(root), name: '?', zone: '?', ...rest }, entry: null };
}

/** The site that an ask names by its address: one of ours, or one that no JSON tells of, with clocks of that zone. */
export function guestOn(sites: readonly Site[], address: string, zone: string): Site | undefined {
  const own = ownOn(sites, address);
  if (own.length > 0) return own.find((site) => site.zone === zone) ?? own[0];
  const found = siteAt(address);
  if (found === null || found.site !== address || zone === '') return undefined;
  const { root, ...rest } = found;
  return { id: '', name: shortHost(root), zone, ...rest };
}

function ownOn(sites: readonly Site[], address: string): readonly Site[] {
  return sites.filter(({ base }) => pathUnder(address, new URL(base).origin) !== null);
}

/**
 * People's page is `…/ruz/main`, the interface `…/api/schedule/group/1?start=2026.09.14`. What differs from site to site is filled
 * in as most have it.
 */
function siteAt(address: string): (Omit<Site, 'id' | 'name' | 'zone'> & { readonly root: string }) | null {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const page = /^(.*?)\/ruz\/main(?:\/|$)/.exec(url.pathname);
  const asked = /[?&]start=\d{4}\.\d\d\.\d\d/.test(url.search)
    ? /^(.*?)\/api\/schedule\/(?:group|lecturer|person|auditorium)\/\d+$/.exec(url.pathname)
    : null;
  const folder = (page ?? asked)?.[1];
  if (folder === undefined || !/^(?:\/[\w.-]+)*$/.test(folder)) return null;
  const root = `${url.origin}${folder}`;
  return { root, site: `${root}/ruz/main`, base: `${root}/api`, label: 'name', only: '', except: '' };
}
