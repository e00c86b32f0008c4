/** Time that passes only when a test lets it: hours of waiting in a moment, in the order in which they would end. */
import { setImmediate as othersTurn } from 'node:timers/promises';

export type Virtual = {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Lets time pass up to this moment; whatever wakes on the way does all it has to do before the next one wakes. */
  runTo(at: number): Promise<void>;
};

export function virtualTime(start = 0): Virtual {
  let now = start;
  let order = 0;
  const sleepers: { readonly at: number; readonly order: number; readonly wake: () => void }[] = [];

  /** The sleeper that wakes first stands last. */
  function add(at: number, wake: () => void): void {
    const sleeper = { at, order: order++, wake };
    let low = 0;
    let high = sleepers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sleepers[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    sleepers.splice(low, 0, sleeper);
  }

  return {
    now: () => now,
    sleep: (ms) => (ms <= 0 ? Promise.resolve() : new Promise((wake) => add(now + ms, wake))),
    async runTo(at) {
      await othersTurn();
      for (let next = sleepers.at(-1); next !== undefined && next.at <= at; next = sleepers.at(-1)) {
        sleepers.pop();
        now = Math.max(now, next.at);
        next.wake();
        await othersTurn();
      }
      now = Math.max(now, at);
    },
  };
}
