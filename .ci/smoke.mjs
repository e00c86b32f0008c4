// Starts the program as a newcomer does (`npm start`, no token), asks the sandbox for today's lessons, and stops it in order.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'zvonok-smoke-'));
const env = { ...process.env, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn' };
for (const name of ['VK_TOKEN', 'DATABASE_URL', 'NODE_ENV']) delete env[name];
const bot = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
const ended = new Promise((resolve) => bot.on('exit', resolve));
const patience = setTimeout(() => fail('no answer within a minute'), 60_000);

function fail(why) {
  console.error(`smoke: ${why}`);
  process.kill(-bot.pid, 'SIGKILL');
  process.exit(1);
}

let printed = '';
const address = await new Promise((resolve, reject) => {
  bot.stdout.on('data', (chunk) => {
    printed += chunk;
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(printed);
    if (found) resolve(found[0]);
  });
  ended.then((code) => reject(new Error(`npm start ended with ${code}:\n${printed}`)));
}).catch((error) => fail(error.message));
process.stdout.write(printed);

async function control(path, body) {
  const response = await fetch(`${address}/control/${path}`, {
    method: body ? 'POST' : 'GET',
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) fail(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function ask(user, text) {
  const { cmid } = await control('say', { user, peer: user, text });
  for (;;) {
    const { open } = await control(`view?as=${user}&peer=${user}`);
    const answer = open.messages.find((message) => message.from < 0 && message.cmid > cmid);
    if (answer) return answer.text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const { me } = await control('view');
// The demo's calendars are read in the first seconds.
let found = '';
for (let tries = 0; tries < 20 && !/ПИ-21/.test(found); tries += 1) {
  found = await ask(me, 'ПИ-21');
  await new Promise((resolve) => setTimeout(resolve, 500));
}
const today = await ask(me, 'сегодня');
console.log(`\n> сегодня\n${today}\n`);
if (!/сегодня/i.test(today)) fail('the answer does not speak of today');

const started = performance.now();
process.kill(bot.pid, 'SIGTERM');
const code = await ended;
clearTimeout(patience);
const seconds = (performance.now() - started) / 1000;
console.log(`smoke: stopped with ${code} after ${seconds.toFixed(1)} s`);
rmSync(folder, { recursive: true });
process.exit(code === 0 && seconds < 10 ? 0 : 1);
