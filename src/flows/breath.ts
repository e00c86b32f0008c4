/** Long work gives others their turn: nobody waits for a thousand lessons to be compared. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Steps } from '../domain/steps.ts';

/** Lets others have their turn; within a transaction nobody may. */
export type Breathe = () => Promise<void>;

/** Milliseconds that nobody minds: after them a breath is taken at the next stop. */
const UNNOTICED = 3;

/** The breath of one work that begins now: where others have waited for it hardly at all it goes on, for a turn of the loop costs too. */
export function breathing(): Breathe {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < UNNOTICED) return;
    await turn();
    since = performance.now();
  };
}

/** Does the work with a breath at each of its stops. */
export async function inPieces<T>(steps: Steps<T>, breathe: Breathe): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await breathe();
  }
}
