/**
 * `npm run -s soak -- --kills 200`: the real bot on a bad line to the sandbox's VK, killed again and again while it sends. Prints
 * one JSON object; ends with 1 when anything was lost, said twice, or taken up again too late after a restart.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startSandbox } from '../../src/sandbox/index.ts';
import { openLine } from './faulty.ts';
import { compare, cutShort, standing } from './record.ts';
import { seed } from './seed.ts';

const MAIN = resolve(import.meta.dirname, '../../src/main.ts');
const MINUTE = 60_000;
/** A bot that does not send within this time after its start has nothing to send, or is ill: it is killed all the same. */
const PATIENCE = 8_000;
/** A kill comes up to this long after the first call; every second one waits for VK to have taken a call, and falls before its answer. */
const ALIVE = 700;
/** What a killed bot had out goes on at most this long after the next one's start, ms (issue: «at most 5 s later than the restart»). */
const WITHIN = 5000;
const DRAIN = 180_000;
/** On a slow machine fewer kills are made than asked for, and the result says so. */
const LONGEST = 20 * MINUTE;
/** VK refuses every hundredth. */
const REFUSED = 100;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    within: { type: 'string', default: String(WITHIN) },
    keep: { type: 'boolean' },
  },
});
const kills = Number(values.kills);
const within = Number(values.within);
if (![kills, within].every((number) => Number.isInteger(number) && number >= 1)) {
  console.error('--kills and --within (ms): whole numbers from 1');
  process.exit(2);
}

const startedAt = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const path = join(folder, 'zvonok.db');
const future = kills < 50 ? 0 : Math.ceil(kills / 50);
const load = { groups: Math.max(60, kills * 8), past: 20, future };
const owed = await seed(`sqlite:${path}`, load, Date.now());
const lastDue = Math.floor(startedAt / MINUTE) * MINUTE + future * MINUTE;
const vk = await startSandbox({ real: Date.now, now: Date.now });
const line = await openLine(vk.apiUrl);
const refused = new Set(owed.flatMap(({ peers }) => peers).filter((peer) => peer % REFUSED === 0));
for (const { peers } of owed)
  for (const peer of peers) {
    vk.addPerson({ id: peer, firstName: 'Ж' });
    if (!refused.has(peer)) vk.allow(peer);
  }

/** What the bots say, kept to look at when something is wrong (`--keep`). */
const log = openSync(join(folder, 'bot.log'), 'a');

let bot: ChildProcess | undefined;
// A soak that breaks leaves no bot behind.
process.on('exit', () => bot?.kill('SIGKILL'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

function start(): ChildProcess {
  const env = {
    ...{ PATH: process.env.PATH, VK_TOKEN: vk.token, VK_API_URL: line.apiUrl, LOG_LEVEL: 'warn', PORT: '0' },
    ...{ DATA_DIR: folder, DATABASE_URL: `sqlite:${path}`, TIME_ZONE: 'Europe/Moscow' },
    // No site of a university hears of this.
    SOURCES: 'ics',
  };
  bot = spawn(process.execPath, [MAIN], { cwd: folder, env, stdio: ['ignore', log, log] });
  return bot;
}

async function end(alive: ChildProcess): Promise<void> {
  if (alive.exitCode !== null || alive.signalCode !== null) return;
  const gone = once(alive, 'exit');
  alive.kill('SIGKILL');
  await gone;
}

const cut = { betweenAcceptAndMark: 0, ofThemAimed: 0, whileOut: 0, diedByItself: 0, idle: 0 };
/** From the start of a process that found what its forerunner had out to the first call that sends, ms. */
const recoveries: number[] = [];
/** Processes that found such and sent nothing while they were waited for. */
let silent = 0;
let left = 0;
let done = 0;
while (done < kills && Date.now() - startedAt < LONGEST) {
  const from = Date.now();
  const sending = line.nextSend().then(() => true);
  const alive = start();
  const dead = once(alive, 'exit').then(() => null);
  const heard = await Promise.race([sending, dead, pause(PATIENCE, false, { ref: false })]);
  if (heard === true && left > 0) recoveries.push(Date.now() - from);
  if (heard !== true && left > 0) silent += 1;
  if (heard === null) {
    cut.diedByItself += 1;
    if (cut.diedByItself > 5 + kills) throw new Error(`the bot does not live, see ${folder}/bot.log`);
    continue;
  }
  if (heard === false) cut.idle += 1;
  const aimed = done % 2 === 0;
  await Promise.race([aimed ? line.nextTaken() : pause(Math.random() * ALIVE), pause(PATIENCE, null, { ref: false })]);
  const ended = end(alive);
  // At the moment of the kill: what is taken later proves nothing.
  const unanswered = line.unanswered();
  await ended;
  done += 1;
  const { leased, accepted } = cutShort(path, unanswered);
  left = leased;
  if (leased > 0) cut.whileOut += 1;
  if (accepted > 0) cut.betweenAcceptAndMark += 1;
  if (accepted > 0 && aimed) cut.ofThemAimed += 1;
}

// The last one lives until nothing is owed any more.
let last = start();
const until = Date.now() + DRAIN + Math.max(0, lastDue - Date.now());
for (;;) {
  await pause(500);
  if (last.exitCode !== null) last = start();
  const now = standing(path);
  if ((now.open === 0 && now.tick > lastDue) || Date.now() > until) break;
}
const stopped = once(last, 'exit');
last.kill('SIGTERM');
const [code] = await stopped;

const state = standing(path);
const said = compare(vk, owed, refused);
recoveries.sort((a, b) => a - b);
const at = (share: number) => recoveries[Math.min(recoveries.length - 1, Math.floor(recoveries.length * share))] ?? 0;
const tooLate = recoveries.filter((ms) => ms > within).length + silent;
const ok = said.lost + said.doubled + tooLate + state.open === 0 && state.integrity === 'ok';
console.log(
  JSON.stringify({
    ok,
    kills: done,
    asked: kills,
    lost: said.lost,
    doubled: said.doubled,
    integrity: state.integrity,
    ...cut,
    owed: said.owed,
    delivered: said.delivered,
    stillOpen: state.open,
    expired: state.expired,
    tooLate,
    recoveryMs: { within, times: recoveries.length, p50: at(0.5), p99: at(0.99), max: at(1) },
    line: line.counts,
    refusedPeers: refused.size,
    lastExit: code,
    seconds: Math.round((Date.now() - startedAt) / 1000),
  }),
);
await line.close();
await vk.close();
if (values.keep === true) console.error(folder);
else rmSync(folder, { recursive: true });
process.exitCode = ok ? 0 : 1;
