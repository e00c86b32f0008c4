/** A long list in pieces: what is handled at once holds up everybody else. */

/** Pieces of at most `size`, in order; a statement, for one, has a limit of parameters. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < items.length; from += size) chunks.push(items.slice(from, from + size));
  return chunks;
}
