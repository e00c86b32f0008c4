/** A reading that asks a site only for what may have changed: shelved answers may say «nothing changed», and nothing else. */
import { SourceError } from './contract.ts';
import type { Http } from './http.ts';
import { type Reading, readSource } from './read.ts';
import type { Shelf } from './shelf.ts';

type Tools = Parameters<typeof readSource>[0];
type Wanted = Parameters<typeof readSource>[1];

/**
 * As `readSource`, with fewer requests where a previous reading is known. As soon as a page differs, or the shelved ones can not be
 * read, everything is fetched anew. Throws SourceError.
 */
export async function readFrugally(
  { http, shelf, ...tools }: Tools & { readonly shelf: Shelf },
  wanted: Wanted,
): Promise<Reading> {
  const fresh = keeping(http, shelf);
  if (wanted.previous === undefined) return readSource({ ...tools, http: fresh }, wanted);
  let shelved = 0;
  const frugal: Http = {
    ...fresh,
    async fetch(request, options) {
      const page = shelf.find(request);
      if (page === null) return fresh.fetch(request, options);
      shelved += 1;
      return page;
    },
  };
  const reading = await readSource({ ...tools, http: frugal }, wanted).catch((error: unknown) => {
    // The site may have changed under the answers of the shelf; its own word, or that it gives none, needs no second asking.
    if (shelved > 0 && error instanceof SourceError && error.kind !== 'unreachable') return null;
    throw error;
  });
  if (reading === null || (reading.status === 'read' && shelved > 0))
    return readSource({ ...tools, http: fresh }, wanted);
  return { ...reading, requests: reading.requests - shelved };
}

function keeping(http: Http, shelf: Shelf): Http {
  return {
    ...http,
    async fetch(request, options) {
      const page = await http.fetch(request, options);
      if (page !== 'not-modified') shelf.keep(page);
      return page;
    },
  };
}
