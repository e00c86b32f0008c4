/** One answer of the site: always a bare list, and with 422 the last day that may be asked for. */
import { type Fields, isFields, jsonOf, listOf, type Page } from '#source';

/** The rows of an answer, and how many of them are none; an empty list is an answer too. Throws SourceError. */
export function answered(page: Page): { readonly rows: readonly Fields[]; readonly strange: number } {
  const answer = listOf(jsonOf(page), 'shape');
  const rows = answer.filter(isFields);
  return { rows, strange: answer.length - rows.length };
}

/** The last day the site lets us ask for, when it refused (422) because we asked for more; null otherwise. */
export function limitOf(page: Page): string | null {
  if (page.status !== 422) return null;
  const text = new TextDecoder().decode(page.body.subarray(0, 10_000));
  const found = /(\d{4})[-.](\d\d)[-.](\d\d)/.exec(text);
  return found === null ? null : `${found[1]}-${found[2]}-${found[3]}`;
}
