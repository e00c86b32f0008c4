/** The environment is checked whole: defaults, and everything wrong named at once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

function configOf(env: Record<string, string>) {
  const read = readConfig(env);
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read.config;
}

function problemsOf(env: Record<string, string>): string[] {
  const read = readConfig(env);
  return 'problems' in read ? read.problems : [];
}

test('nothing set: the sandbox on this machine with its own database', () => {
  expect(configOf({})).toMatchObject({
    vkToken: undefined,
    vkApiUrl: 'https://api.vk.ru/method',
    databaseUrl: 'sqlite:data/var/sandbox.db',
    host: '127.0.0.1',
    port: 3000,
    timeZone: 'Europe/Moscow',
    httpAllow: [],
    adminIds: [],
    logLevel: 'info',
  });
});

test('a token: VK, and the real database', () => {
  expect(configOf({ VK_TOKEN: 'secret', DATA_DIR: '/var/lib/zvonok' })).toMatchObject({
    vkToken: 'secret',
    databaseUrl: 'sqlite:/var/lib/zvonok/zvonok.db',
  });
});

test('the example file is what it says: every line empty or the default', () => {
  const example = parseEnv(readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8'));
  expect(configOf(example as Record<string, string>)).toEqual(configOf({}));
});

test('lists are split and trimmed', () => {
  expect(
    configOf({ ADMIN_IDS: '1, 494075', HTTP_ALLOW: '10.0.0.0/8, calendar.local:8080,::1,fd00::/8' }),
  ).toMatchObject({
    adminIds: [1, 494075],
    httpAllow: ['10.0.0.0/8', 'calendar.local:8080', '::1', 'fd00::/8'],
  });
});

test('all that is wrong is listed at once, and no secret is repeated', () => {
  const problems = problemsOf({
    VK_TOKEN: 'vk1.a.secret',
    VK_GROUP_ID: 'club1',
    VK_API_URL: 'ftp://api.vk.ru',
    DATABASE_URL: 'mysql://localhost',
    PORT: '70000',
    ADMIN_IDS: '1,два',
    HTTP_ALLOW: 'http://a/b',
    TIME_ZONE: 'Moscow',
    LOG_LEVEL: 'loud',
    VK_APP_ID: '5',
  });
  for (const name of [
    'VK_GROUP_ID',
    'VK_API_URL',
    'DATABASE_URL',
    'PORT',
    'ADMIN_IDS',
    'HTTP_ALLOW',
    'TIME_ZONE',
    'LOG_LEVEL',
    'VK_APP_SECRET',
  ])
    expect(problems.join('\n')).toContain(name);
  expect(problems.join('\n')).not.toContain('vk1.a.secret');
});

test.each(['0.0.0.0', '192.168.1.5', 'example.org'])('the sandbox does not open on %s', (HOST) => {
  expect(problemsOf({ HOST })).toHaveLength(1);
  expect(problemsOf({ HOST, VK_TOKEN: 't' })).toEqual([]);
});

test('production without a token refuses to be a healthy-looking toy, unless asked for', () => {
  expect(problemsOf({ NODE_ENV: 'production' })).toHaveLength(1);
  expect(problemsOf({ NODE_ENV: 'production', SANDBOX: '1' })).toEqual([]);
});

test('further authorities are read with everything else, and a file that holds none is a mistake', () => {
  const authority = join(import.meta.dirname, 'source/authority/authority.pem');
  expect(configOf({ EXTRA_CA_FILE: authority }).extraCa).toContain('BEGIN CERTIFICATE');
  expect(configOf({}).extraCa).toBeUndefined();
  for (const path of [join(import.meta.dirname, 'nowhere.pem'), import.meta.filename, import.meta.dirname])
    expect(problemsOf({ EXTRA_CA_FILE: path })).toEqual([
      'EXTRA_CA_FILE: нужен файл с сертификатами PEM, который можно прочитать',
    ]);
});
