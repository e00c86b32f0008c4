/** How long our own loop is held up meanwhile: by the clock, and in work alone, which a busy machine does not change. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export type Loop = {
  /** What the clock says: the longest delay of a timer. */
  readonly lateMs: number;
  /** The most processor time that one turn of the loop took. */
  readonly turnMs: number;
};

/** Watches the loop until `end` is called. */
export function watchLoop(): { end(): Loop } {
  const late = monitorEventLoopDelay({ resolution: 2 });
  late.enable();
  let turn = 0;
  let last = process.threadCpuUsage();
  const watch = setInterval(() => {
    const used = process.threadCpuUsage(last);
    turn = Math.max(turn, used.user + used.system);
    last = process.threadCpuUsage();
  }, 1);
  return {
    end() {
      late.disable();
      clearInterval(watch);
      return { lateMs: Math.round(late.max / 1e6), turnMs: Math.round(turn / 1000) };
    },
  };
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** The result, what it took by the clock, and what became of the loop. */
export async function timed<T>(work: () => Promise<T>): Promise<Loop & { readonly result: T; readonly ms: number }> {
  // What a yardstick in this process left behind is not swept up at our expense.
  collect();
  const loop = watchLoop();
  // The watch notes what lies between two of its looks: it must have looked once.
  await sleep(10);
  const from = performance.now();
  const result = await work();
  const ms = performance.now() - from;
  // Work that never lets go is seen by the first who gets a turn after it.
  await sleep(10);
  return { result, ms, ...loop.end() };
}
