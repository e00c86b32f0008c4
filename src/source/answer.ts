/** What a site answered, checked before use: its status, its text, its JSON, the fields of it one by one. */
import { type Page, SourceError } from './contract.ts';

/** An object of unknown shape: whatever is read from it is still to be checked. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Lets 200 … 299 pass.
 * @throws SourceError with the detail `http-<status>`: blocked (401, 403), unknown-param (404, 410), unreachable (429, 5xx),
 * changed (anything else)
 */
export function refuseStatus({ status }: Page): void {
  if (status >= 200 && status < 300) return;
  const [detail, message] = [`http-${status}`, `the server answered ${status}`];
  if (status === 401 || status === 403) throw new SourceError('blocked', detail, message);
  if (status === 404 || status === 410) throw new SourceError('unknown-param', detail, message);
  throw new SourceError(status === 429 || status >= 500 ? 'unreachable' : 'changed', detail, message);
}

/**
 * The text of a successful answer in UTF-8, without the byte order mark and blanks around it.
 * @throws SourceError as refuseStatus does; changed/empty for no page and for a page without text
 */
export function bodyOf(page: Page | undefined): string {
  if (page === undefined) throw new SourceError('changed', 'empty', 'nothing was fetched');
  refuseStatus(page);
  const text = new TextDecoder().decode(page.body).trim();
  if (text === '') throw new SourceError('changed', 'empty', 'the answer is empty');
  return text;
}

const CHALLENGE = /captcha|ddos-guard|challenge-platform|cf-chl-|проверк[аи] браузера/i;
/** A page of this kind says what it is at its beginning. */
const CHALLENGE_HEAD = 20_000;

/** True for a page that first wants to see a browser or a person. No such check is ever passed, only reported. */
export function isChallenge(html: string): boolean {
  return CHALLENGE.test(html.slice(0, CHALLENGE_HEAD));
}

/**
 * The JSON of a successful answer.
 * @throws SourceError as bodyOf does; blocked/challenge and changed/html for a web page, changed/json for anything else
 */
export function jsonOf(page: Page | undefined): unknown {
  const text = bodyOf(page);
  if (text.startsWith('<')) {
    if (isChallenge(text)) throw new SourceError('blocked', 'challenge', 'the site checks who is asking');
    throw new SourceError('changed', 'html', 'a web page came instead of JSON');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own message quotes the answer, which may name people: it stays out of the log.
    if (error instanceof SyntaxError) throw new SourceError('changed', 'json', 'the answer is no JSON');
    throw error;
  }
}

/** True for an object that is no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object the answer is nothing without. @throws SourceError changed, with `what` as its detail */
export function fieldsOf(value: unknown, what: string): Fields {
  if (isFields(value)) return value;
  throw new SourceError('changed', what, `«${what}» is no object`);
}

/** A list the answer is nothing without. @throws SourceError changed, with `what` as its detail */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new SourceError('changed', what, `«${what}» is no list`);
}

/** The objects of a list; null and absent are none. @throws SourceError changed for no list and for a row that is no object */
export function rowsOf(value: unknown, what: string): readonly Fields[] {
  return value === null || value === undefined ? [] : listOf(value, what).map((one) => fieldsOf(one, what));
}

/** A string without blanks around it, a number in digits; '' for anything else: sites differ in what is a number. */
export function textOf(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? value.trim() : '';
}

/** A member of an object by its own name; undefined for whatever is no object or has none. */
export function fieldIn(value: unknown, name: string): unknown {
  return isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A member as `textOf` reads it. */
export function textIn(value: unknown, name: string): string {
  return textOf(fieldIn(value, name));
}

/** A member that is a whole number, also written as text; null for anything else. */
export function wholeIn(value: unknown, name: string): number | null {
  const text = textIn(value, name);
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A member that is a list; an empty one for anything else. */
export function listIn(value: unknown, name: string): readonly unknown[] {
  const found = fieldIn(value, name);
  return Array.isArray(found) ? found : [];
}
