/** Serves the built page from `dist/page`; where nobody has built it, a text that says how, and all the rest works. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { World } from './world.ts';

/** Where Vite puts the page. */
export const BUILT_PAGE = path.join(import.meta.dirname, '../../dist/page');

/** Scripts and styles come from this address alone; React and VKUI set styles through the DOM, which needs no `unsafe-inline`. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.woff2', 'font/woff2'],
]);

export function registerPage(app: FastifyInstance, world: World, folder: string): void {
  app.get('/', async (_request, reply) => {
    const html = await read(path.join(folder, 'sandbox/index.html'));
    reply.header('cache-control', 'no-cache');
    if (html !== undefined) return reply.type('text/html; charset=utf-8').send(html);
    return reply.type('text/plain; charset=utf-8').send(notBuilt(world));
  });
  app.get<{ Params: { name: string } }>('/assets/:name', (request, reply) => asset(folder, request.params.name, reply));
}

/** Names carry a hash of what is in them, so a browser may keep them for ever. */
async function asset(folder: string, name: string, reply: FastifyReply): Promise<unknown> {
  const type = TYPES.get(path.extname(name));
  const bytes =
    type !== undefined && /^[\w.-]+$/.test(name) ? await read(path.join(folder, 'assets', name)) : undefined;
  if (type === undefined || bytes === undefined) return reply.code(404).send({ error: 'no such file' });
  return reply.type(type).header('cache-control', 'public, max-age=31536000, immutable').send(bytes);
}

async function read(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function notBuilt(world: World): string {
  return [
    'Песочница работает, но её страница не собрана.',
    'Собери: npm ci && npm run page',
    '',
    `API для ботов: ${world.address}/method`,
    `Управление: ${world.address}/control/view`,
    '',
  ].join('\n');
}
