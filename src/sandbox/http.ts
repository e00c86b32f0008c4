/** The door of the sandbox: VK's API, long poll and uploads, the page, the files it was given, the control API. */
import { setTimeout as pause } from 'node:timers/promises';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Api, createApi } from './api.ts';
import { registerControl } from './control.ts';
import type { Target } from './faults.ts';
import { storeFile } from './files.ts';
import { guard } from './guard.ts';
import { POLICY, registerPage } from './page.ts';
import type { Form } from './params.ts';
import type { Fault } from './seen.ts';
import { targetsOf } from './targets.ts';
import { changed, type World } from './world.ts';

/** A file of the sandbox's own, read at each request. */
export type ServedFile = {
  readonly path: string;
  read(): Promise<Uint8Array> | Uint8Array;
  /** Content-Type. */
  readonly type: string;
};

const BODY_LIMIT = 8 * 1024 * 1024;
const KEPT_BROKEN = 100;
const FILE_LIMIT = 20 * 1024 * 1024;
const BAD_GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

export async function createServer(world: World, files: readonly ServedFile[], page: string): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true, routerOptions: { maxParamLength: 200 } });
  app.addHook('onRequest', guard);
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('cross-origin-resource-policy', 'same-origin');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('content-security-policy', POLICY);
  });
  for (const file of files)
    app.get(file.path, async (_request, reply) => reply.type(file.type).send(Buffer.from(await file.read())));
  registerPage(app, world, page);
  await app.register(async (scope) => registerVk(scope, world));
  await app.register(async (scope) => registerControl(scope, world));
  return app;
}

async function registerVk(scope: FastifyInstance, world: World): Promise<void> {
  scope.removeAllContentTypeParsers();
  await scope.register(formbody, { bodyLimit: BODY_LIMIT });
  await scope.register(multipart, { limits: { fileSize: FILE_LIMIT, fieldSize: BODY_LIMIT } });
  // Any other body, JSON too, is to VK no parameters at all.
  scope.addContentTypeParser('*', (_request, body, done) => {
    body.on('end', () => done(null, {}));
    body.resume();
  });
  const api = createApi(world);
  scope.route<{ Params: { name: string } }>({
    method: ['GET', 'POST'],
    url: '/method/:name',
    handler: (request, reply) => serveMethod(world, api, request.params.name, request, reply),
  });
  scope.get<{ Params: { group: string }; Querystring: Record<string, string> }>('/longpoll/:group', (request, reply) =>
    withFaults(world, reply, [{ method: 'longpoll', peers: [] }], () => {
      const { act, key = '', ts = '', wait = '25' } = request.query;
      const gone = new AbortController();
      reply.raw.on('close', () => gone.abort());
      if (act !== 'a_check' || request.params.group !== String(world.groupId)) return { failed: 2 };
      return world.poll.ask(key, ts, Number(wait) || 0, gone.signal);
    }),
  );
  scope.post<{ Params: { kind: string }; Querystring: { peer?: string } }>('/upload/:kind', async (request, reply) => {
    const { kind } = request.params;
    const part = request.isMultipart() ? await request.file() : undefined;
    if (part === undefined || (kind !== 'doc' && kind !== 'photo')) return reply.send({ error: 'no_file' });
    const peer = Number(request.query.peer ?? 0);
    const bytes = await part.toBuffer();
    const file = {
      kind,
      name: part.filename,
      type: part.mimetype,
      bytes,
      ...(peer > 0 ? { owner: peer } : {}),
    } as const;
    const key = storeFile(world, file);
    return reply.send(kind === 'doc' ? { file: key } : { server: 1, photo: key, hash: key });
  });
  scope.get<{ Params: { id: string } }>('/uploaded/:id', async (request, reply) => {
    const file = [...world.files.values()].find((stored) => String(stored.id) === request.params.id);
    if (file === undefined) return reply.code(404).send({ error: 'no such file' });
    const image = file.kind === 'photo' && /^image\/(?:png|jpeg|gif|webp)$/.test(file.type);
    if (image) return reply.type(file.type).send(Buffer.from(file.bytes));
    // Whatever a bot uploaded is downloaded, never shown as a page of this address.
    const name = encodeURIComponent(file.title ?? file.name);
    reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`);
    return reply.type('application/octet-stream').send(Buffer.from(file.bytes));
  });
}

async function serveMethod(
  world: World,
  api: Api,
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const form = await readForm(request);
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  await withFaults(world, reply, targetsOf(name, form), () => api(name, form, bearer));
}

/** Query, urlencoded or multipart fields; a name given twice is a list. */
async function readForm(request: FastifyRequest): Promise<Form> {
  const form: Record<string, string> = {};
  const take = (source: unknown): void => {
    if (typeof source !== 'object' || source === null) return;
    for (const [key, value] of Object.entries(source))
      form[key] = Array.isArray(value) ? value.join(',') : String(value);
  };
  take(request.query);
  if (!request.isMultipart()) take(request.body);
  else
    for await (const part of request.parts()) {
      if (part.type === 'field') take({ [part.fieldname]: part.value });
      else part.file.resume();
    }
  return form;
}

/** Runs the request through the faults that fit it: late, lost on the way there, answered by a broken gateway, lost on the way back. */
async function withFaults(
  world: World,
  reply: FastifyReply,
  targets: readonly Target[],
  work: () => unknown,
): Promise<void> {
  const name = targets[0]?.method ?? '';
  const late = world.faults.takeAny('latency', targets);
  if (late) await pause(late.ms ?? 0);
  if (world.faults.takeAny('drop-before', targets)) return drop(world, reply, name, 'drop-before');
  if (world.faults.takeAny('bad-gateway', targets)) {
    noteBroken(world, name, 'bad-gateway');
    await reply.code(502).type('text/html; charset=utf-8').send(BAD_GATEWAY);
    return;
  }
  const body = await work();
  if (world.faults.takeAny('drop-after', targets)) return drop(world, reply, name, 'drop-after');
  await reply.type('application/json; charset=utf-8').send(body);
}

function drop(world: World, reply: FastifyReply, name: string, kind: 'drop-before' | 'drop-after'): void {
  noteBroken(world, name, kind);
  reply.hijack();
  reply.raw.destroy();
}

/** For the log: a request that never saw an answer of the API. */
function noteBroken(world: World, method: string, kind: Fault['kind']): void {
  world.broken.push({ at: world.real(), method, kind });
  if (world.broken.length > KEPT_BROKEN) world.broken.shift();
  changed(world);
}
