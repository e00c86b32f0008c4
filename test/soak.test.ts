/** The soak in short: a few kills in the middle of sending, and nobody hears anything twice or misses it. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const SOAK = resolve(import.meta.dirname, '../bench/soak/run.ts');

test('a bot killed while it sends, on a bad line, loses nothing and says nothing twice', {
  timeout: 240_000,
}, async () => {
  // The start of a process on a busy machine is not what is proved here: the whole soak holds it to five seconds.
  const { stdout } = await promisify(execFile)(process.execPath, [SOAK, '--kills', '3', '--within', '60000']);
  const { betweenAcceptAndMark, owed, ...rest } = JSON.parse(stdout);
  expect(rest).toMatchObject({ ok: true, kills: 3, lost: 0, doubled: 0, integrity: 'ok', expired: 0, delivered: owed });
  // Without such kills the soak proves nothing: they are what it is for.
  expect(betweenAcceptAndMark).toBeGreaterThan(0);
});

test('a bot killed before a step of its way from due to sent loses nothing and says nothing twice (some of the steps)', {
  timeout: 240_000,
}, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [SOAK, '--boundaries', '--every', '23']);
  const { steps, kills, before, ...rest } = JSON.parse(stdout);
  expect(rest).toMatchObject({ ok: true, lost: 0, doubled: 0, stillOpen: 0, sick: [] });
  // The first step, some beyond it, and the two kills that come while the call is on its way.
  expect(before.slice(0, 2)).toEqual(['out', 'taken']);
  expect(kills).toBeGreaterThan(3);
  expect(steps).toBeGreaterThan(23);
});
