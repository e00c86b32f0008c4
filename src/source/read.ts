/** One complete reading of a source: plan, fetch, plan again, parse; or the knowledge that nothing changed. */
import { type Ask, type Page, SourceError, type Span } from './contract.ts';
import { fingerprinter } from './fingerprint.ts';
import type { Http, Profile } from './http.ts';
import type { Reader } from './isolate.ts';
import type { Printed } from './pack.ts';
import type { SavedPage } from './saved.ts';

/** What the last good reading left: the validators of its page and the fingerprint of its bytes, of what they say and of its days. */
export type Previous = { readonly etag: string; readonly lastModified: string; readonly fingerprint: string };

/** What a reading cost: whom it asked first ('' when nobody), and how many requests it took. */
export type Trip = { readonly host: string; readonly requests: number };

export type Reading = Trip &
  /** `anew`: it says the same in other bytes, which leave this. */
  (
    | { readonly status: 'unchanged'; readonly anew?: Previous }
    | (Omit<Printed, 'print'> & Previous & { readonly status: 'read'; readonly pages: readonly Page[] })
  );

/** More than any honest source needs for one group's term. */
const MOST_REQUESTS = 50;
/** All pages of a reading together: they are held at once, and handed to the child. */
const MOST_BYTES = 64 * 2 ** 20;

type Asked = { readonly id: string; readonly ask: Ask; readonly span: Span; readonly profile: Profile };

/**
 * Throws SourceError, with the pages that had come. A reading for other days than the previous one is never 'unchanged': the
 * window slid.
 */
export async function readSource(
  from: { reader: Pick<Reader, 'plan' | 'parse'>; http: Http },
  asked: Asked & { previous?: Previous | undefined },
): Promise<Reading> {
  const pages: Page[] = [];
  try {
    return await travel(from, asked, pages);
  } catch (error) {
    if (error instanceof SourceError) error.pages = pages;
    throw error;
  }
}

/** Reads pages that were kept, by the code of today, as if they came now. Throws SourceError; `changed`/`pages` when other pages are wanted. */
export async function rereadSource(
  reader: Pick<Reader, 'plan' | 'parse'>,
  { id, ask, span, profile }: Asked,
  saved: readonly SavedPage[],
): Promise<Extract<Reading, { status: 'read' }>> {
  const asked = { ...ask, profile };
  const pages: Page[] = [];
  const print = fingerprinter();
  while (pages.length < saved.length) {
    const plan = await reader.plan(id, asked, pages, span);
    if (plan === 'done' || plan.length === 0) break;
    for (const request of plan) {
      const page = saved[pages.length];
      if (page === undefined) throw new SourceError('changed', 'pages', `${id} wants more pages than were kept`);
      pages.push({ ...page, request, url: request.url });
      await print.add({ ...page, request, url: request.url });
    }
  }
  const { print: said, ...read } = await reader.parse(id, asked, pages, span);
  return {
    status: 'read',
    ...read,
    host: '',
    requests: pages.length,
    etag: '',
    lastModified: '',
    fingerprint: `${print.digest()} ${said} ${daysOf(span)}`,
    pages,
  };
}

async function travel(
  { reader, http }: { reader: Pick<Reader, 'plan' | 'parse'>; http: Http },
  { id, ask, span, profile, previous }: Asked & { previous?: Previous | undefined },
  pages: Page[],
): Promise<Reading> {
  const asked = { ...ask, profile };
  const days = daysOf(span);
  const known = previous?.fingerprint.endsWith(days) === true ? previous : undefined;
  const print = fingerprinter();
  let bytes = 0;
  let host = '';
  for (;;) {
    // Planning is pure: what followed the same pages last time, nothing, follows them now.
    if (pages.length > 0 && known?.fingerprint.startsWith(`${print.digest()} `) === true)
      return { status: 'unchanged', host, requests: pages.length };
    const plan = await reader.plan(id, asked, pages, span);
    if (plan === 'done') break;
    if (plan.length === 0 || pages.length + plan.length > MOST_REQUESTS)
      throw new SourceError('too-big', 'requests', `${id} plans ${pages.length + plan.length} requests`);
    // Validators belong to one page: a source of several pages is compared by its bytes alone.
    const lone = pages.length === 0 && plan.length === 1 ? known : undefined;
    for (const request of plan) {
      host ||= URL.parse(request.url)?.hostname ?? '';
      const page = await http.fetch(request, { profile, ...(lone === undefined ? {} : lone) });
      if (page === 'not-modified') return { status: 'unchanged', host, requests: 1 };
      pages.push(page);
      bytes += page.body.length;
      if (bytes > MOST_BYTES) throw new SourceError('too-big', 'body', `${id} needs more than ${MOST_BYTES} bytes`);
      await print.add(page);
    }
  }
  const { print: said, ...read } = await reader.parse(id, asked, pages, span);
  const only = pages.length === 1 ? pages[0] : undefined;
  const leaves = {
    etag: only?.headers.etag ?? '',
    lastModified: only?.headers['last-modified'] ?? '',
    fingerprint: `${print.digest()} ${said} ${days}`,
  };
  // Many exports write the time of the download into every event.
  if (known?.fingerprint.endsWith(` ${said} ${days}`) === true)
    return { status: 'unchanged', host, requests: pages.length, anew: leaves };
  return { status: 'read', host, requests: pages.length, ...read, ...leaves, pages };
}

function daysOf({ from, to }: Span): string {
  return `${from}…${to}`;
}
