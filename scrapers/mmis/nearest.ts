/** Names as people type them, and the listed ones they may have meant. */

const LOOKALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
};
const MOST = 10;
/** Below it two names have nothing in common but a letter pair. */
const ALIKE = 0.3;

/** Without case, ё, separators and the difference of look-alike letters. */
export function fold(name: string): string {
  const word = name.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');
  return word.replace(/[^\p{L}\p{N}]/gu, '').replace(/[a-z]/g, (letter) => LOOKALIKES[letter] ?? letter);
}

/** At most ten names that look like it, the closest first. */
export function nearest(name: string, names: readonly string[]): string[] {
  const wanted = pairs(fold(name));
  return [...new Set(names)]
    .map((one) => ({ one, score: alike(wanted, pairs(fold(one))) }))
    .filter(({ score }) => score >= ALIKE)
    .sort((a, b) => b.score - a.score || (a.one < b.one ? -1 : 1))
    .slice(0, MOST)
    .map(({ one }) => one);
}

function pairs(word: string): ReadonlySet<string> {
  return new Set(Array.from({ length: Math.max(1, word.length - 1) }, (_, at) => word.slice(at, at + 2)));
}

/** Dice's coefficient: 1 for the same pairs of letters, 0 for none in common. */
function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size);
}
