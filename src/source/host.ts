/** The side of sources that the program uses: reading one, with everything it needs opened once and closed once. */
import packageJson from '../../package.json' with { type: 'json' };
import { type Ask, SourceError, type Span } from './contract.ts';
import { readFrugally } from './frugal.ts';
import { createHttp } from './http.ts';
import { checkUrl, readAllow } from './http-guard.ts';
import { createReader } from './isolate.ts';
import { listEngines, listSources, SCRAPERS } from './load.ts';
import type { Log } from './log.ts';
import { type Options, readOptions } from './options.ts';
import { type Previous, type Reading, rereadSource } from './read.ts';
import { type CatalogueReading, readCatalogue } from './read-catalogue.ts';
import type { Look } from './recognise.ts';
import type { SavedPage } from './saved.ts';
import { createShelf } from './shelf.ts';
import {
  type Catalogued,
  isOn,
  listUniversities,
  type RecognisedAt,
  recogniseAt,
  type StrangerAt,
  strangerAt,
  UnknownSource,
} from './universities.ts';

export { createReader } from './isolate.ts';
export { UnknownSource } from './universities.ts';

const USER_AGENT = `zvonok/${packageJson.version} (timetable bot for VK communities)`;

export type Sources = {
  /** One complete reading. Throws SourceError. */
  read(id: string, ask: Ask, span: Span, profile: 'pasted' | 'configured', previous?: Previous): Promise<Reading>;
  /** The universities that are switched on and have what they need. Throws UnknownSource when SOURCES names none of theirs. */
  universities(): Promise<readonly Catalogued[]>;
  /** What there is to ask for at one of them; `previous` is the fingerprint of the last reading. Throws SourceError. */
  readCatalogue(university: Catalogued, span: Span, previous: string): Promise<CatalogueReading>;
  /** Of these universities (keys): whose sites the addresses are, and whose timetables they name. Asks nobody: only the addresses are looked at. */
  recognise(look: Look, keys: readonly string[]): Promise<readonly RecognisedAt[]>;
  /** A site of an engine we know, and no university of ours yet, that one of the addresses is of; none that would not be fetched. Asks nobody. */
  stranger(addresses: readonly string[]): Promise<StrangerAt | null>;
  /** Pages that were kept, read by the code of today. Throws SourceError. */
  reread(
    id: string,
    ask: Ask,
    span: Span,
    profile: 'pasted' | 'configured',
    pages: readonly SavedPage[],
  ): Promise<Extract<Reading, { status: 'read' }>>;
  close(): Promise<void>;
};

/**
 * `allow`: private addresses that may be read; `only`: the sources or universities (`ruz:hse`) switched on, empty = all; `env`
 * holds the options of sources (`SOURCE_ASU_TOKEN`). Throws when `only` or `env` names a source that is none of ours.
 */
export function openSources(config: {
  allow: readonly string[];
  /** Our own address, where the demo is served from. */
  own?: readonly string[];
  only: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Further certificate authorities, PEM. */
  ca?: string | undefined;
  log: Log;
  /** The folder the sources lie in. */
  scrapers?: string | undefined;
}): Sources {
  const { allow, own = [], only, ca, log, scrapers = SCRAPERS } = config;
  const options = optionsOf(listSources(scrapers), only, config.env);
  const http = createHttp({
    allow: [...allow, ...own],
    own,
    userAgent: USER_AGENT,
    log,
    ...(ca === undefined ? {} : { ca }),
  });
  const allowed = readAllow([...allow, ...own]);
  /** As far as the address itself tells; where its name leads is seen when it is asked. */
  function mayFetch(address: string): boolean {
    try {
      checkUrl(address, allowed);
      return true;
    } catch (error) {
      if (error instanceof SourceError) return false;
      throw error;
    }
  }
  const readers = {
    pasted: createReader({ profile: 'pasted', scrapers, log }),
    configured: createReader({ profile: 'configured', scrapers, log }),
  };
  const shelf = createShelf(() => performance.now());
  let universities: Promise<readonly Catalogued[]> | null = null;
  /** What the operator has set is seen by the source alone: the ask that is stored never holds it. */
  const whole = (id: string, ask: Ask): Ask => ({ ...options.of.get(id), ...ask });
  function wanted(id: string, ask: Ask, profile: 'pasted' | 'configured'): Ask {
    if (!isOn(only, id, ask.university)) throw new SourceError('refused', 'source-off', `source ${id} is switched off`);
    return profile === 'configured' ? whole(id, ask) : ask;
  }
  return {
    async read(id, ask, span, profile, previous) {
      const asked = wanted(id, ask, profile);
      return readFrugally({ reader: readers[profile], http, shelf }, { id, ask: asked, span, profile, previous });
    },
    async reread(id, ask, span, profile, pages) {
      return rereadSource(readers[profile], { id, ask: wanted(id, ask, profile), span, profile }, pages);
    },
    universities() {
      universities ??= listUniversities(readers.configured, { only, options, log, folder: scrapers }).catch(
        (error: unknown) => {
          // The next who asks tries again.
          universities = null;
          throw error;
        },
      );
      return universities;
    },
    recognise(look, keys) {
      return recogniseAt(readers.pasted, keys, { look, log });
    },
    stranger(addresses) {
      const look = { addresses: addresses.filter(mayFetch), linked: true };
      return strangerAt(readers.pasted, listEngines(scrapers), { look, log, only });
    },
    readCatalogue({ source, ask }, span, previous) {
      return readCatalogue({ reader: readers.configured, http }, { source, ask: whole(source, ask), span, previous });
    },
    async close() {
      await Promise.all([http.close(), readers.pasted.close(), readers.configured.close()]);
    },
  };
}

function optionsOf(ids: readonly string[], only: readonly string[], env: Readonly<Record<string, string>>): Options {
  const options = readOptions(env, ids);
  const strangers = only.filter((key) => !ids.includes(key.split(':')[0] ?? ''));
  const list = `Есть: ${ids.join(', ')}.`;
  if (strangers.length > 0) throw new UnknownSource(`SOURCES: нет источника ${strangers.join(', ')}. ${list}`);
  if (options.strange.length > 0)
    throw new UnknownSource(`${options.strange.join(', ')}: нет источника с таким именем. ${list}`);
  return options;
}
