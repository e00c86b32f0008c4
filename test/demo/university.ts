/** The demo university as the bot reads it on a given day: files served, parsed by the real scrapers, dated. */

import ics from '../../scrapers/ics/index.ts';
import table from '../../scrapers/table/index.ts';
import { aliveFile } from '../../src/demo/alive.ts';
import { readSample } from '../../src/demo/sample.ts';
import { entriesOf } from '../../src/demo.ts';
import type { Instant } from '../../src/domain/calendar.ts';
import { type Occurrence, occurrences } from '../../src/domain/occurrence.ts';
import { spanAt } from '../../src/flows/reading.ts';
import type { Source } from '../../src/source/contract.ts';
import { type Normalized, normalize } from '../../src/source/normalize.ts';

export const sample = await readSample();

const SOURCES: Readonly<Record<string, Source>> = { ics, table };
const ADDRESS = 'http://127.0.0.1:3000';
const entries = entriesOf(sample, ADDRESS);

/** What is served of a file. */
export function served(file: string, now: Instant, startedAt = now): string {
  return aliveFile(sample, file, { now, startedAt });
}

export type Read = Normalized & { readonly dated: readonly Occurrence[] };

/** One reading of one group as the program does it; `text` instead of what is served. */
export function readGroup(name: string, now: Instant, startedAt = now, text?: string): Read {
  const entry = entries.find((one) => one.name === name);
  const source = SOURCES[entry?.source ?? ''];
  if (entry === undefined || source === undefined) throw new Error(`no group ${name}`);
  const span = spanAt(now, sample.zone);
  const [request] = source.plan(entry.ask, [], span);
  if (typeof request !== 'object') throw new Error(`nothing to fetch for ${name}`);
  const body = Buffer.from(text ?? served(request.url.replace(`${ADDRESS}/sample/`, ''), now, startedAt));
  const page = { request, url: request.url, status: 200, headers: {}, body };
  const read = normalize(source.parse([page], { ...entry.ask, profile: 'configured' }, span), span.zone);
  return { ...read, dated: occurrences(read.lessons, read, span.from, span.to) };
}
