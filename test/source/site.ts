/** Sites on loopback for the tests of fetching: honest ones that speak HTTP, and raw ones that say whatever bytes they like. */
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { SourceError } from '../../src/source/contract.ts';
import { createHttp, type Http, type HttpLimits, type HttpOptions } from '../../src/source/http.ts';
import type { Stopwatch } from '../../src/source/turns.ts';

export type Site = {
  readonly port: number;
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** Sockets that came so far. */
  readonly visits: () => number;
};

/** A site that answers by a handler; it is gone when the test is over. */
export function site(handler: RequestListener): Promise<Site> {
  return listening(createServer(handler));
}

/** A site that is handed the bare socket once a request's head has come. */
export function rawSite(talk: (socket: Socket) => void): Promise<Site> {
  return listening(
    createRawServer((socket) => {
      // Whoever is refused hangs up on us: that is the point of the test.
      socket.on('error', () => socket.destroy());
      socket.once('data', () => talk(socket));
    }),
  );
}

async function listening(server: Server): Promise<Site> {
  const sockets = new Set<Socket>();
  let visits = 0;
  server.on('connection', (socket: Socket) => {
    visits += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
  });
  const { port } = server.address() as AddressInfo;
  return { port, origin: `http://127.0.0.1:${port}`, visits: () => visits };
}

/** No pause takes any time: that turns are paced is tested where time can be looked at. */
const AT_ONCE: Stopwatch = { now: () => performance.now(), sleep: async () => undefined };

/** Our client, closed when the test is over. Loopback may be read unless `allow` says otherwise; no pauses are made. */
export function client(options: Partial<HttpOptions> & { readonly pasted?: Partial<HttpLimits> } = {}): Http {
  const { pasted, ...rest } = options;
  const limits = { pasted: { bytes: 100_000, ms: 5_000, ...pasted } };
  const http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'zvonok/test', limits, stopwatch: AT_ONCE, ...rest });
  onTestFinished(() => http.close());
  return http;
}

/** `kind detail` and the message of a refusal; whatever else happens is passed on or said. */
export async function refusal(work: Promise<unknown>): Promise<{ readonly what: string; readonly message: string }> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { what: `${error.kind} ${error.detail}`, message: error.message };
  }
  return { what: 'nothing refused', message: '' };
}

/** A page's body as text; what is no page is told as it is. */
export function bodyOf(page: unknown): string {
  if (typeof page === 'object' && page !== null && 'body' in page && page.body instanceof Uint8Array)
    return new TextDecoder().decode(page.body);
  return String(page);
}
