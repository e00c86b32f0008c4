/** The envelope every answer of this engine comes in: `{ data, state, msg }`, where a refusal may have status 200. */
import { clean, fieldsOf, jsonOf, type Page, SourceError, textIn, wholeIn } from '#source';

/** `data` of an answer. Throws SourceError. */
export function dataOf(page: Page): unknown {
  const answer = fieldsOf(jsonOf(page), 'shape');
  if ((wholeIn(answer, 'state') ?? 1) < 0) refuseState(clean(textIn(answer, 'msg'), 100));
  if (answer.data === undefined || answer.data === null)
    throw new SourceError('changed', 'shape', 'the answer has no data');
  return answer.data;
}

/** The site says in words why it refuses, with status 200. */
function refuseState(said: string): never {
  if (/не найден/i.test(said)) throw new SourceError('unknown-param', 'state', `the site says: ${said}`);
  if (/не (опубликован|загружен|сформирован|составлен)|отсутствует/i.test(said))
    throw new SourceError('not-published', 'state', `the site says: ${said}`);
  if (/авториз|доступ|токен/i.test(said)) throw new SourceError('blocked', 'state', `the site says: ${said}`);
  throw new SourceError('changed', 'state', `the site says: ${said}`);
}
