/** The HTTP door of a running bot: for now only the health check that a container asks. */
import Fastify from 'fastify';

export type Health = { readonly ok: boolean; readonly [fact: string]: unknown };

/** Listens and answers `GET /health` with 200 or 503 and the facts. Port 0 = any free one. */
export async function openWeb(options: {
  host: string;
  port: number;
  health(): Promise<Health>;
}): Promise<{ address: string; close(): Promise<void> }> {
  const server = Fastify();
  server.get('/health', async (_request, reply) => {
    const health = await options.health();
    return reply.code(health.ok ? 200 : 503).send(health);
  });
  const address = await server.listen({ host: options.host, port: options.port });
  return { address, close: () => server.close() };
}
