/** Runs the sandbox's VK alone, for any bot: `npm run sandbox -- [--port 3000] [--json]`. Ends on SIGTERM or SIGINT. */
import { parseArgs } from 'node:util';
import { startSandbox } from '../sandbox/index.ts';

function refuse(line: string): never {
  console.error(line);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      options: { port: { type: 'string', default: '3000' }, json: { type: 'boolean', default: false } },
    }).values;
  } catch (error) {
    return refuse(
      `${error instanceof Error ? error.message : String(error)}\nМожно: --port ЧИСЛО (0 — любой свободный), --json`,
    );
  }
}

const { port: asked, json } = readArguments();
if (!/^\d{1,5}$/.test(asked) || Number(asked) > 65_535) refuse('--port: нужно целое число от 0 до 65535');

const sandbox = await startSandbox({ port: Number(asked), dialogs: 'demo' }).catch((error: unknown) => {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    refuse(`Порт ${asked} занят. Укажи другой: --port 3001 (0 — любой свободный).`);
  throw error;
});

const facts = {
  page: sandbox.address,
  api: sandbox.apiUrl,
  token: sandbox.token,
  groupId: sandbox.groupId,
  control: `${sandbox.address}/control`,
};
if (json) console.log(JSON.stringify(facts));
else
  console.log(
    [
      `VK понарошку: открой ${facts.page} и пиши боту, который сюда подключится.`,
      `API: ${facts.api}`,
      `Токен: ${facts.token}`,
      `Сообщество: ${facts.groupId}`,
      `Управление (JSON, POST): ${facts.control}/say, /press, /fault, /clock…`,
    ].join('\n'),
  );

async function stop(): Promise<void> {
  await sandbox.close();
  process.exit(0);
}
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
