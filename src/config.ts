/** Environment -> Config, or a list of everything that is wrong with it, before anything opens. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { isZone } from './domain/calendar.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );

/** A number written in full, or a sentence about what was expected; an empty variable counts as absent. */
function integer(from: number, to: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, `нужно целое число от ${from} до ${to}`)
    .transform(Number)
    .refine((n) => n >= from && n <= to, `нужно целое число от ${from} до ${to}`);
}

function address(protocols: readonly string[]) {
  return z.string().refine(
    (text) => {
      const url = URL.parse(text);
      return url !== null && protocols.includes(url.protocol);
    },
    `нужен адрес вида ${protocols.map((p) => `${p}//…`).join(' или ')}`,
  );
}

/** `host`, `host:port`, an IP or a CIDR. */
function isAllowEntry(entry: string): boolean {
  const [base, bits, more] = entry.split('/');
  if (bits !== undefined) {
    const version = isIP(base ?? '');
    return more === undefined && version !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
  }
  if (isIP(entry) !== 0) return true;
  const url = URL.parse(`http://${entry}/`);
  return url !== null && url.username === '' && url.pathname === '/' && !entry.includes('/');
}

/** The file's certificates as they stand in it. Throws when it can't be read or holds anything that is no certificate. */
function certificatesIn(path: string): string {
  const found = readFileSync(path, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (found.length === 0) throw new Error('no certificate');
  return found.map((one) => new X509Certificate(one).toString()).join('\n');
}

/** A file of certificates becomes what it holds: the program never reads it again. */
const certificates = z.string().transform((path, context) => {
  try {
    return certificatesIn(path);
  } catch {
    context.addIssue({ code: 'custom', message: 'нужен файл с сертификатами PEM, который можно прочитать' });
    return z.NEVER;
  }
});

const environment = z.object({
  VK_TOKEN: z.string().trim().optional(),
  VK_GROUP_ID: integer(1, Number.MAX_SAFE_INTEGER).optional(),
  VK_API_URL: address(['https:', 'http:']).default('https://api.vk.ru/method'),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'нужно sqlite:ПУТЬ или postgres://…')
    .optional(),
  DATA_DIR: z.string().default('data/var'),
  HOST: z.string().default('127.0.0.1'),
  PORT: integer(0, 65535).default(3000),
  METRICS_TOKEN: z.string().trim().min(16, 'нужно хотя бы 16 знаков').optional(),
  PUBLIC_URL: address(['https:', 'http:']).optional(),
  VK_APP_ID: integer(1, Number.MAX_SAFE_INTEGER).optional(),
  VK_APP_SECRET: z.string().optional(),
  ADMIN_IDS: list
    .refine((ids) => ids.every((id) => /^[1-9]\d{0,14}$/.test(id)), 'нужны числовые id через запятую')
    .transform((ids) => ids.map(Number)),
  SOURCES: list.refine(
    (ids) => ids.every((id) => /^[a-z][a-z0-9-]*(?::[a-z][a-z0-9-]*)?$/.test(id)),
    'нужны имена папок scrapers или их университетов (ruz:hse) через запятую',
  ),
  HTTP_ALLOW: list.refine((entries) => entries.every(isAllowEntry), 'нужны имя, имя:порт, IP или CIDR через запятую'),
  EXTRA_CA_FILE: certificates.optional(),
  TIME_ZONE: z.string().default('Europe/Moscow').refine(isZone, 'нужен часовой пояс IANA, например Asia/Novosibirsk'),
  LOG_LEVEL: z.enum(LEVELS, `нужно одно из: ${LEVELS.join(', ')}`).default('info'),
  NODE_ENV: z.string().optional(),
  SANDBOX: z.string().optional(),
});

export type Config = {
  /** Absent: the sandbox. */
  readonly vkToken: string | undefined;
  readonly vkGroupId: number | undefined;
  readonly vkApiUrl: string;
  readonly databaseUrl: string;
  /** The sandbox's own database: its people live in memory, so it begins empty at every start. */
  readonly throwaway: boolean;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Absent: `/metrics` is shown on this machine only. */
  readonly metricsToken: string | undefined;
  readonly publicUrl: string | undefined;
  readonly vkAppId: number | undefined;
  readonly vkAppSecret: string | undefined;
  readonly adminIds: readonly number[];
  /** Folders of `scrapers/` and single universities of an engine (`ruz:hse`); empty = all. */
  readonly sources: readonly string[];
  /** The `SOURCE_<ID>_<KEY>` variables as they stand: secrets may be among them. */
  readonly sourceOptions: Readonly<Record<string, string>>;
  readonly httpAllow: readonly string[];
  /** PEM of authorities trusted beside those of the system. */
  readonly extraCa: string | undefined;
  readonly timeZone: string;
  readonly logLevel: (typeof LEVELS)[number];
};

/** Reads the whole environment. `problems` is in Russian, one line each, never with a secret's value in it. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): { config: Config } | { problems: string[] } {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = environment.safeParse(present);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`);
  const sandbox = present.VK_TOKEN === undefined;
  if (sandbox && present.NODE_ENV === 'production' && present.SANDBOX !== '1')
    problems.push(
      'VK_TOKEN: не задан, а NODE_ENV=production. Укажи токен сообщества или SANDBOX=1, если нужна песочница',
    );
  if (sandbox && !LOOPBACK.includes(present.HOST ?? '127.0.0.1'))
    problems.push('HOST: песочница открывается только на своей машине (127.0.0.1, localhost или ::1)');
  if ((present.VK_APP_ID === undefined) !== (present.VK_APP_SECRET === undefined))
    problems.push('VK_APP_ID и VK_APP_SECRET: нужны оба или ни одного');
  if (!parsed.success || problems.length > 0) return { problems };

  const e = parsed.data;
  return {
    config: {
      vkToken: e.VK_TOKEN,
      vkGroupId: e.VK_GROUP_ID,
      vkApiUrl: e.VK_API_URL.replace(/\/$/, ''),
      // A toy's people and settings never mix with real ones, even when a token is added to the same folder later.
      databaseUrl: e.DATABASE_URL ?? `sqlite:${join(e.DATA_DIR, sandbox ? 'sandbox.db' : 'zvonok.db')}`,
      throwaway: sandbox && e.DATABASE_URL === undefined,
      dataDir: e.DATA_DIR,
      host: e.HOST,
      port: e.PORT,
      metricsToken: e.METRICS_TOKEN,
      publicUrl: e.PUBLIC_URL,
      vkAppId: e.VK_APP_ID,
      vkAppSecret: e.VK_APP_SECRET,
      adminIds: e.ADMIN_IDS,
      sources: e.SOURCES,
      sourceOptions: Object.fromEntries(
        Object.entries(present).flatMap(([name, value = '']) => (name.startsWith('SOURCE_') ? [[name, value]] : [])),
      ),
      httpAllow: e.HTTP_ALLOW,
      extraCa: e.EXTRA_CA_FILE,
      timeZone: e.TIME_ZONE,
      logLevel: e.LOG_LEVEL,
    },
  };
}
