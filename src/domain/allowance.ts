/** How often a person may ask for something that costs others: a few times at once, then one by one (a leaky bucket, ITU-T I.371). */
import type { Instant } from './calendar.ts';

/** `burst` times at once when nothing was asked for long; one more comes back each `every` ms. */
export type Allowance = { readonly burst: number; readonly every: number };

/**
 * Asks once more. `fullAt` is when all would be back; what is returned is the same after this one, or the ms until one is back.
 * A clock that was set back never makes anybody wait for longer than all of it takes to come back.
 */
export function ask(
  fullAt: Instant,
  now: Instant,
  { burst, every }: Allowance,
): { fullAt: Instant } | { wait: number } {
  const from = Math.min(Math.max(fullAt, now), now + burst * every);
  const wait = from + every - now - burst * every;
  return wait > 0 ? { wait } : { fullAt: from + every };
}
