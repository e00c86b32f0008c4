/** One answer of the site: its status and its list; anything unexpected is a SourceError. */
import { type Page, SourceError } from '#source';
import { type Fields, isFields } from './field.ts';

/** The rows of an answer; an empty list is an answer too. Throws SourceError. */
export function rowsOf(page: Page): { readonly rows: readonly Fields[]; readonly strange: number } {
  refuseStatus(page);
  // Some sites begin with a byte order mark, which the decoder takes away.
  const text = new TextDecoder().decode(page.body).trim();
  if (text === '') throw new SourceError('changed', 'empty', 'the answer is empty');
  if (text.startsWith('<')) refusePage(text);
  const answer = parsed(text);
  if (!Array.isArray(answer)) throw new SourceError('changed', 'shape', 'the answer is no list');
  const rows = answer.filter(isFields);
  return { rows, strange: answer.length - rows.length };
}

/** JSON, or a SourceError. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new SourceError('changed', 'not-json', 'the answer is no JSON');
    throw error;
  }
}

/** The last day the site lets us ask for, when it refused (422) because we asked for more; null otherwise. */
export function limitOf(page: Page): string | null {
  if (page.status !== 422) return null;
  const text = new TextDecoder().decode(page.body.subarray(0, 10_000));
  const found = /(\d{4})[-.](\d\d)[-.](\d\d)/.exec(text);
  return found === null ? null : `${found[1]}-${found[2]}-${found[3]}`;
}

/** @throws SourceError for any status that is no success */
function refuseStatus({ status }: Page): void {
  if (status >= 200 && status < 300) return;
  const [detail, message] = [`http-${status}`, `the server answered ${status}`];
  if (status === 401 || status === 403) throw new SourceError('blocked', detail, message);
  if (status === 404 || status === 410) throw new SourceError('unknown-param', detail, message);
  throw new SourceError(status === 429 || status >= 500 ? 'unreachable' : 'changed', detail, message);
}

/** A page for people came: a check whether we are one is never passed, only reported. */
function refusePage(text: string): never {
  if (/captcha|ddos-guard|challenge-platform|проверк[аи] браузера/i.test(text.slice(0, 20_000)))
    throw new SourceError('blocked', 'challenge', 'the site checks who is asking');
  throw new SourceError('changed', 'html', 'a web page came instead of an answer');
}
