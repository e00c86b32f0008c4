/** Pages that were not believed, kept on disk for a while, so that a person can look at them and a parser can be mended by them. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../domain/calendar.ts';
import type { Ask, Page, Span } from './contract.ts';
import { fingerprinter } from './fingerprint.ts';
import type { Log } from './log.ts';
import { loadPages, type SavedPage, savePages } from './saved.ts';
import { withoutSecrets } from './secrets.ts';

/** Which feed: its source, which names the folder, and its number. */
export type KeptOf = { readonly source: string; readonly id: number };

/** What is kept of a feed: of when, why in a word or two («shrunk», «changed html»), how much. */
export type Kept = KeptOf & {
  readonly university: string;
  readonly at: Instant;
  readonly why: string;
  /** Names the bytes: the same ones are not written again. */
  readonly print: string;
  readonly bytes: number;
  readonly pages: number;
};

export type KeptPages = {
  /** Keeps the pages in place of those kept of this feed before; false when they are there already or there is no room. Never throws. */
  keep(reading: {
    readonly feed: KeptOf & { readonly university: string };
    readonly at: Instant;
    readonly why: string;
    readonly ask: Ask;
    readonly span: Span;
    readonly pages: readonly Page[];
  }): Promise<boolean>;
  find(feed: KeptOf): Promise<Kept | null>;
  load(feed: KeptOf): Promise<{ ask: Ask; span: Span; pages: readonly SavedPage[] } | null>;
  drop(feed: KeptOf): Promise<void>;
  /** Forgets what is too old and what belongs to a feed that is no more; `living` tells which of these ids are. */
  sweep(now: Instant, living: (ids: readonly number[]) => Promise<ReadonlySet<number>>): Promise<void>;
};

export type KeptLimits = {
  /** Readings in all, and of one university for one reason: the hundredth group shows nothing that the tenth does not. */
  readonly readings: number;
  readonly alike: number;
  /** Milliseconds after which such a reading gives its place to a new one: it shows a trouble of then. */
  readonly renew: number;
  /** Bytes in all. */
  readonly bytes: number;
  /** Milliseconds. */
  readonly age: number;
  /** A page that differs at every reading is not written at every reading. */
  readonly pause: number;
};

const LIMITS: KeptLimits = {
  readings: 200,
  alike: 10,
  renew: 86_400_000,
  bytes: 256 * 2 ** 20,
  age: 30 * 86_400_000,
  pause: 3_600_000,
};
const FRESH = '.new-';

/** The folder is made when the first page is kept. One program at a time writes there (the store has one writer). */
export function openKept(folder: string, log: Log, limits: KeptLimits = LIMITS): KeptPages {
  let index: Map<string, Kept> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const pathOf = ({ source, id }: KeptOf) => join(folder, nameOf(source), String(Math.trunc(id)));

  /** One thing at a time: a folder is never read while it is replaced. */
  function inTurn<T>(work: (kept: Map<string, Kept>) => Promise<T>): Promise<T> {
    const next = last.then(async () => {
      index ??= await indexOf(folder);
      return work(index);
    });
    last = next.catch(() => undefined);
    return next;
  }

  async function remove(kept: Map<string, Kept>, one: KeptOf): Promise<void> {
    kept.delete(keyOf(one));
    await rm(pathOf(one), { recursive: true, force: true });
  }

  /** The oldest make room. */
  async function makeRoom(kept: Map<string, Kept>, bytes: number): Promise<void> {
    const old = [...kept.values()].sort((a, b) => a.at - b.at);
    let sum = old.reduce((all, one) => all + one.bytes, 0);
    for (const [gone, one] of old.entries()) {
      if (old.length - gone < limits.readings && sum + bytes <= limits.bytes) return;
      sum -= one.bytes;
      await remove(kept, one);
    }
  }

  async function write(entry: Kept, reading: { ask: Ask; span: Span; pages: readonly Page[] }): Promise<void> {
    const fresh = join(folder, `${FRESH}${randomUUID()}`);
    await mkdir(fresh, { recursive: true, mode: 0o700 });
    try {
      await savePages(fresh, await withoutSecrets(reading));
      await writeFile(join(fresh, 'kept.json'), `${JSON.stringify(entry, null, 2)}\n`, { mode: 0o600 });
      await mkdir(join(folder, nameOf(entry.source)), { recursive: true, mode: 0o700 });
      await rm(pathOf(entry), { recursive: true, force: true });
      // The folder appears with everything in it, or not at all.
      await rename(fresh, pathOf(entry));
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }

  return {
    keep: ({ feed, at, why, ask, span, pages }) =>
      inTurn(async (kept) => {
        const bytes = pages.reduce((sum, page) => sum + page.body.length, 0);
        if (pages.length === 0 || bytes > limits.bytes) return false;
        const { source, id, university } = feed;
        const entry: Kept = {
          source,
          id,
          university,
          at,
          why,
          print: await printOf(pages),
          bytes,
          pages: pages.length,
        };
        const before = kept.get(keyOf(feed));
        if (before !== undefined && before.why === why)
          if (before.print === entry.print || Math.abs(at - before.at) < limits.pause) return false;
        const alike = [...kept.values()].filter(
          (one) => one.source === source && one.university === university && one.why === why && one.id !== id,
        );
        const [oldest] = alike.sort((a, b) => a.at - b.at);
        if (oldest !== undefined && alike.length >= limits.alike) {
          if (at - oldest.at < limits.renew) return false;
          await remove(kept, oldest);
        }
        kept.delete(keyOf(feed));
        await makeRoom(kept, bytes);
        await write(entry, { ask, span, pages });
        kept.set(keyOf(feed), entry);
        return true;
      }).catch((error: unknown) => {
        log.warn({ err: error, feed: feed.id }, 'pages could not be kept');
        return false;
      }),
    find: (feed) => inTurn(async (kept) => kept.get(keyOf(feed)) ?? null),
    load: (feed) => inTurn(async (kept) => (kept.has(keyOf(feed)) ? loadPages(pathOf(feed)) : null)),
    drop: (feed) => inTurn(async (kept) => (kept.has(keyOf(feed)) ? remove(kept, feed) : undefined)),
    sweep: (now, living) =>
      inTurn(async (kept) => {
        const alive = await living([...kept.values()].map(({ id }) => id));
        for (const one of [...kept.values()])
          if (!alive.has(one.id) || now - one.at > limits.age) await remove(kept, one);
      }),
  };
}

/** Reads what an earlier run left; what a crash left half written goes. */
async function indexOf(folder: string): Promise<Map<string, Kept>> {
  const kept = new Map<string, Kept>();
  for (const source of await namesIn(folder)) {
    if (source.startsWith(FRESH)) await rm(join(folder, source), { recursive: true, force: true });
    else
      for (const id of await namesIn(join(folder, source))) {
        const one = await readKept(join(folder, source, id));
        if (one !== null && one.source === source && String(one.id) === id) kept.set(keyOf(one), one);
        else await rm(join(folder, source, id), { recursive: true, force: true });
      }
  }
  return kept;
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function readKept(folder: string): Promise<Kept | null> {
  try {
    return JSON.parse(await readFile(join(folder, 'kept.json'), 'utf8'));
  } catch {
    return null;
  }
}

/** A source's id is a folder's name already; whatever is not can not lead out of here. */
function nameOf(source: string): string {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(source)) throw new Error(`«${source}» names no source`);
  return source;
}

async function printOf(pages: readonly Page[]): Promise<string> {
  const print = fingerprinter();
  for (const page of pages) await print.add(page);
  return print.digest();
}

function keyOf({ source, id }: KeptOf): string {
  return `${source}/${id}`;
}
