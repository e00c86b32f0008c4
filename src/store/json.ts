/** JSON columns: written in one canonical form, so that equal values are equal texts. */

export { canonical } from '../domain/canonical.ts';

/** Reads what this folder wrote; the caller names the type, since the column holds nothing else. */
export function parse<T>(text: string): T {
  return JSON.parse(text);
}

/** Pieces of at most `size`: a statement has a limit of parameters, and a long one would hold up everybody else. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < items.length; from += size) chunks.push(items.slice(from, from + size));
  return chunks;
}
