/** The program does not start on a database it can not work with: an exit code and a sentence for each reason, and not a byte changed. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { getState, openStore, setState } from '../src/store/index.ts';
import { tinyDisk } from './support/disk.ts';
import { run } from './support/program.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zvonok-start-'));
  path = join(folder, 'zvonok.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Nobody is at this address: a start that gets past the database ends there. */
const NOBODY = 'http://127.0.0.1:9/method';

async function start(
  data = folder,
  database = join(data, 'zvonok.db'),
): Promise<{ code: number | null; words: string }> {
  const program = run('main.ts', [], {
    ...{ DATA_DIR: data, VK_TOKEN: 'x', VK_API_URL: NOBODY, DATABASE_URL: `sqlite:${database}` },
  });
  const { code, refused } = await program.ended;
  return { code, words: refused.trim() };
}

/** A store with something in it, closed. */
async function filled(at = path): Promise<void> {
  const store = await openStore(`sqlite:${at}`);
  await store.transaction(async (tx) => {
    for (let n = 0; n < 200; n += 1) await setState(tx, `kept ${n}`, 'x'.repeat(1000));
  });
  await store.close();
}

async function isKept(at = path): Promise<boolean> {
  const store = await openStore(`sqlite:${at}`);
  const value = await getState(store.db, 'kept 199');
  await store.close();
  return value === 'x'.repeat(1000);
}

test('taken by another bot', async () => {
  const store = await openStore(`sqlite:${path}`);
  expect(await start()).toEqual({
    code: 75,
    words: `База ${path} уже открыта другим экземпляром бота. Останови его или укажи другой DATABASE_URL.`,
  });
  await setState(store.db, 'x', 'still writes');
  await store.close();
});

test.each<[string, number, string, () => Promise<void> | void]>([
  [
    'a file of another kind',
    65,
    'Это не база данных: файл другого вида или зашифрован. Проверь DATABASE_URL.',
    () => writeFileSync(path, 'Это не база, а письмо. '.repeat(100)),
  ],
  [
    'a database of another program',
    65,
    'Это база другой программы, в ней ничего не тронуто. Проверь DATABASE_URL.',
    () => void new Database(path).exec('create table song (name text)').close(),
  ],
  [
    'a later version',
    65,
    'База создана более новой версией. Обнови программу или укажи другой DATABASE_URL.',
    async () => {
      await filled();
      new Database(path).exec("insert into kysely_migration values ('999-later', '2030-01-01T00:00:00.000Z')").close();
    },
  ],
  [
    'a damaged file',
    65,
    'База повреждена. Останови бота и верни копию: npm run -s restore -- ФАЙЛ.',
    async () => {
      await filled();
      truncateSync(path, 20 * 4096);
    },
  ],
])('%s', async (_name, code, sentence, make) => {
  await make();
  const before = readFileSync(path);
  expect(await start()).toEqual({ code, words: `${path}: ${sentence}` });
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a database that may not be written to', async (context) => {
  const disk = tinyDisk();
  if (disk !== null) onTestFinished(() => disk.close());
  // Rights do not bind the superuser; a disk mounted for reading does.
  if (disk === null && process.getuid?.() === 0)
    return context.skip('neither rights nor mounts can forbid writing here');
  const data = disk?.folder ?? folder;
  await filled(join(data, 'zvonok.db'));
  if (disk === null)
    for (const [name, mode] of [
      [path, 0o444],
      [folder, 0o555],
    ] as const)
      chmodSync(name, mode);
  else disk.remount('ro');
  const { code, words } = await start(data);
  expect({ code, words }).toEqual({
    code: 77,
    words: `DATA_DIR: в папку ${data} не получается писать. Проверь путь и права.`,
  });
  if (disk === null)
    for (const [name, mode] of [
      [folder, 0o755],
      [path, 0o644],
    ] as const)
      chmodSync(name, mode);
  else disk.remount('rw');
  expect(await isKept(join(data, 'zvonok.db'))).toBe(true);
});

test.each<[string, () => string]>([
  ['a folder', () => folder],
  ['below a file', () => join(path, 'x.db')],
])('a database that is to be %s: the setting is wrong, and starting again helps nobody', async (_name, place) => {
  writeFileSync(path, '');
  const { code, words } = await start(folder, place());
  expect(code).toBe(78);
  expect(words).toContain(': Здесь не может лежать база. Проверь DATABASE_URL:');
});

test('a database on a disk for reading, DATA_DIR elsewhere', async (context) => {
  const disk = tinyDisk();
  if (disk === null) return context.skip('no disk can be mounted here');
  onTestFinished(() => disk.close());
  await filled(join(disk.folder, 'zvonok.db'));
  disk.remount('ro');
  expect(await start(folder, join(disk.folder, 'zvonok.db'))).toEqual({
    code: 77,
    words: expect.stringMatching(/В базу нельзя писать\. Проверь права на файл и на его папку\.$/),
  });
});

test('a full disk, with a database and without', async (context) => {
  const disk = tinyDisk();
  if (disk === null) return context.skip('no small disk can be mounted here');
  onTestFinished(() => disk.close());
  const full = { code: 75, words: expect.stringMatching(/: На диске кончилось место, записать в базу не удалось\.$/) };
  disk.fill();
  expect(await start(disk.folder)).toEqual(full);
  disk.free();
  const at = join(disk.folder, 'zvonok.db');
  await filled(at);
  disk.fill();
  expect(await start(disk.folder)).toEqual(full);
  disk.free();
  expect(await isKept(at)).toBe(true);
});

test('with a good database it is VK that is missing: worth another try', async () => {
  await filled();
  expect(await start()).toEqual({ code: 75, words: expect.stringMatching(/^VK не отвечает: /) });
  expect(await isKept()).toBe(true);
}, 30_000);

test('wrong settings are told apart from all that', async () => {
  const { code, refused } = await run('main.ts', [], { DATA_DIR: folder, TIME_ZONE: 'Mars' }).ended;
  expect(code).toBe(78);
  expect(refused).toContain('TIME_ZONE: нужен часовой пояс IANA');
});
