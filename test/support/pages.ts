/** Folders for kept pages, made when the first one is kept and gone with the test's process. */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeptLimits, type KeptPages, openKept } from '../../src/source/kept.ts';

const HOME = join(tmpdir(), `zvonok-pages-${process.pid}`);
process.once('exit', () => rmSync(HOME, { recursive: true, force: true }));
const quiet = () => {};
let count = 0;

export function keptPages(limits?: KeptLimits): KeptPages & { readonly folder: string } {
  count += 1;
  const folder = join(HOME, String(count));
  return { ...openKept(folder, { debug: quiet, warn: quiet }, limits), folder };
}
