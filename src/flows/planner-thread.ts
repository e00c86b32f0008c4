/** The inside of the planner's thread: queues a chunk whenever it is told that the store is lent to it. */
import { parentPort, workerData } from 'node:worker_threads';
import { openBeside } from '../store/index.ts';
import type { FromThread, ToThread } from './planner.ts';
import { queueChunk } from './queue.ts';

if (parentPort === null) throw new Error('the planner is a thread');
const port = parentPort;
const { file, size }: { readonly file: string; readonly size: number } = workerData;
const beside = openBeside(file);
let under: Exclude<ToThread, 'next'> | null = null;

function say(message: FromThread): void {
  port.postMessage(message);
}

port.on('message', (message: ToThread) => {
  if (message !== 'next') under = message;
  else if (under === null) say({ failed: 'nothing to plan' });
  else {
    const { planning, now } = under;
    beside
      .transaction((tx) => queueChunk(tx, planning, now, size))
      .then(say, (error: unknown) => say({ failed: String(error) }));
  }
});
say('ready');
