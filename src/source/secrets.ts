/** What must not be written down: the address a person gave, which is often its own key, and tokens in requests. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Steps } from '../domain/steps.ts';
import type { Ask, Page } from './contract.ts';

/** Names of parameters whose value opens something. */
const SECRET = /token|secret|passw|auth|api_?key|^key$|^sig/i;
/** Shorter values stand in any text by chance. */
const SHORTEST = 8;
/** So many are struck out before others have their turn. */
const PIECE = 2_000;

type Reading<P> = { readonly ask: Ask; readonly pages: readonly P[] };

/**
 * The same reading without them. Of an address in the ask the site and the kind of file stay; a secret that a page repeats is
 * struck out there, byte for byte, so that everything else stays where it was. A page may repeat it without end.
 */
export async function withoutSecrets<R extends Reading<Page>>(reading: R): Promise<R> {
  const found = [...Object.entries(reading.ask).flatMap(secretIn), ...reading.pages.flatMap(tokensIn)]
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, secret.replaceAll('&', '&amp;'), decoded(secret)]);
  const secrets = [...new Set(found)];
  const pages: Page[] = [];
  for (const page of reading.pages) {
    const body = Buffer.from(page.body);
    for (const _ of strike(body, secrets)) await breathe();
    pages.push({ ...page, body });
  }
  return {
    ...reading,
    ask: Object.fromEntries(Object.entries(reading.ask).map(([name, value]) => [name, safe(name, value)])),
    pages,
  };
}

/** Where the site of an engine begins is no secret, and says how the pages are read. */
const OPEN = 'site';

function addressIn(name: string, value: string): URL | null {
  if (name === OPEN) return null;
  const url = URL.parse(value.trim().replace(/^webcals?:\/\//i, 'https://'));
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}

function safe(name: string, value: string): string {
  if (SECRET.test(name)) return '';
  const url = addressIn(name, value);
  if (url === null) return value;
  return `${url.protocol}//${url.host}/kept${/\.[a-z]{2,5}$/i.exec(url.pathname)?.[0] ?? ''}`;
}

function secretIn([name, value]: [string, string]): string[] {
  if (SECRET.test(name)) return [value];
  const url = addressIn(name, value);
  return url === null ? [] : [`${url.pathname}${url.search}`];
}

function tokensIn({ request, url }: Page): string[] {
  return [request.url, url].flatMap((address) =>
    [...(URL.parse(address)?.searchParams ?? [])].flatMap(([name, value]) => (SECRET.test(name) ? [value] : [])),
  );
}

function decoded(secret: string): string {
  try {
    return decodeURIComponent(secret);
  } catch {
    return secret;
  }
}

/** Strikes every one of them out of the bytes, with stops in between. */
export function* strike(bytes: Buffer, secrets: readonly string[]): Steps<void> {
  let count = 0;
  for (const secret of secrets) {
    const wanted = Buffer.from(secret);
    const blank = Buffer.alloc(wanted.length, 'x');
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length)) {
      bytes.set(blank, at);
      count += 1;
      if (count % PIECE === 0) yield;
    }
    yield;
  }
}
