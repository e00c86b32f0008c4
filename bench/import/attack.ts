/** Has every hostile answer read as a pasted calendar, and its pages kept, and watches what it costs us. */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceError } from '../../src/source/contract.ts';
import { openSources } from '../../src/source/host.ts';
import { openKept } from '../../src/source/kept.ts';
import { HOSTILE } from './hostile.ts';
import { type Loop, timed } from './loop.ts';

const SPAN = { from: '2026-09-01', to: '2027-02-01', zone: 'Europe/Moscow' };
const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

export type Attack = Loop & {
  readonly name: string;
  readonly wanted: RegExp;
  /** `kind detail` of the refusal, or how many lessons were read. */
  readonly outcome: string;
  /** Whether a good calendar was read right after it. */
  readonly alive: boolean;
  readonly ms: number;
  /** By how many megabytes we grew beyond what we held after an honest calendar of the largest size. */
  readonly grownMb: number;
};

export async function attack(): Promise<readonly Attack[]> {
  const site = fork(join(import.meta.dirname, 'site.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const port = await new Promise<unknown>((told) => site.once('message', told));
  const host = `127.0.0.1:${port}`;
  const sources = openSources({ allow: [host], own: [host], only: [], env: {}, log: QUIET });
  const folder = await mkdtemp(join(tmpdir(), 'zvonok-hostile-'));
  const kept = openKept(folder, QUIET);
  let feeds = 0;
  async function read(path: string | number): Promise<string> {
    const ask = { url: `http://${host}/${path}` };
    try {
      const reading = await sources.read('ics', ask, SPAN, 'pasted');
      return reading.status === 'read' ? `read ${reading.lessons.length}` : reading.status;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      // As the bot does with what it could not read.
      const feed = { source: 'ics', id: ++feeds, university: '' };
      const why = `${error.kind} ${error.detail}`;
      await kept.keep({ feed, at: feeds, why, ask, span: SPAN, pages: error.pages });
      return why;
    }
  }
  const told: Attack[] = [];
  try {
    for (let n = 0; n < 3; n += 1) await read('large');
    const before = process.memoryUsage.rss();
    for (const [n, { name, wanted }] of HOSTILE.entries()) {
      let most = before;
      const watch = setInterval(() => {
        most = Math.max(most, process.memoryUsage.rss());
      }, 10);
      const { result: outcome, ms, lateMs, turnMs } = await timed(() => read(n));
      clearInterval(watch);
      const grownMb = Math.round((Math.max(most, process.memoryUsage.rss()) - before) / 2 ** 20);
      const alive = (await read('good')) === 'read 1';
      told.push({ name, wanted, outcome, alive, ms: Math.round(ms), lateMs, turnMs, grownMb });
    }
  } finally {
    await sources.close();
    site.disconnect();
    await rm(folder, { recursive: true, force: true });
  }
  return told;
}
