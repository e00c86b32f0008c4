/** The HTTP door of a running bot: the health check that a container asks, and files to download. */
import Fastify from 'fastify';

/** A file of ours that anybody may download, read at each request. */
export type Download = { readonly path: string; readonly type: string; read(): Promise<Uint8Array> };

export type Health = { readonly ok: boolean; readonly [fact: string]: unknown };

/** Listens, answers `GET /health` with 200 or 503 and the facts, and hands out `downloads`. Port 0 = any free one. */
export async function openWeb(options: {
  host: string;
  port: number;
  downloads: readonly Download[];
  health(): Promise<Health>;
}): Promise<{ address: string; close(): Promise<void> }> {
  const server = Fastify();
  server.get('/health', async (_request, reply) => {
    const health = await options.health();
    return reply.code(health.ok ? 200 : 503).send(health);
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
