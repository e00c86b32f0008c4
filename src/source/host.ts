/** The side of sources that the program uses: reading one, with everything it needs opened once and closed once. */
import packageJson from '../../package.json' with { type: 'json' };
import { type Ask, SourceError, type Span } from './contract.ts';
import { createHttp } from './http.ts';
import { createReader } from './isolate.ts';
import { listSources } from './load.ts';
import type { Log } from './log.ts';
import { type Previous, type Reading, readSource } from './read.ts';

export { createReader } from './isolate.ts';

const USER_AGENT = `zvonok/${packageJson.version} (timetable bot for VK communities)`;

export type Sources = {
  /** One complete reading. Throws SourceError. */
  read(id: string, ask: Ask, span: Span, profile: 'pasted' | 'configured', previous?: Previous): Promise<Reading>;
  close(): Promise<void>;
};

/** `allow`: private addresses that may be read; `only`: the sources switched on, empty = all. Throws when `only` names none of ours. */
export function openSources(options: {
  allow: readonly string[];
  /** Our own address, where the demo is served from. */
  own?: readonly string[];
  only: readonly string[];
  /** Further certificate authorities, PEM. */
  ca?: string | undefined;
  log: Log;
}): Sources {
  const { allow, own = [], only, ca, log } = options;
  const strangers = only.filter((id) => !listSources().includes(id));
  if (strangers.length > 0)
    throw new UnknownSource(`SOURCES: нет источника ${strangers.join(', ')}. Есть: ${listSources().join(', ')}.`);
  const http = createHttp({
    allow: [...allow, ...own],
    own,
    userAgent: USER_AGENT,
    log,
    ...(ca === undefined ? {} : { ca }),
  });
  const readers = {
    pasted: createReader({ profile: 'pasted', log }),
    configured: createReader({ profile: 'configured', log }),
  };
  return {
    async read(id, ask, span, profile, previous) {
      if (only.length > 0 && !only.includes(id))
        throw new SourceError('refused', 'source-off', `source ${id} is switched off`);
      return readSource({ reader: readers[profile], http }, { id, ask, span, profile, previous });
    },
    async close() {
      await Promise.all([http.close(), readers.pasted.close(), readers.configured.close()]);
    },
  };
}

/** The configuration names a source that is not there. */
export class UnknownSource extends Error {
  override readonly name = 'UnknownSource';
}
