/** Which SQLite file the settings name, for the tools that copy it; with PostgreSQL they have nothing to do and say what does. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { EXIT } from '../exit.ts';

/** Ends the program with a sentence on stderr. */
export function refuse(code: number, ...lines: readonly string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(code);
}

/** Reads `.env` and the environment as the bot does; ends the program where they are wrong, or name PostgreSQL (`instead` is said then). */
export function sqlitePath(instead: string): string {
  if (existsSync('.env')) process.loadEnvFile();
  // Of the real bot, never of the toy: which one starts without a token does not matter here.
  const read = readConfig({ ...process.env, VK_TOKEN: process.env.VK_TOKEN || 'absent' });
  if ('problems' in read) refuse(EXIT.settings, 'Настройки с ошибками:', ...read.problems.map((line) => `  ${line}`));
  const path = /^sqlite:(?:\/\/)?(.+)$/.exec(read.config.databaseUrl)?.[1];
  if (path === undefined) refuse(1, instead);
  return resolve(path);
}
