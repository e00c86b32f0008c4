/** A folder of sources for a test: real ones copied, with their sites on this machine. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SCRAPERS } from '../../src/source/load.ts';

const DOOR = pathToFileURL(join(SCRAPERS, '../src/source/index.ts')).href;
const PACKAGES = join(SCRAPERS, '../node_modules');

/** Copies `_template` or another source as `as`, `change` made to the text of each file. `remove` deletes the folder. */
export function scrapersWith(
  sources: readonly {
    from: string;
    as: string;
    /** Files that are left out besides fixtures and tests. */
    without?: RegExp;
    change: (text: string, file: string) => string;
  }[],
): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'scrapers-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(PACKAGES, join(folder, 'node_modules'));
  for (const { from, as, change, without = /(?!)/ } of sources) {
    cpSync(join(SCRAPERS, from), join(folder, as), {
      recursive: true,
      filter: (path) => !/fixtures|\.test\.ts$/.test(path) && !without.test(relative(join(SCRAPERS, from), path)),
    });
    for (const file of readdirSync(join(folder, as), { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, as, file);
      if (!statSync(path).isFile()) continue;
      const text = readFileSync(path, 'utf8').replaceAll("'#source'", `'${DOOR}'`);
      writeFileSync(path, change(text, file));
    }
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
