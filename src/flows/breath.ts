/** Long work gives others their turn: nobody waits for a thousand lessons to be compared. */
import type { Steps } from '../domain/steps.ts';

/** Lets others have their turn; within a transaction nobody may. */
export type Breathe = () => Promise<void>;

/** Does the work with a breath at each of its stops. */
export async function inPieces<T>(steps: Steps<T>, breathe: Breathe): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await breathe();
  }
}
