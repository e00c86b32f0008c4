/** Names as people type them beside those a site lists: which is the same, and which may have been meant. */
import { digitsOf, fold } from '../domain/name.ts';

const MOST = 10;
/** Below it two names have nothing in common but a pair of letters. */
const ALIKE = 0.3;

/** True for «ПИ-21» and «пи 21», look-alike letters forgiven; numbers must be cut alike: «ПИ-1-11» is not «ПИ-11-1». */
export function sameName(a: string, b: string): boolean {
  return fold(a) === fold(b) && digitsOf(a) === digitsOf(b);
}

/**
 * At most ten of the names that look like the one asked for, each once, the closest first. Unlike the search among
 * timetables it forgives digits and missing parts: this is offered to a person, never chosen.
 */
export function nearest(name: string, names: readonly string[]): string[] {
  const wanted = pairsOf(name);
  return [...new Set(names)]
    .map((one) => ({ one, score: alike(wanted, pairsOf(one)) }))
    .filter(({ score }) => score >= ALIKE)
    .sort((a, b) => b.score - a.score || (a.one < b.one ? -1 : 1))
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** Neighbouring letters of the folded name; a single letter stands for itself, and nothing is like no name. */
function pairsOf(name: string): ReadonlySet<string> {
  const word = fold(name);
  const letters = Array.from({ length: word.length }, (_, at) => word.slice(at, at + 2));
  return new Set(letters.filter((pair) => pair.length === 2 || word.length === 1));
}

/** Dice's coefficient: 1 for the same pairs, 0 for none in common. */
function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size);
}
