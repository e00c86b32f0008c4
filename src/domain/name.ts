/** Names as people type them, folded: what looks the same is the same, digits never forgiven. */

/** Latin letters that a Russian keyboard draws alike, and what they stand for. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
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

/** At most so many slips in letters are forgiven. */
const SLIPS = 2;

/**
 * «ПИ-21», «пи 21» and «ПИ21» typed with Latin look-alikes become one string. Case, ё/е, dashes, spaces, dots and quotes
 * do not count. Latin letters turn Cyrillic only where the name has Cyrillic or nothing but look-alikes: «ABC-1» may be
 * Cyrillic, «PIZ-1» is not.
 */
export function fold(name: string): string {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll('ё', 'е')
    .replace(/[\p{Pd}\u2212\p{Z}\s.·•'"`´«»„“”‘’‚‹›_\u00ad\u200b-\u200f\u2060\ufeff]/gu, '');
  const latin = plain.match(/[a-z]/g) ?? [];
  const cyrillic = /\p{Script=Cyrillic}/u.test(plain) || latin.every((letter) => letter in LOOK_ALIKES);
  return cyrillic ? plain.replace(/[a-z]/g, (letter) => LOOK_ALIKES[letter] ?? letter) : plain;
}

/** The runs of digits of a name, joined with dots: «ЭБ-23-1» -> «23.1». Names are alike only when these are equal. */
export function digitsOf(name: string): string {
  return (name.match(/\d+/g) ?? []).join('.');
}

/** Damerau–Levenshtein distance (adjacent letters swapped count once, each pair at most once). */
export function distance(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  let older: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, letter] of left.entries()) {
    const row = [i + 1];
    for (const [j, other] of right.entries()) {
      let best = Math.min((row[j] ?? 0) + 1, (last[j + 1] ?? 0) + 1, (last[j] ?? 0) + (letter === other ? 0 : 1));
      if (i > 0 && j > 0 && letter === right[j - 1] && left[i - 1] === other)
        best = Math.min(best, (older[j - 1] ?? 0) + 1);
      row.push(best);
    }
    older = last;
    last = row;
  }
  return last[right.length] ?? 0;
}

/**
 * The names close to what was typed, closest first: digits equal, at most two slips in the letters, and fewer than half of
 * them (so «ПИ» never turns into «ЭБ»).
 */
export function rank(query: string, names: readonly string[]): string[] {
  const digits = digitsOf(query);
  const letters = lettersOf(query);
  const close: { name: string; slips: number }[] = [];
  for (const name of names) {
    if (digitsOf(name) !== digits) continue;
    const other = lettersOf(name);
    const allowed = Math.min(SLIPS, Math.floor(Math.max(letters.length, other.length) / 2));
    if (Math.abs(letters.length - other.length) > allowed) continue;
    const slips = distance(letters, other);
    if (slips <= allowed) close.push({ name, slips });
  }
  return close
    .sort((a, b) => a.slips - b.slips || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(({ name }) => name);
}

function lettersOf(name: string): string {
  return fold(name).replace(/\d/g, '');
}
