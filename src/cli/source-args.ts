/** What the source tools are told: days, `key=value` asks, and the source itself. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { addDays, isZone, parseDay } from '../domain/calendar.ts';
import { type Ask, type Source, SourceError, type Span } from '../source/contract.ts';
import { createHttp, type Http } from '../source/http.ts';
import { listSources, loadSource } from '../source/load.ts';
import { readOptions } from '../source/options.ts';
import { Misused } from './misused.ts';

const OPTIONS: ParseArgsOptionsConfig = { from: { type: 'string' }, to: { type: 'string' }, zone: { type: 'string' } };

/** Positional arguments and the days; absent days are those the bot itself asks for. */
export function readWords(args: readonly string[]): { words: readonly string[]; days: Partial<Span> } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const { from, to, zone } = values;
    if (typeof from === 'string' && parseDay(from) === null) throw new Misused(`--from ${from} is no day`);
    if (typeof to === 'string' && parseDay(to) === null) throw new Misused(`--to ${to} is no day`);
    if (typeof zone === 'string' && !isZone(zone)) throw new Misused(`--zone ${zone} is no zone`);
    if (typeof from === 'string' && typeof to === 'string' && from >= to)
      throw new Misused('--from must be before --to');
    return { words: positionals, days: JSON.parse(JSON.stringify({ from, to, zone })) };
  } catch (error) {
    if (error instanceof Misused) throw error;
    throw new Misused(error instanceof Error ? error.message : String(error));
  }
}

/** The days asked for: the given ones, else two weeks back and seven months ahead. */
export function spanOf(source: Source, ask: Ask, days: Partial<Span>): Span {
  const today = new Date().toISOString().slice(0, 10);
  const zone = source.universities?.find((one) => one.id === ask.university)?.zone ?? source.zone ?? 'Europe/Moscow';
  return { from: addDays(today, -14), to: addDays(today, 211), zone, ...days };
}

export async function sourceOf(id: string | undefined): Promise<Source> {
  if (id === undefined) throw new Misused('no source given');
  return loadSource(id).catch((error: unknown) => {
    throw error instanceof SourceError ? new Misused(error.message) : error;
  });
}

/** What the environment (and `.env`, read by the caller) sets for a source. */
export function optionsOf(id: string): Ask {
  return readOptions(process.env, listSources()).of.get(id) ?? {};
}

/** What fetches for a tool: what the bot may read, and whose certificates it trusts, holds for the tools too. */
export function openHttp(): Http {
  const { HTTP_ALLOW, EXTRA_CA_FILE } = process.env;
  const read = readConfig({ HTTP_ALLOW, EXTRA_CA_FILE });
  if ('problems' in read) throw new Misused(read.problems.join('\n'));
  const { httpAllow: allow, extraCa: ca } = read.config;
  const userAgent = 'zvonok (someone tries a source by hand)';
  return createHttp({ allow, userAgent, ...(ca === undefined ? {} : { ca }) });
}

/** `group=ПИ-21 university=hse` -> an ask. */
export function askOf(words: readonly string[]): Ask {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw new Misused(`«${word}» is not key=value`);
      return [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

/** A failed reading in the form that is printed. */
export function printable(error: unknown): {
  error: { kind: string; detail: string; message: string; suggestions: readonly string[] };
} {
  if (!(error instanceof SourceError)) throw error;
  const { kind, detail, message, suggestions } = error;
  return { error: { kind, detail, message, suggestions } };
}
