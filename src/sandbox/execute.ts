/** A tiny reader of the VKScript that clients send to `execute`: `return` and one expression of literals and API calls. */

/** Calls an API method for the script; the text of a parameter is what a form would hold. */
export type ScriptCall = (method: string, params: Readonly<Record<string, string>>) => unknown;

/** Values stand inside one another at most so deep: a keyboard needs five levels, a hostile script would need the whole stack. */
const DEEPEST = 64;

type Cursor = { readonly code: string; at: number; depth: number; readonly call: ScriptCall };

/** A place where the script cannot be read; caught by `runScript`, never seen outside. */
class Unreadable extends Error {}

/**
 * Runs `return [API.messages.send({…}),…];` in order: JSON literals, single quotes, bare names as keys, API calls nested anywhere.
 * Gives the value, or where it could not be read (VK's error 12). Calls are made as they are reached, so a script that breaks
 * off in the middle is read once without calling first.
 */
export function runScript(
  code: string,
  call: ScriptCall,
): { readonly value: unknown } | { readonly unreadable: string } {
  try {
    script({ code, at: 0, depth: 0, call: () => null });
  } catch (error) {
    if (error instanceof Unreadable) return { unreadable: error.message };
    throw error;
  }
  return { value: script({ code, at: 0, depth: 0, call }) };
}

/** How many API calls the script makes. */
export function countCalls(code: string): number {
  let count = 0;
  runScript(code, () => {
    count += 1;
    return null;
  });
  return count;
}

function script(cursor: Cursor): unknown {
  if (!word(cursor, 'return')) fail(cursor, 'return expected');
  const result = expression(cursor);
  token(cursor, ';');
  skip(cursor);
  if (cursor.at < cursor.code.length) fail(cursor, 'unexpected token');
  return result;
}

function expression(cursor: Cursor): unknown {
  if (cursor.depth >= DEEPEST) fail(cursor, 'nested too deep');
  cursor.depth += 1;
  const read = value(cursor);
  cursor.depth -= 1;
  return read;
}

function value(cursor: Cursor): unknown {
  skip(cursor);
  const next = cursor.code[cursor.at];
  if (next === '[') return list(cursor);
  if (next === '{') return object(cursor);
  if (next === '"' || next === "'") return quoted(cursor);
  const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(cursor.code.slice(cursor.at, cursor.at + 32));
  if (number) {
    cursor.at += number[0].length;
    return Number(number[0]);
  }
  for (const [name, meant] of [
    ['true', true],
    ['false', false],
    ['null', null],
  ] as const)
    if (word(cursor, name)) return meant;
  return apiCall(cursor);
}

function apiCall(cursor: Cursor): unknown {
  const name = /^API\.([A-Za-z]+\.[A-Za-z]+)\s*\(/.exec(cursor.code.slice(cursor.at, cursor.at + 100));
  if (name === null) return fail(cursor, 'unexpected token');
  cursor.at += name[0].length;
  skip(cursor);
  const params = cursor.code[cursor.at] === ')' ? {} : expression(cursor);
  if (!token(cursor, ')')) fail(cursor, "')' expected");
  if (typeof params !== 'object' || params === null || Array.isArray(params))
    return fail(cursor, 'parameters expected');
  return cursor.call(name[1] ?? '', form(params));
}

function form(params: object): Record<string, string> {
  const given = Object.entries(params).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([key, value]) => [key, plain(value)]));
}

function plain(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (Array.isArray(value)) return value.map(plain).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function list(cursor: Cursor): unknown[] {
  cursor.at += 1;
  const items: unknown[] = [];
  while (!token(cursor, ']')) {
    items.push(expression(cursor));
    if (!token(cursor, ',') && cursor.code[cursor.at] !== ']') fail(cursor, "',' or ']' expected");
  }
  return items;
}

function object(cursor: Cursor): Record<string, unknown> {
  cursor.at += 1;
  const entries: [string, unknown][] = [];
  while (!token(cursor, '}')) {
    const key = keyName(cursor);
    if (!token(cursor, ':')) fail(cursor, "':' expected");
    entries.push([key, expression(cursor)]);
    if (!token(cursor, ',') && cursor.code[cursor.at] !== '}') fail(cursor, "',' or '}' expected");
  }
  return Object.fromEntries(entries);
}

function keyName(cursor: Cursor): string {
  skip(cursor);
  const bare = /^[A-Za-z_]\w*/.exec(cursor.code.slice(cursor.at, cursor.at + 64));
  if (bare === null) return quoted(cursor);
  cursor.at += bare[0].length;
  return bare[0];
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function quoted(cursor: Cursor): string {
  const quote = cursor.code[cursor.at];
  if (quote !== '"' && quote !== "'") fail(cursor, 'string expected');
  cursor.at += 1;
  let text = '';
  for (;;) {
    const next = cursor.code[cursor.at];
    if (next === undefined || next === '\n') fail(cursor, 'unterminated string');
    cursor.at += 1;
    if (next === quote) return text;
    text += next === '\\' ? escaped(cursor) : next;
  }
}

function escaped(cursor: Cursor): string {
  const next = cursor.code[cursor.at] ?? '';
  cursor.at += 1;
  if (next !== 'u') return ESCAPES[next] ?? next;
  const digits = /^[0-9a-fA-F]{4}/.exec(cursor.code.slice(cursor.at, cursor.at + 4));
  if (digits === null) return fail(cursor, 'bad escape');
  cursor.at += 4;
  return String.fromCharCode(Number.parseInt(digits[0], 16));
}

function word(cursor: Cursor, name: string): boolean {
  skip(cursor);
  if (!cursor.code.startsWith(name, cursor.at) || /\w/.test(cursor.code[cursor.at + name.length] ?? '')) return false;
  cursor.at += name.length;
  return true;
}

function token(cursor: Cursor, sign: string): boolean {
  skip(cursor);
  if (cursor.code[cursor.at] !== sign) return false;
  cursor.at += 1;
  return true;
}

function skip(cursor: Cursor): void {
  while (/\s/.test(cursor.code[cursor.at] ?? '')) cursor.at += 1;
}

function fail(cursor: Cursor, what: string): never {
  throw new Unreadable(`${what} at ${cursor.at}`);
}
