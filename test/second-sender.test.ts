/** Two bots of one community on one machine: the second refuses, though its database is another; a killed one leaves nothing in the way. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../src/sandbox/index.ts';
import { type Running, run } from './support/program.ts';

test('the second sender on a token refuses, whatever its database, until the first is gone', async () => {
  const vk = await startSandbox({ dialogs: 'empty', title: 'Звонок' });
  onTestFinished(() => vk.close());
  function start(): Running {
    const folder = mkdtempSync(join(tmpdir(), 'zvonok-second-'));
    const bot = run('main.ts', [], { VK_TOKEN: vk.token, VK_API_URL: vk.apiUrl, DATA_DIR: folder });
    onTestFinished(async () => {
      bot.child.kill('SIGKILL');
      await bot.ended;
      rmSync(folder, { recursive: true });
    });
    return bot;
  }
  const first = start();
  await first.says('/health');
  expect(await start().ended).toMatchObject({
    code: 75,
    refused: 'Бот сообщества «Звонок» уже работает на этой машине с другой базой. Останови один из них.\n',
  });
  first.child.kill('SIGKILL');
  await first.ended;
  const third = start();
  await third.says('/health');
  third.child.kill('SIGTERM');
  expect((await third.ended).code).toBe(0);
  await start().says('/health');
}, 120_000);
