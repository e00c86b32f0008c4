/** Names as people mention them in a sentence: inflected («физкультуру»), shortened («матан», «ТВиМС»), or by what everybody calls them («физра»). */
import { digitsOf, distance, fold } from './name.ts';

/** Which of some names were meant. */
export type Mentioned =
  /** Said so that it can be no other one. */
  | { readonly found: 'one'; readonly name: string }
  /** Said so that it can be any of these, in their given order. */
  | { readonly found: 'several'; readonly names: readonly string[] }
  /** None; these look alike, the nearest first (may be empty). */
  | { readonly found: 'none'; readonly near: readonly string[] };

/** Endings of Russian nouns, adjectives and surnames in all cases, the longest first. */
const ENDING =
  /(?:иями|ями|ами|ыми|ими|ого|его|ому|ему|иях|иям|ием|ией|ия|ие|ий|ии|ию|ой|ей|ый|ая|яя|ое|ее|ые|ую|юю|ом|ем|ам|ям|ах|ях|ов|ев|ых|их|ым|им|а|я|о|е|ы|и|у|ю|ь|й)$/u;
/** A stem keeps at least so many letters: «мая» and «май» are too short to be cut. */
const STEM = 3;
/** Called so by everybody and found by no rule. */
const NICKNAMES: Readonly<Record<string, string>> = {
  физра: 'физкультура',
  физры: 'физкультура',
  физру: 'физкультура',
  физре: 'физкультура',
  физрой: 'физкультура',
  инглиш: 'английский',
  инглиша: 'английский',
  инфа: 'информатика',
  инфу: 'информатика',
  инфы: 'информатика',
  бжд: 'безопасность жизнедеятельности',
};
/** Words that say nothing of a name. */
const EMPTY = new Set('по и в на для с the of and'.split(' '));
/** So few slips may a word have to be called near: one in five letters. */
const SLIP = 5;

/**
 * Finds what was mentioned among names, by the strongest rule that finds anything: the same after folding; the same words in
 * another case; every word said begins a word of the name, in order, or is made of the beginnings of several («мат» + «ан») or
 * of all the initials. Digits are never forgiven.
 */
export function mentioned(said: string, names: readonly string[]): Mentioned {
  const known = [...new Map(names.map((name) => [fold(name), name])).values()];
  const words = wordsOf(said);
  if (words.length === 0) return { found: 'none', near: [] };
  const digits = digitsOf(said);
  const rules: ((name: string) => boolean)[] = [
    (name) => fold(name) === fold(said),
    (name) => sameStems(words, wordsOf(name)),
    (name) => isInitials(said, name) || beginsIn(words, wordsOf(name)),
  ];
  for (const rule of rules) {
    const found = known.filter((name) => (digits === '' || digitsOf(name) === digits) && rule(name));
    const [only] = found;
    if (only !== undefined)
      return found.length === 1 ? { found: 'one', name: only } : { found: 'several', names: found };
  }
  return { found: 'none', near: nearest(words, known) };
}

function splitWords(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '');
}

/** The words that name something, nicknames spelled out. */
function wordsOf(text: string): string[] {
  const words = splitWords(text).filter((word) => !EMPTY.has(word));
  return words.flatMap((word) => (NICKNAMES[word] ?? word).split(' '));
}

function stemOf(word: string): string {
  const stem = word.replace(ENDING, '');
  return stem.length >= STEM ? stem : word;
}

function sameStems(said: readonly string[], name: readonly string[]): boolean {
  // Of a person's initials nobody speaks: «Иванова» is «Иванов И. И.».
  const whole = name.filter((word) => word.length > 1);
  const spoken = said.filter((word) => word.length > 1);
  return (
    spoken.length > 0 && spoken.length === whole.length && spoken.every((word, at) => sameWord(word, whole[at] ?? ''))
  );
}

/** One word in two cases. «Иванова» is both Иванов and Иванова, so a stem may equal the other word whole. */
function sameWord(a: string, b: string): boolean {
  return stemOf(a) === stemOf(b) || stemOf(a) === b || a === stemOf(b);
}

/** Whether the words said go through the name's words from left to right, each taking one or more of their beginnings. */
function beginsIn(said: readonly string[], name: readonly string[]): boolean {
  let at = 0;
  return said.every((word) => {
    for (; at < name.length; at += 1) {
      const taken = partsTaken(stemOf(word), name, at);
      if (taken === 0) continue;
      at += taken;
      return true;
    }
    return false;
  });
}

/** How many words of the name, from `at` on, the stem is made of the beginnings of: «физкультур» takes both of «физическая культура». */
function partsTaken(stem: string, name: readonly string[], at: number): number {
  const word = name[at];
  if (word === undefined || stem === '') return 0;
  if (stem.length >= STEM && (word.startsWith(stem) || stemOf(word) === stem)) return 1;
  for (let length = commonStart(stem, word); length >= 2; length -= 1) {
    const rest = stem.slice(length);
    const next = name[at + 1];
    if (rest.length < 2 || next === undefined) continue;
    if (next.startsWith(rest)) return 2;
    const more = partsTaken(rest, name, at + 1);
    if (more > 0) return 1 + more;
  }
  return 0;
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** «ТВиМС», «ТВМС»: the small words between may be left out. */
function isInitials(said: string, name: string): boolean {
  const all = splitWords(name);
  const initials = (words: readonly string[]) => words.map((word) => word[0]).join('');
  return all.length > 1 && [initials(all), initials(all.filter((word) => !EMPTY.has(word)))].includes(fold(said));
}

function nearest(said: readonly string[], names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, slips: slipsOf(said, wordsOf(name)) }))
    .filter(({ slips }) => slips !== null)
    .sort((a, b) => (a.slips ?? 0) - (b.slips ?? 0) || a.name.length - b.name.length)
    .map(({ name }) => name);
}

/** Slips in the words said against the nearest words of the name; null when one of them is near none. */
function slipsOf(said: readonly string[], name: readonly string[]): number | null {
  let total = 0;
  for (const word of said) {
    const stem = stemOf(word);
    const slips = Math.min(...name.map((other) => distance(stem, stemOf(other).slice(0, stem.length + 2))));
    if (slips > Math.max(1, Math.floor(stem.length / SLIP)) || stem.length <= STEM) return null;
    total += slips;
  }
  return total;
}
