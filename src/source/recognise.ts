/** What a source says of addresses: whose timetable one names, whether the site is its own, or a site of its engine that nobody told it of. */
import { pathUnder, withoutRoot } from './address.ts';
import type { Recognised, Source, Stranger } from './contract.ts';

/** `linked`: found on a page of somebody else, who may link to a university for many a reason. */
export type Look = { readonly addresses: readonly string[]; readonly linked: boolean };

export type Seen = {
  readonly found: readonly (Recognised & { readonly address: string })[];
  /** The first site of this engine that is none of its universities, with the engine's name for people. */
  readonly stranger: (Stranger & { readonly engine: string }) | null;
};

export const NOTHING_SEEN: Seen = { found: [], stranger: null };

/** A site's address and an operator's JSON are short; what is longer was made to do harm. */
const LONGEST_SITE = 200;
const LONGEST_DRAFT = 800;

/** Looks at every address; asks nobody. */
export function lookAt(source: Source, { addresses, linked }: Look): Seen {
  const found = addresses.flatMap((address) =>
    recognisedBy(source, withoutRoot(address), linked).map((recognised) => ({ ...recognised, address })),
  );
  for (const address of addresses) {
    const stranger = source.stranger?.(withoutRoot(address)) ?? null;
    if (stranger !== null && isFit(stranger)) return { found, stranger: { ...stranger, engine: source.name } };
  }
  return { found, stranger: null };
}

function isFit({ site, draft }: Stranger): boolean {
  return site.length <= LONGEST_SITE && /^https?:/.test(site) && JSON.stringify(draft).length <= LONGEST_DRAFT;
}

/** Empty when the address is none of this source's; several where universities share one site. */
function recognisedBy(source: Source, address: string, linked: boolean): readonly Recognised[] {
  const named = [source.recognise?.(address) ?? []].flat();
  if (named.length > 0) return named;
  const ours = (site: string) => isOf(site, address, linked);
  if (source.universities !== undefined)
    return source.universities.filter(({ site }) => ours(site)).map(({ id }) => ({ university: id, entry: null }));
  return source.site !== undefined && ours(source.site) ? [{ entry: null }] : [];
}

/** Whether the address is of this site; of a link, whether it leads to the site's front page or to where timetables are. */
function isOf(site: string, address: string, linked: boolean): boolean {
  const { origin, pathname } = new URL(site);
  const path = pathUnder(address, origin);
  if (path === null) return false;
  return !linked || path === '' || pathUnder(address, `${origin}${pathname}`) !== null;
}
