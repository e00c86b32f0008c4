/** The one way to VK's API: vk-io's client behind the rate, its refusals as values. */
import http from 'node:http';
import https from 'node:https';
import { APIError, VK } from 'vk-io';
import type { Lane, Rate } from './rate.ts';

/** `code` is VK's error code, or NO_ANSWER. */
export type Refused = { readonly ok: false; readonly code: number; readonly text: string };
type Called = { readonly ok: true; readonly response: unknown } | Refused;
/** `undefined` parameters are left out. */
export type Call = (lane: Lane, method: string, params: Record<string, string | number | undefined>) => Promise<Called>;

/** The code of «no answer»: network, time-out, an answer that is not JSON, or we are stopping. The call may have worked. */
export const NO_ANSWER = 0;

const API_VERSION = '5.199';
const TIMEOUT_MS = 10_000;

type Line = { readonly vk: VK; close(): void };

/**
 * vk-io with its own pacing and retrying off: the pace is ours (`rate.ts`), and a retry is decided by whoever knows
 * what it would repeat. `apiLimit` 1133 makes vk-io's gap between calls 1 ms. Error 6, should it come, is still
 * repeated by vk-io after a pause; its slot stays taken meanwhile, so we send no more either.
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
    apiLimit: 1133,
  });
  return { vk, close: () => agent.destroy() };
}

export function createCall(vk: VK, rate: Rate): Call {
  return async (lane, method, params) => {
    const release = await rate.take(lane);
    if (release === null) return { ok: false, code: NO_ANSWER, text: 'stopping' };
    try {
      return { ok: true, response: await vk.api.call(method, params) };
    } catch (error) {
      return refusalOf(error);
    } finally {
      release();
    }
  };
}

function refusalOf(error: unknown): Refused {
  // vk-io prefixes VK's words with «Code №5 - ».
  if (error instanceof APIError) {
    return { ok: false, code: Number(error.code), text: error.message.replace(/^Code №\d+ - /, '') };
  }
  return { ok: false, code: NO_ANSWER, text: error instanceof Error ? error.message : String(error) };
}

/** Reads one property of something that came from outside. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
