/** A digest of what pages say, made piece by piece: forty megabytes at once would hold up everybody else. */
import { createHash } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import type { Page } from './contract.ts';

/** Bytes a turn of our loop: some milliseconds. */
const PIECE = 4 * 2 ** 20;

export type Fingerprinter = {
  /** Pages count in the order they are added: wait for one before the next. */
  add(page: Page): Promise<void>;
  /** Of the pages so far, 64 hex digits. */
  digest(): string;
};

export function fingerprinter(): Fingerprinter {
  const hash = createHash('sha256');
  return {
    async add({ status, body }) {
      hash.update(`${status} ${body.length}\n`);
      for (let at = 0; at < body.length; at += PIECE) {
        if (at > 0) await pause();
        hash.update(body.subarray(at, at + PIECE));
      }
    },
    digest: () => hash.copy().digest('hex'),
  };
}
