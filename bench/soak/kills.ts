/** The bot on a bad line, killed again and again while it sends; then what was accepted is compared with what was owed. */
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox } from '../../src/sandbox/index.ts';
import { compileBot, killBot, startBot, stopBot } from './bot.ts';
import { BAD, openLine } from './faulty.ts';
import { compare, cutShort, standing } from './record.ts';
import { seed } from './seed.ts';

const MINUTE = 60_000;
/** A bot that does not send within this time after its start has nothing to send, or is ill: it is killed all the same. */
const PATIENCE = 8_000;
/** A kill comes up to this long after the first call; every second one waits for VK to have taken a call, and falls before its answer. */
const ALIVE = 700;
/** The last bot is waited for as long as it gets on; so long without that, and it is given up. */
const STUCK = 120_000;
/** On a slow machine fewer kills are made than asked for, and the result says so. */
const LONGEST = 20 * MINUTE;
/** VK refuses every hundredth. */
const REFUSED = 100;

/** Prints one JSON object; gives whether all is well: nothing lost, doubled, nor taken up again later than `within` ms after a start. */
export async function soak({
  kills,
  within,
  keep,
}: {
  kills: number;
  within: number;
  keep: boolean;
}): Promise<boolean> {
  compileBot();
  const startedAt = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'soak-'));
  const path = join(folder, 'zvonok.db');
  const future = kills < 50 ? 0 : Math.ceil(kills / 50);
  const load = { groups: Math.max(60, kills * 5), past: 20, future };
  const owed = await seed(`sqlite:${path}`, load, Date.now());
  const lastDue = Math.floor(startedAt / MINUTE) * MINUTE + future * MINUTE;
  const vk = await startSandbox({ real: Date.now, now: Date.now });
  const line = await openLine(vk.apiUrl, BAD);
  const refused = new Set(owed.flatMap(({ peers }) => peers).filter((peer) => peer % REFUSED === 0));
  for (const { peers } of owed)
    for (const peer of peers) {
      vk.addPerson({ id: peer, firstName: 'Ж' });
      if (!refused.has(peer)) vk.allow(peer);
    }

  /** What the bots say, kept to look at when something is wrong (`--keep`). */
  const log = openSync(join(folder, 'bot.log'), 'a');

  const place = { folder, database: path, token: vk.token, apiUrl: line.apiUrl, log };

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
    const alive = startBot(place);
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
    await Promise.race([
      aimed ? line.nextTaken() : pause(Math.random() * ALIVE),
      pause(PATIENCE, null, { ref: false }),
    ]);
    const ended = killBot(alive);
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
  let last = startBot(place);
  // What is open grows while the rest is planned: only what came to an end shows that it gets on.
  let progress = { ended: -1, at: Math.max(Date.now(), lastDue) };
  for (;;) {
    await pause(500);
    if (last.exitCode !== null) last = startBot(place);
    const now = standing(path);
    if (now.open === 0 && now.tick > lastDue) break;
    if (now.ended > progress.ended) progress = { ended: now.ended, at: Math.max(Date.now(), lastDue) };
    if (Date.now() - progress.at > STUCK) break;
  }
  const code = await stopBot(last);

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
  if (keep) console.error(folder);
  else rmSync(folder, { recursive: true });
  return ok;
}
