/** The one way to VK's API: vk-io's client behind the rate, its refusals as values. */
import http from 'node:http';
import https from 'node:https';
import { APIRequest, VK } from 'vk-io';
import type { Lane, Rate } from './rate.ts';

/** `code` is VK's error code, or NO_ANSWER. */
export type Refused = { readonly ok: false; readonly code: number; readonly text: string };
export type Called = { readonly ok: true; readonly response: unknown } | Refused;
/** `undefined` parameters are left out. */
export type Params = Record<string, string | number | undefined>;
/** One call, now. `execute` answers with `{ response, errors }`, of errors `method`, `code` and `message`. Never rejects. */
export type Ask = (method: string, params: Params) => Promise<Called>;
/** One call when the rate has a slot for it. Never rejects. */
export type Call = (lane: Lane, method: string, params: Params) => Promise<Called>;

/** The code of «no answer»: network, time-out, an answer that is not JSON, or we are stopping. The call may have worked. */
export const NO_ANSWER = 0;
/** What a call is answered with once we stop. */
export const STOPPING: Refused = { ok: false, code: NO_ANSWER, text: 'stopping' };

const API_VERSION = '5.199';
const TIMEOUT_MS = 10_000;

type Line = {
  readonly vk: VK;
  readonly ask: Ask;
  /** Answers every call on its way with STOPPING, and all later ones. */
  close(): void;
};

/**
 * vk-io's requests without its queue: the pace is ours (`rate.ts`), and a retry is decided by whoever knows what it would
 * repeat. The queue could not be had without its answer to error 6: it holds everything for a second and lets it go at
 * once, later than the slots say, so that one 6 brought the next.
 */
export function connect(token: string, apiUrl: string): Line {
  const options = { keepAlive: true, maxSockets: 64 };
  // vk-io's default agent speaks https only; one agent serves one scheme.
  const agent = new URL(apiUrl).protocol === 'http:' ? new http.Agent(options) : new https.Agent(options);
  const vk = new VK({
    token,
    agent: agent as https.Agent,
    apiBaseUrl: apiUrl.replace(/\/+$/, ''),
    apiVersion: API_VERSION,
    apiRetryLimit: 0,
    apiTimeout: TIMEOUT_MS,
  });
  const onTheirWay = new Set<() => void>();
  let closed = false;
  return {
    vk,
    ask(method, params) {
      if (closed) return Promise.resolve(STOPPING);
      return new Promise((resolve) => {
        function end(called: Called): void {
          onTheirWay.delete(cut);
          resolve(called);
        }
        function cut(): void {
          end(STOPPING);
        }
        onTheirWay.add(cut);
        new APIRequest({ api: vk.api, method, params }).make().then(
          (answer: unknown) => end(readAnswer(method, answer)),
          (error: unknown) => end({ ok: false, code: NO_ANSWER, text: String(Object(error).message ?? error) }),
        );
      });
    },
    close() {
      closed = true;
      // vk-io cannot be told to give up, so its callers are freed first and its sockets closed after.
      for (const cut of onTheirWay) cut();
      agent.destroy();
    },
  };
}

export function createCall(ask: Ask, rate: Rate): Call {
  return async (lane, method, params) => {
    const release = await rate.take(lane);
    if (release === null) return STOPPING;
    const called = await ask(method, params);
    release();
    return called;
  };
}

function readAnswer(method: string, answer: unknown): Called {
  const error = field(answer, 'error');
  if (error !== undefined) {
    const code = Number(field(error, 'error_code'));
    return {
      ok: false,
      code: Number.isSafeInteger(code) ? code : NO_ANSWER,
      text: String(field(error, 'error_msg') ?? ''),
    };
  }
  const response = field(answer, 'response');
  if (response === undefined) return { ok: false, code: NO_ANSWER, text: 'neither a response nor an error' };
  if (method !== 'execute') return { ok: true, response };
  const errors = field(answer, 'execute_errors');
  return { ok: true, response: { response, errors: Array.isArray(errors) ? errors.map(readExecuteError) : [] } };
}

function readExecuteError(error: unknown): object {
  return { method: field(error, 'method'), code: field(error, 'error_code'), message: field(error, 'error_msg') };
}

/** Reads one property of something that came from outside. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
