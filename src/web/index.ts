/** The HTTP door of a running bot: the health check that a container asks, and files to download. */
import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyRequest } from 'fastify';
import { createMetrics, type Facts } from './metrics.ts';

export type { Facts } from './metrics.ts';

/** A file of ours that anybody may download, read at each request. */
export type Download = { readonly path: string; readonly type: string; read(): Promise<Uint8Array> };

export type Health = { readonly ok: boolean; readonly [fact: string]: unknown };

/**
 * Listens, answers `GET /health` with 200 or 503 and the facts, `GET /metrics` in Prometheus' text format to whoever may
 * look, and hands out `downloads`. Port 0 = any free one.
 */
export async function openWeb(options: {
  host: string;
  port: number;
  downloads: readonly Download[];
  health(): Promise<Health>;
  facts(): Promise<Facts>;
  /** Who shows this as a bearer token may see the figures; without one only this machine may. */
  metricsToken: string | undefined;
}): Promise<{ address: string; close(): Promise<void> }> {
  const server = Fastify();
  server.get('/health', async (_request, reply) => {
    const health = await options.health();
    return reply.code(health.ok ? 200 : 503).send(health);
  });
  const metrics = createMetrics(options.facts);
  server.get('/metrics', async (request, reply) => {
    if (!maySee(request, options.metricsToken)) {
      const how = options.metricsToken === undefined ? 'set METRICS_TOKEN' : 'send METRICS_TOKEN';
      return reply.code(403).send(`Figures are for this machine, or for a bearer token: ${how}.\n`);
    }
    return reply.type(metrics.type).send(await metrics.text());
  });
  for (const { path, type, read } of options.downloads)
    server.get(path, async (_request, reply) =>
      reply
        .type(type)
        .header('content-disposition', 'attachment')
        .send(await read()),
    );
  const address = await server.listen({ host: options.host, port: options.port });
  return { address, close: () => server.close() };
}

const LOOPBACK = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/** Through a reverse proxy everybody comes from this machine: what was forwarded needs the token. */
function maySee({ socket, headers }: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) return equal(headers.authorization ?? '', `Bearer ${token}`);
  const forwarded = headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip'];
  return forwarded === undefined && LOOPBACK.includes(socket.remoteAddress ?? '');
}

/** In a time that says nothing of where they differ. */
function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
