/** The saved pages of sources: cases as they lie in folders, and the whole trip over them without a network. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  type Ask,
  type Page,
  type Parsed,
  type Request,
  type Source,
  SourceError,
  type Span,
} from '../../src/source/contract.ts';
import { SCRAPERS } from '../../src/source/load.ts';

export type Saved = { readonly file: string; readonly status: number; readonly headers: Page['headers'] };

/** What is asked, the saved answers in the order in which they are planned, and what must come of it. */
export type Case = {
  readonly name: string;
  readonly folder: string;
  readonly ask: Ask;
  readonly span: Span;
  readonly saved: readonly Saved[];
  readonly wanted: object;
};

export const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };
function say(line: string): void {
  process.stdout.write(`scrapers: ${line}\n`);
}

/** The cases of a folder; those laid out otherwise are named and left to the folder's own test. */
export function casesOf(id: string): readonly Case[] {
  const home = join(SCRAPERS, id, 'fixtures');
  const names = existsSync(home) ? readdirSync(home).filter((name) => !name.startsWith('.')) : [];
  return names.flatMap((name) => {
    const one = readCase(name, join(home, name));
    if (one === null) say(`${id}/fixtures/${name} is laid out otherwise, its own test reads it`);
    return one ?? [];
  });
}

/**
 * `ask.json` is the ask alone (then `span.json` may name the days, and the pages are all files of `pages/` in order, answered
 * with 200, or with 403 when called `02.403.html`), or it names ask, span and pages with their statuses and headers.
 * `lessons.json` is the reading or `{ error }`; `error.json` is the error alone.
 */
function readCase(name: string, folder: string): Case | null {
  const [ask, span, lessons, error] = ['ask', 'span', 'lessons', 'error'].map((file) =>
    json(join(folder, `${file}.json`)),
  );
  const wanted = lessons ?? (error === null ? null : { error });
  if (ask === null || ask === undefined || wanted === null || wanted === undefined) return null;
  if (isAsked(ask)) return { name, folder, ask: ask.ask, span: ask.span, saved: ask.pages, wanted };
  if (!isAsk(ask) || !existsSync(join(folder, 'pages'))) return null;
  const files = readdirSync(join(folder, 'pages')).sort();
  const saved = files.map((file) => ({ file, status: Number(/\.(\d{3})\.\w+$/.exec(file)?.[1] ?? 200), headers: {} }));
  return { name, folder, ask, span: isSpan(span) ? span : SPAN, saved, wanted };
}

function json(path: string): object | null {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

function isAsked(value: object): value is { ask: Ask; span: Span; pages: readonly Saved[] } {
  return 'ask' in value && 'span' in value && 'pages' in value && Array.isArray(value.pages);
}

function isAsk(value: object): value is Ask {
  return Object.values(value).every((part) => typeof part === 'string');
}

function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value && 'zone' in value;
}

export type Outcome =
  | Parsed
  | { readonly error: { readonly kind: string; readonly detail: string; readonly suggestions: readonly string[] } };

/** The whole trip over the saved pages: plan, answers, plan, …, parse. What is thrown and is no SourceError stays thrown. */
export function travel(
  source: Source,
  { ask, span, saved, folder }: Case,
): { outcome: Outcome; pages: readonly Page[] } {
  const pages: Page[] = [];
  const frozen = [deepFreeze(structuredClone(ask)), deepFreeze(structuredClone(span))] as const;
  const outcome = outcomeOf(() => {
    for (;;) {
      const requests = source.plan(frozen[0], Object.freeze([...pages]), frozen[1]);
      if (requests === 'done') break;
      expect(requests.length, 'a plan asks for something').toBeGreaterThan(0);
      for (const request of requests) pages.push(answer(request, saved[pages.length], folder));
    }
    expect(pages.length, 'every saved page is planned').toBe(saved.length);
    return source.parse(Object.freeze([...pages]), ...frozen);
  });
  return { outcome, pages };
}

function answer(request: Request, saved: Case['saved'][number] | undefined, folder: string): Page {
  if (saved === undefined) throw new Error(`${request.url} is planned, but not saved`);
  expect(new URL(request.url).protocol).toMatch(/^https?:$/);
  const { file, status, headers } = saved;
  const body = new Uint8Array(readFileSync(join(folder, 'pages', file)));
  return Object.freeze({ ...deepFreeze({ request, status, headers }), url: request.url, body });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}

export function outcomeOf(run: () => Parsed): Outcome {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { error: { kind: error.kind, detail: error.detail, suggestions: error.suggestions } };
  }
}
