/** The only way out to a source: guarded, polite and bounded. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Dispatcher, request as send } from 'undici';
import type { Instant } from '../domain/calendar.ts';
import { type Page, type Request, SourceError } from './contract.ts';
import { readBody } from './http-body.ts';
import { checkUrl, codeOf, guardedConnector, type Resolve, readAllow, resolveSystem } from './http-guard.ts';
import type { Log } from './log.ts';
import { peaceAsked } from './retry-after.ts';
import { createTurns, PAUSE, type Stopwatch } from './turns.ts';

/** Who vouches for an address: a stranger who pasted it, or the operator who configured it. */
export type Profile = 'pasted' | 'configured';

/** `bytes` of the raw and of the unpacked body; `ms` for the whole trip, redirects included. */
export type HttpLimits = { readonly bytes: number; readonly ms: number };

export type HttpOptions = {
  /** Hosts, host:port or CIDRs that may be read though they are private or on another port. */
  readonly allow: readonly string[];
  /** «zvonok/<version> (+homepage)». */
  readonly userAgent: string;
  now?(): Instant;
  readonly log?: Log;
  readonly limits?: Partial<Record<Profile, HttpLimits>>;
  readonly resolve?: Resolve;
  /** Certificate authorities that vouch for a site beside those of the system, PEM. */
  readonly ca?: string;
  /** Hosts (host:port) that are ourselves: no pause is made between requests. */
  readonly own?: readonly string[];
  readonly stopwatch?: Stopwatch;
};

export type FetchOptions = {
  readonly etag?: string;
  readonly lastModified?: string;
  /** Default `pasted`, the strict one. */
  readonly profile?: Profile;
  readonly signal?: AbortSignal;
};

export type Http = {
  /**
   * One page, whatever its status, unless the host asks to be left alone: then nobody asks it before that time has passed; 'not-modified' when the validators given still hold. Throws SourceError `refused`
   * (`scheme`, `credentials`, `port`, `private-address`, `address`), `unreachable` (`timeout`, `dns`, `tls`,
   * `refused-connection`, `network`, `stopped`, `http-429`, `http-503`, `busy`, `crowd`), `too-big` (`body`, `headers`), `changed` (`redirects`, `encoding`, `cut`).
   */
  fetch(request: Request, options?: FetchOptions): Promise<Page | 'not-modified'>;
  /** Ends what runs; that and all later fetches reject with a plain Error: nothing is wrong with the source. */
  close(): Promise<void>;
};

const LIMITS: Record<Profile, HttpLimits> = {
  pasted: { bytes: 5 * 2 ** 20, ms: 20_000 },
  configured: { bytes: 64 * 2 ** 20, ms: 60_000 },
};
const MAX_REDIRECTS = 3;
const HOUR = 3_600_000;
const REAL: Stopwatch = {
  now: () => performance.now(),
  sleep: (ms) => sleep(ms, undefined, { ref: false }),
};
/** Ours to say, or the connection's; a source may not set them. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'host',
  'if-modified-since',
  'if-none-match',
  'transfer-encoding',
  'user-agent',
]);

type Hop = {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body?: string;
};
type Answer = { readonly redirect: Hop } | { readonly page: Page } | 'not-modified';

/** Throws an `Error` when an entry of `allow` cannot be read. */
export function createHttp(options: HttpOptions): Http {
  const allow = readAllow(options.allow);
  const limits = { ...LIMITS, ...options.limits };
  const connect = guardedConnector(allow, options.resolve ?? resolveSystem, options.ca);
  const agent = new Agent({ connect, connections: 1, pipelining: 1, allowH2: false });
  const turns = createTurns(options.stopwatch ?? REAL);
  const closing = new AbortController();

  async function ask(request: Request, hop: Hop, bytes: number, signal: AbortSignal): Promise<Answer> {
    const { url, method, headers, body } = hop;
    const answer = await send(url, {
      dispatcher: agent,
      method,
      headers,
      signal,
      ...(body === undefined ? {} : { body }),
    });
    const got = plainHeaders(answer.headers);
    const conditional = 'if-none-match' in headers || 'if-modified-since' in headers;
    const next = [301, 302, 303, 307, 308].includes(answer.statusCode) ? got.location : undefined;
    if (next !== undefined || (answer.statusCode === 304 && conditional)) {
      // The body of such an answer is of no use; up to 64 KB are read to keep the connection.
      await answer.body.dump({ limit: 65_536, signal });
      return next === undefined
        ? 'not-modified'
        : { redirect: follow(hop, checkUrl(next, allow, url.href), answer.statusCode) };
    }
    const peace = peaceAsked(answer.statusCode, got, Date.now());
    if (peace !== null) {
      await answer.body.dump({ limit: 65_536, signal });
      turns.leaveAlone(url.hostname.replace(/\.$/, ''), peace);
      throw new SourceError('unreachable', `http-${answer.statusCode}`, `${url.host} has enough of us`, [], peace);
    }
    const declared = /^\d+$/.test(got['content-length'] ?? '') ? Number(got['content-length']) : null;
    const encoding = (got['content-encoding'] ?? '').trim().toLowerCase();
    try {
      const read = await readBody(answer.body, { encoding, declared, limit: bytes });
      return { page: { request, url: url.href, status: answer.statusCode, headers: got, body: read } };
    } finally {
      answer.body.destroy();
    }
  }

  /** What is served by ourselves needs no sparing; a source may ask for more peace than the usual, not for less. */
  function pauseOf(url: URL, request: Request): number {
    return options.own?.includes(url.host) === true ? 0 : Math.max(PAUSE, request.pause ?? 0);
  }

  async function travel(request: Request, given: FetchOptions): Promise<Page | 'not-modified'> {
    const { bytes, ms } = limits[given.profile ?? 'pasted'];
    const late = new AbortController();
    const signal = AbortSignal.any([
      late.signal,
      closing.signal,
      ...(given.signal === undefined ? [] : [given.signal]),
    ]);
    let timer: NodeJS.Timeout | undefined;
    let hop = firstHop(request, checkUrl(request.url, allow), options.userAgent, given);
    try {
      for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
        // The turn is given back between hops: two sites that redirect to each other must not wait for each other.
        const host = hop.url.hostname.replace(/\.$/, '');
        const answer = await turns.take(host, pauseOf(hop.url, request), signal, () => {
          timer ??= setTimeout(() => late.abort(), ms);
          return ask(request, hop, bytes, signal);
        });
        if (answer === 'not-modified') return answer;
        if ('page' in answer) return answer.page;
        hop = answer.redirect;
      }
      throw new SourceError('changed', 'redirects', `${hop.url.host} redirects more than ${MAX_REDIRECTS} times`);
    } catch (error) {
      if (closing.signal.aborted) throw new Error('fetching is closed');
      throw explained(error, hop.url.host, late.signal.aborted, given.signal?.aborted === true);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async fetch(request, given = {}) {
      const began = options.now?.() ?? 0;
      // The pause between two requests keeps no program alive; who waits for a page does.
      const waits = setInterval(() => undefined, HOUR);
      const host = URL.canParse(request.url) ? new URL(request.url).host : '';
      try {
        const page = await travel(request, given);
        const facts = page === 'not-modified' ? { status: 304 } : { status: page.status, bytes: page.body.length };
        options.log?.debug({ host, ...facts, ms: (options.now?.() ?? 0) - began }, 'fetched');
        return page;
      } catch (error) {
        if (error instanceof SourceError)
          options.log?.debug({ host, kind: error.kind, detail: error.detail }, 'not fetched');
        throw error;
      } finally {
        clearInterval(waits);
      }
    },
    async close() {
      closing.abort();
      await agent.destroy();
    },
  };
}

function firstHop(request: Request, url: URL, userAgent: string, given: FetchOptions): Hop {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (!OWN_HEADERS.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  }
  headers['user-agent'] = userAgent;
  headers['accept-encoding'] = 'gzip';
  if (given.etag) headers['if-none-match'] = given.etag;
  if (given.lastModified) headers['if-modified-since'] = given.lastModified;
  const { method = 'GET', body } = request;
  return { url, method, headers, ...(body === undefined ? {} : { body }) };
}

/** What a source may say to any origin: it holds no key. */
const HARMLESS_HEADERS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-type']);

/** The next hop. Another origin gets none of the source's own headers that may hold a key; 301–303 turn a POST into a GET, as browsers do. */
function follow(hop: Hop, url: URL, status: number): Hop {
  const mayKeep = (name: string): boolean =>
    url.origin === hop.url.origin || OWN_HEADERS.has(name) || HARMLESS_HEADERS.has(name);
  const headers = Object.fromEntries(Object.entries(hop.headers).filter(([name]) => mayKeep(name)));
  if (hop.method === 'GET' || status < 307) return { url, method: 'GET', headers };
  return { ...hop, url, headers };
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

/** Turns what undici, TLS and DNS throw into our words. Messages name the host only, never an address or a body. */
function explained(error: unknown, host: string, late: boolean, stopped: boolean): unknown {
  if (error instanceof SourceError) return error;
  if (late) return new SourceError('unreachable', 'timeout', `${host} did not answer in time`);
  if (stopped) return new SourceError('unreachable', 'stopped', `Reading ${host} was stopped`);
  const code = codeOf(error);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return new SourceError('too-big', 'headers', `${host} sent endless headers`);
  const detail =
    code === 'ECONNREFUSED'
      ? 'refused-connection'
      : /TIMEOUT|TIMEDOUT/.test(code)
        ? 'timeout'
        : /CERT|TLS|SSL|SIGNATURE|EPROTO|SIGNED/.test(code)
          ? 'tls'
          : 'network';
  return new SourceError('unreachable', detail, `${host} could not be read (${code})`);
}
