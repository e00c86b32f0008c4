/** `source new ID`: a working copy of the template, under its own name. */
import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listSources, SCRAPERS } from '../source/load.ts';
import { Misused } from './misused.ts';

const TEMPLATE = '_template';

export async function newSource([id]: readonly string[]): Promise<void> {
  if (id === undefined || !/^[a-z][a-z0-9-]{1,39}$/.test(id))
    throw new Misused('the id is small Latin letters, digits and dashes');
  if (listSources().includes(id)) throw new Misused(`scrapers/${id} is there already`);
  const folder = join(SCRAPERS, id);
  await cp(join(SCRAPERS, TEMPLATE), folder, { recursive: true, errorOnExist: true, force: false });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, 'utf8');
    if (text.includes(TEMPLATE)) await writeFile(path, text.replaceAll(TEMPLATE, id));
    if (entry.name.includes(TEMPLATE)) await rename(path, join(entry.parentPath, entry.name.replace(TEMPLATE, id)));
  }
  console.log(`scrapers/${id} is a working copy of the template: read its README.md, then «source check ${id}».`);
}
