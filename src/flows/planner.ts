/** Queues what falls due to a crowd on a thread of its own, through a connection of its own, while the store is lent to it. */
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Instant } from '../domain/calendar.ts';
import type { Store } from '../store/index.ts';
import type { Planning } from './due.ts';
import type { Chunk } from './queue.ts';

export type Planner = {
  /**
   * Queues all that is left of a planning, a transaction a chunk, each in a turn of its own that `lend` gives; what a chunk did
   * is told to `done`. Ends before the next chunk when it is `stopping`. Throws PlannerGone when the thread ended or did not
   * answer: what it had not told of may be queued or not.
   */
  queue(
    planning: Planning,
    now: Instant,
    lend: Store['lend'],
    done: (chunk: Chunk) => void,
    stopping?: AbortSignal,
  ): Promise<void>;
  /** Ends the thread; what is being queued throws PlannerGone. */
  close(): Promise<void>;
};

export type ToThread = { readonly planning: Planning; readonly now: Instant } | 'next';
export type FromThread = Chunk | { readonly failed: string } | 'ready';

/** The thread ended, by itself or because it was told to. Nothing is lost: the span is planned again. */
export class PlannerGone extends Error {}

type Options = {
  /** What runs in the thread. */
  readonly script?: URL;
  /** Milliseconds until a thread that says nothing is ended: a chunk takes some tens, the start some hundreds. */
  readonly patience?: number;
  /** Rows a chunk handles. */
  readonly size?: number;
};

/**
 * A chunk holds up nobody's loop, but whoever waits for the database meanwhile, some tens of milliseconds. In a smaller one most pages
 * of the index by slots are written anew for a row or two each.
 */
const SIZE = 960;

/** `file` is that of the store. The thread is started by the first crowd, and again after it ended. */
export function createPlanner(
  file: string,
  { script = new URL('./planner-thread.ts', import.meta.url), patience = 10_000, size = SIZE }: Options = {},
): Planner {
  let thread: Thread | null = null;
  let closed = false;

  async function queue(
    planning: Planning,
    now: Instant,
    lend: Store['lend'],
    done: (chunk: Chunk) => void,
    stopping?: AbortSignal,
  ): Promise<void> {
    if (closed) throw new PlannerGone('closed');
    thread ??= startThread(new Worker(script, { workerData: { file, size } }));
    const mine = thread;
    try {
      // Before the store is lent: nobody waits for it while the thread begins.
      await mine.ready(patience);
      mine.say({ planning, now });
      while (stopping?.aborted !== true) {
        const chunk = await lend(() => mine.next(patience));
        done(chunk);
        if (chunk.over) return;
        await setImmediate();
      }
    } catch (error) {
      // In the middle of a planning: the next one must not find its leftovers.
      if (thread === mine) thread = null;
      await mine.end();
      throw error;
    }
  }

  return {
    queue,
    async close() {
      closed = true;
      await thread?.end();
    },
  };
}

type Thread = {
  /** Resolves when it can be told something. */
  ready(patience: number): Promise<void>;
  say(message: ToThread): void;
  /** Has it queue the next chunk. When it throws, the thread has ended and its connection is closed. */
  next(patience: number): Promise<Chunk>;
  end(): Promise<unknown>;
};

function startThread(worker: Worker): Thread {
  const ready = Promise.withResolvers<void>();
  let answer: { resolve(chunk: Chunk): void; reject(why: unknown): void } | null = null;
  let gone: PlannerGone | null = null;

  function leave(why: unknown): void {
    gone ??= new PlannerGone(String(why));
    ready.reject(gone);
    answer?.reject(gone);
  }

  // It is no reason to stay alive, and whoever waits for it hears of its end.
  worker.unref();
  ready.promise.catch(() => undefined);
  worker.on('error', leave);
  worker.on('exit', leave);
  worker.on('message', (message: FromThread) => {
    if (message === 'ready') ready.resolve();
    else if ('failed' in message) leave(message.failed);
    else answer?.resolve(message);
  });

  async function patiently<T>(waited: Promise<T>, patience: number): Promise<T> {
    const timer = setTimeout(leave, patience, `no answer in ${patience} ms`);
    try {
      return await waited;
    } catch (error) {
      // Whoever goes on without it must find the database free.
      await worker.terminate();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    ready: (patience) => patiently(ready.promise, patience),
    say: (message) => worker.postMessage(message),
    next(patience) {
      const waiting = Promise.withResolvers<Chunk>();
      answer = waiting;
      if (gone !== null) waiting.reject(gone);
      else worker.postMessage('next' satisfies ToThread);
      return patiently(waiting.promise, patience);
    },
    end: () => worker.terminate(),
  };
}
