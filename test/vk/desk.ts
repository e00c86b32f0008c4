/** A bot at its desk: the real vk folder, real vk-io, a VK of its own on loopback, and memory for what the store keeps. */
import { onTestFinished } from 'vitest';
import type { Answer, Turn } from '../../src/chat/turn.ts';
import type { Saying } from '../../src/domain/notice.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';
import type { Message } from '../../src/text/message.ts';
import { type Log, openVk, type Vk } from '../../src/vk/index.ts';

export type Line = { readonly level: string; readonly facts: object; readonly text: string };
/** What survives a restart. */
export type Memory = {
  readonly sessions: Map<string, object>;
  readonly seen: Set<string>;
  readonly saves: string[];
};
export type Desk = {
  readonly sandbox: Sandbox;
  readonly vk: Vk;
  readonly memory: Memory;
  readonly log: readonly Line[];
  readonly turns: readonly Turn[];
  /** Keys of dialogues that were read. */
  readonly reads: readonly string[];
  /** Peers that refused an answer, as `peer why`. */
  readonly refusals: readonly string[];
};
type Setup = {
  answer?(turn: Turn): Answer | Promise<Answer>;
  render?(saying: Saying): Message;
  sandbox?: Sandbox;
  sandboxOptions?: SandboxOptions;
  memory?: Memory;
  apiUrl?: string;
  listen?: boolean;
  waitSeconds?: number;
  now?(): number;
  firstSeen?(id: string): Promise<boolean>;
  refused?(peer: number, why: string): Promise<void>;
};

export const SILENCE: Answer = { message: null, form: null };
export const say = (text: string): Answer => ({ message: { text }, form: null });

export function newMemory(): Memory {
  return { sessions: new Map(), seen: new Set(), saves: [] };
}

export function recordingLog(): { log: Log; lines: Line[] } {
  const lines: Line[] = [];
  const at = (level: string) => (facts: object, text?: string) => {
    lines.push({ level, facts, text: text ?? '' });
  };
  return { lines, log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
}

export async function newSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Everything is closed when the test ends. By default the bot listens and its first poll is on its way. */
export async function newDesk(setup: Setup = {}): Promise<Desk> {
  const sandbox = setup.sandbox ?? (await newSandbox(setup.sandboxOptions));
  const memory = setup.memory ?? newMemory();
  const { log, lines } = recordingLog();
  const turns: Turn[] = [];
  const reads: string[] = [];
  const refusals: string[] = [];
  const keysBefore = keysTaken(sandbox);
  const vk = await openVk({
    token: sandbox.token,
    apiUrl: setup.apiUrl ?? sandbox.apiUrl,
    async answer(turn) {
      turns.push(turn);
      return (await setup.answer?.(turn)) ?? SILENCE;
    },
    render: (saying) => setup.render?.(saying) ?? { text: saying.kind },
    sessions: {
      async get(key) {
        reads.push(key);
        return structuredClone(memory.sessions.get(key));
      },
      set: async (key, value) => void memory.sessions.set(key, structuredClone(value)),
      delete: async (key) => void memory.sessions.delete(key),
    },
    cursor: { load: async () => memory.saves.at(-1) ?? null, save: async (ts) => void memory.saves.push(ts) },
    firstSeen: setup.firstSeen ?? (async (id) => !memory.seen.has(id) && memory.seen.add(id) === memory.seen),
    refused: setup.refused ?? (async (peer, why) => void refusals.push(`${peer} ${why}`)),
    now: setup.now ?? (() => 1_795_300_000_000),
    log,
    poll: { waitSeconds: setup.waitSeconds ?? 25 },
  });
  onTestFinished(() => vk.stop());
  if (setup.listen !== false) {
    vk.listen();
    await until(() => keysTaken(sandbox) > keysBefore && memory.saves.length > 0);
  }
  return { sandbox, vk, memory, log: lines, turns, reads, refusals };
}

function keysTaken(sandbox: Sandbox): number {
  return sandbox.calls.filter((call) => call.method === 'groups.getLongPollServer').length;
}

/** Waits for something to become true, at most 8 s. */
export async function until(fits: () => boolean): Promise<void> {
  for (let waited = 0; !fits(); waited += 5) {
    if (waited > 8000) throw new Error(`waited in vain for ${fits}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A person who has written once, so that the bot may write back. */
export function addPerson(sandbox: Sandbox, firstName = 'Аня'): number {
  const person = sandbox.addPerson({ firstName });
  sandbox.allow(person);
  return person;
}

export function addChat(sandbox: Sandbox, owner: number, members: number[] = [], fullAccess = false): number {
  const chat = sandbox.createChat({ title: 'ПИ-21', members: [owner, ...members], owner });
  sandbox.inviteBot(chat, owner, { fullAccess });
  return chat;
}

export const SAYING: Saying = {
  kind: 'evening',
  language: 'ru',
  zone: 'Europe/Moscow',
  day: '2026-11-23',
  lessons: [],
};
