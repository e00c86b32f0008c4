/** Starts the program, says in words what is running, and stops it in order. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import pino from 'pino';
import { openApp } from './app.ts';
import { readConfig } from './config.ts';
import { firstReminder } from './demo.ts';
import { EXIT } from './exit.ts';
import { startCron } from './runner/cron.ts';
import { createClock } from './sandbox/index.ts';
import { SecondSender } from './sender.ts';
import { UnknownSource } from './source/host.ts';
import { StoreError } from './store/index.ts';
import { VkRefused } from './vk/index.ts';

/** The program is gone this long after it was asked to stop, whatever hangs. */
const LAST_CALL = 9_000;
const STORE_EXITS: Readonly<Record<StoreError['kind'], number>> = {
  ...{ locked: EXIT.passing, full: EXIT.passing, disk: EXIT.passing, unreachable: EXIT.passing },
  ...{ readonly: EXIT.rights, misplaced: EXIT.settings },
  ...{ corrupt: EXIT.data, 'not-a-database': EXIT.data, foreign: EXIT.data, 'newer-schema': EXIT.data },
};

function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function refuse(code: number, lines: readonly string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(code);
}

/** The exit code of what the operator can do something about; undefined for a mistake of ours. */
function codeOf(error: unknown): number | undefined {
  if (error instanceof StoreError) return STORE_EXITS[error.kind];
  if (error instanceof SecondSender) return EXIT.passing;
  if (error instanceof VkRefused) return error.silent ? EXIT.passing : EXIT.settings;
  return error instanceof UnknownSource ? EXIT.settings : undefined;
}

if (existsSync('.env')) process.loadEnvFile();
const read = readConfig(process.env);
if ('problems' in read)
  refuse(EXIT.settings, ['Настройки с ошибками, ничего не запущено:', ...read.problems.map((line) => `  ${line}`)]);
const { config } = read;
const log = pino({ level: config.logLevel });
try {
  mkdirSync(config.dataDir, { recursive: true });
  accessSync(config.dataDir, constants.W_OK);
} catch {
  refuse(EXIT.rights, [`DATA_DIR: в папку ${config.dataDir} не получается писать. Проверь путь и права.`]);
}

// With a token the bot lives by the machine's time; in the sandbox by a clock that its page moves.
const clock = config.vkToken === undefined ? createClock() : undefined;

const startedAt = clock?.now() ?? Date.now();
if (clock === undefined) say('Подключаюсь к VK…');
const app = await openApp(config, {
  log,
  now: clock?.now ?? Date.now,
  ...(clock === undefined ? {} : { clock }),
}).catch((error: unknown) => {
  const code = codeOf(error);
  if (code !== undefined) refuse(code, [String(Object(error).message)]);
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    refuse(EXIT.passing, [`Порт ${config.port} занят. Укажи другой: PORT=3001 npm start (PORT=0 — любой свободный).`]);
  throw error;
});

function everySecond(): void {
  app.tick().catch((error: unknown) => {
    if (!stopping) process.stderr.write(`${String(Object(error).message)}\n`);
    void stop('another bot', codeOf(error) ?? 1);
  });
  void app.importNow();
  void app.refreshCatalogues();
}
clock?.watch(everySecond);
const cron = startCron({
  everySecond,
  everyHour: () => void app.housekeep(),
});
everySecond();

// Before it says that it runs: whoever reads that may stop it at once.
let stopping = false;
async function stop(signal: string, code = 0): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'stopping');
  setTimeout(() => {
    log.error({}, 'something hangs, leaving without it');
    process.exit(1);
  }, LAST_CALL).unref();
  await cron.stop();
  await app.stop();
  log.info({}, 'stopped');
  process.exit(code);
}
process.on('SIGTERM', (signal) => void stop(signal));
process.on('SIGINT', (signal) => void stop(signal));

if (app.sandbox !== null)
  say(
    'Звонок работает в песочнице: VK понарошку на этой машине, с демо-университетом.',
    `Открой ${app.address} и напиши боту «ПИ-21», «завтра» или «неделя».`,
    firstReminder(startedAt),
    'Настоящее сообщество: впиши VK_TOKEN в .env и запусти снова.',
  );
else
  say(
    `Звонок работает в сообществе «${app.vk.name}» (vk.com/club${app.vk.groupId}).`,
    'Напиши сообществу «Начать» или добавь его в беседу.',
    `Здоровье: ${app.address}/health`,
  );
