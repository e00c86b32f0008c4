/** A planner's thread that does its first chunk and then has the fault that FAULT names. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FromThread, ToThread } from '../../src/flows/planner.ts';
import { queueChunk } from '../../src/flows/queue.ts';
import { openBeside } from '../../src/store/index.ts';

const fault = process.env.FAULT;
const beside = openBeside((workerData as { file: string }).file);
let under: Exclude<ToThread, 'next'> | null = null;
let chunks = 0;

function say(message: FromThread): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', async (message: ToThread) => {
  if (message !== 'next') {
    under = message;
    return;
  }
  if (under === null) throw new Error('nothing to plan');
  const { planning, now } = under;
  chunks += 1;
  const faulty = chunks > 1;
  const chunk = await beside.transaction(async (tx) => {
    const done = await queueChunk(tx, planning, now, 50);
    if (faulty && fault === 'ends') process.exit();
    if (faulty && fault === 'throws') throw new Error('broken');
    while (faulty && fault === 'stands');
    return done;
  });
  if (!(faulty && fault === 'mute')) say(chunk);
});
say('ready');
