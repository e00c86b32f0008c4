/** The sandbox as a program of its own, the page that nobody has built, and a soak that does not fill the memory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keyboard, stage, textButton } from './client.ts';

const PROGRAM = join(import.meta.dirname, '../../src/cli/sandbox.ts');

describe('sandbox --port 0 --json', () => {
  it('prints one line of addresses, serves any bot, ends on SIGTERM', async () => {
    const program = spawn(process.execPath, [PROGRAM, '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void program.kill('SIGKILL'));
    const lines: string[] = [];
    const reader = createInterface(program.stdout).on('line', (line) => lines.push(line));
    await once(reader, 'line');
    const facts = JSON.parse(lines[0] ?? '') as Record<string, string>;
    expect(Object.keys(facts)).toEqual(['page', 'api', 'token', 'groupId', 'control']);
    const body = new URLSearchParams({ v: '5.199', access_token: facts.token ?? '' });
    const answer = await fetch(`${facts.api}/groups.getById`, { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ response: { groups: [{ id: facts.groupId }] } });
    expect(await (await fetch(`${facts.control}/view`)).json()).toMatchObject({ clock: { movable: true } });
    program.kill('SIGTERM');
    const [code] = await once(program, 'exit');
    expect([code, lines.length]).toEqual([0, 1]);
  });

  it.each([['--port', 'abc'], ['--port', '70000'], ['--loud']])('refuses %s %s', async (...given) => {
    const program = spawn(process.execPath, [PROGRAM, ...given], { stdio: 'ignore' });
    expect((await once(program, 'exit'))[0]).toBe(2);
  });
});

it('says how to build the page where there is none, and serves the API all the same', async () => {
  const { vk, call } = await stage({ page: '/nowhere' });
  const page = await fetch(vk.address);
  expect(page.headers.get('content-type')).toContain('text/plain');
  expect(await page.text()).toContain('npm run page');
  expect((await fetch(`${vk.address}/assets/index.js`)).status).toBe(404);
  expect((await call('groups.getById')).error).toBeUndefined();
});

it('gives of the page nothing that is outside its folder', async () => {
  const { vk } = await stage();
  for (const path of ['/assets/..%2f.hash', '/assets/..%2f..%2f..%2fpackage.json', '/assets/%2fetc%2fpasswd'])
    expect((await fetch(`${vk.address}${path}`)).status).toBe(404);
});

it('keeps the last 5,000 messages of a dialog, with the numbers they had', async () => {
  const { vk, anya } = await stage();
  for (let count = 1; count <= 5_003; count += 1) vk.say(anya, anya, String(count));
  const kept = vk.messages(anya);
  expect([kept.length, kept[0]?.cmid, kept.at(-1)?.cmid]).toEqual([5_000, 4, 5_003]);
});

it('tells two buttons of one name apart by their number', async () => {
  const { vk, call, anya, updates } = await stage();
  vk.allow(anya);
  const rows = [[textButton('Подключиться', { lesson: 1 })], [textButton('Подключиться', { lesson: 2 })]];
  const sent = { peer_id: anya, random_id: 0, message: 'а', keyboard: keyboard(rows, { inline: true }) };
  await call('messages.send', sent);
  const headers = { 'content-type': 'application/json' };
  const press = { user: anya, peer: anya, cmid: 1, label: 'Подключиться', at: 1 };
  await fetch(`${vk.address}/control/press`, { method: 'POST', headers, body: JSON.stringify(press) });
  const heard = (await updates()).filter((update) => update.type === 'message_new');
  expect(heard.map((update) => (update.object.message as { payload: string }).payload)).toEqual(['{"lesson":2}']);
});

it('shows in the log what broke on the way, beside what was answered', async () => {
  const { vk, call } = await stage();
  vk.faults.add({ kind: 'drop-before', method: 'users.get', times: 1 });
  vk.faults.add({ kind: 'bad-gateway', method: 'users.get', times: 1 });
  for (const words of ['fetch failed', 'HTTP 502']) await expect(call('users.get')).rejects.toThrow(words);
  await call('users.get');
  const view = (await (await fetch(`${vk.address}/control/view?log=1`)).json()) as { calls: { broken?: string }[] };
  expect(view.calls.map((each) => each.broken ?? 'answered').sort()).toEqual([
    'answered',
    'answered',
    'bad-gateway',
    'drop-before',
  ]);
});
