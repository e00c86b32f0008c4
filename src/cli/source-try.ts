/** `source try` and `source record`: ask the site itself, show what was understood, keep its answers as a case. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fold, rank } from '../domain/name.ts';
import {
  type Ask,
  type Page,
  type Parsed,
  paced,
  planOf,
  type Request,
  type Source,
  SourceError,
  type Span,
} from '../source/contract.ts';
import type { Http } from '../source/http.ts';
import { SCRAPERS } from '../source/load.ts';
import { normalize } from '../source/normalize.ts';
import { savePages } from '../source/saved.ts';
import { Misused } from './misused.ts';
import { askOf, openHttp, optionsOf, printable, readWords, sourceOf, spanOf } from './source-args.ts';

const SHOWN = 30;
const MOST_PAGES = 500;

type Trip = {
  readonly source: Source;
  readonly ask: Ask;
  readonly span: Span;
  readonly pages: readonly Page[];
  readonly parsed: Parsed;
};

export async function trySource(args: readonly string[]): Promise<void> {
  const { words, days } = readWords(args);
  const [id, ...asked] = words;
  const trip = await travel(await sourceOf(id), askOf(asked), days);
  if (trip === null) return;
  const { lessons, skipped, zone, name } = normalize(trip.parsed, trip.span.zone);
  console.log(`${name ?? trip.ask.group ?? ''} · ${zone} · ${lessons.length} lessons in ${trip.pages.length} pages`);
  for (const { times, subject, kind, place, teachers, subgroup } of lessons.slice(0, SHOWN)) {
    const when = times.on === 'day' ? times.day : `day ${times.weekday}, weeks ${times.weeks}`;
    const rest = [kind, place.room || place.format, teachers.join(', '), subgroup].filter((part) => part !== '');
    console.log(`  ${when}  ${times.start}–${times.end}  ${[subject, ...rest].join(' · ')}`);
  }
  if (lessons.length > SHOWN) console.log(`  and ${lessons.length - SHOWN} more`);
  for (const reason of skipped) console.log(`  skipped: ${reason}`);
}

export async function recordSource(args: readonly string[]): Promise<void> {
  const { words, days } = readWords(args);
  const [id, name, ...asked] = words;
  const source = await sourceOf(id);
  if (name === undefined || !/^[a-z0-9-]{1,60}$/.test(name))
    throw new Misused('record wants the name of the case, e.g. week');
  const trip = await travel(source, askOf(asked), days);
  if (trip === null) return;
  const folder = join(SCRAPERS, source.id, 'fixtures', name);
  await savePages(folder, trip);
  await writeJson(join(folder, 'lessons.json'), trip.parsed);
  console.log(
    `scrapers/${source.id}/fixtures/${name}: ${trip.pages.length} pages. Replace the names of people before you commit it.`,
  );
}

/** Goes the whole way to the site; null when it ended in a SourceError, which is printed. */
async function travel(source: Source, wanted: Ask, days: Partial<Span>): Promise<Trip | null> {
  const http = openHttp();
  try {
    const options = optionsOf(source.id);
    const ask = await resolve(source, wanted, options, spanOf(source, wanted, days), http);
    const [whole, span] = [{ ...options, ...ask }, spanOf(source, ask, days)];
    const pages = await fetchAll(http, (so) => planOf(source, whole, so, span));
    return { source, ask, span, pages, parsed: source.parse(pages, whole, span) };
  } catch (error) {
    console.log(JSON.stringify(printable(error), null, 2));
    process.exitCode = 1;
    return null;
  } finally {
    await http.close();
  }
}

/** A name becomes what the source wants to be asked, by its own catalogue. */
async function resolve(source: Source, ask: Ask, options: Ask, span: Span, http: Http): Promise<Ask> {
  const kind = (['group', 'teacher', 'room'] as const).find((one) => ask[one] !== undefined);
  const { catalogue } = source;
  // A site that no JSON tells of has no catalogue of ours: its own search is asked.
  if (catalogue === undefined || kind === undefined || ask.site !== undefined) return ask;
  const whole = { ...options, ...ask };
  const pages = await fetchAll(http, (so) => paced(source, catalogue.plan(whole, so, span)));
  const listed = catalogue.parse(pages, whole, span).filter((one) => one.kind === kind);
  const name = ask[kind] ?? '';
  const found = listed.find((one) => fold(one.name) === fold(name));
  if (found !== undefined) return { ...ask, ...found.ask };
  const near = rank(
    name,
    listed.map((one) => one.name),
  );
  throw new SourceError(
    'unknown-param',
    kind,
    `the catalogue of ${source.id} has no ${kind} «${name}»`,
    near.slice(0, 10),
  );
}

/** Fetches what is planned until it is all there. Throws SourceError. */
export async function fetchAll(
  http: Http,
  plan: (pages: readonly Page[]) => readonly Request[] | 'done',
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let next = plan(pages); next !== 'done'; next = plan(pages)) {
    if (next.length === 0 || pages.length + next.length > MOST_PAGES)
      throw new SourceError('too-big', 'requests', `${pages.length + next.length} pages are planned`);
    for (const request of next) {
      const page = await http.fetch(request, { profile: 'configured' });
      if (page !== 'not-modified') pages.push(page);
    }
  }
  return pages;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
