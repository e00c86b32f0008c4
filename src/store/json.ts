/** JSON columns: written in one canonical form, so that equal values are equal texts. */

export { canonical } from '../domain/canonical.ts';

/** Reads what this folder wrote; the caller names the type, since the column holds nothing else. */
export function parse<T>(text: string): T {
  return JSON.parse(text);
}
