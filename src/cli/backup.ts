/** Copies the bot's SQLite database while it runs: `npm run -s backup -- FILE [--force]`. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT } from '../exit.ts';
import { backUp, StoreError } from '../store/index.ts';
import { refuse, sqlitePath } from './sqlite-path.ts';

const USAGE = 'Как: npm run -s backup -- ФАЙЛ [--force]';
const INSTEAD = [
  'База в PostgreSQL, её копирует он сам:',
  '  pg_dump --format=custom --no-owner --file=ФАЙЛ "$DATABASE_URL"',
].join('\n');

function readArguments() {
  try {
    return parseArgs({ options: { force: { type: 'boolean', default: false } }, allowPositionals: true });
  } catch (error) {
    return refuse(2, error instanceof Error ? error.message : String(error), USAGE);
  }
}

const {
  values: { force },
  positionals: [named, ...more],
} = readArguments();
const path = sqlitePath(INSTEAD);
if (named === undefined || more.length > 0) refuse(2, USAGE);
const file = resolve(named);
if (existsSync(file) && !force) refuse(1, `${named} уже есть. Укажи другое имя или --force.`);
try {
  const bytes = backUp(path, file);
  console.log(`Копия готова и проверена: ${named}, ${(bytes / 1_000_000).toFixed(1).replace('.', ',')} МБ.`);
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  refuse(error.kind === 'full' || error.kind === 'locked' ? EXIT.passing : 1, error.message, 'Копии нет.');
}
