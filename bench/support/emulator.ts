/** The emulator in a process of its own, with 80 ms of way and a sliding 20 calls a second; it counts what a bot sends, and people talk to it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox } from '../../src/sandbox/index.ts';
import type { Order, Report } from './messages.ts';

const LATENCY = 80;
const [people, talkers] = process.argv.slice(2).map(Number) as [number, number];

const sandbox = await startSandbox({ port: 0, dialogs: 'empty' });
for (let id = 1; id <= people + talkers; id += 1) {
  sandbox.addPerson({ id, firstName: 'А' });
  sandbox.allow(id);
}
sandbox.faults.add({ kind: 'latency', method: 'execute', ms: LATENCY });
sandbox.faults.add({ kind: 'latency', method: 'messages.send', ms: LATENCY });

let seen: (typeof sandbox.calls)[number] | undefined;
let counted: Report = newReport();
let times: number[] = [];
let waits: number[] = [];
let talking = false;

function newReport(): Report {
  return { calls: 0, sends: 0, peers: 0, busiest: 0, refused6: 0, lastAt: 0, waits: [] };
}

/** The log keeps 500 lines, so it is read twenty times a second. */
function count(): void {
  const { calls } = sandbox;
  const from = seen === undefined ? 0 : calls.lastIndexOf(seen) + 1;
  for (const call of calls.slice(from)) {
    seen = call;
    const inner = call.method.startsWith('execute ›');
    if (!inner) {
      counted.calls += 1;
      times.push(call.at);
      if (call.error?.error_code === 6) counted.refused6 += 1;
    }
    const peers = call.params.peer_ids?.split(',') ?? [];
    // Answers to talkers are not what the fan-out sent.
    if (!call.method.endsWith('messages.send') || Number(peers[0]) > people) continue;
    counted.sends += 1;
    counted.peers += peers.length;
    counted.lastAt = call.at;
  }
}
setInterval(count, 50);

async function talk(): Promise<void> {
  for (let n = 0; talking; n += 1) {
    const who = people + 1 + (n % talkers);
    const said = performance.now();
    const cmid = sandbox.say(who, who, 'сегодня');
    void sandbox
      .waitFor(who, (message) => message.from < 0, 30_000, cmid)
      .then(() => waits.push(performance.now() - said))
      .catch(() => waits.push(30_000));
    await sleep(400);
  }
}

process.on('message', ({ order }: Order) => {
  if (order === 'talk') {
    talking = true;
    void talk();
  }
  if (order === 'hush') talking = false;
  count();
  const busiest = times.reduce((most, at, n) => {
    let last = n;
    while ((times[last + 1] ?? Number.POSITIVE_INFINITY) < at + 1000) last += 1;
    return Math.max(most, last - n + 1);
  }, 0);
  process.send?.({ ...counted, busiest, waits });
  if (order !== 'report') return;
  counted = newReport();
  times = [];
  waits = [];
});
process.on('disconnect', () => process.exit(0));
process.send?.({ apiUrl: sandbox.apiUrl, token: sandbox.token });
