/** The child in which sources read: whatever a page makes of it, the program goes on and the next page is read. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { printsOf } from '../../src/domain/prints.ts';
import { type Page, SourceError, type Span } from '../../src/source/contract.ts';
import { createReader, type Reader, type ReaderLimits } from '../../src/source/isolate.ts';
import { refusal } from './site.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SPAN: Span = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };
/** Room to start on a busy machine, little time to work. */
const QUICK: ReaderLimits = { heap: 64, ms: 400 };

/** What a source of the test does when it is asked to read. */
const DEEDS: Readonly<Record<string, string>> = {
  good: `return { zone: 'Asia/Omsk', lessons: [lesson(1)], skipped: ['pid ' + process.pid] };`,
  week: `return { lessons: Array.from({ length: 14 }, (_, n) => ({ ...lesson(n), day: '2026-09-0' + (1 + n % 7) })), skipped: [] };`,
  loop: `for (;;) {}`,
  heap: `const kept = []; for (;;) kept.push(Array.from({ length: 1000 }, (_, n) => ({ n })));`,
  buffers: `const kept = []; for (;;) kept.push(Buffer.alloc(16 * 2 ** 20, 1));`,
  exit: `process.exit(3);`,
  throws: `JSON.parse('<html>page-text</html>'); return null;`,
  nothing: `throw null;`,
  odd: `return { lessons: [lesson(1)], skipped: [], name: 5 };`,
  forges: `process.send({ say: 'lessons', id: 1, pack: { contents: [], times: [], ids: [], rows: [7, 7, 7] } }); return { lessons: [], skipped: [] };`,
  shouts: `process.send({ say: 'listed', id: 1, listed: null }); return { lessons: [], skipped: [] };`,
  refuses: `throw new SourceError('unknown-param', 'group', 'no such group', ['ПИ-21', 'ПИ-22']);`,
  weigh: `return { lessons: [], skipped: pages.map(({ body }) => createHash('sha256').update(body).digest('hex')) };`,
  many: `return { lessons: Array.from({ length: 20_000 }, (_, n) => lesson(n)), skipped: [] };`,
  spy: `return { lessons: [], skipped: [
    'env ' + Object.keys(process.env).filter((name) => name !== 'NODE_CHANNEL_FD' && name !== 'NODE_CHANNEL_SERIALIZATION_MODE').join(),
    'zone ' + Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...Object.entries({
      write: () => fs.writeFileSync(join(ask.folder, 'written'), 'x'),
      remove: () => fs.rmSync(join(ask.folder, 'good', 'index.ts')),
      secrets: () => fs.readFileSync(join(ask.root, '.env.example')),
      database: () => fs.readdirSync(join(ask.root, 'data')),
      system: () => fs.readFileSync('/etc/hostname'),
      spawn: () => children.execSync('true'),
      worker: () => new Worker('1', { eval: true }),
      addon: () => process.dlopen({ exports: {} }, join(ask.folder, 'x.node')),
    }).map(([name, deed]) => { try { deed(); return name + ' may'; } catch (error) { return name + ' ' + error.code; } }),
  ] };`,
};

const folder = mkdtempSync(join(tmpdir(), 'sources-'));

beforeAll(() => {
  const contract = pathToFileURL(join(ROOT, 'src/source/contract.ts')).href;
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const [id, deed] of Object.entries(DEEDS)) {
    mkdirSync(join(folder, id));
    writeFileSync(
      join(folder, id, 'index.ts'),
      `import children from 'node:child_process'; import { createHash } from 'node:crypto'; import fs from 'node:fs'; import { join } from 'node:path'; import { Worker } from 'node:worker_threads';
      import { defineSource, SourceError } from '${contract}';
      const lesson = (n) => ({ day: '2026-09-07', start: '9:00', end: '10:35', subject: 'Пара ' + n, id: String(n) });
      export default defineSource({ id: '${id}', name: '${id}', params: [],
        plan(ask, pages) { if (ask.loop) for (;;) {} return pages.length > 0 ? 'done' : [{ url: 'https://a.example/' + ask.group }]; },
        parse(pages, ask) { ${deed} } });`,
    );
  }
  mkdirSync(join(folder, 'broken'));
  writeFileSync(join(folder, 'broken', 'index.ts'), 'this is no program');
  mkdirSync(join(folder, 'misnamed'));
  writeFileSync(join(folder, 'misnamed', 'index.ts'), 'export default { id: "other", plan() {}, parse() {} };');
});
afterAll(() => rmSync(folder, { recursive: true }));

function reader(limits: ReaderLimits = QUICK): Reader {
  const made = createReader({ profile: 'pasted', scrapers: folder, limits });
  onTestFinished(() => made.close());
  return made;
}

function page(body: string | Uint8Array): Page {
  const request = { url: 'https://a.example/' };
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { request, url: request.url, status: 200, headers: {}, body: bytes };
}

/** Beats of our own loop while the work runs: a loop that is held up does not beat. */
async function beatsDuring(work: Promise<unknown>): Promise<number> {
  let beats = 0;
  const heart = setInterval(() => {
    beats += 1;
  }, 5);
  await work.catch(() => undefined);
  clearInterval(heart);
  return beats;
}

test('plans and reads in a child that is kept', async () => {
  const one = reader();
  expect(await one.plan('good', { group: 'ПИ-21' }, [], SPAN)).toEqual([{ url: 'https://a.example/ПИ-21' }]);
  expect(await one.plan('good', {}, [page('x')], SPAN)).toBe('done');
  const [first, second] = [await one.parse('good', {}, [page('x')], SPAN), await one.parse('good', {}, [], SPAN)];
  expect(first).toMatchObject({ zone: 'Asia/Omsk', term: null, lessons: [{ subject: 'Пара 1' }] });
  expect(first.skipped).toEqual(second.skipped);
  // The page is another one, and says the same.
  expect(first.print).toMatch(/^[0-9a-f]{64}$/);
  expect(second.print).toBe(first.print);
});

test('prints the days of what it read: a print vouches for the lessons that came with it', async () => {
  const { lessons, prints } = await reader().parse('week', {}, [], SPAN);
  expect(lessons).toHaveLength(14);
  expect(prints).toHaveLength(7);
  expect(prints).toEqual(printsOf(lessons));
});

/** Elsewhere nobody says how much memory a process holds; the time limit ends it there. */
const LINUX = process.platform === 'linux';

describe('whatever a source does, the reason is said and the next page is read by a fresh child', () => {
  test.each([
    ['loop', 'too-big time'],
    ['heap', 'too-big memory'],
    ['buffers', LINUX ? 'too-big memory' : 'too-big time'],
    ['exit', 'changed unreadable'],
    ['throws', 'changed unreadable'],
    ['nothing', 'changed unreadable'],
    ['odd', 'changed unreadable'],
    ['forges', 'changed unreadable'],
    ['shouts', 'changed unreadable'],
    ['refuses', 'unknown-param group'],
    ['broken', 'changed broken-source'],
    ['misnamed', 'changed broken-source'],
    ['absent', 'refused unknown-source'],
    ['../ics', 'refused unknown-source'],
    ['_template', 'refused unknown-source'],
  ])('%s: %s', async (id, what) => {
    // Memory is filled for seconds on a busy machine; only the endless loop is waited for.
    const one = reader({ heap: 64, ms: id === 'loop' ? 400 : 15_000 });
    const [refused, after] = await Promise.all([refusal(one.parse(id, {}, [], SPAN)), one.parse('good', {}, [], SPAN)]);
    expect(refused.what).toBe(what);
    expect(refused.message).not.toContain('page-text');
    expect(after.lessons).toHaveLength(1);
  });

  test('an endless plan ends too', async () => {
    expect((await refusal(reader().plan('good', { loop: '1' }, [], SPAN))).what).toBe('too-big time');
  });

  test('suggestions cross over, in a SourceError of ours', async () => {
    const failed = await reader()
      .parse('refuses', {}, [], SPAN)
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(SourceError);
    expect(failed).toMatchObject({ message: 'no such group', suggestions: ['ПИ-21', 'ПИ-22'] });
  });
});

test('the child knows no secret, may read code only and write, start or load nothing', async () => {
  process.env.VK_TOKEN ??= 'secret-of-the-test';
  const { skipped } = await reader({ heap: 64, ms: 5_000 }).parse('spy', { folder, root: ROOT }, [], SPAN);
  expect(skipped).toEqual([
    'env TZ',
    'zone UTC',
    ...['write', 'remove', 'secrets', 'database', 'system', 'spawn', 'worker'].map(
      (name) => `${name} ERR_ACCESS_DENIED`,
    ),
    'addon ERR_DLOPEN_DISABLED',
  ]);
});

test('large pages arrive whole, once for planning and reading, and again in a child that is new', async () => {
  const bodies = [3_000_001, 0, 700_000].map((size, n) => Buffer.alloc(size, `страница ${n} `));
  const wanted = bodies.map((body) => createHash('sha256').update(body).digest('hex'));
  const [one, pages] = [reader({ heap: 64, ms: 15_000 }), bodies.map((body) => page(body))];
  expect(await one.plan('good', {}, pages, SPAN)).toBe('done');
  expect((await one.parse('weigh', {}, pages, SPAN)).skipped).toEqual(wanted);
  expect((await one.parse('weigh', {}, pages.slice(2), SPAN)).skipped).toEqual(wanted.slice(2));
  expect((await refusal(one.parse('exit', {}, pages, SPAN))).what).toBe('changed unreadable');
  expect((await one.parse('weigh', {}, pages, SPAN)).skipped).toEqual(wanted);
});

test('20,000 lessons arrive whole and in order while our own loop keeps beating', async () => {
  const one = reader({ heap: 256, ms: 15_000 });
  const work = one.parse('many', {}, [], SPAN);
  const beats = await beatsDuring(work);
  const { lessons } = await work;
  expect(lessons.map(({ sourceId }) => sourceId)).toEqual(Array.from({ length: 20_000 }, (_, n) => String(n)));
  expect(beats).toBeGreaterThan(3);
});

test('our loop beats while a child burns', async () => {
  expect(await beatsDuring(reader().parse('loop', {}, [], SPAN))).toBeGreaterThan(10);
});

test('jobs wait for each other and each gets its own answer', async () => {
  const one = reader();
  const groups = Array.from({ length: 30 }, (_, n) => `g${n}`);
  const plans = await Promise.all(groups.map((group) => one.plan('good', { group }, [], SPAN)));
  expect(plans).toEqual(groups.map((group) => [{ url: `https://a.example/${group}` }]));
});

describe('close', () => {
  test('before anything, twice, and while idle; later work is no word against the source', async () => {
    const one = createReader({ profile: 'pasted', scrapers: folder });
    await one.close();
    const two = createReader({ profile: 'pasted', scrapers: folder });
    await two.parse('good', {}, [], SPAN);
    await two.close();
    await two.close();
    await expect(two.parse('good', {}, [], SPAN)).rejects.toThrow(/^the reader is closed$/);
  });

  test('while working: what runs and what waits ends', async () => {
    const one = reader({ heap: 64, ms: 60_000 });
    await one.plan('good', {}, [], SPAN);
    const ends = [one.parse('loop', {}, [], SPAN), one.parse('good', {}, [], SPAN)].map((work) =>
      work.then(String, (error: Error) => `${error.name}: ${error.message}`),
    );
    await new Promise((next) => setTimeout(next, 100));
    await one.close();
    expect(await Promise.all(ends)).toEqual(Array(2).fill('Error: the reader is closed'));
  });
});

test('a program with an idle child ends by itself, and the child with it', async () => {
  const script = join(folder, 'program.ts');
  writeFileSync(
    script,
    `import { createReader } from '${pathToFileURL(join(ROOT, 'src/source/isolate.ts')).href}';
    const reader = createReader({ profile: 'pasted', scrapers: ${JSON.stringify(folder)} });
    const { skipped } = await reader.parse('good', {}, [], ${JSON.stringify(SPAN)});
    console.log(skipped[0]);`,
  );
  const program = spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 15_000 });
  expect([program.signal, program.status, program.stderr]).toEqual([null, 0, '']);
  const pid = Number(/^pid (\d+)/.exec(program.stdout)?.[1]);
  expect(pid).toBeGreaterThan(1);
  const alive = (): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  for (let tries = 0; alive() && tries < 100; tries++) await new Promise((next) => setTimeout(next, 50));
  expect(alive()).toBe(false);
});
