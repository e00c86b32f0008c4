/** `source parse`: the normalised lessons of saved pages, one JSON object a line, or the SourceError. */
import { readFile } from 'node:fs/promises';
import { addDays, mondayOf, parseDay } from '../domain/calendar.ts';
import type { Ask, Page, Request, Source, Span } from '../source/contract.ts';
import { type Normalized, normalize } from '../source/normalize.ts';
import { Misused } from './misused.ts';
import { printable, readWords, sourceOf, spanOf } from './source-args.ts';

/** The address a saved page is given when the plan does not say which one it answers. */
const GUESSES = 24;
const SOMEWHERE = 'https://example.org/saved';

export async function parseSaved(args: readonly string[]): Promise<void> {
  const { words, days } = readWords(args);
  const [id, askFile, ...files] = words;
  const source = await sourceOf(id);
  if (askFile === undefined || files.length === 0) throw new Misused('parse wants ASK.json and at least one PAGE');
  const { ask, span } = await readAsk(askFile);
  const bodies = await Promise.all(
    files.map((file) => readFile(file).catch(() => Promise.reject(new Misused(`${file} can not be read`)))),
  );
  const told = { ...span, ...days };
  const spans = told.from === undefined ? [...daysIn(bodies)].flatMap((day) => around(day, bodies.length)) : [];
  const asked = [told, ...spans.map((guess) => ({ ...guess, ...told }))].map((one) => spanOf(source, ask, one));
  const readings = asked.map((one) => attempt(source, ask, one, bodies));
  // Saved pages are of other days than today: of the days they name, those count that read the most.
  const best = readings.reduce((a, b) => (countOf(b) > countOf(a) ? b : a));
  if ('error' in best) console.log(JSON.stringify(best));
  else {
    for (const lesson of best.lessons) console.log(JSON.stringify(lesson));
    for (const reason of best.skipped) console.error(`skipped: ${reason}`);
  }
}

type Attempt = Pick<Normalized, 'lessons' | 'skipped'> | ReturnType<typeof printable>;

function attempt(source: Source, ask: Ask, span: Span, bodies: readonly Uint8Array[]): Attempt {
  try {
    return normalize(source.parse(pagesOf(source, ask, span, bodies), ask, span), span.zone);
  } catch (error) {
    return printable(error);
  }
}

function countOf(reading: Attempt): number {
  return 'error' in reading ? -1 : reading.lessons.length;
}

/** A few of the days that stand in the pages in whatever common form, spread over all of them. */
function daysIn(bodies: readonly Uint8Array[]): Set<string> {
  const found = new Set<string>();
  for (const body of bodies) {
    const text = new TextDecoder().decode(body.subarray(0, 4_000_000));
    for (const [, y, m, d] of text.matchAll(/\b(20\d{2})[-.]?([01]\d)[-.]?([0-3]\d)(?!\d)/g))
      found.add(`${y}-${m}-${d}`);
    for (const [, d, m, y] of text.matchAll(/\b([0-3]\d)\.([01]\d)\.(20\d{2})\b/g)) found.add(`${y}-${m}-${d}`);
  }
  const days = [...found].filter((day) => parseDay(day) !== null).sort();
  const step = Math.max(1, Math.ceil(days.length / GUESSES));
  return new Set(days.filter((_, index) => index % step === 0));
}

/** What the bot would ask on that day; and only as many weeks as there are pages, for sites that answer a week at a time. */
function around(day: string, pages: number): Partial<Span>[] {
  const from = addDays(day, -14);
  return [
    { from, to: addDays(day, 211) },
    { from, to: addDays(mondayOf(day), 7 * pages) },
  ];
}

/** An ask alone, or `{ ask, span }` as fixtures keep it. */
async function readAsk(file: string): Promise<{ ask: Ask; span: Partial<Span> }> {
  const text = await readFile(file, 'utf8').catch(() => Promise.reject(new Misused(`${file} can not be read`)));
  const value: unknown = parseJson(text, file);
  const whole = isRecord(value) && isRecord(value.ask) ? value : { ask: value };
  if (!isRecord(whole.ask) || Object.values(whole.ask).some((part) => typeof part !== 'string'))
    throw new Misused(`${file} is no ask: an object of texts`);
  const ask: Ask = Object.fromEntries(Object.entries(whole.ask).map(([key, part]) => [key, String(part)]));
  const span = 'span' in whole && isRecord(whole.span) ? whole.span : {};
  const texts = Object.entries(span).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { ask, span: Object.fromEntries(texts) };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Misused(`${file} is no JSON`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The files answer what the plan asks for, in its order; what it does not ask for follows as it is. */
function pagesOf(source: Source, ask: Ask, span: Span, bodies: readonly Uint8Array[]): Page[] {
  const pages: Page[] = [];
  const rest = [...bodies];
  while (rest.length > 0) {
    const planned = source.plan(ask, pages, span);
    const requests: readonly Request[] = planned === 'done' ? rest.map(() => ({ url: SOMEWHERE })) : planned;
    if (requests.length === 0) break;
    for (const request of requests) {
      const body = rest.shift();
      if (body === undefined) break;
      pages.push({ request, url: request.url, status: 200, headers: {}, body });
    }
  }
  return pages;
}
