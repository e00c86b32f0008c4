/** What one person may have us fetch: the sites are other people's, and so is the time of everybody else. */
import { type Allowance, ask } from '../domain/allowance.ts';
import { fullAt, setFullAt } from '../store/index.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** `address`: a new address or file is read. `open`: a group that nobody read yet is read at once. `refresh`: «обновить». */
const ALLOWANCES = {
  address: { burst: 5, every: 3 * MINUTE },
  open: { burst: 10, every: MINUTE / 3 },
  refresh: { burst: 3, every: MINUTE },
} as const satisfies Record<string, Allowance>;

/** Takes one of what this person may ask for; null when that was granted, else the ms until the next one is. */
export function take(world: World, what: keyof typeof ALLOWANCES, person: number): Promise<number | null> {
  return world.store.transaction(async (tx) => {
    const asked = ask(await fullAt(tx, what, person), world.now(), ALLOWANCES[what]);
    if ('wait' in asked) return asked.wait;
    await setFullAt(tx, what, person, asked.fullAt);
    return null;
  });
}
