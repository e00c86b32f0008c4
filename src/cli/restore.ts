/** Puts a copy in the place of the bot's SQLite database, while the bot stands: `npm run -s restore -- FILE`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT } from '../exit.ts';
import { putBack, StoreError } from '../store/index.ts';
import { refuse, sqlitePath } from './sqlite-path.ts';

const USAGE = 'Как: npm run -s restore -- ФАЙЛ (бот при этом остановлен)';
const INSTEAD = [
  'База в PostgreSQL, её возвращает он сам, пока бот остановлен:',
  '  pg_restore --clean --if-exists --no-owner --dbname="$DATABASE_URL" ФАЙЛ',
].join('\n');

function readArguments() {
  try {
    return parseArgs({ options: {}, allowPositionals: true }).positionals;
  } catch (error) {
    return refuse(2, error instanceof Error ? error.message : String(error), USAGE);
  }
}

const [named, ...more] = readArguments();
const path = sqlitePath(INSTEAD);
if (named === undefined || more.length > 0) refuse(2, USAGE);
const now = Date.now();
const aside = `${path}.replaced-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}`;
try {
  const replaced = putBack(path, resolve(named), aside, now);
  console.log(`База возвращена из ${named}.`);
  if (replaced) console.log(`Прежняя лежит рядом: ${aside}`);
  console.log('Напоминания, чьё время прошло больше 15 минут назад, повторены не будут: они могли быть отправлены.');
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  refuse(error.kind === 'full' || error.kind === 'locked' ? EXIT.passing : 1, error.message, 'Ничего не заменено.');
}
