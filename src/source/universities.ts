/** The universities that the configured sources list: which there are, and why one is left out. */
import type { Zone } from '../domain/calendar.ts';
import { type Ask, type Recognised, SourceError, type Stranger } from './contract.ts';
import type { Reader } from './isolate.ts';
import { listSources } from './load.ts';
import type { Log } from './log.ts';
import { type Options, variableOf } from './options.ts';
import { type Look, NOTHING_SEEN, type Seen } from './recognise.ts';

/** A university whose groups, teachers and rooms can be listed and read. `key` is `asu`, or `ruz:hse` for one of an engine. */
export type Catalogued = {
  readonly key: string;
  readonly source: string;
  readonly name: string;
  /** null: the configured TIME_ZONE. */
  readonly zone: Zone | null;
  /** What is asked with everything of this university. */
  readonly ask: Ask;
};

/** `SOURCES` names something that is not there. */
export class UnknownSource extends Error {
  override readonly name = 'UnknownSource';
}

/** Whether `SOURCES` (empty = all) switches this source on, or this one of its universities. */
export function isOn(only: readonly string[], source: string, university?: string): boolean {
  return only.length === 0 || only.includes(source) || only.includes(`${source}:${university ?? ''}`);
}

/**
 * Asks every source that is switched on. One that does not load, or that misses an option, is left out with a line in the
 * log. @throws UnknownSource when `only` names a university that its source has not
 */
export async function listUniversities(
  reader: Pick<Reader, 'describe'>,
  { only, options, log, folder }: { only: readonly string[]; options: Options; log: Log; folder?: string },
): Promise<readonly Catalogued[]> {
  const found: Catalogued[] = [];
  for (const source of listSources(folder)) {
    if (!isOn(only, source) && !only.some((key) => key.startsWith(`${source}:`))) continue;
    const set = options.of.get(source) ?? {};
    try {
      const about = await reader.describe(source, set);
      for (const key of Object.keys(set).filter((one) => !about.options.includes(one)))
        log.warn({ variable: variableOf(source, key) }, 'no such option of this source');
      const known = about.universities.map(({ id }) => `${source}:${id}`);
      const strangers = only.filter((key) => key.startsWith(`${source}:`) && !known.includes(key));
      if (strangers.length > 0)
        throw new UnknownSource(`SOURCES: нет университета ${strangers.join(', ')}. Есть: ${known.join(', ')}.`);
      if (!about.catalogue) continue;
      if (about.missing.length > 0) {
        const needs = about.missing.map((key) => variableOf(source, key));
        log.warn({ source, needs }, 'source is left out: it needs an option');
        continue;
      }
      if (about.universities.length === 0)
        found.push({ key: source, source, name: about.name, zone: about.zone, ask: {} });
      for (const { id, name, zone } of about.universities)
        if (isOn(only, source, id)) found.push({ key: `${source}:${id}`, source, name, zone, ask: { university: id } });
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      log.warn({ source, err: error }, 'source is left out: it does not load');
    }
  }
  return found;
}

/** The key of a university whose site an address belongs to, and whose timetable it names, if anybody's. */
export type RecognisedAt = Pick<Recognised, 'entry'> & { readonly key: string; readonly address: string };

/** Asks the source of every one of these universities (keys). One that fails is passed over with a line in the log. */
export async function recogniseAt(
  reader: Pick<Reader, 'recognise'>,
  keys: readonly string[],
  { look, log }: { look: Look; log: Log },
): Promise<readonly RecognisedAt[]> {
  const found: RecognisedAt[] = [];
  for (const source of new Set(keys.map((key) => key.split(':')[0] ?? '')))
    for (const { university, entry, address } of (await seenBy(reader, source, { look, log })).found) {
      const key = university === undefined ? source : `${source}:${university}`;
      if (keys.includes(key)) found.push({ key, entry, address });
    }
  return found;
}

/** A site of a known engine that is no university of ours yet: whose engine, and what an operator is to add; `on`: the engine is switched on. */
export type StrangerAt = Stranger & { readonly source: string; readonly engine: string; readonly on: boolean };

/** Asks these sources whether an address is of a site of their engine; the first that says so. */
export async function strangerAt(
  reader: Pick<Reader, 'recognise'>,
  sources: readonly string[],
  { look, log, only }: { look: Look; log: Log; only: readonly string[] },
): Promise<StrangerAt | null> {
  for (const source of sources) {
    const { stranger } = await seenBy(reader, source, { look, log });
    if (stranger !== null) return { ...stranger, source, on: isOn(only, source) };
  }
  return null;
}

async function seenBy(
  reader: Pick<Reader, 'recognise'>,
  source: string,
  { look, log }: { look: Look; log: Log },
): Promise<Seen> {
  try {
    return await reader.recognise(source, look);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    log.warn({ source, err: error }, 'a source could not look at an address');
    return NOTHING_SEEN;
  }
}
