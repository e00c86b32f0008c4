/** One sender for a community on one machine, whatever databases its bots use: by a lock in the machine's temporary folder. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from './errors.ts';
import { hold } from './sqlite.ts';

/**
 * Holds the name for this machine until let go, or until the process ends.
 * @returns the way to let go; `taken` when another process has it; `unknown` when that can not be told (the file is another user's)
 */
export function holdAlone(name: string): (() => void) | 'taken' | 'unknown' {
  const file = join(tmpdir(), `zvonok-${createHash('sha256').update(name).digest('hex').slice(0, 16)}.lock`);
  try {
    const release = hold(file);
    return () => {
      // While it is still held: whoever comes next makes a new one.
      rmSync(file, { force: true });
      release();
    };
  } catch (error) {
    return error instanceof StoreError && error.kind === 'locked' ? 'taken' : 'unknown';
  }
}
