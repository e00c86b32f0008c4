/** Answers that many timetables of a site need and that seldom change, kept for a while: lists of groups, weeks far ahead. */
import type { Page, Request } from './contract.ts';

export type Shelf = {
  /** The answer to this request, when the request says that one this old will do; null otherwise. */
  find(request: Request): Page | null;
  /** Keeps an answer that may be asked for again; a refusal is not kept. */
  keep(page: Page): void;
};

/** All answers together; the one not asked for the longest goes first. */
const MOST_BYTES = 48 * 2 ** 20;

/** `now` is in ms and only ever grows. */
export function createShelf(now: () => number, mostBytes = MOST_BYTES): Shelf {
  // A Map keeps the order of insertion: what is put in again is the youngest.
  const kept = new Map<string, { readonly page: Page; readonly at: number }>();
  let bytes = 0;

  function drop(key: string): void {
    bytes -= kept.get(key)?.page.body.length ?? 0;
    kept.delete(key);
  }

  return {
    find(request) {
      const found = kept.get(keyOf(request));
      if (found === undefined || now() - found.at >= (request.goodFor ?? 0) * 1000) return null;
      kept.delete(keyOf(request));
      kept.set(keyOf(request), found);
      return found.page;
    },
    keep(page) {
      const key = keyOf(page.request);
      drop(key);
      if (page.request.goodFor === undefined || page.status !== 200 || page.body.length > mostBytes / 4) return;
      kept.set(key, { page, at: now() });
      bytes += page.body.length;
      for (const oldest of kept.keys()) {
        if (bytes <= mostBytes) break;
        drop(oldest);
      }
    },
  };
}

function keyOf({ url, method = 'GET', headers = {}, body = '' }: Request): string {
  return JSON.stringify([method, url, Object.entries(headers).sort(), body]);
}
