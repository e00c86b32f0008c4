/** The real bot as a process of its own, on a database and a line of the soak's; a soak that breaks leaves none behind. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const MAIN = resolve(import.meta.dirname, '../../src/main.ts');

/** As in the image (Dockerfile): a bot that starts again finds what it compiled. */
const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'zvonok-compiled') };

type Place = {
  /** Its DATA_DIR. */
  readonly folder: string;
  readonly database: string;
  readonly token: string;
  readonly apiUrl: string;
  /** A file descriptor for what it says. */
  readonly log: number;
};

let last: ChildProcess | undefined;
process.on('exit', () => last?.kill('SIGKILL'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Lets a bot compile itself, which only one that ends in peace writes down: this one refuses its settings. */
export function compileBot(): void {
  spawnSync(process.execPath, [MAIN], { env: { PATH: process.env.PATH, TIME_ZONE: 'none', ...COMPILED } });
}

/** One at a time. `preload` is a module it loads before ours, `more` goes into its environment. */
export function startBot(place: Place, preload?: string, more: Readonly<Record<string, string>> = {}): ChildProcess {
  const env = {
    ...{ PATH: process.env.PATH, VK_TOKEN: place.token, VK_API_URL: place.apiUrl, LOG_LEVEL: 'warn', PORT: '0' },
    ...{ DATA_DIR: place.folder, DATABASE_URL: `sqlite:${place.database}`, TIME_ZONE: 'Europe/Moscow' },
    // No site of a university hears of this.
    SOURCES: 'ics',
    ...COMPILED,
    ...more,
  };
  last = spawn(process.execPath, [...(preload === undefined ? [] : ['--import', preload]), MAIN], {
    cwd: place.folder,
    env,
    stdio: ['ignore', place.log, place.log],
  });
  return last;
}

/** Kills it, if it lives, and waits until it is gone. The signal is sent before this returns. */
export async function killBot(bot: ChildProcess): Promise<void> {
  if (bot.exitCode !== null || bot.signalCode !== null) return;
  const gone = once(bot, 'exit');
  bot.kill('SIGKILL');
  await gone;
}

/** Asks it to stop; gives its exit code. */
export async function stopBot(bot: ChildProcess): Promise<number | null> {
  if (bot.exitCode !== null) return bot.exitCode;
  const stopped = once(bot, 'exit');
  bot.kill('SIGTERM');
  const [code] = await stopped;
  return code;
}
