/** The program and its tools as processes of their own, as an operator starts them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SRC = resolve(import.meta.dirname, '../../src');

type Ended = { readonly code: number | null; readonly said: string; readonly refused: string };
export type Running = {
  readonly child: ChildProcess;
  /** Resolves with stdout so far once these words are in it; rejects when the program ends before. */
  says(words: string): Promise<string>;
  readonly ended: Promise<Ended>;
};

/** `file` is under src; nothing of this machine's settings gets in, nor a `.env` (it runs in `env.DATA_DIR`). */
export function run(file: string, args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [resolve(SRC, file), ...args], {
    cwd: env.DATA_DIR,
    env: {
      ...{ PATH: process.env.PATH, NODE_COMPILE_CACHE: join(tmpdir(), 'zvonok-compiled') },
      ...{ PORT: '0', LOG_LEVEL: 'warn', SOURCES: 'ics' },
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, refused] = ['', ''];
  let heard = Promise.withResolvers<void>();
  child.stdout.on('data', (chunk) => {
    said += chunk;
    heard.resolve();
    heard = Promise.withResolvers();
  });
  child.stderr.on('data', (chunk) => {
    refused += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, said, refused }));
  return {
    child,
    ended,
    async says(words) {
      while (!said.includes(words)) {
        const end = await Promise.race([heard.promise, ended]);
        if (end !== undefined && !said.includes(words)) throw new Error(`ended with ${end.code}: ${end.refused}`);
      }
      return said;
    },
  };
}
