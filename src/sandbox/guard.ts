/** Keeps other web pages out: the sandbox answers only to its own address, and only to its own page in a browser. */
import type { FastifyReply, FastifyRequest } from 'fastify';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** The hosts one may listen on. */
export function isLoopback(host: string): boolean {
  return ['127.0.0.1', 'localhost', '::1'].includes(host);
}

/**
 * Refuses with 403 a request whose Host is not ours (a foreign name that resolves to this machine), whose Origin is another page,
 * or that a browser says was started by another site. Opening the page by a link from elsewhere is let through.
 */
export async function guard(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const port = request.socket.localPort;
  const ours = LOOPBACK.map((host) => `${host}:${port}`);
  const { host, origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const opensPage = request.method === 'GET' && request.url === '/' && request.headers['sec-fetch-mode'] === 'navigate';
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none' && !opensPage;
  if (host === undefined || !ours.includes(host)) await refuse(reply, 'Host');
  else if (origin !== undefined && !ours.some((name) => origin === `http://${name}`)) await refuse(reply, 'Origin');
  else if (foreign) await refuse(reply, 'Sec-Fetch-Site');
}

async function refuse(reply: FastifyReply, header: string): Promise<void> {
  await reply
    .code(403)
    .send({ error: `${header} is not the sandbox's own: it answers only programs of this machine and its own page` });
}
