/** One complete reading of a university's catalogue: plan, fetch, plan again, parse; or the knowledge that nothing changed. */
import { type Ask, type Listed, type Page, SourceError, type Span } from './contract.ts';
import { fingerprinter } from './fingerprint.ts';
import type { Http } from './http.ts';
import type { Reader } from './isolate.ts';

export type CatalogueReading =
  | { readonly status: 'unchanged' }
  | { readonly status: 'read'; readonly listed: readonly Listed[]; readonly fingerprint: string };

/** A request for each chair of a large university, once a day. */
const MOST_REQUESTS = 500;
const MOST_BYTES = 64 * 2 ** 20;

/** `previous` is the fingerprint of the last good reading. Throws SourceError. */
export async function readCatalogue(
  { reader, http }: { reader: Pick<Reader, 'planCatalogue' | 'parseCatalogue'>; http: Http },
  { source, ask, span, previous }: { source: string; ask: Ask; span: Span; previous: string },
): Promise<CatalogueReading> {
  const pages: Page[] = [];
  const print = fingerprinter();
  let bytes = 0;
  for (;;) {
    // Planning is pure: what followed the same pages last time, nothing, follows them now.
    if (pages.length > 0 && print.digest() === previous) return { status: 'unchanged' };
    const plan = await reader.planCatalogue(source, ask, pages, span);
    if (plan === 'done') break;
    if (plan.length === 0 || pages.length + plan.length > MOST_REQUESTS)
      throw new SourceError('too-big', 'requests', `${source} plans ${pages.length + plan.length} requests`);
    for (const request of plan) {
      const page = await http.fetch(request, { profile: 'configured' });
      if (page === 'not-modified') throw new Error('a page without validators was not modified');
      pages.push(page);
      bytes += page.body.length;
      if (bytes > MOST_BYTES) throw new SourceError('too-big', 'body', `${source} needs more than ${MOST_BYTES} bytes`);
      await print.add(page);
    }
  }
  const listed = await reader.parseCatalogue(source, ask, pages, span);
  return { status: 'read', listed, fingerprint: print.digest() };
}
