/** `source parse`: the normalised lessons of saved pages, one JSON object a line, or the SourceError. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { addDays, mondayOf, parseDay } from '../domain/calendar.ts';
import type { Ask, Page, Request, Source, Span } from '../source/contract.ts';
import { type Normalized, normalize } from '../source/normalize.ts';
import type { SavedPage } from '../source/saved.ts';
import { Misused } from './misused.ts';
import { printable, readWords, sourceOf, spanOf } from './source-args.ts';

/** The address a saved page is given when the plan does not say which one it answers. */
const GUESSES = 24;
const MOST_WEEKS = 6;
const SOMEWHERE = 'https://example.org/saved';

export async function parseSaved(args: readonly string[]): Promise<void> {
  const best = await readingOf(args);
  if ('error' in best) console.log(JSON.stringify(best));
  else {
    for (const lesson of best.lessons) console.log(JSON.stringify(lesson));
    for (const reason of best.skipped) console.error(`skipped: ${reason}`);
  }
}

/** What the saved pages give, or the SourceError in the form that is printed. Throws Misused for words that name no pages. */
export async function readingOf(args: readonly string[]): Promise<Attempt> {
  const { words, days } = readWords(args);
  const [id, ...paths] = words;
  const source = await sourceOf(id);
  const [askFile, ...files] = await filesOf(paths);
  if (askFile === undefined || files.length === 0)
    throw new Misused('parse wants ASK.json and at least one PAGE, or the folder of a saved reading');
  const { ask, span, listed } = await readAsk(askFile);
  const bodies = await Promise.all(
    files.map(async (file): Promise<SavedPage> => {
      const body = await readFile(file).catch(() => Promise.reject(new Misused(`${file} can not be read`)));
      return { status: statusOf(file), headers: {}, ...listed.get(basename(file)), body };
    }),
  );
  const told = { ...span, ...days };
  const spans = told.from === undefined ? [...daysIn(bodies)].flatMap((day) => around(day, bodies.length)) : [];
  const asked = [told, ...spans.map((guess) => ({ ...guess, ...told }))].map((one) => spanOf(source, ask, one));
  const readings = asked.map((one) => attempt(source, ask, one, bodies));
  // Saved pages are of other days than today: of the days they name, those count that read the most.
  return readings.reduce((a, b) => (countOf(b) > countOf(a) ? b : a));
}

/** «02.403.html» was answered with 403. */
function statusOf(file: string): number {
  return Number(/\.(\d{3})\.\w+$/.exec(file)?.[1] ?? 200);
}

/** A folder as `record` and the bot keep it, or the files one by one. */
async function filesOf(paths: readonly string[]): Promise<readonly string[]> {
  const [folder] = paths;
  const within = folder === undefined || paths.length > 1 ? null : join(folder, 'pages');
  if (folder === undefined || within === null || !existsSync(within)) return paths;
  const names = await readdir(within);
  return [join(folder, 'ask.json'), ...names.sort().map((name) => join(within, name))];
}

type Attempt = Pick<Normalized, 'lessons' | 'skipped'> | ReturnType<typeof printable>;

function attempt(source: Source, ask: Ask, span: Span, bodies: readonly SavedPage[]): Attempt {
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
function daysIn(bodies: readonly SavedPage[]): Set<string> {
  const found = new Set<string>();
  for (const { body } of bodies) {
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
  // Some of the pages are lists: how many weeks the others are is found by trying.
  const weeks = Array.from({ length: Math.min(pages, MOST_WEEKS) }, (_, n) => n + 1);
  return [{ from, to: addDays(day, 211) }, ...weeks.map((count) => ({ from, to: addDays(mondayOf(day), 7 * count) }))];
}

/** `{ ask, span }` as the tools and the bot write it, or an ask alone; then `span.json` beside it may name the days. */
async function readAsk(
  file: string,
): Promise<{ ask: Ask; span: Partial<Span>; listed: ReadonlyMap<string, Pick<SavedPage, 'status' | 'headers'>> }> {
  const text = await readFile(file, 'utf8').catch(() => Promise.reject(new Misused(`${file} can not be read`)));
  const value: unknown = parseJson(text, file);
  const whole = isRecord(value) && isRecord(value.ask) ? value : { ask: value };
  if (!isRecord(whole.ask) || Object.values(whole.ask).some((part) => typeof part !== 'string'))
    throw new Misused(`${file} is no ask: an object of texts`);
  const ask: Ask = Object.fromEntries(Object.entries(whole.ask).map(([key, part]) => [key, String(part)]));
  const beside = join(dirname(file), 'span.json');
  const days =
    'span' in whole ? whole.span : existsSync(beside) ? parseJson(await readFile(beside, 'utf8'), beside) : {};
  const span = isRecord(days) ? days : {};
  const texts = Object.entries(span).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const pages = 'pages' in whole && Array.isArray(whole.pages) ? whole.pages.filter(isRecord) : [];
  const listed = pages.map(({ file, status, headers }): readonly [string, Pick<SavedPage, 'status' | 'headers'>] => {
    const type = isRecord(headers) ? headers['content-type'] : undefined;
    const told: SavedPage['headers'] = typeof type === 'string' ? { 'content-type': type } : {};
    return [String(file), { status: Number(status), headers: told }];
  });
  return { ask, span: Object.fromEntries(texts), listed: new Map(listed) };
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
function pagesOf(source: Source, ask: Ask, span: Span, bodies: readonly SavedPage[]): Page[] {
  const pages: Page[] = [];
  const rest = [...bodies];
  while (rest.length > 0) {
    const planned = source.plan(ask, pages, span);
    const requests: readonly Request[] = planned === 'done' ? rest.map(() => ({ url: SOMEWHERE })) : planned;
    if (requests.length === 0) break;
    for (const request of requests) {
      const saved = rest.shift();
      if (saved === undefined) break;
      pages.push({ ...saved, request, url: request.url });
    }
  }
  return pages;
}
