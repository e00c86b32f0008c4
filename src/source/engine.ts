/** The sites of one engine: those that a JSON tells of, and one whose address a person gave. Pure. */
import { pathUnder } from './address.ts';
import { type Ask, SourceError, type Stranger, type University } from './contract.ts';

/** `base`: where its interface begins. */
type EngineSite = University & { readonly base: string };

/** A site with this engine at an address, by the engine's own pages and requests, with a short name of its host and clocks of that zone; null when it is none. */
type SiteAt<S> = (address: string, zone: string) => S | null;

/** A site of this engine that no JSON tells of; `entry` is whose timetable the address names. */
export function strangerOn<S extends EngineSite>(
  sites: readonly S[],
  address: string,
  siteAt: SiteAt<S>,
  entry: Stranger['entry'],
): Stranger | null {
  const found = ownOn(sites, address).length > 0 ? null : siteAt(address, '?');
  return found === null ? null : { site: found.site, draft: { ...found, id: found.name, name: '?' }, entry };
}

/** The site of a university, or at an address that a person gave (`Source.stranger`). Throws SourceError `unknown-param`. */
export function siteOf<S extends EngineSite>(sites: readonly S[], ask: Ask, siteAt: SiteAt<S>): S {
  const { university, site: address, zone = '' } = ask;
  const named = sites.find(({ id }) => id === university);
  const site = named ?? (address === undefined ? null : guestOn(sites, { address, zone }, siteAt));
  if (site !== null) return site;
  const known = sites.map(({ id }) => id);
  throw new SourceError('unknown-param', 'university', 'there is no such university in this source', known);
}

/** One of ours, of several that share an address the one with those clocks; or one that no JSON tells of, named as `strangerOn` names it. */
function guestOn<S extends EngineSite>(
  sites: readonly S[],
  { address, zone }: { readonly address: string; readonly zone: string },
  siteAt: SiteAt<S>,
): S | null {
  const own = ownOn(sites, address);
  const ours = own.find((site) => site.zone === zone) ?? own[0];
  if (ours !== undefined) return ours;
  const found = zone === '' ? null : siteAt(address, zone);
  return found?.site === address ? found : null;
}

function ownOn<S extends EngineSite>(sites: readonly S[], address: string): readonly S[] {
  return sites.filter(({ base }) => pathUnder(address, new URL(base).origin) !== null);
}
