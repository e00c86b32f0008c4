/** Several `messages.send` as one VKScript, and its answer taken apart again. */
import { type Called, field, NO_ANSWER, type Params, type Refused } from './call.ts';

const UNKNOWN: Refused = { ok: false, code: NO_ANSWER, text: 'execute did not say what became of this call' };

/**
 * The call as it stands in a script. Parameters are a JSON literal, so nothing in a string can end it; U+2028 and
 * U+2029 are line ends to a script and no more than letters to JSON.
 */
export function literalOf(params: Params): string {
  const json = JSON.stringify(params).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return `API.messages.send(${json})`;
}

/** VK runs the calls in order; at most 25 in a script. */
export function scriptOf(literals: readonly string[]): string {
  return `return [${literals.join(',')}];`;
}

/**
 * What became of each of `count` calls, from `{ response, errors }`. A call that was refused leaves `false` in
 * its place and the next item of `errors`; items of the method `execute` repeat such an error for the script. Where
 * the two do not pair up nobody can be blamed, so those calls count as not answered. `null`: the answer is of another shape.
 */
export function answersOf(answer: unknown, count: number): Called[] | null {
  const results = field(answer, 'response');
  if (!Array.isArray(results) || results.length !== count) return null;
  const given = field(answer, 'errors');
  const errors = (Array.isArray(given) ? given : []).filter((error) => field(error, 'method') !== 'execute');
  const paired = errors.length === results.filter((result) => result === false).length;
  const refusals = errors.values();
  return results.map((response: unknown): Called => {
    if (response !== false) return { ok: true, response };
    return paired ? refusalOf(refusals.next().value) : UNKNOWN;
  });
}

function refusalOf(error: unknown): Refused {
  const code = Number(field(error, 'code'));
  const message = field(error, 'message');
  if (!Number.isSafeInteger(code)) return UNKNOWN;
  return { ok: false, code, text: typeof message === 'string' ? message : '' };
}
