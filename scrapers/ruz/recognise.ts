/** Addresses by which a site of this engine names one timetable. Pure. */
import { pathUnder, type Recognised, shortHost } from '#source';
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

/**
 * People's page is `…/ruz/main`, the interface `…/api/schedule/group/1?start=2026.09.14`. What differs from site to site is filled
 * in as most have it.
 */
export function siteAt(address: string, zone: string): Site | null {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const page = /^(.*?)\/ruz\/main(?:\/|$)/.exec(url.pathname);
  const asked = /[?&]start=\d{4}\.\d\d\.\d\d/.test(url.search)
    ? /^(.*?)\/api\/schedule\/(?:group|lecturer|person|auditorium)\/\d+$/.exec(url.pathname)
    : null;
  const folder = (page ?? asked)?.[1];
  if (folder === undefined || !/^(?:\/[\w.-]+)*$/.test(folder)) return null;
  const root = `${url.origin}${folder}`;
  const known = { id: '', name: shortHost(root), zone, site: `${root}/ruz/main`, base: `${root}/api` };
  return { ...known, label: 'name', only: '', except: '' };
}
