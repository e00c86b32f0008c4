/** One answer of the site: its status, its envelope, and what is inside; anything unexpected is a SourceError. */
import { clean, type Page, SourceError } from '#source';
import { isFields, textOf, wholeOf } from './field.ts';

/** `data` of an answer. Throws SourceError. */
export function dataOf(page: Page): unknown {
  refuseStatus(page);
  const text = new TextDecoder().decode(page.body).trim();
  if (text === '') throw new SourceError('changed', 'empty', 'the answer is empty');
  if (text.startsWith('<')) refusePage(text);
  const answer = parsed(text);
  if (!isFields(answer)) throw new SourceError('changed', 'shape', 'the answer is no envelope');
  if ((wholeOf(answer, 'state') ?? 1) < 0) refuseState(clean(textOf(answer, 'msg'), 100));
  if (answer.data === undefined || answer.data === null)
    throw new SourceError('changed', 'shape', 'the answer has no data');
  return answer.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new SourceError('changed', 'not-json', 'the answer is no JSON');
    throw error;
  }
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

/** The site says in words why it refuses, with status 200. */
function refuseState(said: string): never {
  if (/не найден/i.test(said)) throw new SourceError('unknown-param', 'state', `the site says: ${said}`);
  if (/не (опубликован|загружен|сформирован|составлен)|отсутствует/i.test(said))
    throw new SourceError('not-published', 'state', `the site says: ${said}`);
  if (/авториз|доступ|токен/i.test(said)) throw new SourceError('blocked', 'state', `the site says: ${said}`);
  throw new SourceError('changed', 'state', `the site says: ${said}`);
}
