/** How many different people did something, without remembering who: each sets one of 256 marks, and the marks tell how many they were. */

/** Marks as 64 hex digits. */
export type Heads = string;

const MARKS = 256;
export const NOBODY: Heads = '0'.repeat(MARKS / 4);

/** `mark` is any number that is always the same for a person, such as a piece of a digest. */
export function withHead(heads: Heads, mark: number): Heads {
  const at = Math.abs(Math.trunc(mark)) % MARKS;
  const digit = Number.parseInt(heads[at >> 2] ?? '0', 16) | (1 << (at & 3));
  return `${heads.slice(0, at >> 2)}${digit.toString(16)}${heads.slice((at >> 2) + 1)}`;
}

/** Exact for a few, some per cent off for a hundred (linear counting: two may share a mark); no more than 1,419. */
export function headcount(heads: Heads): number {
  const taken = [...heads].reduce((sum, digit) => sum + ones(Number.parseInt(digit, 16)), 0);
  return Math.round(MARKS * Math.log(MARKS / (MARKS - Math.min(taken, MARKS - 1))));
}

function ones(digit: number): number {
  return (digit & 1) + ((digit >> 1) & 1) + ((digit >> 2) & 1) + ((digit >> 3) & 1);
}
