/**
 * `npm run -s soak -- --boundaries`: the bot killed before every step of the send path in turn, as SQLite is tested (sqlite.org/
 * testing.html: the fault at step 1, 2, 3, … until a run meets none), and once when its call is out and once when it is taken.
 */
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox } from '../../src/sandbox/index.ts';
import { compileBot, killBot, startBot, stopBot } from './bot.ts';
import { type Line, openLine } from './faulty.ts';
import { compare, standing } from './record.ts';
import { seed } from './seed.ts';

const PRELOAD = resolve(import.meta.dirname, 'boundary.ts');
const MINUTE = 60_000;
/** Two batches of three: one that all get, one of which one peer gets at once, one is closed, one later. */
const LOAD = { groups: 2, past: 1, future: 0 };
const CLOSED = 1002;
const LATER = 1003;
const DRAIN = 30_000;

/** Where a kill falls: before a step of the bot's own count, or by what its line sees. */
type Kill = { readonly step: number } | { readonly when: 'out' | 'taken' };

/** Every `every`-th step only. Prints one JSON object; gives whether all is well. */
export async function boundaries(every: number): Promise<boolean> {
  compileBot();
  const from = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
  const template = join(folder, 'template.db');
  const owed = await seed(`sqlite:${template}`, LOAD, from);
  const lastDue = Math.floor(from / MINUTE) * MINUTE;

  /** The bot killed there, then one that lives until nothing is owed. `before` is null when the kill never came. */
  async function killedAt(kill: Kill) {
    const database = join(folder, `${'step' in kill ? kill.step : kill.when}.db`);
    copyFileSync(template, database);
    const [log, later] = [join(folder, 'killed.log'), join(folder, 'later.log')];
    const vk = await startSandbox({ real: Date.now, now: Date.now });
    const line = await openLine(vk.apiUrl, {});
    for (const peer of owed.flatMap(({ peers }) => peers)) {
      vk.addPerson({ id: peer, firstName: 'Ж' });
      if (peer !== CLOSED) vk.allow(peer);
    }
    vk.faults.add({ kind: 'error', method: 'messages.send', peer: LATER, code: 10, times: 1 });
    const place = { folder, database, token: vk.token, apiUrl: line.apiUrl, log: openSync(log, 'w') };

    const killed = 'step' in kill ? await byItself(kill.step) : await byLine(kill.when, line);
    async function byItself(step: number): Promise<string | null> {
      const bot = startBot(place, PRELOAD, { KILL_AT: String(step) });
      const dead = once(bot, 'exit').then(() => true);
      while ((await Promise.race([dead, pause(50, false)])) === false)
        if (/^drained/m.test(readFileSync(log, 'utf8'))) {
          await killBot(bot);
          return null;
        }
      const said = /^boundary (.*)$/m.exec(readFileSync(log, 'utf8'))?.[1];
      if (said === undefined) throw new Error(`the bot died of something else, see ${log}`);
      return JSON.parse(said).before;
    }
    async function byLine(when: 'out' | 'taken', of: Line): Promise<string> {
      const bot = startBot(place);
      await (when === 'out' ? of.nextSend() : of.nextTaken());
      await killBot(bot);
      return when;
    }
    // What was on the wire when it died arrives.
    await pause(100);
    const bot = startBot({ ...place, log: openSync(later, 'w') });
    const until = Date.now() + DRAIN;
    const isUp = () => readFileSync(later, 'utf8').includes('/health');
    while (!(isUp() && isDrained(database, lastDue)) && Date.now() < until) await pause(100);
    const exit = await stopBot(bot);
    const { lost, doubled } = compare(vk, owed, new Set([CLOSED]));
    const { open, integrity } = standing(database);
    await line.close();
    await vk.close();
    return { before: killed, lost, doubled, open, integrity, exit };
  }

  const runs = [await killedAt({ when: 'out' }), await killedAt({ when: 'taken' })];
  let steps = 0;
  for (let step = 1; ; step += every) {
    const run = await killedAt({ step });
    if (run.before === null) break;
    steps = step;
    runs.push(run);
  }
  const sum = (what: 'lost' | 'doubled' | 'open') => runs.reduce((all, run) => all + run[what], 0);
  const sick = runs.filter(({ integrity, exit }) => integrity !== 'ok' || exit !== 0);
  const ok = sum('lost') + sum('doubled') + sum('open') + sick.length === 0;
  const facts = { ok, kills: runs.length, steps, lost: sum('lost'), doubled: sum('doubled'), stillOpen: sum('open') };
  const before = runs.map((run) => (run.before ?? '').replace(/\s+/g, ' ').slice(0, 60));
  console.log(JSON.stringify({ ...facts, sick, seconds: Math.round((Date.now() - from) / 1000), before }));
  if (ok) rmSync(folder, { recursive: true });
  else console.error(folder);
  return ok;
}

function isDrained(database: string, lastDue: number): boolean {
  const { open, tick } = standing(database);
  return open === 0 && tick > lastDue;
}
