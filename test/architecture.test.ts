/** The house keeps its shape: who may import whom, and which packages stand behind which door. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Room -> rooms and packages it may import. Types-only imports are free. */
const MAY: Record<string, { rooms: string[]; packages: string[] }> = {
  domain: { rooms: [], packages: ['luxon'] },
  text: { rooms: ['domain'], packages: ['luxon'] },
  source: { rooms: ['domain'], packages: ['undici', 'ipaddr.js', 'zod', 'luxon'] },
  store: { rooms: ['domain'], packages: ['kysely', 'better-sqlite3', 'pg'] },
  flows: { rooms: ['domain', 'source', 'store'], packages: [] },
  chat: { rooms: ['domain', 'text', 'flows'], packages: [] },
  web: { rooms: ['domain', 'text', 'flows'], packages: ['fastify', 'prom-client', 'zod'] },
  vk: { rooms: ['domain', 'text', 'chat'], packages: ['vk-io', '@vk-io/session', 'zod'] },
  sandbox: { rooms: [], packages: ['fastify', '@fastify/formbody', '@fastify/multipart', 'zod'] },
  runner: { rooms: [], packages: ['node-cron'] },
  scrapers: { rooms: ['#source'], packages: ['cheerio', 'node-ical', 'csv-parse', 'luxon', '@e965/xlsx'] },
};

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'fixtures' || entry.name === 'page' ? [] : filesUnder(path);
    return /(?<!\.test|\.d)\.ts$/.test(entry.name) ? [path] : [];
  });
}

/** `src/vk/post.ts` -> vk; `scrapers/ics/parse.ts` -> scrapers; `src/main.ts` -> main.ts. */
function roomOf(path: string): string {
  const [top = '', second = ''] = relative(root, path).split('/');
  return top === 'src' ? second : top;
}

/** Specifiers of imports that exist at run time. */
function importsOf(path: string): string[] {
  const code = readFileSync(path, 'utf8');
  const found = [...code.matchAll(/^(?:import|export)\s+(?!type\b)([^'";]*?)from\s+'([^']+)'/gm)]
    .filter(([, names = '']) => !/^\{(\s*type\s+\w+(\s+as\s+\w+)?\s*,?)+\}\s*$/.test(names.trim()))
    .map((match) => match[2] ?? '');
  const bare = [...code.matchAll(/^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  return [...found, ...bare];
}

const files = [...filesUnder(join(root, 'src')), ...filesUnder(join(root, 'scrapers'))];

test('every import looks down and every package stands behind its door', () => {
  const wrong = files.flatMap((path) => {
    const room = roomOf(path);
    const may = MAY[room];
    if (may === undefined) return [];
    return importsOf(path)
      .filter((specifier) => !isAllowed(path, specifier, room, may))
      .map((specifier) => `${relative(root, path)} imports ${specifier}`);
  });
  expect(wrong).toEqual([]);
});

function isAllowed(
  path: string,
  specifier: string,
  room: string,
  may: { rooms: string[]; packages: string[] },
): boolean {
  if (specifier === '../../package.json' || specifier.startsWith('node:') || builtinModules.includes(specifier))
    return true;
  if (specifier.startsWith('#')) return may.rooms.includes(specifier);
  if (!specifier.startsWith('.'))
    return may.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  const target = resolve(dirname(path), specifier);
  if (room === 'scrapers')
    return dirname(target).startsWith(join(root, relative(root, path).split('/').slice(0, 2).join('/')));
  const other = roomOf(target);
  // One door: another room is entered by its index, a pure one by any of its files.
  const pure = ['domain', 'text', 'flows'].includes(other);
  const doors: Record<string, RegExp> = { chat: /\/(answer|turn)\.ts$/, source: /\/(index|host|contract)\.ts$/ };
  return other === room || (may.rooms.includes(other) && (pure || (doors[other] ?? /\/index\.ts$/).test(target)));
}

test('no import runs in a circle', () => {
  const arrows = new Map(
    files.map((path) => [
      path,
      importsOf(path)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolve(dirname(path), specifier)),
    ]),
  );
  const done = new Set<string>();
  function circleFrom(path: string, trail: readonly string[]): string[] {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path].map((file) => relative(root, file));
    if (done.has(path)) return [];
    const found = (arrows.get(path) ?? [])
      .map((next) => circleFrom(next, [...trail, path]))
      .find((one) => one.length > 0);
    done.add(path);
    return found ?? [];
  }
  expect(files.map((path) => circleFrom(path, [])).find((one) => one.length > 0)).toBeUndefined();
});

test('no file is too long to be one idea', () => {
  const long = files
    .filter((path) => readFileSync(path, 'utf8').split('\n').length > 251)
    .map((path) => relative(root, path));
  expect(long).toEqual([]);
});

test('every file says what it is for', () => {
  const silent = files
    .filter((path) => !readFileSync(path, 'utf8').startsWith('/**'))
    .map((path) => relative(root, path));
  expect(silent).toEqual([]);
});

test('the pure rooms have no clock and no chance in them', () => {
  const impure = files
    .filter((path) => ['domain', 'text', 'chat', 'flows'].includes(roomOf(path)) && statSync(path).isFile())
    .filter((path) =>
      /\bDate\.now\(|\bMath\.random\(|new Date\(\)|DateTime\.(now|local)\(\)(?!\.setZone)/.test(
        readFileSync(path, 'utf8'),
      ),
    )
    .map((path) => relative(root, path));
  expect(impure).toEqual([]);
});
