/** A bot of a few lines for the sandbox's tests: plain HTTP, no library. */
import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';

export type Update = { readonly type: string; readonly event_id: string; readonly object: Record<string, unknown> };
export type Poll = { readonly ts?: string | number; readonly updates?: readonly Update[]; readonly failed?: number };
export type Reply = {
  readonly response?: unknown;
  readonly error?: { readonly error_code: number; readonly error_msg: string; readonly request_params: unknown };
  readonly execute_errors?: readonly { readonly method: string; readonly error_code: number }[];
};

export type Stage = {
  readonly vk: Sandbox;
  readonly anya: number;
  readonly boris: number;
  readonly chat: number;
  /** The real clock, moved by hand. */
  readonly clock: { real: number };
  call(method: string, params?: Record<string, string | number>): Promise<Reply>;
  /** The error code, 0 for none. */
  code(method: string, params?: Record<string, string | number>): Promise<number>;
  /** Everything that came since the last look. */
  updates(): Promise<readonly Update[]>;
};

/** A sandbox with two people and a chat, closed when the test ends. */
export async function stage(options: SandboxOptions = {}): Promise<Stage> {
  const clock = { real: 1_800_000_000_000 };
  const vk = await startSandbox({ real: () => clock.real, ...options });
  onTestFinished(() => vk.close());
  vk.faults.rateLimit(false);
  const anya = vk.addPerson({ firstName: 'Аня' });
  const boris = vk.addPerson({ firstName: 'Борис' });
  const chat = vk.createChat({ title: 'ПИ-21', members: [anya, boris], owner: anya });
  const call: Stage['call'] = async (method, params = {}) => {
    const body = new URLSearchParams({ v: '5.199', access_token: vk.token });
    for (const [key, value] of Object.entries(params)) body.set(key, String(value));
    return read(await fetch(`${vk.apiUrl}/${method}`, { method: 'POST', body }));
  };
  const server = await longPoll(call, vk.groupId);
  let { ts } = server;
  return {
    vk,
    anya,
    boris,
    chat,
    clock,
    call,
    code: async (method, params) => (await call(method, params)).error?.error_code ?? 0,
    async updates() {
      const answer = await poll(server.server, server.key, ts, 0);
      ts = String(answer.ts);
      return answer.updates ?? [];
    },
  };
}

async function read(answer: Response): Promise<Reply> {
  if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()) as Reply;
}

export async function longPoll(
  call: Stage['call'],
  groupId: number,
): Promise<{ readonly server: string; readonly key: string; readonly ts: string }> {
  const { response } = await call('groups.getLongPollServer', { group_id: groupId });
  return response as { server: string; key: string; ts: string };
}

export async function poll(server: string, key: string, ts: string, wait: number): Promise<Poll> {
  const query = new URLSearchParams({ act: 'a_check', key, ts, wait: String(wait) });
  return (await (await fetch(`${server}?${query}`)).json()) as Poll;
}

/** A keyboard of these rows, as a bot sends it. */
export function keyboard(rows: readonly (readonly object[])[], more: object = {}): string {
  return JSON.stringify({ ...more, buttons: rows.map((row) => row.map((action) => ({ action }))) });
}

export function textButton(label: string, payload: object = {}): object {
  return { type: 'text', label, payload: JSON.stringify(payload) };
}
