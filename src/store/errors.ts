/** What can be wrong with a database, in words an operator can act on. */

type StoreProblem =
  | 'locked'
  | 'corrupt'
  | 'not-a-database'
  /** A database of another program. */
  | 'foreign'
  | 'newer-schema'
  | 'readonly'
  | 'full'
  /** The disk itself fails. */
  | 'disk'
  /** A SQLite file can not lie there. */
  | 'misplaced'
  /** No such place, no such server, no entry, or the connection broke. */
  | 'unreachable';

export class StoreError extends Error {
  readonly kind: StoreProblem;

  constructor(kind: StoreProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreError';
    this.kind = kind;
  }
}

const SENTENCES: Readonly<Record<StoreProblem, string>> = {
  locked: 'База занята другим процессом. Останови его или укажи другой DATABASE_URL.',
  corrupt: 'База повреждена. Останови бота и верни копию: npm run -s restore -- ФАЙЛ.',
  'not-a-database': 'Это не база данных: файл другого вида или зашифрован. Проверь DATABASE_URL.',
  foreign: 'Это база другой программы, в ней ничего не тронуто. Проверь DATABASE_URL.',
  'newer-schema': 'База создана более новой версией. Обнови программу или укажи другой DATABASE_URL.',
  readonly: 'В базу нельзя писать. Проверь права на файл и на его папку.',
  full: 'На диске кончилось место, записать в базу не удалось.',
  disk: 'Файл базы не читается или не пишется: ошибка диска. Проверь диск и место на нём.',
  misplaced:
    'Здесь не может лежать база. Проверь DATABASE_URL: нужен путь к файлу, а не к папке, и сквозь файл путь не идёт.',
  unreachable: 'База недоступна. Проверь DATABASE_URL, сеть и работает ли сервер.',
};

/** The problem in its usual words; `where` (a path, never an address with a password) is put in front. */
export function storeError(kind: StoreProblem, where = '', cause?: unknown): StoreError {
  return new StoreError(kind, where === '' ? SENTENCES[kind] : `${where}: ${SENTENCES[kind]}`, cause);
}

/** SQLite result codes (sqlite.org/rescode.html), PostgreSQL SQLSTATEs (appendix A of its manual) and system errors, most telling prefix. */
const CODES: readonly (readonly [RegExp, StoreProblem])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'locked'],
  [/^SQLITE_CORRUPT/, 'corrupt'],
  [/^SQLITE_NOTADB/, 'not-a-database'],
  [/^(SQLITE_READONLY|25006$|EACCES$|EROFS$|EPERM$)/, 'readonly'],
  [/^(SQLITE_FULL|53100$|ENOSPC$|EDQUOT$)/, 'full'],
  [/^(SQLITE_IOERR|EIO$|EFBIG$)/, 'disk'],
  [/^(SQLITE_CANTOPEN|EEXIST$|ENOTDIR$|EISDIR$)/, 'misplaced'],
  [/^(08...|57P0[1-5]|28...|3D000|53300|XX001)$/, 'unreachable'],
  [/^(ECONN|ENOTFOUND$|ETIMEDOUT$|EHOSTUNREACH$|ENETUNREACH$|EAI_|EPIPE$|ENOENT$)/, 'unreachable'],
];

/** Gives a driver's error our name where it tells of the database's health; any other (a bug in a query) comes back as it was. */
export function translate(error: unknown, where = ''): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const kind = CODES.find(([pattern]) => pattern.test(code))?.[1];
  if (kind !== undefined) return storeError(kind, where, error);
  // node-postgres says this without any code when the server goes away.
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message)
    ? storeError('unreachable', where, error)
    : error;
}
