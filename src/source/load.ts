/** The folder is the registry: a source is `scrapers/<id>/index.ts`; a broken one does not stop the others. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Source, SourceError } from './contract.ts';

/** Where the sources of this program live. */
export const SCRAPERS = join(import.meta.dirname, '../../scrapers');

const ID = /^[a-z][a-z0-9-]{0,39}$/;

/** Ids of all sources, in order; `_template` and whatever has no index.ts is none. */
export function listSources(folder = SCRAPERS): string[] {
  return readdirSync(folder)
    .filter((id) => ID.test(id) && existsSync(join(folder, id, 'index.ts')))
    .sort();
}

/** Those of them that are engines shared by many universities, a JSON file each in `universities/`; none of them is loaded. */
export function listEngines(folder = SCRAPERS): string[] {
  return listSources(folder).filter((id) => existsSync(join(folder, id, 'universities')));
}

/** Loads one source. Throws SourceError `refused`/`unknown-source` for an id that is none, `changed`/`broken-source` for one that does not load. */
export async function loadSource(id: string, folder = SCRAPERS): Promise<Source> {
  if (!ID.test(id) || !existsSync(join(folder, id, 'index.ts')))
    throw new SourceError('refused', 'unknown-source', `there is no source ${JSON.stringify(id.slice(0, 40))}`);
  try {
    const module: { default?: unknown } = await import(pathToFileURL(join(folder, id, 'index.ts')).href);
    if (isSource(module.default) && module.default.id === id) return module.default;
  } catch (error) {
    throw new SourceError('changed', 'broken-source', `source ${id} does not load: ${String(error)}`);
  }
  throw new SourceError(
    'changed',
    'broken-source',
    `source ${id} has no default export made by defineSource with its own id`,
  );
}

function isSource(value: unknown): value is Source {
  if (typeof value !== 'object' || value === null) return false;
  return 'plan' in value && typeof value.plan === 'function' && 'parse' in value && typeof value.parse === 'function';
}
