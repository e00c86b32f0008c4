/** One API call from token to answer: rate window, faults, `execute`, the method itself, the log. */
import { countCalls, runScript } from './execute.ts';
import { isClosed, METHODS } from './methods/index.ts';
import type { Form } from './params.ts';
import { type Answer, isRefusal, refuse, wordsOf } from './refusal.ts';
import type { ApiCall } from './seen.ts';
import { changed, type World } from './world.ts';

type ApiError = { readonly error_code: number; readonly error_msg: string };
/** The body of every API answer; VK sends it with HTTP 200, errors too. */
type Body =
  | { readonly response: unknown; readonly execute_errors?: readonly ({ readonly method: string } & ApiError)[] }
  | {
      readonly error: ApiError & {
        readonly request_params: readonly { readonly key: string; readonly value: string }[];
      };
    };

export type Api = (name: string, form: Form, bearer: string | undefined) => Body;

/** Parameters every method takes. */
const TRANSPORT = new Set(['access_token', 'v', 'lang', 'test_mode', 'captcha_sid', 'captcha_key', 'success_token']);
const CALLS_IN_WINDOW = 20;
const WINDOW = 1000;
const CALLS_IN_SCRIPT = 25;
const LOG = 500;

/** The API of this world. All calls with its token share one sliding second. */
export function createApi(world: World): Api {
  let recent: readonly number[] = [];

  function tooFast(): boolean {
    if (!world.faults.limited()) return false;
    const now = world.real();
    recent = recent.filter((at) => at > now - WINDOW);
    if (recent.length >= CALLS_IN_WINDOW) return true;
    recent = [...recent, now];
    return false;
  }

  function check(form: Form, bearer: string | undefined): Answer | undefined {
    const token = form.access_token ?? bearer;
    if (token === undefined || token === '') return refuse(5, 'no access_token passed.');
    if (token !== world.token) return refuse(5, 'invalid access_token (4).');
    if (!/^\d\.\d+$/.test(form.v ?? '')) return refuse(8, 'v (version) is required');
    return tooFast() ? refuse(6) : undefined;
  }

  return (name, form, bearer) => {
    const errors: ({ method: string } & ApiError)[] = [];
    const answer =
      check(form, bearer) ?? (name === 'execute' ? execute(world, form, errors) : callMethod(world, name, form));
    const params = Object.fromEntries(Object.entries(form).filter(([key]) => key !== 'access_token'));
    log(world, name, params, answer);
    if (!isRefusal(answer)) return errors.length > 0 ? { ...answer, execute_errors: errors } : answer;
    const request = [['method', name], ...Object.entries(params)].map(([key = '', value = '']) => ({ key, value }));
    return { error: { error_code: answer.refused, error_msg: wordsOf(answer), request_params: request } };
  };
}

function callMethod(world: World, name: string, form: Form): Answer {
  if (isClosed(name)) return refuse(27, 'method is unavailable with group auth.');
  const method = METHODS.get(name);
  if (method === undefined) return refuse(3);
  // messages.send asks for the faults of its peers itself: one of a hundred may fail.
  const peer = name === 'messages.send' || form.peer_id === undefined ? undefined : Number(form.peer_id);
  const fault = world.faults.take('error', name, peer);
  return fault ? refuse(fault.code ?? 10) : method.call(world, form);
}

function execute(world: World, form: Form, errors: ({ method: string } & ApiError)[]): Answer {
  const fault = world.faults.take('error', 'execute');
  if (fault) return refuse(fault.code ?? 10);
  const { code } = form;
  if (code === undefined || code === '') return refuse(100, 'code is a required parameter');
  if (countCalls(code) > CALLS_IN_SCRIPT) return refuse(13, 'Too many API calls');
  const result = runScript(code, (method, params) => {
    const answer = callMethod(world, method, params);
    log(world, `execute › ${method}`, params, answer);
    if (!isRefusal(answer)) return answer.response;
    errors.push({ method, error_code: answer.refused, error_msg: wordsOf(answer) });
    return false;
  });
  return 'value' in result ? { response: result.value } : refuse(12, result.unreadable);
}

function log(world: World, name: string, params: Form, answer: Answer): void {
  const known = METHODS.get(name.replace('execute › ', ''))?.known ?? new Set(['code']);
  const call: ApiCall = {
    at: world.real(),
    method: name,
    params,
    unknown: Object.keys(params).filter((key) => !known.has(key) && !TRANSPORT.has(key)),
    ...(isRefusal(answer)
      ? { error: { error_code: answer.refused, error_msg: wordsOf(answer) } }
      : { response: answer.response }),
  };
  world.calls.push(call);
  if (world.calls.length > LOG) world.calls.splice(0, world.calls.length - LOG);
  changed(world);
}
