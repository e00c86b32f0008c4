/** `source list` and `source check`: which sources there are, and whether one keeps the contract. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { listSources, loadSource } from '../source/load.ts';
import { variableOf } from '../source/options.ts';
import { optionsOf, sourceOf } from './source-args.ts';

export async function listAll(): Promise<void> {
  for (const id of listSources()) {
    const loaded = await loadSource(id).catch((error: unknown) => String(error));
    if (typeof loaded === 'string') {
      console.log(`${id}  DOES NOT LOAD: ${loaded}`);
      continue;
    }
    const { name, site = '', zone = 'its own zone', universities = [], params } = loaded;
    const set = optionsOf(id);
    const missing = loaded.missing?.(set).map((key) => variableOf(id, key)) ?? [];
    console.log(
      `${id}  ${name}  ${[site, universities.length > 0 ? '' : zone, `ask: ${params.join(', ') || 'see its README'}`].filter((part) => part !== '').join(' · ')}`,
    );
    if (missing.length > 0) console.log(`    left out: needs ${missing.join(', ')}`);
    const more = (loaded.options ?? []).map((key) => variableOf(id, key)).filter((key) => !missing.includes(key));
    if (more.length > 0) console.log(`    may be set: ${more.join(', ')}`);
    for (const one of universities) console.log(`    ${id}:${one.id}  ${one.name} · ${one.zone}`);
  }
}

/** Runs the contract test and the folder's own tests for one source. */
export async function checkSource([id]: readonly string[]): Promise<void> {
  const source = await sourceOf(id);
  const root = resolve(import.meta.dirname, '../..');
  const vitest = resolve(root, 'node_modules/vitest/vitest.mjs');
  for (const tests of [['test/scrapers.test.ts', '-t', `^${source.id} `], [`scrapers/${source.id}/`]]) {
    const child = spawn(process.execPath, [vitest, 'run', ...tests], { cwd: root, stdio: 'inherit' });
    const code = await new Promise<number | null>((done) => child.once('exit', done));
    if (code !== 0) process.exitCode = 1;
  }
}
