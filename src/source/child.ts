/** Inside of the reading process: runs `plan` and `parse` of one source at a time; it may be killed at any moment. */
import { printsOf } from '../domain/prints.ts';
import { type Link, paced, planOf, SourceError } from './contract.ts';
import { catalogueOf, describe, listedBy } from './listed.ts';
import { loadSource } from './load.ts';
import type { Job, Problem, Reply, Told } from './messages.ts';
import { lessonOf, readRows } from './normalize.ts';
import { packed, printer } from './pack.ts';
import { pageKeeper } from './pages.ts';
import { lookAt, NOTHING_SEEN } from './recognise.ts';

/** Lessons, or entries of a catalogue, a message: small enough to be taken in without holding up the parent's loop. */
const CHUNK = 2000;
/** More links than a page for people has, and longer ones, are not handed on. */
const MOST_LINKS = 500;
const LONGEST_LINK = 600;

const folder = process.argv[2];
const keeper = pageKeeper();
let goOn: () => void = () => undefined;

function reply(message: Reply): void {
  process.send?.(message);
}

/** Says a part and waits until it is taken in: the parent has others to serve. */
async function hand(part: Reply): Promise<void> {
  const taken = new Promise<void>((done) => {
    goOn = done;
  });
  reply(part);
  await taken;
}

function problemOf(error: unknown): Problem {
  if (error instanceof SourceError) {
    const { kind, detail, message, suggestions, links } = error;
    return { kind, detail, message, suggestions, links: links.filter(isShort).slice(0, MOST_LINKS) };
  }
  return { kind: 'changed', detail: 'unreadable', message: placeOf(error), suggestions: [], links: [] };
}

function isShort({ address, words }: Link): boolean {
  return address.length + words.length <= LONGEST_LINK;
}

/** What broke and where; an error's own words may quote the page. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no Error was thrown';
  const place = /\(?(?:file:\/\/)?[^\s()]*\/([^/\s()]+\/[^/\s()]+:\d+:\d+)\)?/.exec(
    error.stack?.slice(0, 4000) ?? '',
  )?.[1];
  return `${error.name} at ${place ?? 'an unknown place'}`;
}

process.on('message', (told: Told) => {
  if (told.say === 'piece') keeper.take(told);
  else if (told.say === 'more') goOn();
  else void run(told).catch((error: unknown) => reply({ say: 'failed', id: told.id, problem: problemOf(error) }));
});

async function run(job: Job): Promise<void> {
  const { id, source: name, work, ask, span } = job;
  const pages = keeper.pagesOf(job);
  const source = await loadSource(name, folder);
  reply({ say: 'begun', id });
  if (work === 'describe') return reply({ say: 'described', id, about: describe(source, ask) });
  if (work === 'recognise')
    return reply({ say: 'recognised', id, seen: job.look === undefined ? NOTHING_SEEN : lookAt(source, job.look) });
  if (work === 'plan') return reply({ say: 'planned', id, requests: planOf(source, ask, pages, span) });
  if (work === 'plan-catalogue') {
    const requests = paced(source, catalogueOf(source).plan(ask, pages, span));
    return reply({ say: 'planned', id, requests });
  }
  if (work === 'parse-catalogue') {
    const listed = listedBy(catalogueOf(source).parse(pages, ask, span));
    for (let from = 0; from === 0 || from < listed.length; from += CHUNK) {
      const part = { say: 'listed', id, listed: listed.slice(from, from + CHUNK) } as const;
      if (from + CHUNK < listed.length) await hand({ ...part, end: false });
      else reply({ ...part, end: true });
    }
    return;
  }
  const university = source.universities?.find((one) => one.id === ask.university);
  const zone = university?.zone ?? source.zone ?? span.zone;
  const { rows, ...rest } = readRows(source.parse(pages, ask, span), zone);
  const print = printer();
  for (const pack of packed(rows, CHUNK)) {
    print.add(pack);
    await hand({ say: 'lessons', id, pack });
  }
  reply({ say: 'parsed', id, rest: { ...rest, print: print.digest(rest), prints: printsOf(rows.map(lessonOf)) } });
}

// The parent is gone: nobody waits for an answer.
process.on('disconnect', () => process.exit(0));
reply({ say: 'ready' });
