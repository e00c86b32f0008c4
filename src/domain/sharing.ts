/** What many plans have in common is thought of once. */
import type { Dated } from './sitting.ts';

/** What was made once is not made again, by its name. `numberOf` is the same for equal lessons. */
export type Sharing = {
  readonly once: <T>(name: string, make: () => T) => T;
  readonly numberOf: (it: Dated) => number;
};

/** Keep it no longer than the plans it serves. */
export function share(): Sharing {
  const made = new Map<string, unknown>();
  const numbers = new Map<string, number>();
  const numbered = new Map<object, number>();
  function once<T>(name: string, make: () => T): T {
    if (!made.has(name)) made.set(name, make());
    return made.get(name) as T;
  }
  function numberOf(it: Dated): number {
    const known = numbered.get(it);
    if (known !== undefined) return known;
    // Lessons are put together in one place, in one order of their members; nothing but time is lost where they are not.
    const facts = JSON.stringify(it);
    const number = numbers.get(facts) ?? numbers.size;
    numbers.set(facts, number);
    numbered.set(it, number);
    return number;
  }
  return { once, numberOf };
}
