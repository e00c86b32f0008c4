/** The control API, for the page and for stories outside this process: what people see and do, faults; JSON only. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { MOMENT, moment } from './clock.ts';
import * as membership from './membership.ts';
import { press, say } from './people.ts';
import { markRead, viewFor } from './view.ts';
import { changed, type World } from './world.ts';

const id = z.number().int();
const done = { ok: true };
/** The years a timetable can be about; far outside them dates themselves break. */
const EARLIEST = Date.UTC(2000, 0);
const TOO_LATE = Date.UTC(2101, 0);

type Action = (world: World, body: unknown) => unknown;

function action<S extends z.ZodType>(schema: S, run: (world: World, body: z.output<S>) => unknown): Action {
  return (world, body) => run(world, schema.parse(body ?? {}));
}

const person = z.object({ user: id });
const inChat = z.object({ peer: id, by: id });
const rights = { admin: z.boolean().optional(), fullAccess: z.boolean().optional() };

/** `POST /control/NAME`. Answers `{ok:true}` or what the name promises; 400 with the reason where it cannot be done. */
const ACTIONS: ReadonlyMap<string, Action> = new Map([
  [
    'say',
    action(
      z
        .object({
          user: id,
          peer: id,
          text: z.string().max(4096),
          payload: z.unknown().optional(),
          replyTo: id.optional(),
          ref: z.string().optional(),
          ref_source: z.string().optional(),
          file: z.object({ name: z.string().min(1).max(255), base64: z.base64() }).optional(),
        })
        .refine(({ text, file }) => text !== '' || file !== undefined, 'a message has words or a file'),
      (world, { user, peer, text, file, ...extra }) => ({
        cmid: say(world, user, peer, text, {
          ...given(extra),
          ...(file === undefined ? {} : { file: { name: file.name, bytes: Buffer.from(file.base64, 'base64') } }),
        }),
      }),
    ),
  ],
  [
    'press',
    action(z.object({ user: id, peer: id, cmid: id, label: z.string(), at: id.optional() }), (world, b) =>
      press(world, b.user, b.peer, b.cmid, b.label, b.at),
    ),
  ],
  ['read', action(z.object({ user: id, peer: id }), (world, b) => act(() => markRead(world, b.user, b.peer)))],
  [
    'person',
    action(z.object({ id: id.optional(), firstName: z.string(), lastName: z.string().optional() }), (world, b) => ({
      user: membership.addPerson(world, given(b)),
    })),
  ],
  [
    'chat',
    action(
      z.object({ title: z.string(), members: z.array(id), owner: id, fullAccess: z.boolean().optional() }),
      (world, b) => ({ peer: membership.createChat(world, given(b)) }),
    ),
  ],
  [
    'invite-bot',
    action(inChat.extend(rights), (world, b) => act(() => membership.inviteBot(world, b.peer, b.by, given(b)))),
  ],
  ['kick-bot', action(inChat, (world, b) => act(() => membership.kickBot(world, b.peer, b.by)))],
  [
    'bot-rights',
    action(z.object({ peer: id, ...rights }), (world, b) =>
      act(() => membership.setBotRights(world, b.peer, given(b))),
    ),
  ],
  [
    'allow',
    action(person.extend({ key: z.string().optional() }), (world, b) =>
      act(() => membership.allow(world, b.user, b.key)),
    ),
  ],
  ['deny', action(person, (world, b) => act(() => membership.deny(world, b.user)))],
  ['block', action(person, (world, b) => act(() => membership.block(world, b.user, true)))],
  ['unblock', action(person, (world, b) => act(() => membership.block(world, b.user, false)))],
  [
    'fault',
    action(
      z.object({
        kind: z.enum(['drop-before', 'drop-after', 'bad-gateway', 'latency', 'error']),
        method: z.string().optional(),
        peer: id.optional(),
        code: id.positive().optional(),
        ms: z.number().min(0).max(60_000).optional(),
        times: id.positive().optional(),
      }),
      (world, fault) => ({ id: world.faults.add(fault) }),
    ),
  ],
  ['clear-faults', action(z.object({ id: id.optional() }), (world, b) => act(() => world.faults.clear(b.id)))],
  ['rate-limit', action(z.object({ on: z.boolean() }), (world, b) => act(() => world.faults.rateLimit(b.on)))],
  [
    'kill-key',
    action(z.object({ failed: z.union([z.literal(2), z.literal(3)]).optional() }), (world, b) =>
      act(() => world.faults.killKey(b.failed)),
    ),
  ],
  ['lose-history', action(z.object({}), (world) => act(() => world.faults.loseHistory()))],
  [
    'clock',
    action(
      z.object({
        jump: z.union([id, z.string().regex(MOMENT)]).optional(),
        move: id.optional(),
        speed: z.number().positive().max(3600).optional(),
      }),
      moveClock,
    ),
  ],
  [
    'repeat-events',
    action(z.object({ count: id.positive().optional() }), (world, b) => act(() => world.faults.repeatEvents(b.count))),
  ],
]);

/** Moves the product clock: to milliseconds or `tomorrow-0844`, by milliseconds, to another speed; gives how it stands. */
function moveClock(
  { clock, zone }: World,
  ask: {
    readonly jump?: number | string | undefined;
    readonly move?: number | undefined;
    readonly speed?: number | undefined;
  },
): unknown {
  if (clock === undefined) throw new Error('this clock is moved only by the program that started the sandbox');
  const jump = typeof ask.jump === 'string' ? moment(ask.jump, clock.now(), zone) : ask.jump;
  const to = (jump ?? clock.now()) + (ask.move ?? 0);
  // Refused before anything is changed; a speed alone is never refused, so that a clock beyond can be slowed.
  if ((jump ?? ask.move) !== undefined && !(to >= EARLIEST && to < TOO_LATE))
    throw new RangeError('the clock goes through the years 2000–2100 only');
  if (ask.speed !== undefined) clock.speed(ask.speed);
  if (jump !== undefined) clock.jump(jump);
  if (ask.move !== undefined) clock.move(ask.move);
  return clock.state();
}

function act(work: () => void): unknown {
  work();
  return done;
}

/** Without the names whose value is absent, so that defaults below still apply. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

export function registerControl(scope: FastifyInstance, world: World): void {
  scope.removeContentTypeParser('text/plain');
  scope.post<{ Params: { name: string } }>('/control/:name', async (request, reply) => {
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
      return reply.code(415).send({ error: 'the control API takes application/json' });
    const run = ACTIONS.get(request.params.name);
    if (run === undefined) return reply.code(404).send({ error: `no action ${request.params.name}` });
    try {
      const answer = await run(world, request.body);
      changed(world);
      return answer;
    } catch (error) {
      return reply.code(400).send({ error: reason(error) });
    }
  });
  const query = z.object({
    as: z.coerce.number().int().optional(),
    peer: z.coerce.number().int().optional(),
    log: z.enum(['0', '1']).optional(),
  });
  scope.get('/control/view', async (request, reply) => {
    const read = query.safeParse(request.query);
    if (!read.success) return reply.code(400).send({ error: reason(read.error) });
    return reply.header('cache-control', 'no-store').send(viewFor(world, { ...read.data, log: read.data.log === '1' }));
  });
  scope.get('/control/clock', () => ({ now: world.now(), speed: world.clock?.state().speed ?? 1 }));
  scope.get('/control/watch', (_request, reply) => watch(world, reply));
}

function reason(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}

/** Server-sent events: one empty nudge for each change, at most one in 30 ms. */
function watch(world: World, reply: FastifyReply): void {
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let waiting: NodeJS.Timeout | undefined;
  const nudge = (): void => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      reply.raw.write('data: changed\n\n');
    }, 30);
  };
  world.watchers.add(nudge);
  reply.raw.on('close', () => {
    world.watchers.delete(nudge);
    clearTimeout(waiting);
  });
  reply.raw.write('data: changed\n\n');
}
