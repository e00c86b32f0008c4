/** One content line: `NAME;PARAM=value;PARAM="quoted":value` (RFC 5545 section 3.1). */

export type Line = {
  /** Upper case. */
  readonly name: string;
  /** Names in upper case; quotes gone. */
  readonly params: ReadonlyMap<string, string>;
  readonly value: string;
};

const HEAD = /^\s*([\w-]+)\s*[;:]/;
const NO_PARAMS: ReadonlyMap<string, string> = new Map();

/** The name of a line in upper case, '' when it is no property. */
export function lineName(text: string): string {
  return HEAD.exec(text)?.[1]?.toUpperCase() ?? '';
}

/** Reads a line; null when it is no property. Colons and semicolons inside quotes belong to the parameter. */
export function readLine(text: string): Line | null {
  const name = lineName(text);
  if (name === '') return null;
  const start = text.search(/[;:]/);
  if (text[start] === ':') return { name, params: NO_PARAMS, value: text.slice(start + 1) };
  const params = new Map<string, string>();
  let from = start + 1;
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const letter = text[i];
    if (letter === '"') quoted = !quoted;
    if (quoted || (letter !== ';' && letter !== ':')) continue;
    if (letter === ':' && isInsideZone(text, from, i)) continue;
    addParam(params, text.slice(from, i));
    from = i + 1;
    if (letter === ':') return { name, params, value: text.slice(from) };
  }
  return null;
}

/** A bare `TZID=tzone://Microsoft/Custom` or `TZID=UTC+03:00` holds a colon of its own; the next one ends it. */
function isInsideZone(text: string, from: number, colon: number): boolean {
  if (!/^\s*TZID=/i.test(text.slice(from, from + 20))) return false;
  return /^(?:\/\/[^:]*|\d{2}):/.test(text.slice(colon + 1, colon + 200));
}

function addParam(params: Map<string, string>, text: string): void {
  const at = text.indexOf('=');
  if (at < 0) return;
  params.set(text.slice(0, at).trim().toUpperCase(), text.slice(at + 1).replaceAll('"', ''));
}
