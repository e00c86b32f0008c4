/** Inside of the reading process: runs `plan` and `parse` of one source at a time; it may be killed at any moment. */
import { paced, planOf, SourceError } from './contract.ts';
import { catalogueOf, describe, listedBy } from './listed.ts';
import { loadSource } from './load.ts';
import type { Job, Problem, Reply } from './messages.ts';
import { normalize } from './normalize.ts';

/** Lessons, or entries of a catalogue, a message: small enough to be taken in without holding up the parent's loop. */
const CHUNK = 1000;

const folder = process.argv[2];

function reply(message: Reply): void {
  process.send?.(message);
}

function problemOf(error: unknown): Problem {
  if (error instanceof SourceError) {
    const { kind, detail, message, suggestions } = error;
    return { kind, detail, message, suggestions };
  }
  return { kind: 'changed', detail: 'unreadable', message: placeOf(error), suggestions: [] };
}

/** What broke and where; an error's own words may quote the page. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no Error was thrown';
  const place = /\(?(?:file:\/\/)?[^\s()]*\/([^/\s()]+\/[^/\s()]+:\d+:\d+)\)?/.exec(
    error.stack?.slice(0, 4000) ?? '',
  )?.[1];
  return `${error.name} at ${place ?? 'an unknown place'}`;
}

process.on('message', (job: Job) => {
  void run(job).catch((error: unknown) => reply({ say: 'failed', id: job.id, problem: problemOf(error) }));
});

async function run({ id, source: name, work, ask, pages, span }: Job): Promise<void> {
  const source = await loadSource(name, folder);
  reply({ say: 'begun', id });
  if (work === 'describe') return reply({ say: 'described', id, about: describe(source, ask) });
  if (work === 'plan') return reply({ say: 'planned', id, requests: planOf(source, ask, pages, span) });
  if (work === 'plan-catalogue') {
    const requests = paced(source, catalogueOf(source).plan(ask, pages, span));
    return reply({ say: 'planned', id, requests });
  }
  if (work === 'parse-catalogue') {
    const listed = listedBy(catalogueOf(source).parse(pages, ask, span));
    for (let from = 0; from === 0 || from < listed.length; from += CHUNK) {
      const part = listed.slice(from, from + CHUNK);
      reply({ say: 'listed', id, listed: part, end: from + CHUNK >= listed.length });
    }
    return;
  }
  const university = source.universities?.find((one) => one.id === ask.university);
  const zone = university?.zone ?? source.zone ?? span.zone;
  const { lessons, ...rest } = normalize(source.parse(pages, ask, span), zone);
  for (let from = 0; from < lessons.length; from += CHUNK)
    reply({ say: 'lessons', id, lessons: lessons.slice(from, from + CHUNK) });
  reply({ say: 'parsed', id, rest });
}

// The parent is gone: nobody waits for an answer.
process.on('disconnect', () => process.exit(0));
reply({ say: 'ready' });
