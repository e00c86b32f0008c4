/** What the site sent, checked before use: the status, the JSON, its fields one by one. */
import { type Page, SourceError } from '#source';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * The JSON of a successful answer.
 * @throws SourceError blocked (401, 403), unknown-param (404, 410), unreachable (429, 5xx), changed (anything else that is no JSON)
 */
export function jsonOf(page: Page | undefined): unknown {
  if (page === undefined) throw new SourceError('changed', 'empty', 'nothing was fetched');
  refuseStatus(page.status);
  const text = new TextDecoder().decode(page.body).trim();
  if (text === '') throw new SourceError('changed', 'empty', 'the answer is empty');
  if (text.startsWith('<')) throw new SourceError('changed', 'html', 'a web page came instead of JSON');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SourceError('changed', 'json', `the answer is no JSON: ${String(error).slice(0, 80)}`);
  }
}

function refuseStatus(status: number): void {
  if (status >= 200 && status < 300) return;
  const [detail, message] = [`http-${status}`, `the server answered ${status}`];
  if (status === 401 || status === 403) throw new SourceError('blocked', detail, message);
  if (status === 404 || status === 410) throw new SourceError('unknown-param', detail, message);
  throw new SourceError(status === 429 || status >= 500 ? 'unreachable' : 'changed', detail, message);
}

/** An object's fields. @throws SourceError changed, naming what is no object */
export function fieldsOf(value: unknown, what: string): Fields {
  if (isFields(value)) return value;
  throw new SourceError('changed', what, `«${what}» is no object`);
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws SourceError changed, naming what is no list */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new SourceError('changed', what, `«${what}» is no list`);
}

/** The objects of a list; null and absent are none. */
export function rowsOf(value: unknown, what: string): readonly Fields[] {
  return value === null || value === undefined ? [] : listOf(value, what).map((one) => fieldsOf(one, what));
}

/** A string as printed, a number in digits, '' for anything else. */
export function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : '';
}
