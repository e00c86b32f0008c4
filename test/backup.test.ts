/** `backup` and `restore` as an operator uses them: beside a running bot, and in the place of one that stands. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts';
import { backUp, claim, enqueue, getState, openStore, putBack, type Store, setState } from '../src/store/index.ts';
import { entry, MINUTE } from './store/make.ts';
import { tinyDisk } from './support/disk.ts';
import { type Running, run } from './support/program.ts';

const ANYA = 77;
let folder: string;
let path: string;
let copy: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zvonok-backup-'));
  path = join(folder, 'zvonok.db');
  copy = join(folder, 'copies', 'one.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function tool(name: 'backup' | 'restore', ...args: string[]) {
  return run(`cli/${name}.ts`, args, { DATA_DIR: folder, DATABASE_URL: `sqlite:${path}` }).ended;
}

async function opened<T>(work: (store: Store) => Promise<T>, at = path): Promise<T> {
  const store = await openStore(`sqlite:${at}`);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const remember = (value: string) => opened((store) => setState(store.db, 'mark', value));
const remembered = (at = path) => opened((store) => getState(store.db, 'mark'), at);

describe('with a bot that runs', () => {
  let vk: Sandbox;
  let bot: Running;

  function startBot(): Running {
    const env = { VK_TOKEN: vk.token, VK_API_URL: vk.apiUrl, DATA_DIR: folder, DATABASE_URL: `sqlite:${path}` };
    return run('main.ts', [], env);
  }
  beforeEach(async () => {
    vk = await startSandbox({ dialogs: 'empty' });
    vk.addPerson({ firstName: 'Аня', id: ANYA });
    bot = startBot();
    // A bot that never polled before hears what is said after it came.
    const isDoor = (call: { method: string }) => call.method === 'groups.getLongPollServer' && 'response' in call;
    await expect.poll(() => vk.calls.some(isDoor), { timeout: 50_000 }).toBe(true);
  }, 60_000);
  afterEach(async () => {
    bot.child.kill('SIGKILL');
    await bot.ended;
    await vk.close();
  });

  /** Says words to the bot; gives its answer. */
  async function talk(words: string): Promise<string> {
    const cmid = vk.say(ANYA, ANYA, words);
    return (await vk.waitFor(ANYA, ({ from }) => from < 0, 30_000, cmid)).text;
  }

  test('the copy is whole, the bot goes on, and nothing is put back under its feet; then it is, and the bot starts on it', async () => {
    await talk('создать расписание ПИ-21');
    await talk('Пн 1 матан лек Иванов 404Л');
    const made = await tool('backup', copy);
    expect(made).toMatchObject({ code: 0, refused: '' });
    expect(made.said).toMatch(/^Копия готова и проверена: .*one\.db, \d+,\d МБ\.\n$/);
    expect(readdirSync(join(folder, 'copies'))).toEqual(['one.db']);
    expect(await talk('сегодня')).not.toBe('');

    expect(await tool('restore', copy)).toMatchObject({
      code: 75,
      said: '',
      refused: `База ${path} уже открыта другим экземпляром бота. Останови его или укажи другой DATABASE_URL.\nНичего не заменено.\n`,
    });
    bot.child.kill('SIGTERM');
    expect((await bot.ended).code).toBe(0);
    await remember('after the copy');
    const { code, said } = await tool('restore', copy);
    expect(code).toBe(0);
    expect(said).toContain('Прежняя лежит рядом: ');
    expect(await remembered()).toBeNull();
    const aside = readdirSync(folder).find((name) => /^zvonok\.db\.replaced-[\dT-]+$/.test(name)) ?? '';
    expect(await remembered(join(folder, aside))).toBe('after the copy');
    bot = startBot();
    await bot.says('/health');
    expect(await talk('настройки')).toContain('ПИ-21');
  }, 60_000);

  test('a bot that was killed: what its log still holds is in the copy, and in what is kept aside', async () => {
    await talk('Начать');
    bot.child.kill('SIGKILL');
    await bot.ended;
    expect(existsSync(`${path}-wal`)).toBe(true);
    expect((await tool('backup', copy)).code).toBe(0);
    const people = (file: string) =>
      new Database(file, { readonly: true }).prepare('select id from peer').pluck().all();
    expect(people(copy)).toEqual([ANYA]);
    expect((await tool('restore', copy)).code).toBe(0);
    expect(existsSync(`${path}-wal`)).toBe(false);
    const aside = readdirSync(folder).find((name) => name.includes('.replaced-')) ?? '';
    expect(people(join(folder, aside))).toEqual([ANYA]);
    expect(people(path)).toEqual([ANYA]);
  }, 60_000);
});

test('a copy that is there stays unless --force is said', async () => {
  await remember('first');
  expect((await tool('backup', copy)).code).toBe(0);
  await remember('second');
  expect(await tool('backup', copy)).toMatchObject({
    code: 1,
    refused: `${copy} уже есть. Укажи другое имя или --force.\n`,
  });
  expect(await remembered(copy)).toBe('first');
  expect((await tool('backup', copy, '--force')).code).toBe(0);
  expect(await remembered(copy)).toBe('second');
}, 30_000);

test('a database that is damaged, or is not there, gives no copy and leaves the old one', async () => {
  expect(() => backUp(path, copy)).toThrow(`${path}: такой базы нет.`);
  expect(existsSync(path)).toBe(false);
  await remember('x'.repeat(500_000));
  backUp(path, copy);
  const before = readFileSync(copy);
  truncateSync(path, 60 * 4096);
  const { code, refused } = await tool('backup', copy, '--force');
  expect({ code, refused }).toEqual({
    code: 1,
    refused: expect.stringMatching(/База повреждена\.[\s\S]*\nКопии нет\.\n$/),
  });
  expect(readFileSync(copy).equals(before)).toBe(true);
  expect(readdirSync(join(folder, 'copies'))).toEqual(['one.db']);
}, 30_000);

test('a copy that finds no place says which place, not which database', async (context) => {
  await remember('here');
  writeFileSync(join(folder, 'plain'), '');
  const under = await tool('backup', join(folder, 'plain', 'one.db'));
  const sentence = `${join(folder, 'plain')}: сюда копию не положить. Проверь путь и права.`;
  expect(under).toMatchObject({ code: 1, refused: `${sentence}\nКопии нет.\n` });
  const onto = await tool('backup', folder, '--force');
  expect(onto).toMatchObject({ code: 1, refused: `${folder}: нужен файл, а это не файл.\nКопии нет.\n` });
  const disk = tinyDisk();
  if (disk === null) return context.skip('no small disk can be mounted here');
  onTestFinished(() => disk.close());
  disk.fill();
  const full = join(disk.folder, 'one.db');
  expect(await tool('backup', full)).toMatchObject({
    code: 75,
    refused: `${full}: на диске кончилось место, копия не поместилась.\nКопии нет.\n`,
  });
  expect(existsSync(full)).toBe(false);
}, 30_000);

test('the database itself is no place for its copy, and no copy', async () => {
  await remember('here');
  expect(() => backUp(path, path)).toThrow('это сама база');
  expect(() => putBack(path, path, `${path}.aside`, Date.now())).toThrow('это сама база');
  expect(await remembered()).toBe('here');
});

test.each<[string, string, () => Promise<void> | void]>([
  ['is not there', 'такого файла нет.', () => rmSync(copy)],
  [
    'is no database',
    'Это не база данных: файл другого вида или зашифрован.',
    () => writeFileSync(copy, 'письмо '.repeat(500)),
  ],
  ['is damaged', 'База повреждена.', () => truncateSync(copy, 60 * 4096)],
  ['is empty', 'Это база другой программы', () => writeFileSync(copy, '')],
  [
    'is of a later version',
    'База создана более новой версией.',
    () =>
      void new Database(copy)
        .exec("insert into kysely_migration values ('999-later', '2030-01-01T00:00:00.000Z')")
        .close(),
  ],
])('a copy that %s is not put back', async (_name, sentence, spoil) => {
  await remember('x'.repeat(500_000));
  backUp(path, copy);
  await remember('here');
  const names = readdirSync(folder);
  await spoil();
  expect(() => putBack(path, copy, `${path}.aside`, Date.now())).toThrow(sentence);
  expect(readdirSync(folder)).toEqual(names);
  expect(await remembered()).toBe('here');
});

test('a damaged database is replaced and kept aside as it is', async () => {
  await remember('good');
  backUp(path, copy);
  await remember('x'.repeat(500_000));
  truncateSync(path, 60 * 4096);
  const broken = readFileSync(path);
  const { code, said } = await tool('restore', copy);
  expect(code).toBe(0);
  const [, aside = ''] = /Прежняя лежит рядом: (\S+)/.exec(said) ?? [];
  expect(readFileSync(aside).equals(broken)).toBe(true);
  expect(await remembered()).toBe('good');
}, 30_000);

test('what waits in an old copy is not said again once VK may have forgotten it', async () => {
  const now = Date.now();
  const old = now - 120 * MINUTE;
  await opened(async (store) => {
    await store.transaction((tx) => enqueue(tx, [entry({ due: old, deadline: now + 600 * MINUTE })], old));
    await setState(store.db, 'tick', String(old));
  });
  backUp(path, copy);
  putBack(path, copy, `${path}.aside`, now);
  await opened(async (store) => {
    expect(await claim(store.db, now, 10, MINUTE)).toEqual([]);
    expect(Number(await getState(store.db, 'tick'))).toBeGreaterThanOrEqual(now - 15 * MINUTE);
  });
}, 30_000);

test.each([
  ['backup', 'pg_dump --format=custom --no-owner --file=ФАЙЛ "$DATABASE_URL"'],
  ['restore', 'pg_restore --clean --if-exists --no-owner --dbname="$DATABASE_URL" ФАЙЛ'],
])(
  'with PostgreSQL %s names the command that does it, and no password',
  async (name, command) => {
    const env = { DATA_DIR: folder, DATABASE_URL: 'postgres://someone:secret@127.0.0.1:1/zvonok' };
    const { code, said, refused } = await run(`cli/${name}.ts`, [copy], env).ended;
    expect({ code, said }).toEqual({ code: 1, said: '' });
    expect(refused).toContain(command);
    expect(refused).not.toContain('secret');
  },
  30_000,
);

test('wrong arguments are answered with how it is used', async () => {
  for (const args of [[], ['a', 'b'], ['--wrong', 'a']]) {
    expect(await tool('backup', ...args)).toMatchObject({
      code: 2,
      refused: expect.stringContaining('Как: npm run -s backup'),
    });
    expect(await tool('restore', ...args)).toMatchObject({
      code: 2,
      refused: expect.stringContaining('Как: npm run -s restore'),
    });
  }
}, 30_000);
