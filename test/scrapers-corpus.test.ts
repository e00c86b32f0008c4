/** Measures the calendar reader on real calendars with known occurrences, where the shared captures are present. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type PrintedFile, printFile } from '../src/cli/occurrences.ts';

const CORPUS = join(import.meta.dirname, '../../shared/data/real');
const EXPECTED = join(CORPUS, 'ics-expected.json');
const SHARE = 0.95;

type Expected = {
  readonly window: readonly [from: string, to: string];
  readonly count: number;
  /** The list holds only the first so many. */
  readonly truncated_to?: number;
  readonly occurrences: readonly { readonly start: string; readonly end: string }[];
};

/** A moment as UTC, a date as it is; what has no offset is wall time read as UTC. */
function comparable(time: string): string {
  if (time.length <= 10) return time;
  return new Date(/(?:Z|[+-]\d{2}:\d{2})$/.test(time) ? time : `${time}Z`).toISOString();
}

function pairs(occurrences: Expected['occurrences']): readonly string[] {
  return occurrences.map(({ start, end }) => `${comparable(start)} – ${comparable(end)}`).sort();
}

/** What differs, '' when nothing does. */
function difference(read: PrintedFile, expected: Expected): string {
  if ('error' in read) return `refused: ${read.error.kind}, ${read.error.message}`;
  const first = expected.truncated_to ?? read.occurrences.length;
  const ours = pairs(read.occurrences.slice(0, first));
  const theirs = pairs(expected.occurrences);
  const extra = ours.filter((pair) => !theirs.includes(pair));
  const missing = theirs.filter((pair) => !ours.includes(pair));
  if (read.count === expected.count && ours.join() === theirs.join()) return '';
  return `${read.count} of ${expected.count}; only here: ${extra.slice(0, 2).join(', ')}; only there: ${missing.slice(0, 2).join(', ')}`;
}

describe('real calendars', () => {
  if (!existsSync(EXPECTED)) {
    process.stdout.write('real calendars: ../shared is not here, nothing to measure\n');
    test.skip('no captures here', () => {});
    return;
  }
  test(`at least ${SHARE * 100} % of the files read as expected`, { timeout: 120_000 }, async () => {
    const files = Object.entries(JSON.parse(readFileSync(EXPECTED, 'utf8')) as Readonly<Record<string, Expected>>);
    const unequal: string[] = [];
    for (const [name, expected] of files) {
      const [from, to] = expected.window;
      const text = difference(await printFile(join(CORPUS, name), { from, to, zone: 'UTC' }), expected);
      if (text !== '') unequal.push(`  ${name}: ${text}`);
    }
    const equal = files.length - unequal.length;
    process.stdout.write(`real calendars: ${equal} of ${files.length} equal\n${unequal.join('\n')}\n`);
    expect(equal / files.length).toBeGreaterThanOrEqual(SHARE);
  });
});

describe('the command line', () => {
  const fixture = join('scrapers', 'ics', 'fixtures', 'changed-dates', 'pages', 'feed.ics');
  const page = join('scrapers', 'ics', 'fixtures', 'login-page', 'pages', 'page.html');
  function run(...args: readonly string[]): {
    readonly status: number | null;
    readonly out: string;
    readonly err: string;
  } {
    const cwd = join(import.meta.dirname, '..');
    const child = spawnSync(process.execPath, ['src/cli/source.ts', ...args], { cwd, encoding: 'utf8' });
    return { status: child.status, out: child.stdout, err: child.stderr };
  }

  test('prints one object a file, errors among them, and succeeds', () => {
    const { status, out } = run('occurrences', fixture, page, 'none.ics', '--from', '2026-09-15', '--to', '2026-10-01');
    const printed = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [moved, cancelled] = printed[0].occurrences;
    expect(status).toBe(0);
    expect(printed.map(({ file, count, error }) => [file, count ?? error.kind])).toEqual([
      [fixture, 2],
      [page, 'changed'],
      ['none.ics', 'unreachable'],
    ]);
    expect(moved).toEqual({
      uid: 'g-1',
      start: '2026-09-16T12:00:00+03:00',
      end: '2026-09-16T13:30:00+03:00',
      allDay: false,
      summary: 'История',
      location: '202',
      status: '',
    });
    expect(cancelled.status).toBe('CANCELLED');
  });

  test.each([
    ['occurrences', fixture],
    ['occurrences', '--from', '2026-09-01', '--to', '2026-10-01'],
    ['occurrences', fixture, '--from', '2026-09-31', '--to', '2026-10-01'],
    ['occurrences', fixture, '--from', '2026-10-01', '--to', '2026-10-01'],
    ['occurrences', fixture, '--from', '2026-09-01', '--to', '2026-10-01', '--zone', 'Nowhere'],
    ['occurrences', fixture, '--from', '2026-09-01', '--to', '2026-10-01', '--what'],
    ['dance'],
    [],
  ])('refuses wrong arguments with 2 and says how: %s %s %s %s %s %s', (...args) => {
    const { status, out, err } = run(...args.filter((arg) => arg !== undefined));
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain('source occurrences FILE');
  });
});
