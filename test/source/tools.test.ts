/** The source tools as somebody at a terminal starts them, against a site on loopback that wants more than one request. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readingOf } from '../../src/cli/source-parse.ts';
import { listSources, loadSource } from '../../src/source/load.ts';
import { normalize } from '../../src/source/normalize.ts';
import { type EngineSite, openEngineSite } from '../support/engines.ts';
import { run } from '../support/program.ts';
import { casesOf, travel } from './saved.ts';

const folder = mkdtempSync(join(tmpdir(), 'zvonok-tools-'));
let site: EngineSite;

beforeAll(async () => {
  site = await openEngineSite();
  site.groups = [{ name: 'ПИ-21', lessons: [{ day: '2026-09-15', start: '10:00', subject: 'Физика' }] }];
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

function source(...args: readonly string[]) {
  return run('cli/source.ts', args, { DATA_DIR: folder, HTTP_ALLOW: site.host }).ended;
}

test('what the bot may read, and whose certificates it trusts, holds for the tools: a mistake in it is said', async () => {
  for (const [name, value] of [
    ['EXTRA_CA_FILE', join(folder, 'none.pem')],
    ['HTTP_ALLOW', 'a/b c'],
  ] as const) {
    const args = ['try', 'ics', 'url=https://rasp.example/a.ics'];
    const { code, refused } = await run('cli/source.ts', args, { DATA_DIR: folder, [name]: value }).ended;
    expect(refused).toContain(name);
    expect(code).toBe(2);
  }
});

test('parse reads every saved case as it is written down, its days and its refusals among it', async () => {
  const unlike: string[] = [];
  let count = 0;
  for (const id of listSources())
    for (const one of casesOf(id)) {
      const { outcome } = travel(await loadSource(id), one);
      const parsed = await readingOf([id, one.folder]);
      const wanted = 'error' in outcome ? outcome : { lessons: normalize(outcome, one.span.zone).lessons };
      const got = 'error' in parsed ? parsed : { lessons: parsed.lessons };
      count += 1;
      if (summary(got) !== summary(wanted)) unlike.push(`${id} ${one.name}: ${summary(got)} for ${summary(wanted)}`);
    }
  expect(unlike).toEqual([]);
  expect(count).toBeGreaterThan(50);
});

function summary(reading: { lessons: readonly unknown[] } | { error: { kind: string; detail: string } }): string {
  return 'error' in reading ? `${reading.error.kind} ${reading.error.detail}` : JSON.stringify(reading.lessons);
}

const DAYS = ['--from', '2026-09-01', '--to', '2026-09-21'];

test.each([
  ['ruz', 'ruz/main'],
  ['mmis', 'WebApp/#/Rasp'],
])(
  '%s: try asks again and again, a second apart, and shows what was understood',
  { timeout: 60_000 },
  async (id, page) => {
    const ask = [`site=http://${site.host}/${page}`, 'zone=Asia/Omsk', 'group=пи 21'];
    const { code, said, refused } = await source('try', id, ...ask, ...DAYS);
    expect(refused).toBe('');
    expect(said).toContain('ПИ-21 · Asia/Omsk · 1 lessons');
    expect(said).toContain('2026-09-15  10:00–11:00  Физика');
    expect(code).toBe(0);
  },
);

test('what is refused is said, with an exit code of its own', async () => {
  const ask = ['site=http://10.0.0.7/ruz/main', 'zone=Asia/Omsk', 'group=ПИ-21'];
  const { code, said } = await source('try', 'ruz', ...ask, ...DAYS);
  expect(JSON.parse(said)).toMatchObject({ error: { kind: 'refused', detail: 'private-address' } });
  expect(code).toBe(1);
});
