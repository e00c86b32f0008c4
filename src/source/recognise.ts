/** What a source says of an address: whose timetable it names, or only that the site is its own. */
import { pathUnder } from './address.ts';
import type { Recognised, Source } from './contract.ts';

/** Empty when the address is none of this source's; several where universities share one site. */
export function recognisedBy(source: Source, address: string): readonly Recognised[] {
  const named = [source.recognise?.(address) ?? []].flat();
  if (named.length > 0) return named;
  const ours = (site: string) => pathUnder(address, new URL(site).origin) !== null;
  if (source.universities !== undefined)
    return source.universities.filter(({ site }) => ours(site)).map(({ id }) => ({ university: id, entry: null }));
  return source.site !== undefined && ours(source.site) ? [{ entry: null }] : [];
}
