/** One content line: `NAME;PARAM=value;PARAM="quoted":value` (RFC 5545 section 3.1). */

/** Names in upper case; quotes gone. */
export type Params = ReadonlyMap<string, string>;

export type Line = {
  /** Upper case. */
  readonly name: string;
  readonly params: Params;
  readonly value: string;
};

const HEAD = /^\s*([\w-]+)\s*[;:]/;
const NO_PARAMS: Params = new Map();
/** Different parameters of one file that are remembered: nearly all its lines repeat a few. */
const MOST_KNOWN = 1_000;

/** The name of a line in upper case, '' when it is no property. */
export function lineName(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === COLON || code === SEMICOLON) return text.slice(0, i).toUpperCase();
    // Anything but a letter, a digit and «-»: blanks around the name, or no name at all.
    if (!(code === DASH || (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122)))
      return HEAD.exec(text)?.[1]?.toUpperCase() ?? '';
  }
  return '';
}

const COLON = 58;
const SEMICOLON = 59;
const DASH = 45;

export type LineReader = (text: string, name: string) => Line | null;

/** Reads the lines of one file by their text and `lineName`; null for what has no value. */
export function lineReader(): LineReader {
  const known = new Map<string, Params>();
  return (text, name) => {
    const start = text.search(/[;:]/);
    if (text.charCodeAt(start) === COLON) return { name, params: NO_PARAMS, value: text.slice(start + 1) };
    const end = valueStart(text, start + 1);
    if (end < 0) return null;
    const written = text.slice(start + 1, end);
    let params = known.get(written);
    if (params === undefined) {
      params = paramsOf(written);
      if (known.size < MOST_KNOWN) known.set(written, params);
    }
    return { name, params, value: text.slice(end + 1) };
  };
}

/** Where the colon before the value stands, -1 when there is none. Colons inside quotes belong to the parameter. */
function valueStart(text: string, begin: number): number {
  let from = begin;
  let quoted = false;
  for (let i = begin; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) quoted = !quoted;
    else if (quoted) continue;
    else if (code === SEMICOLON) from = i + 1;
    else if (code === COLON) {
      if (!isInsideZone(text, from, i)) return i;
    }
  }
  return -1;
}

const QUOTE = 34;

function paramsOf(text: string): Params {
  const params = new Map<string, string>();
  let from = 0;
  let quoted = false;
  for (let i = 0; i <= text.length; i++) {
    const letter = text[i];
    if (letter === '"') quoted = !quoted;
    if (letter !== undefined && (quoted || letter !== ';')) continue;
    addParam(params, text.slice(from, i));
    from = i + 1;
  }
  return params;
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
